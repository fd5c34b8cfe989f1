//! Calls of shortcodes and tags in an old text: those that gen has the like of are rewritten, the others stay
//! visible, as code, and are listed.

use super::place::Placed;
use super::text::{Links, SETTLED, code, line};
use super::{Generator, Note, note};
use crate::msg;

/// A call in the words of its generator.
#[derive(Debug, Default)]
struct Call {
    name: String,
    /// Arguments by their place.
    placed: Vec<String>,
    /// Arguments by name.
    named: Vec<(String, String)>,
    /// Whether it ends another one.
    closes: bool,
}

impl Call {
    fn get(&self, names: &[&str], at: Option<usize>) -> Option<&str> {
        let named = self.named.iter().find(|(name, _)| names.contains(&name.as_str()));
        let placed = || self.placed.get(at?);
        named
            .map(|(_, value)| value)
            .or_else(placed)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    }
}

/// The signs that calls of a generator stand between.
fn signs(generator: Generator) -> &'static [(&'static str, &'static str)] {
    match generator {
        Generator::Hugo => &[("{{<", ">}}"), ("{{%", "%}}")],
        Generator::Zola | Generator::Jekyll => &[("{%", "%}"), ("{{", "}}")],
        Generator::Hexo => &[("{%", "%}")],
    }
}

/// What becomes of a call.
enum Made {
    /// This text.
    Text(String),
    /// What stands up to another call is left as it is, between two texts.
    Verbatim(&'static [&'static str], String, String),
    /// It is not known.
    Unknown,
}

/// A text with its calls rewritten.
pub(super) fn replaced(
    generator: Generator,
    text: &str,
    links: &Links<'_>,
    notes: &mut Vec<Note>,
) -> String {
    let code = code(text);
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<&'static str> = Vec::new();
    let mut at = 0;
    while let Some((start, end, inside)) = next(generator, text, at) {
        if let Some(code) = code.iter().find(|code| code.contains(&start)) {
            out += &unescaped(generator, &text[at..code.end]);
            at = code.end;
            continue;
        }
        out += &text[at..start];
        at = end;
        let written = &text[start..end];
        if generator == Generator::Hugo && inside.starts_with("/*") {
            out += &format!("`{}`", unescaped(generator, written));
            continue;
        }
        let call = call(generator, inside);
        let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |found| end + found);
        let alone =
            text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty();
        // A link's target is no place for code.
        let target = text[..start].ends_with("](") || text[..start].ends_with("](<");
        match made(generator, &call, links, alone, target, &mut open) {
            Made::Text(made) => out += &made,
            Made::Verbatim(ends, before, after) => {
                let mut to = at;
                let close = loop {
                    let Some((from, until, inside)) = next(generator, text, to) else { break None };
                    let name = self::call(generator, inside);
                    let shown = if name.closes { format!("/{}", name.name) } else { name.name };
                    if ends.contains(&shown.as_str()) {
                        break Some((from, until));
                    }
                    to = until;
                };
                let (from, until) = close.unwrap_or((text.len(), text.len()));
                out += &before;
                out += text[at..from].trim_matches('\n');
                out += &after;
                at = until;
            }
            Made::Unknown => {
                let shown = written.to_owned();
                let text_of = msg!(
                    "gen has no such call, and shows it as it is: {shown}",
                    "gen 没有这种短代码，照原样显示：{shown}"
                );
                notes.push(note(&links.page.old.source, Some(line(links, text, start)), text_of));
                match target || written.contains('`') {
                    true => out += written,
                    false => out += &format!("`{}`", written.replace('\n', " ")),
                }
            }
        }
    }
    out += &unescaped(generator, &text[at..]);
    out
}

/// The next call: its bytes, and what stands between its signs.
fn next(generator: Generator, text: &str, from: usize) -> Option<(usize, usize, &str)> {
    let first = signs(generator).iter().filter_map(|(open, close)| {
        let start = from + text[from..].find(open)?;
        let inside = start + open.len();
        let end = inside + text[inside..].find(close)?;
        Some((start, end + close.len(), &text[inside..end]))
    });
    first.min_by_key(|(start, ..)| *start)
}

