//! CommonMark's own 652 examples, as pulldown-cmark ships them with its source.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

use std::path::{Path, PathBuf};
use std::process::Command;

use digest_gen::lang::Lang;
use digest_gen::parse::markdown::{Rules, render_fragment};
use pulldown_cmark::{Parser, html};

/// Examples that the extensions read otherwise, all for one reason: `[[…]]` is a wikilink.
const WIKILINKS: &[usize] = &[548, 559, 590];

/// All extensions, without what adds to every heading and code block.
const EXTENDED: Rules = Rules { heading_ids: false, highlight: false, ..Rules::ALL };

/// The platform of this machine: crates for others may not be on it.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(output.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

/// Where cargo keeps the source of a crate that this one depends on.
fn source_of(crate_name: &str) -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--manifest-path"])
        .arg(manifest)
        .args(["--filter-platform", &host()])
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == crate_name).unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

/// The examples in order: Markdown, and the HTML that the specification gives.
fn examples() -> Vec<(String, String)> {
    let path = source_of("pulldown-cmark").join("tests/suite/spec.rs");
    #[expect(clippy::disallowed_methods, reason = "a test reads its data")]
    let source = std::fs::read_to_string(path).unwrap();
    let strings: Vec<_> = source
        .split("r##\"")
        .skip(1)
        .map(|rest| rest.split_once("\"##").unwrap().0.to_owned())
        .collect();
    let examples: Vec<_> =
        strings.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
    assert_eq!(examples.len(), 652, "the examples of CommonMark 0.31.2");
    examples
}

fn pulldown(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new(text));
    out
}

/// The numbers of the examples, from 1, that come out otherwise than pulldown-cmark has them.
fn differences(lang: Lang, rules: Rules, normalise: fn(&str) -> String) -> Vec<usize> {
    let examples = examples();
    let differs = |(_, (text, _)): &(usize, &(String, String))| {
        let (html, _) = render_fragment("example.md", text, 0, lang, rules);
        normalise(&html) != normalise(&pulldown(text))
    };
    examples.iter().enumerate().filter(differs).map(|(index, _)| index + 1).collect()
}

#[test]
fn commonmark_stays_byte_for_byte() {
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(differences(lang, Rules::COMMONMARK, str::to_owned), [0; 0], "{lang:?}");
    }
}

#[test]
fn extensions_leave_commonmark_alone_in_chinese() {
    assert_eq!(differences(Lang::Zh, EXTENDED, str::to_owned), WIKILINKS);
}

/// In English the typographic marks are turned back first.
#[test]
fn extensions_change_only_punctuation_in_english() {
    fn straight(html: &str) -> String {
        let marks = [("“", "\""), ("”", "\""), ("‘", "'"), ("’", "'"), ("…", "..."), ("–", "--")];
        let html = html.replace("&quot;", "\"").replace('—', "---");
        marks.iter().fold(html, |html, (typographic, typed)| html.replace(typographic, typed))
    }
    assert_eq!(differences(Lang::En, EXTENDED, straight), WIKILINKS);
}
