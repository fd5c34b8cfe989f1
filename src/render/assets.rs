//! Style sheets, scripts and drawings under names that hold their fingerprint.

use std::collections::BTreeMap;

use crate::model::urls::Urls;
use crate::output::Output;
use crate::source::Sources;

use super::templates::theme_static;

/// Kinds of files whose addresses hold their fingerprint, for caches that never ask again.
const FINGERPRINTED: &[&str] = &["css", "js", "svg"];

/// The style sheets, scripts and drawings at the top of `static/`, and those of the theme that the
/// site has not replaced.
pub struct Assets {
    /// By their names: `style.css`.
    pub files: BTreeMap<String, Asset>,
}

/// A file of the theme or of `static/` under a name that holds its fingerprint.
pub struct Asset {
    /// Its path in the output: `style.1a2b3c4d.css`.
    pub path: String,
    /// Its content.
    pub output: Output,
}

impl Assets {
    /// Gathers them. The theme's own are made smaller; a site's stay as they are.
    pub fn of(sources: &Sources) -> Assets {
        let mut files: BTreeMap<String, Output> = theme_static()
            .map(|(name, bytes)| (name.to_owned(), Output::new(compact(name, bytes))))
            .collect();
        for (path, file) in &sources.files {
            let name = path.strip_prefix("static/").filter(is_asset);
            // This repository holds the theme's own files.
            if let Some(name) = name.filter(|name| !is_theme(name, &file.bytes)) {
                let output = Output { bytes: file.bytes.clone(), fingerprint: file.fingerprint };
                files.insert(name.to_owned(), output);
            }
        }
        let hashed = files.into_iter().map(|(name, output)| {
            let path = hashed_name(&name, &output.fingerprint.short());
            (name, Asset { path, output })
        });
        Assets { files: hashed.collect() }
    }

    /// Their addresses by their names.
    pub fn addresses(&self, urls: &Urls) -> BTreeMap<String, String> {
        let address = |asset: &Asset| urls.path(&asset.path);
        self.files.iter().map(|(name, asset)| (name.clone(), address(asset))).collect()
    }

    /// The addresses of files of `static/` that book.toml names: with their fingerprint where they
    /// have one.
    pub fn named(&self, names: &[String], urls: &Urls) -> Vec<String> {
        let path = |name: &String| {
            let name = name.trim_start_matches("static/");
            self.files.get(name).map_or_else(|| name.to_owned(), |asset| asset.path.clone())
        };
        names.iter().map(|name| urls.path(&path(name))).collect()
    }
}

fn is_asset(name: &&str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    !name.contains('/') && ending.is_some_and(|ending| FINGERPRINTED.contains(&ending))
}

fn is_theme(name: &str, bytes: &[u8]) -> bool {
    theme_static().any(|(own, content)| own == name && content == bytes)
}

/// Drops the comments that stand on lines of their own, the indentation, and the spaces that only eyes
/// need. The theme's files hold no text that goes over several lines, which
/// this would change.
fn compact(name: &str, bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    let css = name.ends_with(".css");
    let (open, close) = if css { ("/*", "*/") } else { ("//", "") };
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        inside |= line.starts_with(open);
        if inside {
            inside = !line.ends_with(close);
        } else if css {
            close_up(line, &mut out);
        } else if !line.is_empty() {
            join_up(line, &mut out);
            out.push('\n');
        }
    }
    out.into_bytes()
}

/// Adds a line of a style sheet without the spaces around braces and behind colons, semicolons and
/// commas, but for those in quotation marks. A space before a colon parts two selectors.
fn close_up(line: &str, out: &mut String) {
    let mut quoted = false;
    for c in line.chars() {
        quoted ^= c == '"';
        let after = out.chars().next_back().unwrap_or('{');
        match c {
            ' ' if !quoted && "{};:,".contains(after) => continue,
            '{' | '}' if !quoted && after == ' ' => drop(out.pop()),
            _ => {}
        }
        if c == '}' && !quoted && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
    }
}

/// Adds a line of a script without the spaces beside signs, but for those in quotation marks. Two `+`
/// or `-` would become one sign, and a `/` may begin a regular expression: beside these, spaces stay.
fn join_up(line: &str, out: &mut String) {
    let is_sign = |c: char| "=<>!&|?:*,;(){}[]".contains(c);
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            None if c == ' ' => {
                let after = out.chars().next_back();
                if after.is_some_and(is_sign) || chars.peek().is_some_and(|next| is_sign(*next)) {
                    continue;
                }
            }
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ => {}
        }
        out.push(c);
        if c == '\\' && quote.is_some() {
            out.extend(chars.next());
        }
    }
}

/// The name of a file with the fingerprint of its content: `style.1a2b3c4d.css`.
fn hashed_name(name: &str, fingerprint: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{fingerprint}.{ending}"),
        None => format!("{name}.{fingerprint}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{compact, theme_static};

    #[test]
    fn drops_comments_and_indentation() {
        let css = "/* one */\n\na {\n  b: c; /* stays */\n}\n/* two\n   lines */\nd { e: f }\n";
        let small = compact("x.css", css.as_bytes());
        assert_eq!(String::from_utf8(small).unwrap(), "a{b:c;/* stays */}d{e:f}");
        let css = "a :hover, b > c { d: e, \"f, {g}: h\"; i: calc(1px + 2px); }\n@media (x: 1) {\n  j { k: l; }\n}\n";
        let small = compact("x.css", css.as_bytes());
        let expected = "a :hover,b > c{d:e,\"f, {g}: h\";i:calc(1px + 2px)}@media (x:1){j{k:l}}";
        assert_eq!(String::from_utf8(small).unwrap(), expected);
        let js = "// one\nlet a = \"// text\";\n  // two\n  call();\n";
        let small = compact("x.js", js.as_bytes());
        assert_eq!(String::from_utf8(small).unwrap(), "let a=\"// text\";\ncall();\n");
        let js = "if (a === b && !c) { return [x, \"y, \\\" : z\"].map((d) => d + +e / f ? 'g, h' : `i ${ j }`); }\n";
        let small = compact("x.js", js.as_bytes());
        let expected =
            "if(a===b&&!c){return[x,\"y, \\\" : z\"].map((d)=>d + +e / f?'g, h':`i ${ j }`);}\n";
        assert_eq!(String::from_utf8(small).unwrap(), expected);
    }

    #[test]
    fn the_theme_has_no_text_over_several_lines() {
        for (name, bytes) in theme_static().filter(|(name, _)| !name.ends_with(".svg")) {
            for line in std::str::from_utf8(bytes).unwrap().lines() {
                let line = line.trim();
                if !line.starts_with("//") && !line.starts_with("/*") {
                    assert!(line.matches('`').count() % 2 == 0, "{name}: {line}");
                    assert!(!line.ends_with('\\'), "{name}: {line}");
                }
            }
        }
    }
}
