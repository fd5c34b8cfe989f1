//! Tests of the orders.

use super::*;
use crate::model::glossary::assemble;
use crate::parse::term::Term;

fn glossary(terms: &[(&str, &str, &str, &str, &str)]) -> Glossary {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let entry = |&(id, zh, en, pinyin, category): &(&str, &str, &str, &str, &str)| Entry {
        term: Term {
            id: id.to_owned(),
            zh: text(zh),
            en: text(en),
            pinyin: text(pinyin),
            category: text(category),
            ..Term::default()
        },
        path: "content/glossary.toml".into(),
        span: 0..1,
        see: Vec::new(),
        local: false,
        rich: false,
    };
    assemble(terms.iter().map(entry).collect()).0
}

fn show(glossary: &Glossary, groups: &[(String, Vec<usize>)]) -> String {
    let ids = |members: &[usize]| {
        members.iter().map(|i| glossary.terms[*i].term.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let lines: Vec<_> = groups.iter().map(|(n, m)| format!("{n}: {}", ids(m))).collect();
    lines.join("; ")
}

fn sample() -> Glossary {
    glossary(&[
        ("chanyu", "单于", "chanyu", "chányú", "people"),
        ("hangzhang", "行长", "bank manager", "hángzhǎng", "people"),
        ("momo", "momo", "momo", "", "web"),
        ("chongqing", "重庆", "Chongqing", "", "places"),
        ("cat-tax", "猫税", "cat tax", "", "web"),
        ("v50", "V我50", "V50", "", ""),
        ("green", "绿", "", "lǜ", ""),
        ("forty", "50度", "50 degrees", "50 dù", ""),
        ("ma1", "妈", "mum", "mā", "people"),
        ("ma3", "马", "\"Éclair\" horse", "mǎ", ""),
        ("english-only", "", "Zebra", "", ""),
        ("quoted", "“安”", "", "“ān”", ""),
    ])
}

#[test]
fn chinese_terms_stand_by_their_pinyin() {
    let glossary = sample();
    assert_eq!(
        show(&glossary, &by_pinyin(&glossary)),
        "A: quoted; C: chanyu chongqing; H: hangzhang; L: green; M: ma1 ma3 cat-tax momo; V: v50; \
         #: forty"
    );
}

#[test]
fn english_terms_stand_by_their_letters() {
    let glossary = sample();
    assert_eq!(
        show(&glossary, &by_letter(&glossary)),
        "B: hangzhang; C: cat-tax chanyu chongqing; E: ma3; M: momo ma1; V: v50; \
         Z: english-only; #: forty"
    );
}

#[test]
fn categories_stand_by_name_and_the_rest_last() {
    let glossary = sample();
    assert_eq!(
        show(&glossary, &by_category(&glossary)),
        "people: chanyu hangzhang ma1; places: chongqing; web: cat-tax momo; \
         : quoted forty green ma3 v50 english-only"
    );
}

#[test]
fn equal_readings_stand_by_name_and_then_by_id() {
    let glossary = glossary(&[
        ("b", "事", "", "shì", ""),
        ("a", "是", "", "shì", ""),
        ("d", "是", "", "shì", ""),
        ("c", "世", "", "shì", ""),
    ]);
    let order = show(&glossary, &by_pinyin(&glossary));
    assert!(order.ends_with("a d"), "{order}");
}

#[test]
fn names_compare_by_language() {
    let sort = |lang, mut names: Vec<&'static str>| {
        names.sort_by(|a, b| compare(lang, a, b));
        names
    };
    assert_eq!(sort(Lang::Zh, vec!["中国", "上海", "安全"]), ["安全", "上海", "中国"]);
    assert_eq!(
        sort(Lang::En, vec!["zoo", "Apple", "éclair", "apple"])[1..],
        ["Apple", "éclair", "zoo"]
    );
    assert_eq!(compare(Lang::En, "a", "a"), Ordering::Equal);
    assert_ne!(compare(Lang::Zh, "e\u{301}", "é"), Ordering::Equal);
}

#[test]
fn an_empty_glossary_has_no_groups() {
    let empty = Glossary::default();
    assert!(by_pinyin(&empty).is_empty() && by_letter(&empty).is_empty());
    assert!(by_category(&empty).is_empty());
}
