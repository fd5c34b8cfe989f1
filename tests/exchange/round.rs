//! Out and in again: nothing is lost on the way.

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Map, Value, json};

use crate::support::{HARD, gen_in, read, repository, site, write};

/// Imports an exported glossary into an empty site and exports it again.
fn again(text: &str, format: &str) -> String {
    let dir =
        site("//- book.toml\n[output.html]\nsite-url = \"https://a.org/d/\"\n//- content/x.txt\n");
    write(&dir, &format!("in.{format}"), text);
    gen_in(&dir, &format!("import glossary in.{format}"));
    gen_in(&dir, &format!("export glossary --format {format}"))
}

/// A termbase without what the articles of the site put into it.
fn without_examples(tbx: &str) -> String {
    let mut inside = false;
    let keep = |line: &&str| {
        inside |= line.trim() == "<descripGrp>";
        let kept = !inside;
        inside &= line.trim() != "</descripGrp>";
        kept
    };
    tbx.lines().filter(keep).filter(|line| !line.contains("<title>")).collect::<Vec<_>>().join("\n")
}

#[test]
fn tables_come_back_as_they_were() {
    let digest = crate::support::run(repository(), "export glossary --format csv").out;
    let hard = gen_in(&site(HARD), "export glossary --format csv");
    for table in [digest, hard] {
        assert_eq!(again(&table, "csv"), table);
        // Excel saves it with a mark, and in some countries with semicolons.
        assert_eq!(again(&format!("\u{feff}{table}"), "csv"), table);
    }
}

#[test]
fn termbases_come_back_as_they_were() {
    let digest = crate::support::run(repository(), "export glossary --format tbx").out;
    let digest = digest.replace("https://example.org/glossary/ (", "https://a.org/d/glossary/ (");
    let hard = gen_in(&site(HARD), "export glossary --format tbx");
    for termbase in [digest, hard] {
        assert_eq!(without_examples(&again(&termbase, "tbx")), without_examples(&termbase));
    }
}

#[test]
fn what_was_exported_is_no_change() {
    let dir = site(HARD);
    let before = read(&dir, "content/glossary.toml");
    for format in ["csv", "tbx"] {
        gen_in(&dir, &format!("export glossary --format {format} -o out.{format}"));
        let said = gen_in(&dir, &format!("import glossary out.{format}"));
        assert_eq!(said, "content/glossary.toml: 0 terms added, 0 changed, 2 were there\n");
        assert_eq!(read(&dir, "content/glossary.toml"), before);
    }
}

/// A text of what makes trouble in cells, in XML and in TOML.
fn text() -> impl Strategy<Value = String> {
    "[a猫\"'=+@,;|\\\\<>&\n\r\t#\\-{}＝\u{1F431}\u{7f}\u{feff}\u{fffd} ]{1,9}"
        .prop_filter("something to read", |text| text.chars().any(char::is_alphanumeric))
}

fn term(id: usize) -> impl Strategy<Value = Value> {
    let some = || prop::option::of(text());
    let list = || prop::collection::vec(text(), 0..3);
    let texts = (text(), some(), some(), some(), some(), some());
    (texts, list(), list(), list(), any::<bool>()).prop_map(
        move |(texts, zh, en, sources, dated)| {
            let (name, english, zh_text, en_text, category, part) = texts;
            let mut term = json!({ "id": format!("{id}-t"), "zh": name, "pinyin": "yī" });
            let mut set = |key: &str, value: Option<Value>| {
                let term: &mut Map<String, Value> = term.as_object_mut().unwrap();
                value.into_iter().for_each(|value| drop(term.insert(key.to_owned(), value)));
            };
            set("en", english.map(Value::from));
            set("category", category.map(Value::from));
            set("part_of_speech", part.map(Value::from));
            set("sources", Some(json!(sources)));
            set("aliases", Some(json!({ "zh": zh, "en": [] })));
            set("avoid", Some(json!({ "zh": [], "en": en })));
            let definition = [("zh", zh_text), ("en", en_text)];
            let definition =
                definition.into_iter().filter_map(|(k, v)| Some((k.to_owned(), json!(v?))));
            set("definition", Some(Value::Object(definition.collect())));
            set("first_seen", dated.then(|| json!("2025-01-14T16:29:00+08:00")));
            term
        },
    )
}

proptest! {
    #![proptest_config(Config { cases: 8, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_glossary_comes_back(terms in (1usize..4).prop_flat_map(|n| (0..n).map(term).collect::<Vec<_>>())) {
        let dir = site("//- book.toml\n[output.html]\nsite-url = \"https://a.org/d/\"\n");
        let toml = toml::to_string(&json!({ "term": terms })).unwrap();
        write(&dir, "content/glossary.toml", &toml);
        for format in ["csv", "tbx"] {
            let out = gen_in(&dir, &format!("export glossary --format {format}"));
            prop_assert_eq!(&again(&out, format), &out, "{}", toml);
        }
    }
}
