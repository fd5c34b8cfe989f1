//! LaTeX formulas to MathML at build time.

use pulldown_latex::config::DisplayMode;
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

use super::html::escape_text;

/// How deep groups and fences may nest: more costs the square of it, and no reader sees through it.
const MAX_DEPTH: usize = 200;

/// A formula as a `<math>` element, or what is wrong with it. The LaTeX source goes along as an
/// annotation, for those who copy the formula.
///
/// pulldown-latex 0.8 escapes the text of `<mtext>` alone: what else a formula holds is escaped
/// here. It knows no command that takes an address, a class or a style; what it writes into
/// attributes are numbers.
pub fn to_mathml(latex: &str, display: bool) -> Result<String, String> {
    if depth(latex) > MAX_DEPTH {
        return Err(format!("groups nest deeper than {MAX_DEPTH}"));
    }
    let storage = Storage::new();
    if let Some(error) = Parser::new(latex, &storage).find_map(Result::err) {
        let text = error.to_string();
        return Err(text.lines().next().unwrap_or_default().trim().to_owned());
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let storage = Storage::new();
    let mut raw = String::new();
    let events = Parser::new(latex, &storage).map(|event| event.map(as_text));
    push_mathml(&mut raw, events, config).map_err(|e| e.to_string())?;
    let escaped = escape_leaves(&raw);
    let inside = escaped.strip_suffix("</math>").and_then(|rest| rest.split_once('>'));
    let Some((tag, inside)) = inside else { return Err("no <math> element".to_owned()) };
    let mut out = format!("{tag}><semantics><mrow>{inside}</mrow>");
    out += "<annotation encoding=\"application/x-tex\">";
    escape_text(&mut out, latex);
    out += "</annotation></semantics></math>";
    Ok(out)
}

/// How deep braces, `\left` and `\begin` nest, at least.
fn depth(latex: &str) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    let mut rest = latex;
    while let Some(at) = rest.find(['{', '}', '\\']) {
        let sign = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        let opens =
            sign == b'{' || sign == b'\\' && ["left", "begin"].iter().any(|w| rest.starts_with(w));
        let closes =
            sign == b'}' || sign == b'\\' && ["right", "end"].iter().any(|w| rest.starts_with(w));
        depth = if closes { depth.saturating_sub(1) } else { depth + usize::from(opens) };
        most = most.max(depth);
        if sign == b'\\' {
            rest = rest.strip_prefix(['{', '}', '\\']).unwrap_or(rest);
        }
    }
    most
}

/// The name of a function (`\operatorname{…}`) as text, if it holds mark-up: no operator has such
/// a name, and text is escaped. What is left for [`escape_leaves`] are single characters.
fn as_text(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Content(Content::Function(text) | Content::Number(text))
            if text.contains(['<', '>', '&']) =>
        {
            Event::Content(Content::Text(text))
        }
        event => event,
    }
}

/// The elements that hold characters, which pulldown-latex writes as they are.
const LEAVES: [&str; 3] = ["mo", "mi", "mn"];

