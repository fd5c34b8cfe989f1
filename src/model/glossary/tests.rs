//! Tests of assembling glossaries.

use super::*;
use crate::diag::Severity;
use crate::lang::PerLang;

fn entry(id: &str, zh: &str, en: &str, start: usize) -> Entry {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Entry {
        term: Term { id: id.to_owned(), zh: text(zh), en: text(en), ..Term::default() },
        path: "content/glossary.toml".into(),
        span: start..start + 1,
        see: Vec::new(),
        local: false,
        rich: false,
    }
}

fn local(id: &str, zh: &str, en: &str) -> Entry {
    Entry { local: true, path: "content/a.zh.md".into(), ..entry(id, zh, en, 5) }
}

/// Each problem as its severity, its code, its place, its related places and its help.
fn show(diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |d: &Diagnostic| {
        let mark = if d.severity == Severity::Error { "error" } else { "warning" };
        let place = d.span.as_ref().map_or(0, |span| span.start);
        let related: String = d
            .related
            .iter()
            .map(|r| format!(" <{}:{}>", r.path, r.span.as_ref().map_or(0, |s| s.start)))
            .collect();
        format!("{mark} {} {}:{place}{related}", d.code, d.path)
    };
    diagnostics.iter().map(line).collect()
}

fn help(diagnostic: &Diagnostic) -> &str {
    diagnostic.help.as_ref().map_or("", |help| help.en.as_str())
}

#[test]
fn terms_are_sorted_and_found_by_id() {
    let (glossary, diagnostics) =
        assemble(vec![entry("momo", "", "momo", 2), entry("cat-tax", "猫税", "cat tax", 1)]);
    assert_eq!(diagnostics, []);
    let ids: Vec<_> = glossary.terms.iter().map(|e| e.term.id.as_str()).collect();
    assert_eq!(ids, ["cat-tax", "momo"]);
    assert_eq!(glossary.get("momo").map(|(index, e)| (index, e.span.start)), Some((1, 2)));
    assert_eq!(glossary.get("dog"), None);
}

#[test]
fn two_terms_with_one_id_are_an_error_at_the_second() {
    let (glossary, diagnostics) =
        assemble(vec![entry("a", "", "two", 9), entry("a", "", "one", 3), entry("b", "", "b", 5)]);
    assert_eq!(
        show(&diagnostics),
        ["error duplicate-term content/glossary.toml:9 <content/glossary.toml:3>"]
    );
    assert_eq!(glossary.terms.len(), 2);
    assert_eq!(glossary.terms[0].term.en.as_deref(), Some("one"));
}

#[test]
fn unknown_related_terms_are_errors_with_a_suggestion() {
    let mut first = entry("cat", "", "cat", 1);
    first.term.see = ["momo", "mom", "zzzzzz"].map(str::to_owned).to_vec();
    let (_, diagnostics) = assemble(vec![first, entry("momo", "", "momo", 2)]);
    let line = "error unknown-term content/glossary.toml:1";
    assert_eq!(show(&diagnostics), [line, line]);
    assert_eq!(help(&diagnostics[0]), "did you mean `momo`?");
    assert_eq!(help(&diagnostics[1]), "define the term, or take it out of `see`");
}

#[test]
fn a_name_of_two_terms_is_a_warning_once() {
    let mut second = entry("b", "貓稅", "Cat-Tax", 8);
    second.term.aliases = PerLang { zh: vec!["猫税".to_owned()], en: vec!["kitty".to_owned()] };
    let (_, diagnostics) =
        assemble(vec![second, entry("a", "猫税", "cat tax", 2), entry("c", "momo", "MOMO", 11)]);
    assert_eq!(
        show(&diagnostics),
        ["warning colliding-term content/glossary.toml:8 <content/glossary.toml:2>"]
    );
    assert!(diagnostics[0].message.en.contains("texts link to `a`"), "{:?}", diagnostics[0]);
}

