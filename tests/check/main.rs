//! `gen check` against errors that were planted in a copy of the digest: each has to be found, by its
//! code, at its line; and on the digest as it is nothing.
//!
//! A kind of check adds its errors to a table in `seeds/`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it counted"
)]

mod seeds;

use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr as _;

use digest_gen::check;
use digest_gen::diag::codes::code;
use digest_gen::diag::{Diagnostic, Severity, position};
use digest_gen::memo::Memo;
use digest_gen::source::{self, File, Layout, Now, Options, Sources};

/// An error to plant: some text of a file in place of another.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    /// The code under which it has to be found.
    pub code: &'static str,
    /// The file, from the site's root. One that is not there is made.
    pub file: &'static str,
    /// What is replaced: it stands in the file once. Nothing: the text is put at the end.
    pub old: &'static str,
    /// What is put there.
    pub new: &'static str,
    /// The line where it has to be found, or its counterpart: a file, and a text that stands in it once,
    /// after all errors were planted.
    pub at: (&'static str, &'static str),
}

/// An error that has to be found at the line of what was put there.
pub const fn seed(
    code: &'static str,
    file: &'static str,
    old: &'static str,
    new: &'static str,
) -> Seed {
    Seed { code, file, old, new, at: (file, new) }
}

impl Seed {
    /// The same, to be found at the line of another text.
    pub const fn found_at(self, file: &'static str, text: &'static str) -> Seed {
        Seed { at: (file, text), ..self }
    }
}

/// The repository's own site, on the first of June 2026.
fn digest() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = source::read(root, &Layout::default(), Options::default());
    sources.now = Now {
        instant: jiff::Timestamp::from_str("2026-06-01T04:00:00Z").unwrap(),
        local: jiff::civil::date(2026, 6, 1).at(12, 0, 0, 0),
    };
    // The theme is that which is built in.
    sources.files.retain(|path, _| !path.starts_with("templates/"));
    sources
}

fn text(sources: &Sources, path: &str) -> String {
    let file = sources.files.get(path);
    file.map(|file| String::from_utf8(file.bytes.to_vec()).unwrap()).unwrap_or_default()
}

fn plant(sources: &mut Sources, seed: &Seed) {
    let before = text(sources, seed.file);
    let after = match seed.old {
        "" => before + seed.new,
        old => {
            assert_eq!(before.matches(old).count(), 1, "`{old}` is to be once in {}", seed.file);
            before.replace(old, seed.new)
        }
    };
    sources.files.insert(seed.file.into(), File::new(after.into_bytes()));
}

/// The lines of a finding and of its counterparts, each with its file.
fn lines(sources: &Sources, found: &Diagnostic) -> Vec<(String, usize)> {
    let related = found.related.iter().map(|related| (&related.path, &related.span));
    let line = |path: &str, at: usize| position(&text(sources, path), at).0;
    std::iter::once((&found.path, &found.span))
        .chain(related)
        .map(|(path, span)| {
            (path.to_string(), span.as_ref().map_or(1, |span| line(path, span.start)))
        })
        .collect()
}

/// Plants errors together, and says which were not found.
fn missed(seeds: &[Seed]) -> Vec<String> {
    let mut sources = digest();
    for seed in seeds {
        plant(&mut sources, seed);
    }
    let found = check(&sources, &mut Memo::new()).diagnostics;
    let found: Vec<(&str, Vec<(String, usize)>)> =
        found.iter().map(|found| (found.code, lines(&sources, found))).collect();
    let mut missed = Vec::new();
    for seed in seeds {
        let (file, mark) = seed.at;
        let planted = text(&sources, file);
        // The whole of a text of several lines is at the first.
        let mark = mark.trim();
        assert_eq!(planted.matches(mark).count(), 1, "`{mark}` is to be once in {file}");
        let wanted = (file.to_owned(), position(&planted, planted.find(mark).unwrap()).0);
        let hit = |(code, lines): &(&str, Vec<(String, usize)>)| {
            *code == seed.code && lines.contains(&wanted)
        };
        if !found.iter().any(hit) {
            let near = found.iter().filter(|(_, lines)| lines.contains(&wanted));
            let near: Vec<&str> = near.map(|(code, _)| *code).collect();
            missed.push(format!("{} {}:{} (there: {near:?})", seed.code, wanted.0, wanted.1));
        }
    }
    missed
}

#[test]
fn planted_errors_are_found() {
    let all: Vec<Seed> = seeds::all();
    // Errors that fail a build keep it from judging silences: they have a copy of their own.
    let fails = |seed: &Seed| code(seed.code).unwrap().severity == Severity::Error;
    let (errors, warnings): (Vec<Seed>, Vec<Seed>) = all.iter().partition(|seed| fails(seed));
    let mut missed = missed(&warnings);
    missed.extend(self::missed(&errors));
    let kinds: BTreeSet<&str> = all.iter().map(|seed| seed.code).collect();
    eprintln!("{} errors of {} kinds planted, {} missed", all.len(), kinds.len(), missed.len());
    assert!(all.len() >= seeds::LEAST, "{} are too few", all.len());
    // 57 of 60.
    assert!(20 * (all.len() - missed.len()) >= 19 * all.len(), "{missed:#?}");
}

#[test]
fn nothing_is_found_in_the_digest_as_it_is() {
    let found = check(&digest(), &mut Memo::new()).diagnostics;
    assert!(found.is_empty(), "{found:#?}");
}
