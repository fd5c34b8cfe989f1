//! What a served page is made of: which bytes it shows, which files hang on it, the script.

use std::sync::Arc;

use crate::memo::{Fingerprint, Hasher};
use crate::output::Output;

use super::snapshot::{Found, Snapshot};

/// The addresses of the server's own: no site has a folder of that name.
pub const SCRIPT_PATH: &str = "/__gen/reload.js";
/// Where open pages listen.
pub const EVENTS_PATH: &str = "/__gen/events";
/// The script that pages get.
pub const SCRIPT: &str = include_str!("reload.js");

/// What an open page shows, in two parts: style sheets can change while it stays open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    /// Of the page without its style sheets, with the pictures and scripts that it names.
    pub content: Fingerprint,
    /// Of its style sheets, with the files that they name.
    pub style: Fingerprint,
    /// The addresses of its style sheets, in order.
    pub sheets: Vec<String>,
}

/// Whether an output is a page, by its path.
pub fn is_page(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".htm")
}

/// What is shown at the path of an address.
pub fn version(snapshot: &Snapshot, path: &str) -> Version {
    let output = match snapshot.find(path) {
        Found::File(file, output) if !is_page(file) => {
            return Version { content: output.fingerprint, ..Version::default() };
        }
        Found::File(_, output) | Found::Missing(Some(output)) => output,
        Found::Moved(to) if to != path => return version(snapshot, &to),
        Found::Moved(_) | Found::Missing(None) | Found::Outside => return Version::default(),
    };
    let html = String::from_utf8_lossy(&output.bytes);
    let mut content = Hasher::new();
    let mut style = Hasher::new();
    let mut sheets = Vec::new();
    let mut from = 0;
    for (start, end) in links(&html) {
        let tag = &html[start..end];
        let is_sheet = attribute(tag, "rel").is_some_and(|rel| {
            rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("stylesheet"))
        });
        let Some(href) = attribute(tag, "href").filter(|_| is_sheet) else { continue };
        content = content.str(&html[from..start]);
        from = end;
        style = style.str(tag).with(sheet(snapshot, path, &href));
        sheets.push(href);
    }
    content = content.str(&html[from..]);
    for address in addresses(&html).filter(|address| !sheets.contains(address)) {
        content = content.with(file(snapshot, path, &address));
    }
    Version { content: content.finish(), style: style.finish(), sheets }
}

/// The bounds of the `<link …>` tags of a page.
fn links(html: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    html.match_indices("<link").filter_map(|(start, _)| {
        let end = html[start..].find('>')?;
        Some((start, start + end + 1))
    })
}

/// The value of an attribute in a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        rest = &rest[at + name.len()..];
        if !before.is_some_and(|c| c.is_ascii_whitespace()) {
            continue;
        }
        let Some(value) = rest.trim_start().strip_prefix('=') else { continue };
        return value_at(value.trim_start());
    }
}

/// The value of an attribute that begins here, in quotes or without.
fn value_at(text: &str) -> Option<String> {
    let value = match text.chars().next()? {
        quote @ ('"' | '\'') => text[1..].split(quote).next()?,
        _ => text.split(|c: char| c.is_ascii_whitespace() || c == '>').next()?,
    };
    Some(value.replace("&amp;", "&").replace("&#38;", "&"))
}

/// The addresses that a page names in `src` and `href`.
fn addresses(html: &str) -> impl Iterator<Item = String> + '_ {
    let of = |name: &'static str| {
        html.match_indices(name).filter_map(move |(at, _)| value_at(&html[at + name.len()..]))
    };
    of(" src=").chain(of(" href="))
}

/// The fingerprint of a file that a page names; nothing stands for other pages and other sites.
fn file(snapshot: &Snapshot, page: &str, address: &str) -> Fingerprint {
    match resolve(page, address).map(|path| snapshot.find(&path)) {
        Some(Found::File(path, output)) if !is_page(path) => output.fingerprint,
        _ => Fingerprint::default(),
    }
}

/// The fingerprint of a style sheet and of the files that it names in `url(…)`.
fn sheet(snapshot: &Snapshot, page: &str, address: &str) -> Fingerprint {
    let Some(path) = resolve(page, address) else { return Fingerprint::default() };
    let Found::File(_, output) = snapshot.find(&path) else { return Fingerprint::default() };
    let css = String::from_utf8_lossy(&output.bytes);
    let named = css.match_indices("url(").filter_map(|(at, _)| {
        let inside = css[at + 4..].split(')').next()?;
        Some(inside.trim().trim_matches(['"', '\'']).to_owned())
    });
    let hasher = Hasher::new().with(output.fingerprint);
    named.fold(hasher, |hasher, name| hasher.with(file(snapshot, &path, &name))).finish()
}