#[test]
fn pinyin_is_filled_and_doubts_are_told() {
    let mut written = entry("juan", "卷", "involution", 1);
    written.term.pinyin = Some("juàn".to_owned());
    let (glossary, diagnostics) = assemble(vec![
        written,
        entry("cat-tax", "猫税", "", 2),
        entry("juan-2", "卷薯", "", 3),
        entry("momo", "momo", "", 4),
        entry("refugee", "TikTok 难民", "", 5),
    ]);
    let pinyin: Vec<_> = glossary.terms.iter().map(|e| e.term.pinyin.as_deref()).collect();
    let expected = [Some("māo shuì"), Some("juàn"), Some("juǎn shǔ"), None, Some("TikTok nàn mín")];
    assert_eq!(pinyin, expected);
    assert_eq!(show(&diagnostics), ["warning unconfirmed-pinyin content/glossary.toml:3"]);
    assert!(help(&diagnostics[0]).ends_with("pinyin = \"juǎn shǔ\""), "{:?}", diagnostics[0]);
}

#[test]
fn an_articles_own_terms_win_with_a_warning() {
    let (global, _) = assemble(vec![entry("cat", "猫", "cat", 1), entry("dog", "狗", "dog", 2)]);
    let mut own = local("cat", "猫", "house cat");
    own.term.see = vec!["dog".to_owned(), "bird".to_owned()];
    let (view, diagnostics) = global.with_local(vec![own, local("zebra", "", "DOG")]);
    assert_eq!(
        show(&diagnostics),
        [
            "warning shadowed-term content/a.zh.md:5 <content/glossary.toml:1>",
            "error unknown-term content/a.zh.md:5",
            "warning colliding-term content/a.zh.md:5 <content/glossary.toml:2>",
        ]
    );
    let names: Vec<_> = view.terms.iter().map(|e| (e.term.en.as_deref(), e.local)).collect();
    assert_eq!(names, [(Some("house cat"), true), (Some("dog"), false), (Some("DOG"), true)]);
    assert_eq!(global.terms.len(), 2);
}

#[test]
fn the_sites_problems_are_not_told_again_for_an_article() {
    let (global, diagnostics) =
        assemble(vec![entry("a", "卷", "same", 1), entry("b", "卷", "same", 2)]);
    assert_eq!(diagnostics.len(), 3);
    let (view, diagnostics) = global.with_local(vec![local("c", "", "other")]);
    assert_eq!((view.terms.len(), show(&diagnostics)), (3, Vec::new()));
    assert_eq!(global.with_local(Vec::new()).0, global);
}

#[test]
fn a_local_term_loses_a_shared_name_to_an_earlier_id_and_is_told_so() {
    let (global, _) = assemble(vec![entry("m", "", "dog", 1)]);
    for id in ["a", "z"] {
        let (_, diagnostics) = global.with_local(vec![local(id, "", "Dog")]);
        let told = "warning colliding-term content/a.zh.md:5 <content/glossary.toml:1>";
        assert_eq!(show(&diagnostics), [told]);
        let winner = if id == "a" { "texts link to `a`" } else { "texts link to `m`" };
        assert!(diagnostics[0].message.en.contains(winner), "{:?}", diagnostics[0]);
    }
}

#[test]
fn suggestions_come_from_ids_and_names() {
    let mut tax = entry("cat-tax", "猫税", "cat tax", 1);
    tax.term.aliases.en = vec!["feline levy".to_owned()];
    let (glossary, _) = assemble(vec![tax, entry("rednote", "小红书", "Xiaohongshu", 2)]);
    let cases = [
        ("cat-tx", Some("cat-tax")),
        ("猫税", Some("cat-tax")),
        ("貓稅", Some("cat-tax")),
        ("Cat Tax", Some("cat-tax")),
        ("xiaohongsu", Some("rednote")),
        ("小红薯", Some("rednote")),
        ("狗税", None),
        ("something else", None),
    ];
    for (id, expected) in cases {
        assert_eq!(glossary.suggest(id), expected, "{id}");
    }
}

#[test]
fn the_fingerprint_follows_the_terms_and_not_their_places() {
    let print = |entries: Vec<Entry>| assemble(entries).0.fingerprint;
    let plain = print(vec![entry("a", "猫", "cat", 1)]);
    assert_eq!(plain, print(vec![entry("a", "猫", "cat", 7)]));
    assert_ne!(plain, print(vec![entry("a", "猫", "cats", 1)]));
    assert_ne!(plain, print(vec![Entry { rich: true, ..entry("a", "猫", "cat", 1) }]));
    assert_ne!(plain, print(Vec::new()));
}
