//! The repository's own site, and sites in a string, checked in memory.

use std::path::Path;
use std::str::FromStr as _;

use digest_gen::diag::{Diagnostic, position};
use digest_gen::source::{self, File, Layout, Now, Options, Sources};

/// Noon of the first of June 2026 in Beijing.
pub fn now() -> Now {
    Now {
        instant: jiff::Timestamp::from_str("2026-06-01T04:00:00Z").unwrap(),
        local: jiff::civil::date(2026, 6, 1).at(12, 0, 0, 0),
    }
}

/// The repository's own site.
pub fn own() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = source::read(root, &Layout::default(), Options::default());
    sources.now = now();
    sources
}

/// A site of some files, with an empty book.toml if there is none among them.
pub fn site(files: &[(&str, &str)]) -> Sources {
    let files = [("book.toml", "")].iter().chain(files);
    let files = files.map(|(path, text)| ((*path).into(), File::new(text.as_bytes().to_vec())));
    let files = files.collect();
    Sources { files, diagnostics: Vec::new(), options: Options::default(), now: now() }
}

/// The text of a file.
pub fn text(sources: &Sources, path: &str) -> String {
    String::from_utf8(sources.files[path].bytes.to_vec()).unwrap()
}

/// A problem as `code path:line`, without a line where the whole file is meant.
pub fn place(sources: &Sources, found: &Diagnostic) -> String {
    let line = found.span.as_ref().map(|span| position(&text(sources, &found.path), span.start).0);
    match line {
        Some(line) => format!("{} {}:{line}", found.code, found.path),
        None => format!("{} {}", found.code, found.path),
    }
}
