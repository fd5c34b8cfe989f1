//! The theme as readers have it: in Chromium, with a mouse, a keyboard or a finger, with scripts
//! and without.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[path = "theme/hostile.rs"]
mod hostile;
#[path = "theme/reader.rs"]
mod reader;
#[path = "browser/server.rs"]
#[expect(dead_code, reason = "reports are for the search")]
mod server;

use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use digest_gen::build;
use digest_gen::memo::Memo;
use digest_gen::output::Outputs;
use digest_gen::source::{Layout, Options, read};
use flate2::Compression;
use flate2::write::GzEncoder;
use reader::{DESK, PHONE, Reader, Screen};
use serde_json::json;

const ARTICLE: &str = "2025/tiktok-refugees/";

/// Every kind of page, in the views that differ.
const PAGES: [&str; 19] = [
    "",
    "zh/",
    "en/",
    ARTICLE,
    "zh/2025/tiktok-refugees/",
    "en/2025/tiktok-refugees/",
    "2025/v50/",
    "about/",
    "2025/",
    "issues/",
    "issues/1/",
    "tags/",
    "en/tags/slang/",
    "archive/",
    "glossary/",
    "en/glossary/",
    "glossary/cat-tax/",
    "search/",
    "404.html",
];

/// This repository's digest under a base path.
fn digest() -> &'static Outputs {
    static DIGEST: OnceLock<Outputs> = OnceLock::new();
    DIGEST.get_or_init(|| {
        let base_url = Some("https://example.org/digest/".into());
        let options = Options { base_url, ..Options::default() };
        let sources = read(Path::new(env!("CARGO_MANIFEST_DIR")), &Layout::default(), options);
        let built = build(&sources, &mut Memo::new());
        assert!(!built.outputs.is_empty(), "{:#?}", built.diagnostics);
        built.outputs
    })
}

/// A reader of the digest.
fn reader(screen: Screen, scripts: bool) -> Reader {
    static SITE: OnceLock<String> = OnceLock::new();
    let site = SITE.get_or_init(|| {
        let (port, _) = server::serve(digest().clone(), String::new());
        format!("http://127.0.0.1:{port}{}", server::BASE)
    });
    Reader::new(site, screen, scripts)
}

/// An expression for the place of an element in the window.
fn rect(selector: &str, side: &str) -> String {
    format!("document.querySelector('{selector}').getBoundingClientRect().{side}")
}

#[test]
fn four_reading_modes_with_and_without_scripts() {
    for scripts in [true, false] {
        let reader = reader(DESK, scripts);
        reader.open(ARTICLE);
        // Side by side: a row is two columns that begin level.
        assert!(reader.shows("#p1 .z") && reader.shows("#p1 .e"));
        let level = reader.number(&rect("#p1 .z", "top")) - reader.number(&rect("#p1 .e", "top"));
        assert!(level.abs() < 1.0, "{level}");
        assert!(reader.number(&rect("#p1 .e", "left")) > reader.number(&rect("#p1 .z", "right")));

        reader.click("label[for=v-zh]");
        assert!(reader.shows("#p1 .z") && !reader.shows("#p1 .e"), "scripts: {scripts}");
        reader.click("label[for=v-en]");
        assert!(!reader.shows("#p1 .z") && reader.shows("#p1 .e"));
        assert!(reader.shows("h1 .e") && !reader.shows("h1 .z"));

        // Interleaved: each sentence above its counterpart.
        reader.click("label[for=v-lines]");
        let places = ["#p1-z1", "#p1-e1", "#p1-z2", "#p1-e2", "#p1-z3"]
            .map(|sentence| reader.number(&rect(sentence, "top")));
        assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");

        reader.click("label[for=py]");
        assert!(reader.shows("#p1 rt"));
        reader.click("label[for=v-both]");
        reader.click("label[for=py]");
        assert!(reader.shows("#p1 .z") && reader.shows("#p1 .e") && !reader.shows("#p1 rt"));
    }
}

#[test]
fn without_scripts_terms_lead_to_their_entries_and_settings_open() {
    let reader = reader(DESK, false);
    reader.open(ARTICLE);
    reader.click("button[popovertarget=aa-pop]");
    reader.click("label[for=th-dark]");
    assert_eq!(reader.value("getComputedStyle(document.documentElement).colorScheme"), "dark");
    reader.press("\u{e00c}");
    reader.click("#p1 .z .term");
    assert_eq!(reader.value("location.hash"), "#w-xiaohongshu");
    assert!(reader.shows("#w-xiaohongshu dd"));
}