/// The path that an address leads to from a page; none if it leads to another site.
fn resolve(page: &str, address: &str) -> Option<String> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let address = &address[..end];
    if address.is_empty() || address.starts_with("//") || address.contains(':') {
        return None;
    }
    if address.starts_with('/') {
        return Some(address.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A page as it is sent: with the script, and with a redirect that leads to this server instead of
/// the published site.
pub fn with_script(snapshot: &Snapshot, path: &str, output: &Output) -> Arc<[u8]> {
    let script = script(&version(snapshot, path));
    let bytes = &*output.bytes;
    let at = last(bytes, b"</body>").unwrap_or(bytes.len());
    let sent = [&bytes[..at], script.as_bytes(), &bytes[at..]].concat();
    let Some(origin) = &snapshot.origin else { return sent.into() };
    let away = format!("http-equiv=\"refresh\" content=\"0; url={origin}/");
    match String::from_utf8(sent) {
        Ok(html) => html.replace(&away, "http-equiv=\"refresh\" content=\"0; url=/").into_bytes(),
        Err(error) => error.into_bytes(),
    }
    .into()
}

fn script(version: &Version) -> String {
    let Version { content, style, .. } = version;
    format!(
        "<script src=\"{SCRIPT_PATH}\" data-content=\"{content}\" data-style=\"{style}\"></script>"
    )
}

/// The page for a site that could not be built yet, or has nothing at an address.
pub fn stand_in(snapshot: &Snapshot, path: &str, text: &str) -> String {
    let script = script(&version(snapshot, path));
    let base = &snapshot.base;
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>gen serve</title>\n\
         </head>\n<body>\n<p>{text}</p>\n<p><a href=\"{base}\">{base}</a></p>\n{script}</body>\n</html>\n"
    )
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Outputs;

    fn site(files: &[(&str, &str)]) -> Snapshot {
        let outputs: Outputs = files
            .iter()
            .map(|(path, text)| ((*path).into(), Output::new(text.as_bytes().to_vec())))
            .collect();
        Snapshot { outputs: Arc::new(outputs), ..Snapshot::default() }
    }

    const PAGE: &str =
        "<link rel=\"stylesheet\" href=\"/a.1.css\"><body><img src=\"x.png\"></body>";

    #[test]
    fn tells_what_has_changed() {
        let of = |page: &str, css: &str, png: &str, font: &str| {
            let css = format!("{css}url('f.woff')");
            let files =
                [("p/index.html", page), ("a.1.css", &css), ("p/x.png", png), ("f.woff", font)];
            version(&site(&files), "/p/")
        };
        let first = of(PAGE, "a", "1", "f");
        assert_eq!(first.sheets, ["/a.1.css"]);
        let same = |a: &Version| (a.content == first.content, a.style == first.style);
        assert_eq!(same(&of(PAGE, "a", "1", "f")), (true, true));
        assert_eq!(same(&of(PAGE, "b", "1", "f")), (true, false));
        assert_eq!(same(&of(PAGE, "a", "1", "g")), (true, false));
        assert_eq!(same(&of(PAGE, "a", "2", "f")), (false, true));
        assert_eq!(same(&of(&PAGE.replace("a.1", "a.2"), "a", "1", "f")), (true, false));
        assert_eq!(same(&of(&PAGE.replace("<body>", "<body>x"), "a", "1", "f")), (false, true));
    }

    #[test]
    fn a_page_that_is_gone_is_the_one_that_says_so() {
        let with = site(&[("404.html", "lost")]);
        assert_ne!(version(&with, "/x/"), Version::default());
        assert_eq!(version(&with, "/x/"), version(&with, "/404.html"));
        assert_eq!(version(&site(&[]), "/x/"), Version::default());
    }

    #[test]
    fn the_script_goes_before_the_end_of_the_body() {
        let of = |html: &str| {
            let mut snapshot = site(&[("index.html", html)]);
            snapshot.origin = Some("https://a.org".into());
            let output = snapshot.outputs["index.html"].clone();
            String::from_utf8(with_script(&snapshot, "/", &output).to_vec()).unwrap()
        };
        assert!(of("<BODY></BODY></html>").ends_with("</script></BODY></html>"));
        assert!(of("text").starts_with("text<script "));
        let away = "<meta http-equiv=\"refresh\" content=\"0; url=https://a.org/x/\">";
        assert!(of(away).contains("content=\"0; url=/x/\""));
    }

    #[test]
    fn addresses_are_resolved_from_the_page() {
        let cases = [
            ("/a/b/", "c.png", Some("/a/b/c.png")),
            ("/a/b/", "../c.png?x#y", Some("/a/c.png")),
            ("/a/b", "./c.png", Some("/a/c.png")),
            ("/a/", "/c.png", Some("/c.png")),
            ("/a/", "//b.org/c", None),
            ("/a/", "https://b.org/c", None),
            ("/a/", "#x", None),
        ];
        for (page, address, expected) in cases {
            assert_eq!(resolve(page, address).as_deref(), expected, "{page} {address}");
        }
    }
}