/// Hugo writes `{{</* x */>}}` for a call that is to be shown.
fn unescaped(generator: Generator, text: &str) -> String {
    if generator != Generator::Hugo || !text.contains("/*") {
        return text.to_owned();
    }
    let pairs = [("{{</*", "{{<"), ("*/>}}", ">}}"), ("{{%/*", "{{%"), ("*/%}}", "%}}")];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Reads a call.
fn call(generator: Generator, inside: &str) -> Call {
    let inside = inside.trim().trim_matches('-').trim();
    let (closes, inside) = match inside.strip_prefix('/') {
        Some(rest) => (true, rest.trim()),
        None => (false, inside.trim_end_matches('/').trim()),
    };
    let end = inside.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(inside.len());
    let mut call = Call { name: inside[..end].to_owned(), closes, ..Call::default() };
    let rest = inside[end..].trim();
    let rest = match generator {
        Generator::Zola => {
            rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest)
        }
        _ => rest,
    };
    for word in words(rest, generator == Generator::Zola) {
        match word {
            (Some(name), value) => call.named.push((name, value)),
            (None, value) => call.placed.push(value),
        }
    }
    call
}

/// Arguments: words, texts in quotation marks, and both behind a name and `=` (or `:`).
fn words(text: &str, commas: bool) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    let blank = |c: char| c.is_whitespace() || (commas && c == ',');
    while !rest.is_empty() {
        let equals = rest.find(|c: char| c == '=' || blank(c) || matches!(c, '"' | '\'' | '`'));
        let name = equals.filter(|&at| rest[at..].trim_start().starts_with('='));
        let name = name.map(|at| {
            let name = rest[..at].to_owned();
            rest = rest[at..].trim_start()[1..].trim_start();
            name
        });
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`' | '“'));
        let value = match quote {
            Some(quote) => {
                let close = if quote == '“' { '”' } else { quote };
                let inner = &rest[quote.len_utf8()..];
                let mut escaped = false;
                let end = inner.find(|c: char| {
                    let ends = c == close && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                });
                let end = end.unwrap_or(inner.len());
                rest = inner[end..].trim_start_matches(close);
                inner[..end].replace("\\\"", "\"")
            }
            None => {
                let end = rest.find(blank).unwrap_or(rest.len());
                let value = rest[..end].to_owned();
                rest = &rest[end..];
                value
            }
        };
        found.push((name, value));
        rest = rest.trim_start_matches(blank);
    }
    found
}

/// An argument of a call of gen's: a text in quotation marks that it has none of.
fn argument(name: &str, value: Option<&str>) -> String {
    let Some(value) = value else { return String::new() };
    let value = value.replace("--", "—").replace('\n', " ");
    if value.contains('"') {
        let value = value.replace('\'', "’");
        return format!(" {name}='{value}'");
    }
    format!(" {name}=\"{value}\"")
}

/// A picture, as a figure where it stands alone and has a caption.
fn picture(
    src: &str,
    alt: Option<&str>,
    caption: Option<&str>,
    alone: bool,
    links: &Links<'_>,
) -> String {
    let src = links.resolve(src).unwrap_or_else(|()| src.to_owned());
    let alt = alt.or(caption);
    match caption.filter(|_| alone) {
        Some(caption) => {
            let (src, alt) = (argument("src", Some(&src)), argument("alt", alt));
            format!("<!-- gen:figure{src}{alt}{} -->", argument("caption", Some(caption)))
        }
        None => {
            let target = if src.contains(' ') {
                format!("<{SETTLED}{src}>")
            } else {
                format!("{SETTLED}{src}")
            };
            format!("![{}]({target})", alt.unwrap_or_default().replace(['[', ']'], ""))
        }
    }
}

fn link(page: &Placed, title: Option<&str>) -> String {
    let title = title.or_else(|| page.old.text(&["title"])).unwrap_or(&page.key);
    format!("[{}]({SETTLED}{})", title.replace(['[', ']'], ""), page.address())
}

fn fenced(call: &Call) -> String {
    let named = call.get(&["lang", "language"], None);
    let first = call.placed.iter().find_map(|word| match word.strip_prefix("lang:") {
        Some(lang) => Some(lang),
        None => (!word.contains([':', '.', '/', '='])).then_some(word.as_str()),
    });
    format!("```{}\n", named.or(first).unwrap_or_default())
}