#[test]
fn switching_keeps_the_place() {
    let reader = reader(DESK, true);
    reader.open(ARTICLE);
    let row = "#p16";
    reader.value(&format!("scrollTo(0, scrollY + {} - 120)", rect(row, "top")));
    assert!(reader.sees("place !== null && place.row.id === 'p16'"));
    for mode in ["v-zh", "v-lines", "v-en", "v-both", "py"] {
        reader.click(&format!("label[for={mode}]"));
        let top = reader.number(&rect(row, "top"));
        assert!((top - 120.0).abs() < 2.0, "{mode}: the row stands at {top}");
    }
    assert_eq!(reader.value("location.search"), "?view=both");
    // By keyboard too: the bar is in sight, and focus there scrolls nothing.
    reader.value("document.querySelector('#v-both').focus()");
    for _ in 0..3 {
        reader.press("\u{e014}");
        let top = reader.number(&rect(row, "top"));
        assert!((top - 120.0).abs() < 2.0, "by keyboard the row stands at {top}");
    }
    reader.click("label[for=v-both]");
    // A link to another view leads to the row.
    reader.value("document.querySelector('.editions a[hreflang=en]').click()");
    assert!(reader.sees("location.pathname.includes('/en/') && location.hash === '#p16'"));
}

#[test]
fn choices_are_remembered_and_the_address_decides() {
    let reader = reader(DESK, true);
    reader.open(ARTICLE);
    reader.click("label[for=v-en]");
    reader.click("button[popovertarget=aa-pop]");
    reader.click("label[for=th-dark]");
    reader.click("label[for=sz-l]");
    // On every other page.
    reader.open("en/2025/momo/");
    assert_eq!(reader.value("getComputedStyle(document.documentElement).fontSize"), "21px");
    assert_eq!(reader.value("getComputedStyle(document.documentElement).colorScheme"), "dark");
    reader.open("2025/momo/");
    assert!(reader.shows("#p1 .e") && !reader.shows("#p1 .z"));
    reader.open("2025/momo/?view=zh");
    assert!(reader.shows("#p1 .z") && !reader.shows("#p1 .e"));
    // Nothing moves when a choice is restored.
    reader.open(ARTICLE);
    let moved = "performance.getEntriesByType('layout-shift').reduce((sum, e) => sum + e.value, 0)";
    reader.wait(300);
    assert_eq!(reader.number(moved), 0.0);
}

#[test]
fn a_sentence_lights_its_counterpart() {
    for scripts in [true, false] {
        let reader = reader(DESK, scripts);
        reader.open(ARTICLE);
        let colour = |id: &str| {
            reader
                .value(&format!("getComputedStyle(document.querySelector('{id}')).backgroundColor"))
        };
        let plain = colour("#p1-e2");
        reader.hover("#p1-z2");
        reader.wait(50);
        assert_ne!(colour("#p1-e2"), plain);
        assert_eq!(colour("#p1-e2"), colour("#p1-z2"));
        assert_eq!(colour("#p1-e1"), plain);
    }
}

const OPEN: &str = "document.querySelector('#card')?.matches(':popover-open') === true";
const CLOSED: &str = "document.querySelector('#card')?.matches(':popover-open') !== true";

#[test]
fn a_card_by_mouse() {
    let reader = reader(DESK, true);
    reader.open(ARTICLE);
    reader.hover("#p1 .z .term");
    assert!(reader.sees(OPEN));
    assert!(
        reader.value("document.querySelector('#card').textContent.includes('Xiǎohóngshū')") == true
    );
    let gap = reader.number(&rect("#card", "top")) - reader.number(&rect("#p1 .z .term", "bottom"));
    assert!((0.0..24.0).contains(&gap), "{gap}");
    // The pointer may move onto the card (WCAG 1.4.13).
    reader.hover("#card");
    reader.wait(500);
    assert!(reader.sees(OPEN));
    reader.leave();
    assert!(reader.sees(CLOSED));
}

#[test]
fn a_card_by_keyboard() {
    let reader = reader(DESK, true);
    reader.open(ARTICLE);
    reader.value("document.querySelector('.toc summary').focus()");
    reader.press("\u{e004}");
    assert!(reader.sees(OPEN), "the first term has the focus");
    assert!(reader.sees("document.activeElement.getAttribute('aria-expanded') === 'true'"));
    reader.press("\u{e00c}");
    assert!(reader.sees(CLOSED));
    reader.press("\u{e007}");
    assert!(reader.sees(OPEN), "Enter opens it again");
    // The card comes after its word: its link is next.
    reader.press("\u{e004}");
    assert!(reader.sees("document.activeElement.closest('#card') !== null"));
}

