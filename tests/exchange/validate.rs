//! The formats by their own grammars.

use std::collections::BTreeSet;
use std::process::Command;

use quick_xml::events::Event;

use crate::support::{HARD, fetched, gen_in, read, repository, run, site, write};

/// What xmllint says of a text: nothing if it is valid.
fn xmllint(text: &str, arguments: &[&str]) -> Result<(), String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file.xml");
    std::fs::write(&file, text).unwrap();
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet"]).args(arguments).arg(&file);
    let output =
        command.output().unwrap_or_else(|error| panic!("xmllint (libxml2-utils): {error}"));
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn tbx(text: &str) -> Result<(), String> {
    let grammar = repository().join("tests/exchange/tbx-basic.rng");
    xmllint(text, &["--relaxng", grammar.to_str().unwrap()])
}

/// The values of an attribute on elements of a name.
fn values(text: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element => {
                let value = tag.try_get_attribute(attribute).unwrap();
                found.extend(
                    value.map(|value| {
                        value.normalized_value(Default::default()).unwrap().into_owned()
                    }),
                );
            }
            _ => {}
        }
    }
}

#[test]
fn termbases_are_tbx_basic() {
    let dir = site(HARD);
    let hard = gen_in(&dir, "export glossary --format tbx");
    let digest = run(repository(), "export glossary --format tbx").out;
    for text in [&hard, &digest] {
        tbx(text).unwrap_or_else(|error| panic!("{error}"));
        // What xmllint does not look at: an id names one entry, and a reference an entry.
        let ids = values(text, "conceptEntry", "id");
        let known: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(known.len(), ids.len());
        let targets = values(text, "ref", "target");
        assert!(!targets.is_empty() && targets.iter().all(|id| known.contains(id)));
    }
    assert_eq!(values(&digest, "conceptEntry", "id").len(), 47);
    // The examples are there, each in its language.
    assert!(hard.contains("<descrip type=\"context\">九九六很累 &amp; 粗。</descrip>"), "{hard}");
}

#[test]
fn the_grammar_refuses_what_is_no_tbx_basic() {
    let valid = gen_in(&site(HARD), "export glossary --format tbx");
    for (from, to) in [
        ("style=\"dca\"", "style=\"dct\""),
        ("urn:iso:std:iso:30042:ed-2", "urn:iso:std:iso:30042:ed:3.0"),
        (">noun<", ">proper noun<"),
        ("preferredTerm-admn-sts", "preferred"),
        ("type=\"subjectField\"", "type=\"domain\""),
        ("type=\"context\"", "type=\"definition\""),
        ("type=\"crossReference\"", "type=\"seeAlso\""),
        ("id=\"_996\"", "id=\"996\""),
        ("xml:lang=\"en\"", "lang=\"en\""),
        ("<term>lone word</term>", ""),
        ("</langSec>", "<note>late</note></langSec>"),
        ("</body>", "<p>more</p></body>"),
    ] {
        assert!(valid.contains(from), "{from}");
        assert!(tbx(&valid.replace(from, to)).is_err(), "{from} → {to}");
    }
}

#[test]
fn memories_are_tmx() {
    let Some(dtd) = fetched("tmx14.dtd") else { return };
    let valid = |text: &str| xmllint(text, &["--dtdvalid", dtd.to_str().unwrap()]);
    let dir = site(HARD);
    let hard = gen_in(&dir, "export memory");
    let digest = run(repository(), "export memory").out;
    let empty = gen_in(&site("//- book.toml\n//- content/a.zh.md\n# 甲\n"), "export memory");
    write(&dir, "zh.md", "一 & <b>二</b>。三。\n");
    write(&dir, "en.md", "One & <b>two</b>. Three.\n");
    let aligned = gen_in(&dir, "align zh.md en.md --format tmx");
    for text in [&hard, &digest, &empty, &aligned] {
        valid(text).unwrap_or_else(|error| panic!("{error}"));
        let ids = values(text, "tu", "tuid");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        assert_eq!(values(text, "tuv", "xml:lang").len(), 2 * ids.len());
    }
    assert!(values(&digest, "tu", "tuid").len() > 100);
    assert!(hard.contains("<note>https://a.org/d/2025/work/</note>"), "{hard}");
    assert!(hard.contains("<seg>九九六很累 &amp; 粗。</seg>"), "{hard}");
    assert!(valid(&hard.replace("segtype=\"sentence\" ", "")).is_err());
    assert!(valid(&hard.replace("<seg>", "<seg2>").replace("</seg>", "</seg2>")).is_err());
}

/// Holds the second file to the schema in the first one.
const SCHEMA: &str = "import json, sys, jsonschema
schema, value = (json.load(open(name, encoding='utf-8')) for name in sys.argv[1:])
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.Draft202012Validator(schema).validate(value)
";

#[test]
fn json_is_as_its_schema_says() {
    let Some(python) = fetched("venv/bin/python") else { return };
    let dir = site(HARD);
    for (name, line) in [("glossary", "glossary"), ("vocabulary", "vocabulary --format json")] {
        let schema = repository().join(format!("docs/{name}.schema.json"));
        let valid = |text: &str| {
            write(&dir, "value.json", text);
            let mut command = Command::new(&python);
            command.args(["-c", SCHEMA]).arg(&schema).arg("value.json").current_dir(dir.path());
            command.output().unwrap()
        };
        let text = gen_in(&dir, &format!("export {line}"));
        let output = valid(&text);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!valid(&text.replace("\"id\"", "\"name\"")).status.success());
    }
}

#[test]
fn units_keep_their_ids() {
    let dir = site(HARD);
    let before = values(&gen_in(&dir, "export memory"), "tu", "tuid");
    let text = read(&dir, "content/2025/work.zh.md");
    write(&dir, "content/2025/work.zh.md", &text.replace("第二段说", "第二段落说"));
    let after = values(&gen_in(&dir, "export memory"), "tu", "tuid");
    assert_eq!(before.len(), after.len());
    assert_eq!(before.iter().filter(|id| !after.contains(id)).count(), 1);
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let dir = site(HARD);
    for line in
        ["glossary", "glossary --format csv", "memory", "vocabulary", "vocabulary --format json"]
    {
        let line = format!("export {line}");
        assert_eq!(gen_in(&dir, &line), gen_in(&dir, &line));
    }
}
