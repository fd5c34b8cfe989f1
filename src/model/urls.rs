//! Addresses: paths of output files, URLs in pages, absolute URLs for other machines.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::config::Config;
use crate::lang::View;

use super::links::is_outside;

/// What a path segment of a URL escapes (RFC 3986, section 3.3, and what HTML parsers trip over).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Where the site is published.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Urls {
    /// `https://example.org`, where book.toml or the command line name it.
    pub origin: Option<String>,
    /// The path of the site, with `/` at both ends.
    pub base: String,
}

impl Urls {
    /// The addresses of a site; `base_url` is that of the command line.
    pub fn new(config: &Config, base_url: Option<&str>) -> Self {
        let url = base_url.or(config.output.html.site_url.as_deref()).unwrap_or("/").trim();
        let host_start = url.find("://").map(|at| at + 3);
        let path_start =
            host_start.map_or(0, |host| url[host..].find('/').map_or(url.len(), |at| host + at));
        let origin = host_start.map(|_| url[..path_start].to_owned());
        let inner = url[path_start..].trim_matches('/');
        let base = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
        Urls { origin, base }
    }

    /// The root-relative URL of an output path such as `zh/2025/momo/`.
    pub fn path(&self, path: &str) -> String {
        format!("{}{}", self.base, encode(path))
    }

    /// The root-relative URL of a page in a view. `key` has no slash at its ends.
    pub fn page(&self, view: View, key: &str) -> String {
        self.path(&page_path(view, key))
    }

    /// A root-relative URL made absolute, where the site's host is known. One that lies elsewhere
    /// stays as it is.
    pub fn absolute(&self, url: &str) -> String {
        match &self.origin {
            Some(origin) if !is_outside(url) => format!("{origin}{url}"),
            _ => url.to_owned(),
        }
    }
}

/// The path of a page in a view, with a slash at its end but for the home page's empty path.
pub fn page_path(view: View, key: &str) -> String {
    let slash = if key.is_empty() { "" } else { "/" };
    format!("{}{key}{slash}", view.prefix())
}

/// A path, percent-encoded.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// A tag or another name as one segment of a path: what cannot stand in one becomes a hyphen.
pub fn segment(name: &str) -> String {
    let unsafe_char = |c: char| {
        c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    let clean: String =
        name.trim().chars().map(|c| if unsafe_char(c) || c == ' ' { '-' } else { c }).collect();
    match clean.trim_matches('.') {
        "" => "-".to_owned(),
        trimmed if trimmed.len() == clean.len() => clean,
        trimmed => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_base() {
        let config = Config::default();
        let cases = [
            (None, None, "/zh/2025/%E7%8C%AB/"),
            (Some("/digest"), None, "/digest/zh/2025/%E7%8C%AB/"),
            (Some("https://a.org/d/"), Some("https://a.org"), "/d/zh/2025/%E7%8C%AB/"),
            (Some("https://a.org"), Some("https://a.org"), "/zh/2025/%E7%8C%AB/"),
        ];
        for (url, origin, page) in cases {
            let urls = Urls::new(&config, url);
            assert_eq!(urls.origin.as_deref(), origin);
            // Chinese stays readable in files and is encoded in addresses.
            assert_eq!(urls.page(View::Zh, "2025/猫"), page);
        }
    }

    #[test]
    fn segments_are_safe() {
        let cases = [("a/b", "a-b"), ("..", "-"), ("C#", "C#"), ("猫 税", "猫-税"), ("", "-")];
        for (name, expected) in cases {
            assert_eq!(segment(name), expected);
        }
    }
}
