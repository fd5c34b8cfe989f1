//! The files that are published with the site.

use crate::support::{HARD, gen_in, read, site, write};

const ASKED: &str = "
[glossary]
exports = [\"json\", \"csv\", \"tbx\", \"jsonld\", \"anki\"]
article-exports = [\"anki\", \"csv\", \"json\"]
";

/// The settings with what is asked for.
fn asked(book: &str) -> String {
    book.replace("[align]\n", &format!("{ASKED}[align]\nmemory = true\n"))
}

#[test]
fn the_files_are_there_where_book_toml_asks() {
    let dir = site(HARD);
    gen_in(&dir, "build");
    for path in ["glossary/glossary.csv", "glossary/anki.txt", "2025/work/anki.txt", "memory.tmx"] {
        assert!(!dir.path().join("public").join(path).exists(), "{path}");
    }
    assert!(!read(&dir, "public/glossary/index.html").contains("download>"));

    let book = read(&dir, "book.toml");
    write(&dir, "book.toml", &asked(&book));
    gen_in(&dir, "build");
    for (path, line) in [
        ("glossary/glossary.json", "glossary"),
        ("glossary/glossary.csv", "glossary --format csv --bom"),
        ("glossary/glossary.tbx", "glossary --format tbx"),
        ("glossary/glossary.jsonld", "glossary --format jsonld"),
        ("glossary/anki.txt", "vocabulary"),
        ("2025/work/anki.txt", "vocabulary 2025/work"),
        ("2025/work/vocabulary.csv", "vocabulary 2025/work --format csv --bom"),
        ("2025/work/vocabulary.json", "vocabulary 2025/work --format json"),
        // A page in one language has them beside its only version.
        ("zh/about/anki.txt", "vocabulary about"),
        ("memory.tmx", "memory"),
    ] {
        let exported = gen_in(&dir, &format!("export {line}"));
        assert_eq!(read(&dir, &format!("public/{path}")), exported, "{path}");
    }
}

#[test]
fn pages_link_to_them_in_every_view() {
    let dir = site(HARD);
    let book = read(&dir, "book.toml");
    write(&dir, "book.toml", &asked(&book));
    // And authors may.
    let about = read(&dir, "content/about.zh.md");
    write(&dir, "content/about.zh.md", &format!("{about}\n[表](/glossary/glossary.csv)\n"));
    gen_in(&dir, "build --strict");
    for (view, word) in [("", "下载："), ("zh/", "下载："), ("en/", "Download:")] {
        let page = read(&dir, &format!("public/{view}glossary/index.html"));
        assert!(page.contains(word), "{view}");
        for link in [
            "<link rel=\"alternate\" type=\"text/csv\" title=\"CSV\" href=\"/d/glossary/glossary.csv\">",
            "<a href=\"/d/glossary/glossary.tbx\" download>TBX</a>",
            "<a href=\"/d/glossary/anki.txt\" download>Anki</a>",
            "<a href=\"/d/memory.tmx\" download>TMX</a>",
        ] {
            assert!(page.contains(link), "{view}: {link}");
        }
        let article = read(&dir, &format!("public/{view}2025/work/index.html"));
        let link = "<a href=\"/d/2025/work/anki.txt\" download>Anki</a>";
        assert!(article.contains(link), "{view}");
    }
    // A page without words offers none.
    assert!(!read(&dir, "public/zh/2025/index.html").contains("download>"));
}
