use super::*;
use crate::diag::position;

fn places(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let shown = |d: &Diagnostic| {
        let (line, column) = position(text, d.span.as_ref().map_or(0, |span| span.start));
        format!("{line}:{column} {}", d.code)
    };
    diagnostics.iter().map(shown).collect()
}

#[test]
fn reads_the_glossary() {
    let text = "[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\npinyin = \"māo shuì\"\n\
        aliases.zh = [\"交猫税\"]\navoid.en = [\"cat duty\"]\ndefinition.zh = \"发猫照\"\n\
        definition.en = \"Posting a cat\"\nsee = [\"momo\"]\nfirst_seen = 2025-01-13\n\
        [[term]]\nid = \"momo\"\nzh = \"momo\"\n";
    let (terms, diagnostics) = parse_glossary("content/glossary.toml", text);
    assert_eq!(diagnostics, []);
    assert_eq!(&text[terms[0].span.clone()], "\"cat-tax\"");
    let term = &terms[0].term;
    assert_eq!(term.aliases.zh, ["交猫税"]);
    assert_eq!(term.definition.en.as_deref(), Some("Posting a cat"));
    assert_eq!(term.first_seen.unwrap().iso(), "2025-01-13");
    assert_eq!((terms[1].term.id.as_str(), &terms[1].term.en), ("momo", &None));
}

#[test]
fn every_mistake_is_found_at_its_byte() {
    let cases: [(&str, &[&str]); 9] = [
        ("[[term]]\nid = \"猫税\"\nzh = \"猫税\"\n", &["2:6 bad-term-id"]),
        ("[[term]]\nid = \"Cat Tax\"\nzh = \"猫税\"\n", &["2:6 bad-term-id"]),
        ("[[term]]\nid = 50\nzh = \"猫税\"\n", &["2:6 wrong-type"]),
        ("[[term]]\nzh = \"猫税\"\n", &["1:1 missing-key"]),
        ("[[term]]\nid = \"a\"\n[[term]]\nid = \"b\"\n", &["2:6 missing-key", "4:6 missing-key"]),
        ("[[terms]]\nid = \"a\"\n", &["1:3 unknown-key"]),
        ("[term]\nid = \"a\"\n", &["1:1 wrong-type"]),
        ("[[term]]\nid = \"a\"\nzh = \"猫\"\ndefinition = \"猫\"\n", &["4:14 wrong-type"]),
        ("[[term]]\nid = \"a\"\nzh = \"猫\"\naliases.zn = [\"猫\"]\n", &["4:9 unknown-key"]),
    ];
    for (text, expected) in cases {
        let (_, diagnostics) = parse_glossary("content/glossary.toml", text);
        assert_eq!(places(text, &diagnostics), expected, "{text}");
    }
}

#[test]
fn an_id_is_suggested() {
    let cases = [
        ("id = \"Cat Tax!\"\nzh = \"猫\"", "write id = \"cat-tax\""),
        ("id = \"猫税\"\nen = \"Cat tax\"", "write id = \"cat-tax\""),
        ("id = \"-v--50\"\nzh = \"猫\"", "write id = \"v-50\""),
    ];
    for (data, expected) in cases {
        let (_, diagnostics) = parse_glossary("g", &format!("[[term]]\n{data}\n"));
        assert_eq!(diagnostics[0].help.as_ref().unwrap().en, expected, "{data}");
    }
}

#[test]
fn a_term_of_its_own_file_is_named_by_it() {
    let path = "content/glossary/cat-tax.md";
    let text = "---\nzh: 猫税\ndefinition:\n  en: Posting a cat\n---\n正文\n";
    let file = parse_term_file(path, text);
    assert_eq!(file.diagnostics, []);
    assert_eq!(file.term.unwrap().term.id, "cat-tax");
    assert_eq!(&text[file.body_start..], "正文\n");
    let file = parse_term_file("content/glossary/猫.md", text);
    assert_eq!(places(text, &file.diagnostics), ["2:1 bad-term-id"]);
    let file = parse_term_file(path, "正文\n");
    assert_eq!(places("正文\n", &file.diagnostics), ["1:1 missing-front-matter"]);
}
