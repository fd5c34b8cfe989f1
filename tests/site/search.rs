//! The search index as a part of the build; `tests/search.rs` asks it in a browser.

use std::sync::Arc;

use digest_gen::memo::Stage;

use crate::support::{DIGEST, site};

#[test]
fn an_edit_reads_one_document_again() {
    let mut site = site(DIGEST);
    site.clean();
    let before = site.built().outputs.clone();
    site.edit("content/2025/momo.en.md", "There are many momos", "There are a lot of momos");
    // The document, the fingerprint of it and its neighbours, the lists, the file it is shown from,
    // all files together.
    assert_eq!(site.clean().made(Stage::Search), 5);
    let changed = |path: &&Arc<str>| before[*path] != site.built().outputs[*path];
    let changed: Vec<&Arc<str>> = before.keys().filter(changed).collect();
    assert!(changed.iter().any(|path| path.starts_with("search/d")), "{changed:?}");
    assert!(!changed.iter().any(|path| path.ends_with("search/index.html")), "{changed:?}");
    for _ in 0..3 {
        assert_eq!(site.clean().made(Stage::Search), 0);
    }
}

#[test]
fn the_search_can_be_turned_off() {
    let mut site = site(DIGEST);
    site.clean().holds("/zh/", &["href=\"/digest/zh/search/\""]);
    assert!(site.exists("/search/index.json") && site.exists("/en/search/"));
    site.edit("book.toml", "[output.html]", "[search]\nenable = false\n[output.html]");
    site.clean().lacks("/zh/", &["search/"]);
    let paths: Vec<&Arc<str>> =
        site.built().outputs.keys().filter(|path| path.contains("search/")).collect();
    assert_eq!(paths, Vec::<&Arc<str>>::new());
}

#[test]
fn search_pages_are_kept_from_search_engines() {
    let mut site = site(DIGEST);
    site.clean()
        .holds("/en/search/", &["<meta name=\"robots\" content=\"noindex\">", "<noscript>"]);
    site.lacks("sitemap.xml", &["search/"]);
}