#[test]
fn a_card_by_touch() {
    let reader = reader(PHONE, true);
    reader.open(ARTICLE);
    for term in ["#p1 .z .term", "#p6 .e .term"] {
        reader.tap(term);
        assert!(reader.sees(OPEN), "{term}");
        reader.wait(100);
        // A sheet at the bottom of the screen, below its word.
        let bottom = reader.number(&rect("#card", "bottom"));
        assert!((bottom - 844.0).abs() < 1.0, "{bottom}");
        assert!(reader.number(&rect("#card", "top")) >= reader.number(&rect(term, "bottom")));
        reader.tap("h1 .z");
        assert!(reader.sees(CLOSED));
        reader.wait(300);
    }
}

#[test]
fn dark_and_light() {
    let reader = reader(Screen { dark: true, ..DESK }, true);
    reader.open(ARTICLE);
    let brightness = "(c => c[0] * 0.3 + c[1] * 0.6 + c[2] * 0.1)\
        (getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number))";
    assert!(reader.number(brightness) < 64.0);
    reader.click("button[popovertarget=aa-pop]");
    reader.click("label[for=th-light]");
    assert!(reader.number(brightness) > 192.0);
    reader.click("label[for=th-auto]");
    assert!(reader.number(brightness) < 64.0);
}

#[test]
fn no_page_scrolls_sideways() {
    let reader = reader(Screen { width: 320, ..PHONE }, true);
    for page in PAGES {
        let choices = ["", "?view=lines&py=1&size=l", "?view=en&size=l"];
        for choice in choices {
            reader.open(&format!("{page}{choice}"));
            let over = reader.number("document.documentElement.scrollWidth - innerWidth");
            assert!(over <= 0.0, "/{page}{choice} is {over} pixels too wide");
        }
    }
}

#[test]
fn pages_ask_no_other_host_and_raise_no_error() {
    let reader = reader(DESK, true);
    for page in PAGES {
        reader.open(page);
        reader.wait(100);
        let foreign = reader.value(
            "performance.getEntriesByType('resource').map(e => e.name)\
             .filter(name => !name.startsWith(location.origin + '/digest/'))",
        );
        assert_eq!(foreign, json!([]), "/{page}");
        // Each once; the manifest is no part of the page, and only some browsers ask for it.
        let files = reader.value(
            "[...new Set(performance.getEntriesByType('resource').map(e => e.name))]\
             .filter(name => !name.endsWith('.webmanifest'))",
        );
        let count = 1 + files.as_array().unwrap().len();
        assert!(count <= 5, "/{page} asks for {count} files: {files}");
        assert_eq!(reader.complaints(), Vec::<String>::new(), "/{page}");
    }
}

#[test]
fn the_menu_opens_on_a_phone() {
    for scripts in [true, false] {
        let reader = reader(PHONE, scripts);
        reader.open("en/");
        assert!(!reader.shows("#menu a"));
        reader.click("button[popovertarget=menu]");
        assert!(reader.shows("#menu a[href='/digest/en/glossary/']"));
        reader.set_screen(DESK);
        assert!(reader.shows("#menu a"));
    }
}

#[test]
fn the_field_in_the_header_searches() {
    let reader = reader(DESK, true);
    for (view, text) in [("", "猫税"), ("zh/", "貓稅"), ("en/", "maoshui"), ("en/", "cat tax")]
    {
        reader.open(&format!("{view}archive/"));
        reader.enter(".find input", &format!("{text}\u{e007}"));
        assert!(reader.sees("location.pathname.endsWith('/search/')"), "{view} {text}");
        let first = format!(
            "document.querySelector('#results a')?.pathname === '/digest/{view}glossary/cat-tax/'"
        );
        assert!(reader.sees(&first), "{view} {text}");
    }
}

/// The bytes of a file of the digest as a host sends them.
fn sent(path: &str) -> usize {
    let bytes = &digest().get(path).unwrap_or_else(|| panic!("no {path}")).bytes;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn pages_are_light() {
    for page in PAGES {
        let file = if page.ends_with(".html") { page.into() } else { format!("{page}index.html") };
        let html = std::str::from_utf8(&digest()[file.as_str()].bytes).unwrap();
        let mut total = sent(&file);
        for reference in html.split(['"']).filter_map(|part| part.strip_prefix("/digest/")) {
            if [".css", ".js", ".svg"].iter().any(|ending| reference.ends_with(ending)) {
                total += sent(reference);
            }
        }
        assert!(total <= 20 * 1024, "/{page} is {total} bytes");
    }
}