/// What a call becomes.
fn made(
    generator: Generator,
    call: &Call,
    links: &Links<'_>,
    alone: bool,
    target: bool,
    open: &mut Vec<&'static str>,
) -> Made {
    use Generator::{Hexo, Hugo, Jekyll, Zola};
    let text = |text: String| Made::Text(text);
    let fence = || "\n```".to_owned();
    let end = |name: &'static str, open: &mut Vec<&'static str>| match open.last() == Some(&name) {
        true => {
            open.pop();
            Made::Text(format!("\n\n<!-- /gen:{name} -->"))
        }
        false => Made::Unknown,
    };
    let quote = |source: Option<&str>, url: Option<&str>, open: &mut Vec<&'static str>| {
        open.push("quote");
        let (source, url) = (argument("source", source), argument("url", url));
        Made::Text(format!("<!-- gen:quote{source}{url} -->\n\n"))
    };
    let details = |summary: Option<&str>, open: &mut Vec<&'static str>| {
        open.push("details");
        Made::Text(format!("<!-- gen:details{} -->\n\n", argument("summary", summary)))
    };
    let page = |path: &str| {
        let path = path.trim_matches('/');
        let own = links.page.old.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        let near = super::address::joined(&format!("/{own}/"), path).unwrap_or_default();
        let near = links.source(near.trim_matches('/'));
        near.or_else(|| links.source(&format!("content/{path}"))).or_else(|| links.named(path))
    };
    match (generator, call.name.as_str(), call.closes) {
        (Hugo, "figure" | "image" | "img", false) => match call.get(&["src"], Some(0)) {
            Some(src) => {
                let caption = call.get(&["caption", "title"], None);
                text(picture(src, call.get(&["alt"], None), caption, alone, links))
            }
            None => Made::Unknown,
        },
        (Hugo, "ref" | "relref", false) => {
            let Some(path) = call.get(&["path"], Some(0)) else { return Made::Unknown };
            let (path, anchor) = path.find('#').map_or((path, ""), |at| path.split_at(at));
            match if path.is_empty() { Some(links.page) } else { page(path) } {
                Some(page) => text(format!("{SETTLED}{}{anchor}", page.address())),
                None => Made::Unknown,
            }
        }
        (Hugo, "highlight", false) => Made::Verbatim(&["/highlight"], fenced(call), fence()),
        (Hugo, "details", false) => details(call.get(&["summary", "title"], Some(0)), open),
        (Hugo, "details", true) => end("details", open),
        (Hugo, "quote" | "blockquote", false) => quote(
            call.get(&["author", "source", "cite"], Some(0)),
            call.get(&["link", "url"], None),
            open,
        ),
        (Hugo, "quote" | "blockquote", true) => end("quote", open),
        (Zola, "image" | "img" | "figure" | "resize_image", false) => {
            match call.get(&["src", "path", "url"], None) {
                Some(src) => {
                    let src = src.strip_prefix("@/").map_or(src, |_| src);
                    text(picture(
                        src,
                        call.get(&["alt"], None),
                        call.get(&["caption", "title"], None),
                        alone,
                        links,
                    ))
                }
                None => Made::Unknown,
            }
        }
        (Zola, "quote" | "blockquote", false) => {
            quote(call.get(&["author", "source"], None), call.get(&["url", "link"], None), open)
        }
        (Zola, "details", false) => details(call.get(&["summary", "title"], None), open),
        (Zola, "end", false) => match open.pop() {
            Some(name) => text(format!("\n\n<!-- /gen:{name} -->")),
            None => Made::Unknown,
        },
        (Hexo, "asset_img" | "img" | "image", false) => {
            let mut words = call.placed.iter();
            let picture_at = words.find(|word| word.contains('.'));
            let title = words.find(|word| word.parse::<u32>().is_err()).map(String::as_str);
            match picture_at {
                Some(src) => text(picture(src, title, None, alone, links)),
                None => Made::Unknown,
            }
        }
        (Hexo, "asset_path", false) => match call.placed.first() {
            Some(path) => {
                text(format!("{SETTLED}{}", links.resolve(path).unwrap_or_else(|()| path.clone())))
            }
            None => Made::Unknown,
        },
        (Hexo, "asset_link", false) => match call.placed.first() {
            Some(path) => text(format!("[{}]({path})", call.placed.get(1).unwrap_or(path))),
            None => Made::Unknown,
        },
        (Hexo, "link" | "linkTo", false) => {
            let url = call
                .placed
                .iter()
                .position(|word| word.starts_with("http") || word.starts_with('/'));
            match url {
                Some(at) => text(format!("[{}]({})", call.placed[..at].join(" "), call.placed[at])),
                None => Made::Unknown,
            }
        }
        (Hexo, "post_link" | "post_path", false) => {
            let Some(slug) = call.placed.first() else { return Made::Unknown };
            match links.named(slug) {
                Some(page) if call.name == "post_path" => {
                    text(format!("{SETTLED}{}", page.address()))
                }
                Some(page) => text(link(page, call.placed.get(1).map(String::as_str))),
                None => Made::Unknown,
            }
        }
        (Hexo, "codeblock" | "code", false) => {
            Made::Verbatim(&["endcodeblock", "endcode"], fenced(call), fence())
        }
        (Hexo, "blockquote" | "quote" | "pullquote", false) => {
            let url = call.placed.iter().find(|word| word.starts_with("http"));
            let said: Vec<&str> = call
                .placed
                .iter()
                .map(String::as_str)
                .filter(|word| !word.starts_with("http"))
                .collect();
            let said = said.join(" ");
            quote(
                Some(said.trim_end_matches(',')).filter(|said| !said.is_empty()),
                url.map(String::as_str),
                open,
            )
        }
        (Hexo, "endblockquote" | "endquote" | "endpullquote", false) => end("quote", open),
        (Hexo | Jekyll, "raw", false) => Made::Verbatim(&["endraw"], String::new(), String::new()),
        (Jekyll, "highlight", false) => Made::Verbatim(&["endhighlight"], fenced(call), fence()),
        (Jekyll, "comment", false) => {
            Made::Verbatim(&["endcomment"], "<!-- ".to_owned(), " -->".to_owned())
        }
        (Jekyll, "post_url", false) => match call.placed.first().and_then(|name| links.named(name))
        {
            Some(page) => text(format!("{SETTLED}{}", page.address())),
            None => Made::Unknown,
        },
        (Jekyll, "link", false) => match call.placed.first() {
            Some(path) => match links.source(path.trim_start_matches('/')) {
                Some(page) => text(format!("{SETTLED}{}", page.address())),
                None => text(format!("/{}", path.trim_start_matches('/'))),
            },
            None => Made::Unknown,
        },
        // Behind the name of the host a slash follows.
        (Jekyll, "site.baseurl" | "site.url", false) if target || !alone => text(String::new()),
        (Jekyll, "page.title", false) => {
            text(links.page.old.text(&["title"]).unwrap_or_default().to_owned())
        }
        (Jekyll, name, false)
            if name.starts_with(['"', '\''])
                && call
                    .placed
                    .iter()
                    .any(|word| matches!(word.as_str(), "relative_url" | "absolute_url")) =>
        {
            text(name.trim_matches(['"', '\'']).to_owned())
        }
        _ => Made::Unknown,
    }
}

impl Links<'_> {
    /// The post of a name: the path of its file in the folder of posts, without its ending.
    fn named(&self, name: &str) -> Option<&Placed> {
        let name = name.trim_matches('/');
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let lang = self.page.old.lang;
        let fits = |page: &&Placed| {
            let source = page.old.source.rsplit_once('.').map_or("", |(stem, _)| stem);
            source == stem
                || source.ends_with(&format!("/{stem}"))
                || page.key.rsplit('/').next() == Some(stem)
        };
        let own = self.placed.pages.iter().filter(fits).find(|page| page.old.lang == lang);
        own.or_else(|| self.placed.pages.iter().find(fits))
    }
}
