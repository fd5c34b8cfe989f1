//! The site at one moment, whole: what requests are answered from until the next one is ready.

use std::borrow::Cow;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::model::urls::encode;
use crate::output::{Output, Outputs};

/// The site at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The files of the last build without errors.
    pub outputs: Arc<Outputs>,
    /// The path of the site, with `/` at both ends.
    pub base: String,
    /// The host that the site is published at: `https://example.org`.
    pub origin: Option<String>,
    /// The errors of the last build, as JSON for the panel.
    pub problems: Arc<str>,
    /// Whether there was a build without errors.
    pub built: bool,
}

impl Default for Snapshot {
    fn default() -> Self {
        Snapshot {
            outputs: Arc::default(),
            base: "/".to_owned(),
            origin: None,
            problems: "[]".into(),
            built: false,
        }
    }
}

/// What is at an address.
#[derive(Debug, PartialEq)]
pub enum Found<'a> {
    /// A file, by its path.
    File(&'a str, &'a Output),
    /// A page under another address.
    Moved(String),
    /// Nothing; the site's page that says so, where it has one.
    Missing(Option<&'a Output>),
    /// Nothing: the address lies outside of the site's path.
    Outside,
}

impl Snapshot {
    /// What is at the path of an address, by the rules of GitHub Pages: a file, else the same
    /// with `.html`, else a folder with `index.html`, which has a slash at its end.
    ///
    /// Paths are looked up among the outputs and nowhere else: no path leads out of the site.
    pub fn find(&self, path: &str) -> Found<'_> {
        let Some(inside) = path.strip_prefix(self.base.as_str()) else {
            let is_base = path == self.base.trim_end_matches('/');
            return if is_base { Found::Moved(self.base.clone()) } else { Found::Outside };
        };
        let missing = Found::Missing(self.outputs.get("404.html"));
        let Ok(inside) = percent_decode_str(inside).decode_utf8() else { return missing };
        let file = match inside.is_empty() || inside.ends_with('/') {
            true => Cow::Owned(format!("{inside}index.html")),
            false => inside.clone(),
        };
        let mut names = [file.clone(), Cow::Owned(format!("{file}.html"))].into_iter();
        if let Some((path, output)) = names.find_map(|name| self.outputs.get_key_value(&*name)) {
            return Found::File(path, output);
        }
        match self.outputs.contains_key(format!("{inside}/index.html").as_str()) {
            true => Found::Moved(format!("{}{}/", self.base, encode(&inside))),
            false => missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_pages_finds() {
        let paths = ["index.html", "a.html", "both.html", "both/index.html", "猫/税/index.html"];
        let all = paths.iter().chain(&["x.css", "404.html", "dir/y.txt"]);
        let outputs: Outputs =
            all.map(|path| ((*path).into(), Output::new(path.as_bytes().to_vec()))).collect();
        let snapshot =
            Snapshot { outputs: Arc::new(outputs), base: "/d/".into(), ..Snapshot::default() };
        let cases = [
            ("/d/", "index.html"),
            ("/d", "→ /d/"),
            ("/d/index.html", "index.html"),
            ("/d/index", "index.html"),
            ("/d/a", "a.html"),
            ("/d/a.html", "a.html"),
            ("/d/a/", "404"),
            ("/d/both", "both.html"),
            ("/d/both/", "both/index.html"),
            ("/d/%E7%8C%AB/%E7%A8%8E", "→ /d/%E7%8C%AB/%E7%A8%8E/"),
            ("/d/%e7%8c%ab/%e7%a8%8e/", "猫/税/index.html"),
            ("/d/猫/税/", "猫/税/index.html"),
            ("/d/x.css", "x.css"),
            ("/d/X.css", "404"),
            ("/d/dir", "404"),
            ("/d/dir/", "404"),
            ("/d/../d/a.html", "404"),
            ("/d/%2e%2e/%2e%2e/etc/passwd", "404"),
            ("/d/%ff", "404"),
            ("/", "outside"),
            ("/dx/", "outside"),
            ("/a.html", "outside"),
        ];
        for (path, expected) in cases {
            let found = match snapshot.find(path) {
                Found::File(path, _) => path.to_owned(),
                Found::Moved(to) => format!("→ {to}"),
                Found::Missing(page) => page.map_or("none", |_| "404").to_owned(),
                Found::Outside => "outside".to_owned(),
            };
            assert_eq!(found, expected, "{path}");
        }
    }
}
