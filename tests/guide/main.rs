//! The guide in `content/guide/`: what its pages show is done, in the order of each page, by the program,
//! in a folder that begins empty. The rules are in `page.rs`.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test makes files, and fails by panicking"
)]

mod page;
mod session;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use digest_gen::parse::front_matter::FrontMatter;
use page::{Block, blocks, inline_code};
use session::Session;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guide")
}

/// The pages of the guide without their endings, sorted.
fn pages() -> Vec<String> {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_str().unwrap().to_owned());
    let stem = |name: String| name.split('.').next().unwrap().to_owned();
    names.map(stem).collect::<BTreeSet<_>>().into_iter().collect()
}

fn read(page: &str, lang: &str) -> String {
    let path = folder().join(format!("{page}.{lang}.md"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn it_has_a_dozen_pages_with_the_same_code_in_both_languages() {
    let pages = pages();
    assert!(pages.len() > 12, "{pages:?}");
    for page in pages {
        let (zh, en) = (read(&page, "zh"), read(&page, "en"));
        let (zh, en) = (blocks(&zh), blocks(&en));
        assert_eq!(zh.len(), en.len(), "{page}: the blocks of code in zh and en");
        for (zh, en) in zh.iter().zip(&en) {
            assert_eq!((&zh.info, &zh.text), (&en.info, &en.text), "{page}: zh and en");
        }
    }
}

/// Does what a page shows.
fn follow(page: &str) {
    let text = read(page, "en");
    let mut session = Session::new(page);
    let mut blocks = blocks(&text).into_iter().peekable();
    while let Some(block) = blocks.next() {
        match (block.language(), block.path()) {
            ("console", None) => session.console(&block),
            ("text", None) => session.listing(&block),
            ("markdown", None) => {
                let shown = blocks.next_if(|next: &Block| next.info == "html");
                session.render(&block, shown.as_ref());
            }
            (_, Some(path)) => session.file(&block, path),
            _ => panic!("{page}: what is to be done with this?\n{}\n{}", block.info, block.text),
        }
    }
    session.end();
}

/// A test for each page, and one that none was forgotten.
macro_rules! follow {
    ($($test:ident: $page:literal),* $(,)?) => {
        $(#[test] fn $test() { follow($page); })*

        #[test]
        fn every_page_is_followed() {
            let followed = BTreeSet::from([$($page.to_owned()),*]);
            assert_eq!(followed, pages().into_iter().collect());
        }
    };
}

follow! {
    section: "_index",
    getting_started: "getting-started",
    writing: "writing",
    glossary: "glossary",
    side_by_side: "side-by-side",
    checking: "checking",
    shortcodes: "shortcodes",
    theme: "theme",
    search: "search",
    serve: "serve",
    publishing: "publishing",
    migrating: "migrating",
    configuration: "configuration",
    design: "design",
}

#[test]
fn commands_and_keys_in_its_sentences_exist() {
    let settings: serde_json::Value =
        serde_json::from_str(&digest_gen::config::json_schema()).unwrap();
    let front_matter = schemars::schema_for!(FrontMatter).to_value();
    for page in pages() {
        for lang in ["zh", "en"] {
            for code in inline_code(&read(&page, lang)) {
                if let Some(line) = code.strip_prefix("gen ") {
                    session::exists(&page, line);
                }
                let key = code.strip_prefix('[');
                if let Some(key) = key.filter(|key| key.starts_with(char::is_alphabetic)) {
                    let known = |schema| page::is_key(schema, key);
                    assert!(known(&settings) || known(&front_matter), "{page}.{lang}: `{code}`");
                }
            }
        }
    }
}
