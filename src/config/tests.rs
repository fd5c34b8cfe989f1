use super::*;
use crate::diag::{Message, position};
use crate::lang::Lang;
use crate::text::Text;

/// Each problem as `line:column code` with its help in English.
fn problems(text: &str) -> Vec<(String, String)> {
    let (_, diagnostics) = Config::parse("book.toml", text);
    let shown = |d: &Diagnostic| {
        let (line, column) = position(text, d.span.as_ref().map_or(0, |span| span.start));
        let help = d.help.as_ref().map_or("", |help: &Message| &help.en);
        (format!("{line}:{column} {}", d.code), help.to_owned())
    };
    diagnostics.iter().map(shown).collect()
}

#[test]
fn an_empty_file_has_every_default() {
    let (config, diagnostics) = Config::parse("book.toml", "");
    assert_eq!((config, diagnostics.len()), (Config::default(), 0));
    let config = Config::default();
    assert_eq!(config.languages.zh.tag, "zh-Hans");
    assert_eq!(config.taxonomies.issues.name.get(Lang::Zh), "期");
}

#[test]
fn a_table_in_part_keeps_the_defaults_of_its_place() {
    let text = "\u{feff}[book]\ntitle = { zh = \"猫报\" }\n[languages.zh]\ntag = \"zh-Hant\"\n\
                [taxonomies.tags.terms]\nmemes = { zh = \"梗图\", en = \"Memes\" }\n";
    let (config, diagnostics) = Config::parse("book.toml", text);
    assert_eq!(diagnostics, []);
    assert!(!config.book.title.has(Lang::En));
    assert_eq!(
        (config.languages.zh.tag.as_str(), config.languages.zh.name.as_str()),
        ("zh-Hant", "中文")
    );
    assert_eq!(config.languages.en, Config::default().languages.en);
    assert_eq!(config.taxonomies.tags.name, Text::each("标签", "Tags"));
    assert!(config.taxonomies.tags.feed && !config.taxonomies.issues.feed);
    assert_eq!(config.taxonomies.tags.terms["memes"].get(Lang::En), "Memes");
}

#[test]
fn every_mistake_is_found_at_its_byte() {
    let cases = [
        ("[book]\ntitel = \"文摘\"\n", "2:1 unknown-key", "did you mean “title”?"),
        ("[bok]\n", "1:2 unknown-key", "did you mean “book”?"),
        ("[output.html]\nsite_url = \"/\"\n", "2:1 unknown-key", "did you mean “site-url”?"),
        ("paginate-by = 3\n", "1:1 unknown-key", "“paginate-by” belongs in [output.html]"),
        ("[build]\nthreads = 3\n", "2:1 unknown-key", "known here: build-dir"),
        (
            "[book]\ntitle = { zh = \"文摘\", fr = \"x\" }\n",
            "2:22 unknown-key",
            "known here: zh, en",
        ),
        ("[book]\nlanguage = \"中文\"\n", "2:12 unknown-value", "known here: zh, en"),
        ("[glossary]\nlink = \"firts\"\n", "2:8 unknown-value", "did you mean “first”?"),
        ("[book]\ntitle = 3\n", "2:9 wrong-type", "put it in double quotes"),
        ("[book]\nauthors = \"小红薯\"\n", "2:11 wrong-type", "write it as a list: [\"…\"]"),
        ("[book]\nauthors = [\"小红薯\", 4]\n", "2:19 wrong-type", "put it in double quotes"),
        ("book = 3\n", "1:8 wrong-type", ""),
        ("[markdown]\nmath = \"yes\"\n", "2:8 wrong-type", ""),
        ("[output.html]\npaginate-by = -1\n", "2:15 out-of-range", "the least is 0"),
        ("[output.html]\npaginate-by = 20000\n", "2:15 out-of-range", "the most is 1000"),
        ("[output.html]\nsite-url = \"example.org\"\n", "2:12 bad-site-url", ""),
        ("[output.html]\nsite-url = \"/a/../b\"\n", "2:12 bad-site-url", ""),
        ("[output.html]\ncname = \"https://猫.cn\"\n", "2:9 bad-cname", ""),
        (
            "[output.html]\ngit-repository-url = \"git@x\"\n",
            "2:22 bad-url",
            "begin it with https://",
        ),
        ("[output.html]\nedit-url-template = \"https://x.org/\"\n", "2:21 bad-url", ""),
        (
            "[languages.zh]\ntag = \"中文\"\n",
            "2:7 bad-language-tag",
            "write zh-Hans, zh-Hant or zh",
        ),
        ("[book]\nsrc = \"../文\"\n", "2:7 bad-folder", ""),
        ("[build]\nbuild-dir = \".\"\n", "2:13 bad-folder", ""),
        ("[build]\nbuild-dir = \"content/out\"\n", "2:13 bad-folder", "name two separate folders"),
        // What some systems take for a folder of articles, or cannot have.
        ("[build]\nbuild-dir = \"Content\"\n", "2:13 bad-folder", "name two separate folders"),
        ("[build]\nbuild-dir = \"out\\\\public\"\n", "2:13 bad-folder", "name a folder"),
        ("[build]\nbuild-dir = \"out/con\"\n", "2:13 bad-folder", "name a folder"),
        ("[build]\nbuild-dir = \"out.\"\n", "2:13 bad-folder", "name a folder"),
        ("[align]\ndictionary = 'data\\d.u8'\n", "2:14 missing-file", "write / between folders"),
        ("[check.silence-in]\n'content\\*' = []\n", "2:1 bad-pattern", "write it as"),
        ("[taxonomies.标签]\n", "1:13 toml-syntax", "put the key in quotes"),
        ("[book]\ntitle = 文摘\n", "2:9 toml-syntax", "put the text in double quotes"),
        ("[book]\nsrc = \"a\"\nsrc = \"b\"\n", "3:1 duplicate-key", "remove one of them"),
    ];
    for (text, expected, help) in cases {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{text}{found:?}");
        assert_eq!(
            found.first().map(|(place, _)| place.as_str()),
            Some(expected),
            "{text}{found:?}"
        );
        assert!(found[0].1.starts_with(help), "{text}{found:?}");
    }
}

#[test]
fn all_mistakes_are_found_at_once_and_the_rest_is_used() {
    let text =
        "[book]\ntitel = 1\ndescription = \"猫\"\n[feed]\nlimit = \"x\"\nfull-text = false\n";
    let places: Vec<String> = problems(text).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["2:1 unknown-key", "5:9 wrong-type"]);
    let (config, _) = Config::parse("book.toml", text);
    assert_eq!(config.book.description, Text::from("猫"));
    assert_eq!((config.feed.limit, config.feed.full_text), (20, false));
}

#[test]
fn good_addresses_are_accepted() {
    for url in ["/", "/digest/", "https://example.org/digest/", "http://localhost:8080"] {
        assert_eq!(problems(&format!("[output.html]\nsite-url = \"{url}\"\n")), [], "{url}");
    }
    for tag in ["zh", "zh-Hans", "zh-Hant-TW", "yue"] {
        assert_eq!(problems(&format!("[languages.zh]\ntag = \"{tag}\"\n")), [], "{tag}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test of a file of the repository")]
fn the_published_schema_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/book.schema.json");
    if std::env::var("GEN_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::write(path, json_schema()).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert!(published == json_schema(), "run GEN_BLESS=1 cargo test, and look at the difference");
}