/// MathML with the characters in its leaves escaped. A leaf holds a name without mark-up or at
/// most two characters and an overlay, so that the first `</mo>` behind `<mo>` ends it; no
/// attribute holds a `>`.
fn escape_leaves(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(end) = rest.find('>') {
        let (before, after) = rest.split_at(end + 1);
        rest = after;
        let tag = before.rfind('<').map_or("", |start| &before[start + 1..end]);
        let name = tag.split(' ').next().unwrap_or_default();
        let leaf = LEAVES.contains(&name).then(|| rest.find(&format!("</{name}>"))).flatten();
        let Some(end) = leaf else {
            out += before;
            continue;
        };
        // pulldown-latex forgets a space there.
        out += &before.replace("\"minsize", "\" minsize");
        escape_text(&mut out, &rest[..end]);
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::to_mathml;

    #[test]
    fn formulas_become_mathml() {
        let html = to_mathml("x^2", false).unwrap();
        assert!(html.starts_with("<math display=\"inline\"><semantics><mrow>"), "{html}");
        assert!(html.contains("<msup>"), "{html}");
        assert!(to_mathml("\\frac{1", false).is_err());
        let nested = |depth| format!("{}x{}", "{".repeat(depth), "}".repeat(depth));
        assert!(to_mathml(&nested(150), false).is_ok());
        assert!(to_mathml(&nested(201), false).is_err());
        assert!(to_mathml(&"\\{".repeat(300), false).is_ok());
    }

    /// The tags of the mark-up; fails if a `<` or `>` stands elsewhere, or a bare `&`.
    #[track_caller]
    fn tags(html: &str) -> Vec<&str> {
        let mut tags = Vec::new();
        for part in html.split('<').skip(1) {
            let (tag, text) = part.split_once('>').unwrap_or((html, ">"));
            assert!(!text.contains('>'), "{html}");
            for entity in text.split('&').skip(1) {
                let known = ["amp;", "lt;", "gt;", "nbsp;"];
                assert!(known.iter().any(|known| entity.starts_with(known)), "{html}");
            }
            tags.push(tag);
        }
        tags
    }

    const HOSTILE: [&str; 28] = [
        "a<b",
        "a>b",
        "a \\lt b \\gt c",
        "\\not< \\not>",
        "\\& \"",
        "\\left< x \\middle> y \\right>",
        "\\bigl< x \\Bigr>",
        "\\text{<b>}",
        "\\textbf{<b>&amp;</b>}",
        "\\mathbf{<} \\mathbf{\\text{<i>}}",
        "\\operatorname{<b>}",
        "\\operatorname{</mi><script>}",
        "\\operatorname<",
        "\\mathop{</mi><script>}",
        "\\mathrel{<} \\mathbin{>} \\mathord{<} \\mathopen{<} \\mathclose{>} \\mathpunct{<}",
        "</annotation></semantics></math><img src=x onerror=\"alert(1)\">",
        "</mo></mi><script>",
        "<</mo>",
        "<!--",
        "\\begin{matrix} a & < \\\\ > & b \\end{matrix}",
        "\\begin{cases} < & > \\end{cases}",
        "\\frac<> \\sqrt[<]> x_<^> \\overset<> \\underset<>",
        "\\def\\x{<script>}\\x",
        "\\color{red} <b>",
        "\\textcolor{\"><script>}{x}",
        "\\boxed{<} \\pmod{<b>}",
        "\\genfrac{<}{>}{1pt}{0}{<b>}{x}",
        "\\text{\\<b>$<b>$}",
    ];

    #[test]
    fn formulas_hold_no_markup_of_their_own() {
        let known = [
            "math",
            "semantics",
            "annotation",
            "mrow",
            "mi",
            "mo",
            "mn",
            "mtext",
            "mspace",
            "mstyle",
            "mfrac",
            "msqrt",
            "mroot",
            "msub",
            "msup",
            "msubsup",
            "munder",
            "mover",
            "munderover",
            "mtable",
            "mtr",
            "mtd",
            "mpadded",
            "mphantom",
            "menclose",
        ];
        let mut read = 0;
        for latex in HOSTILE {
            let Ok(html) = to_mathml(latex, true) else { continue };
            read += 1;
            let (mut open, mut own) = (Vec::new(), 0);
            for tag in tags(&html) {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
                assert!(known.contains(&name), "{latex}: <{tag}> in {html}");
                let attributes = tag.matches('=').count() * 2 == tag.matches('"').count();
                assert!(attributes && !tag.contains("onerror"), "{latex}: <{tag}> in {html}");
                own += usize::from(name == "annotation");
                match (tag.starts_with('/'), tag.ends_with('/')) {
                    (true, _) => assert_eq!(open.pop(), Some(name), "{latex}: {html}"),
                    (false, false) => open.push(name),
                    (false, true) => {}
                }
            }
            assert_eq!((open.as_slice(), own), (&[][..], 2), "{latex}: {html}");
        }
        assert!(read > 15, "{read} of the formulas are read");
    }

    #[test]
    fn characters_are_escaped_once() {
        let cases = [
            ("a<b", "<mo>&lt;</mo>", "a&lt;b</annotation>"),
            ("a>b", "<mo>&gt;</mo>", "a&gt;b</annotation>"),
            ("\\&", "&amp;</m", ">\\&amp;</annotation>"),
            ("\\bigl(x", "\" minsize=\"1.2em\"", "bigl(x</annotation>"),
            ("\\text{<b>}", "<mtext>&lt;b&gt;</mtext>", "{&lt;b&gt;}</annotation>"),
            ("\\operatorname{<b>}", "<mtext>&lt;b&gt;</mtext>", "{&lt;b&gt;}</annotation>"),
            ("\\text{a\"b}", "a\"b</mtext>", "a\"b}</annotation>"),
        ];
        for (latex, inside, annotation) in cases {
            let html = to_mathml(latex, false).unwrap();
            assert!(html.contains(inside) && html.contains(annotation), "{latex}: {html}");
        }
    }

    #[test]
    fn commands_for_links_and_attributes_are_refused() {
        let cases = [
            "\\href{javascript:alert(1)}{x}",
            "\\url{javascript:alert(1)}",
            "\\class{x}{y}",
            "\\style{x}{y}",
            "\\cssId{x}{y}",
            "\\htmlData{x=y}{z}",
            "\\includegraphics{x}",
            "\\unicode{60}",
        ];
        for latex in cases {
            assert!(to_mathml(latex, false).is_err(), "{latex}");
        }
    }
}
