//! Raw HTML in Markdown, as the site's policy wants it.

use std::sync::LazyLock;

use ammonia::Builder;

use super::html::escape_text;
use crate::config::RawHtml;

/// Elements that have no end tag (HTML, section 13.1.2).
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// An inline piece of raw HTML, told apart by what it does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The start tag of an element of this name.
    Start(&'a str),
    /// The end tag of an element of this name.
    End(&'a str),
    /// An element without content, a comment, a declaration.
    Alone,
}

/// Elements whose content is not mark-up (HTML, section 13.1.2).
const RAW_TEXT: &[&str] = &["script", "style", "textarea", "title", "iframe", "xmp"];

/// What an inline piece of raw HTML is.
pub fn piece(html: &str) -> Piece<'_> {
    let inside = html.trim_start_matches('<');
    let (end, inside) = match inside.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inside),
    };
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let name = &inside[..length.unwrap_or(inside.len())];
    let void = html.ends_with("/>") || VOID.iter().any(|v| v.eq_ignore_ascii_case(name));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Piece::Alone;
    }
    match (end, void) {
        (true, _) => Piece::End(name),
        (false, true) => Piece::Alone,
        (false, false) => Piece::Start(name),
    }
}

/// The start and end tags of a block of raw HTML, in order. Comments and what stands in scripts
/// and style sheets are passed over.
pub fn tags(html: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            rest = &rest[1..];
            continue;
        }
        let comment = rest.starts_with("<!--");
        let end = if comment { rest.find("-->").map(|at| at + 3) } else { tag_end(rest) };
        let Some(end) = end else { break };
        let tag = piece(&rest[..end]);
        rest = &rest[end..];
        match tag {
            Piece::Alone => {}
            Piece::Start(name) if RAW_TEXT.iter().any(|raw| raw.eq_ignore_ascii_case(name)) => {
                let close = format!("</{name}");
                let windows = &mut rest.as_bytes().windows(close.len());
                let Some(at) = windows.position(|w| w.eq_ignore_ascii_case(close.as_bytes()))
                else {
                    break;
                };
                rest = rest[at..].trim_start_matches(|c| c != '>');
            }
            tag => found.push(tag),
        }
    }
    found
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name of the element.
    pub element: &'a str,
    /// Its own name.
    pub name: &'a str,
    /// Its value as written, without quotation marks; empty where it has none.
    pub value: &'a str,
    /// Where the value begins, in bytes of the HTML.
    pub at: usize,
    /// Where the tag begins.
    pub tag: usize,
}

/// The attributes of the start tags in raw HTML, in order. Comments and what stands in scripts and
/// style sheets are passed over.
pub fn attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = html[at..].find('<') {
        at += next;
        let rest = &html[at..];
        let comment = rest.starts_with("<!--");
        let end = if comment { rest.find("-->").map(|at| at + 3) } else { tag_end(rest) };
        let Some(end) =
            end.filter(|_| comment || rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            at += 1;
            continue;
        };
        if !comment {
            of_tag(&rest[..end], at, &mut found);
        }
        at += end;
        if let Piece::Start(name) = piece(&rest[..end])
            && RAW_TEXT.iter().any(|raw| raw.eq_ignore_ascii_case(name))
        {
            let close = format!("</{name}");
            let windows = &mut html.as_bytes()[at..].windows(close.len());
            let Some(skip) = windows.position(|w| w.eq_ignore_ascii_case(close.as_bytes())) else {
                break;
            };
            at += skip;
        }
    }
    found
}

/// The attributes of one start tag that begins at a byte (HTML, section 13.1.2.3).
fn of_tag<'a>(tag: &'a str, start: usize, found: &mut Vec<Attribute<'a>>) {
    let inside = tag.trim_end_matches('>').trim_end_matches('/');
    let blank = |c: char| c.is_ascii_whitespace();
    let length = inside.find(blank).unwrap_or(inside.len());
    let element = &inside[1.min(length)..length];
    let mut at = length;
    loop {
        at += inside[at..].len()
            - inside[at..].trim_start_matches([' ', '\t', '\n', '\r', '\u{c}', '/']).len();
        let rest = &inside[at..];
        let end = rest.find(|c: char| blank(c) || c == '=').unwrap_or(rest.len());
        if rest.is_empty() {
            return;
        }
        let name = &rest[..end];
        at += end.max(1);
        let after = inside[at - usize::from(end == 0)..].trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            found.push(Attribute { element, name, value: "", at: start + at, tag: start });
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = &value[quote.map_or(0, char::len_utf8)..];
        let end = match quote {
            Some(quote) => value.find(quote),
            None => value.find(blank),
        };
        let begin = inside.len() - value.len();
        let value = &value[..end.unwrap_or(value.len())];
        found.push(Attribute { element, name, value, at: start + begin, tag: start });
        at = begin + value.len() + usize::from(quote.is_some() && end.is_some());
    }
}

/// Where a tag ends: at the first `>` that is not in quotation marks.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return Some(at + 1),
            None => {}
        }
    }
    None
}

/// Writes a block of raw HTML.
pub fn write_block(out: &mut String, html: &str, policy: RawHtml) {
    match policy {
        RawHtml::Keep => *out += html,
        RawHtml::Escape => escape_text(out, html),
        RawHtml::Sanitize => {
            *out += clean(html).trim_end();
            out.push('\n');
        }
    }
}

/// The elements that raw inline HTML has opened in a leaf, so that sanitised mark-up closes what
/// it opens, in order.
#[derive(Debug, Default)]
pub struct Opened(Vec<String>);

impl Opened {
    /// Writes an inline piece of raw HTML.
    pub fn write(&mut self, out: &mut String, html: &str, policy: RawHtml) {
        match (policy, piece(html)) {
            (RawHtml::Keep, _) => *out += html,
            (RawHtml::Escape, _) => escape_text(out, html),
            (RawHtml::Sanitize, Piece::Alone) => *out += &clean(html),
            (RawHtml::Sanitize, Piece::Start(name)) => {
                let name = name.to_ascii_lowercase();
                let cleaned = clean(&format!("{html}</{name}>"));
                if let Some(start) = cleaned.strip_suffix(&format!("</{name}>")) {
                    *out += start;
                    self.0.push(name);
                }
            }
            (RawHtml::Sanitize, Piece::End(name)) => {
                let name = name.to_ascii_lowercase();
                if self.0.last() == Some(&name) {
                    self.0.pop();
                    *out += &format!("</{name}>");
                }
            }
        }
    }

    /// Closes what is still open, where a leaf ends.
    pub fn close(&mut self, out: &mut String) {
        while let Some(name) = self.0.pop() {
            *out += &format!("</{name}>");
        }
    }
}

/// HTML with nothing in it that runs, frames or styles: ammonia's default list, whose elements
/// and attributes are those of text. Its links tell other sites nothing (`rel`).
fn clean(html: &str) -> String {
    static CLEANER: LazyLock<Builder<'_>> = LazyLock::new(|| {
        let mut builder = Builder::default();
        // An address that nothing shows and nothing checks.
        for element in ["blockquote", "del", "ins", "q"] {
            builder.rm_tag_attributes(element, ["cite"]);
        }
        builder
    });
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(pieces: &[&str], policy: RawHtml) -> String {
        let mut out = String::new();
        let mut opened = Opened::default();
        for piece in pieces {
            opened.write(&mut out, piece, policy);
        }
        opened.close(&mut out);
        out
    }

    #[test]
    fn sanitised_mark_up_is_harmless_and_balanced() {
        let cases: [(&[&str], &str); 9] = [
            (&["<q cite=\"javascript:x\">", "</q>"], "<q></q>"),
            (&["<kbd>", "</kbd>"], "<kbd></kbd>"),
            (&["<b onclick=\"x()\">", "</b>"], "<b></b>"),
            (&["<script>", "</script>"], ""),
            (&["<b>"], "<b></b>"),
            (&["</b>"], ""),
            (&["<b>", "<i>", "</b>"], "<b><i></i></b>"),
            (&["<img src=x onerror=alert(1)>"], "<img src=\"x\">"),
            (&["<a href=\"javascript:alert(1)\">", "</a>"], "<a rel=\"noopener noreferrer\"></a>"),
        ];
        for (pieces, expected) in cases {
            assert_eq!(inline(pieces, RawHtml::Sanitize), expected, "{pieces:?}");
        }
    }

    #[test]
    fn tags_are_those_of_elements_with_content() {
        use Piece::{End, Start};
        let cases: [(&str, &[Piece<'_>]); 7] = [
            (
                "<details><summary>S</summary>",
                &[Start("details"), Start("summary"), End("summary")],
            ),
            ("<img src=a><br/><hr>", &[]),
            ("<!-- <b> --><i>", &[Start("i")]),
            ("<script>\"<b>\"</SCRIPT></div>", &[End("div")]),
            ("<a title=\"1 > 2\">", &[Start("a")]),
            ("1 < 2 <b", &[]),
            ("<!doctype html><DIV>", &[Start("DIV")]),
        ];
        for (html, expected) in cases {
            assert_eq!(tags(html), expected, "{html}");
        }
    }

    #[test]
    fn attributes_are_found_with_their_places() {
        type Found = (&'static str, &'static str, &'static str);
        let cases: [(&str, &[Found]); 8] = [
            ("<a href=\"x.md\" class='c d'>", &[("a", "href", "x.md"), ("a", "class", "c d")]),
            ("<img\n  src=a.jpg alt>", &[("img", "src", "a.jpg"), ("img", "alt", "")]),
            ("<img src=a.jpg/>", &[("img", "src", "a.jpg")]),
            ("<a title=\"1 > 2\" href = \"中\">", &[("a", "title", "1 > 2"), ("a", "href", "中")]),
            ("</a href=x><!-- <a href=y> --><b x=1>", &[("b", "x", "1")]),
            ("<script>\"<a href=1>\"</script><i z=2>", &[("i", "z", "2")]),
            ("1 < 2 <b", &[]),
            ("<a =x ===y>", &[("a", "", "x"), ("a", "", "==y")]),
        ];
        for (html, expected) in cases {
            let found = attributes(html);
            for attribute in &found {
                assert!(html[attribute.at..].starts_with(attribute.value), "{html}");
            }
            let found: Vec<_> = found.iter().map(|a| (a.element, a.name, a.value)).collect();
            assert_eq!(found, expected, "{html}");
        }
    }

    #[test]
    fn policies_differ() {
        assert_eq!(inline(&["<b x>"], RawHtml::Keep), "<b x>");
        assert_eq!(inline(&["<b>"], RawHtml::Escape), "&lt;b&gt;");
        let mut out = String::new();
        write_block(
            &mut out,
            "<div style=\"x\"><iframe src=y></iframe>好</div>\n",
            RawHtml::Sanitize,
        );
        assert_eq!(out, "<div>好</div>\n");
    }
}
