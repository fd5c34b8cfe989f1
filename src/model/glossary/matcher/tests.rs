//! Tests of the matcher: a table of texts, and properties against a naive matcher.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::model::glossary::{Entry, assemble};
use crate::parse::term::Term;

/// A glossary of terms, each an id with its names: the first is the Chinese name or the English
/// one, whichever it is; the others are aliases.
fn glossary(terms: &[(&str, &[&str])]) -> Glossary {
    let entry = |(id, names): &(&str, &[&str])| {
        let mut term =
            Term { id: (*id).to_owned(), pinyin: Some("x".to_owned()), ..Term::default() };
        let mut names = names.iter().map(|name| (*name).to_owned());
        let first = names.next();
        if first.as_ref().is_some_and(|name| name.is_ascii()) {
            term.en = first;
        } else {
            term.zh = first;
        }
        for name in names {
            if name.is_ascii() { term.aliases.zh.push(name) } else { term.aliases.en.push(name) }
        }
        Entry {
            term,
            path: "g.toml".into(),
            span: 0..0,
            see: Vec::new(),
            local: false,
            rich: false,
        }
    };
    assemble(terms.iter().map(entry).collect()).0
}

fn sample() -> Glossary {
    glossary(&[
        ("cat-tax", &["猫税", "cat tax", "吸猫税"]),
        ("cat", &["cat"]),
        ("fanxiang", &["反向"]),
        ("fanxiang-chuhai", &["反向出海", "reverse globalization"]),
        ("chuhai", &["出海"]),
        ("momo", &["momo", "momo头像"]),
        ("refugee", &["TikTok 难民", "TikTok refugee"]),
        ("tiktok", &["TikTok"]),
        ("v50", &["V50", "V我50"]),
        ("vr", &["VR"]),
        ("story", &["story"]),
        ("day", &["day"]),
        ("hero", &["hero"]),
        ("cpp", &["C++", "C"]),
        ("regex", &["a.b*", "(x)", "[y]"]),
        ("rednote", &["小红书", "RedNote", "Xiaohongshu"]),
        ("cafe", &["café"]),
        ("cat-emoji", &["🐱", "👩"]),
        ("its", &["it's fine"]),
        ("gpt", &["GPT-4"]),
        ("hai", &["海外"]),
    ])
}

/// The text with each match in brackets, after its term.
fn show(glossary: &Glossary, text: &str) -> String {
    let mut shown = String::new();
    let mut end = 0;
    for found in Matcher::new(glossary).find(text) {
        let id = &glossary.terms[found.term].term.id;
        shown += &text[end..found.range.start];
        shown += &format!("[{id}:{}]", &text[found.range.clone()]);
        end = found.range.end;
    }
    shown + &text[end..]
}

#[test]
fn finds_names() {
    let cases = [
        // Chinese names, in both scripts.
        ("", ""),
        ("今天交猫税了", "今天交[cat-tax:猫税]了"),
        ("猫税", "[cat-tax:猫税]"),
        ("貓稅", "[cat-tax:貓稅]"),
        ("貓税猫稅", "[cat-tax:貓税][cat-tax:猫稅]"),
        ("在小紅書上", "在[rednote:小紅書]上"),
        ("吸猫税", "[cat-tax:吸猫税]"),
        ("猫 税", "猫 税"),
        ("猫，税", "猫，税"),
        ("没有", "没有"),
        // The longest name at the leftmost place.
        ("反向出海", "[fanxiang-chuhai:反向出海]"),
        ("反向出", "[fanxiang:反向]出"),
        ("出海外", "[chuhai:出海]外"),
        ("反向海外", "[fanxiang:反向][hai:海外]"),
        ("反向反向出海出海", "[fanxiang:反向][fanxiang-chuhai:反向出海][chuhai:出海]"),
        ("反向\n出海", "[fanxiang-chuhai:反向\n出海]"),
        ("反向 出海", "[fanxiang:反向] [chuhai:出海]"),
        // Letter case, widths, quotes.
        ("MOMO and Momo", "[momo:MOMO] and [momo:Momo]"),
        ("ｍｏｍｏ", "[momo:ｍｏｍｏ]"),
        ("戴ＶＲ眼镜", "戴[vr:ＶＲ]眼镜"),
        ("ＶＲＳ", "[vr:ＶＲＳ]"),
        ("xＶＲ", "xＶＲ"),
        ("It’s fine", "[its:It’s fine]"),
        ("it's\u{a0}fine", "[its:it's\u{a0}fine]"),
        ("CAFÉ", "[cafe:CAFÉ]"),
        // Whole words.
        ("用momo头像", "用[momo:momo头像]"),
        ("用momo的", "用[momo:momo]的"),
        ("用 momo 的", "用 [momo:momo] 的"),
        ("momox", "momox"),
        ("xmomo", "xmomo"),
        ("émomo", "émomo"),
        ("momoé", "momoé"),
        ("momo1", "momo1"),
        ("（momo）", "（[momo:momo]）"),
        ("momo,momo.", "[momo:momo],[momo:momo]."),
        ("ｍomoもmomo", "[momo:ｍomo]も[momo:momo]"),
        ("concat", "concat"),
        ("category", "category"),
        ("cat taxation", "[cat:cat] taxation"),
        ("V50", "[v50:V50]"),
        ("V500", "V500"),
        ("V50元", "[v50:V50]元"),
        ("V50.5", "V50.5"),
        ("V50.", "[v50:V50]."),
        ("V我50", "[v50:V我50]"),
        ("V我500", "V我500"),
        ("疯四v我 50吧", "疯四[v50:v我 50]吧"),
        ("cat'll", "cat'll"),
        ("rock'cat", "rock'cat"),
        ("'cat'", "'[cat:cat]'"),
        ("“cat”", "“[cat:cat]”"),
        ("猫'cat'猫", "猫'[cat:cat]'猫"),
        ("cat_tax", "[cat:cat]_tax"),
        // Plurals and possessives.
        ("two cats", "two [cat:cats]"),
        ("cat taxes", "[cat-tax:cat taxes]"),
        ("the cat's tail", "the [cat:cat]'s tail"),
        ("the cat’s tail", "the [cat:cat]’s tail"),
        ("the cats' tails", "the [cat:cats]' tails"),
        ("cat'sx", "cat'sx"),
        ("stories", "[story:stories]"),
        ("Story", "[story:Story]"),
        ("storys", "[story:storys]"),
        ("days daies", "[day:days] daies"),
        ("heroes and heros", "[hero:heroes] and [hero:heros]"),
        ("TikTok refugees", "[refugee:TikTok refugees]"),
        ("catss", "catss"),
        ("V50s", "[v50:V50s]"),
        // Spaces and hyphens.
        ("TikTok难民", "[refugee:TikTok难民]"),
        ("TikTok 难民", "[refugee:TikTok 难民]"),
        ("TikTok  難民", "[refugee:TikTok  難民]"),
        ("TikTok\n难民", "[refugee:TikTok\n难民]"),
        ("tiktok，难民", "[tiktok:tiktok]，难民"),
        ("momo 头像", "[momo:momo 头像]"),
        ("cat-tax", "[cat-tax:cat-tax]"),
        ("cat\ntax", "[cat-tax:cat\ntax]"),
        ("cat  tax", "[cat-tax:cat  tax]"),
        ("cat - tax", "[cat:cat] - tax"),
        ("cat--tax", "[cat:cat]--tax"),
        ("cattax", "cattax"),
        ("cat-taxation", "[cat:cat]-taxation"),
        ("GPT 4, GPT‑4", "[gpt:GPT 4], [gpt:GPT‑4]"),
        ("GPT-4.5 GPT-4o", "GPT-4.5 GPT-4o"),
        // Names are literal.
        ("a.b* axb a.bb", "[regex:a.b*] axb a.bb"),
        ("f(x)[y]", "f[regex:(x)][regex:[y]]"),
        ("C++ and C", "[cpp:C++] and [cpp:C]"),
        ("C++语言", "[cpp:C++]语言"),
        // Beside emoji and combining marks.
        ("😀momo😀", "😀[momo:momo]😀"),
        ("😀猫税👩‍💻", "😀[cat-tax:猫税]👩‍💻"),
        ("🐱🐱", "[cat-emoji:🐱][cat-emoji:🐱]"),
        ("👩 👩‍💻", "[cat-emoji:👩] 👩‍💻"),
        ("👩🏽", "👩🏽"),
        ("momo\u{301}", "momo\u{301}"),
        ("e\u{301} momo", "e\u{301} [momo:momo]"),
        ("e\u{301}momo", "e\u{301}momo"),
        ("cafe\u{301}", "cafe\u{301}"),
        ("İ猫税ß", "İ[cat-tax:猫税]ß"),
        ("\0momo\0", "\0[momo:momo]\0"),
    ];
    let glossary = sample();
    let wrong: Vec<_> = cases
        .iter()
        .map(|(text, expected)| (text, show(&glossary, text), expected))
        .filter(|(_, found, expected)| found != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_glossary_without_names_finds_nothing() {
    assert_eq!(show(&Glossary::default(), "猫税"), "猫税");
    assert_eq!(show(&glossary(&[("a", &[]), ("b", &[""]), ("c", &["  "])]), "a b  c"), "a b  c");
}

#[test]
fn a_shared_name_belongs_to_the_first_term() {
    let shared = glossary(&[("b", &["猫"]), ("a", &["cat", "貓"])]);
    assert_eq!(show(&shared, "猫貓"), "[a:猫][a:貓]");
    let plural = glossary(&[("a", &["cat"]), ("b", &["cats"])]);
    assert_eq!(show(&plural, "cat cats"), "[a:cat] [b:cats]");
}

#[test]
fn thousands_of_names_of_one_character_are_found() {
    let terms: Vec<(String, String)> = (0..5000)
        .filter_map(|i| Some((format!("t{i:04}"), char::from_u32(0x4E00 + i)?.to_string())))
        .collect();
    let names: Vec<[&str; 1]> = terms.iter().map(|(_, name)| [name.as_str()]).collect();
    let list: Vec<(&str, &[&str])> =
        terms.iter().zip(&names).map(|((id, _), names)| (id.as_str(), &names[..])).collect();
    let glossary = glossary(&list);
    let text: String = terms.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(Matcher::new(&glossary).find(&text).len(), 5000);
}

#[test]
fn names_inside_each_other_are_bounded() {
    let names: Vec<String> = (1..=300).map(|length| "猫".repeat(length)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let glossary = glossary(&[("cats", &names)]);
    let matches = Matcher::new(&glossary).find(&"猫".repeat(5 * LONGEST + 1));
    assert_eq!(matches.len(), 6);
}

/// The same rules by brute force: every name against every stretch of the text.
fn naive(glossary: &Glossary, text: &str) -> Vec<Match> {
    let mut owners = HashMap::new();
    let names = |plural: bool| {
        let all = glossary.terms.iter().enumerate();
        all.flat_map(move |(term, entry)| {
            entry.names().map(fold::squeeze).flat_map(move |name| {
                let forms = if plural { plurals(&name) } else { vec![name] };
                forms.into_iter().map(move |form| (form, term))
            })
        })
    };
    for (name, term) in names(false).chain(names(true)).filter(|(name, _)| !name.is_empty()) {
        owners.entry(name).or_insert(term);
    }
    let slots = fold::slots(text);
    let mut matches = Vec::new();
    let mut first = 0;
    while first < slots.len() {
        let longest = (first + 1..=slots.len()).rev().find_map(|end| {
            let name: String = slots[first..end].iter().map(|slot| slot.folded).collect();
            let term = *owners.get(&name)?;
            is_whole(&slots, first..end).then_some((end, term))
        });
        match longest {
            Some((end, term)) => {
                matches.push(Match {
                    range: slots[first].bytes().start..slots[end - 1].bytes().end,
                    term,
                });
                first = end;
            }
            None => first += 1,
        }
    }
    matches
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn equals_a_naive_matcher(
        names in prop::collection::vec("[ab税猫貓sy5'+. -]{1,4}", 0..8),
        text in "[abAＢ税稅猫貓sy5'’+. \n\u{301}-]{0,24}",
    ) {
        let ids: Vec<String> = (0..names.len()).map(|i| format!("t{i}")).collect();
        let lists: Vec<[&str; 1]> = names.iter().map(|name| [name.as_str()]).collect();
        let terms: Vec<(&str, &[&str])> =
            ids.iter().zip(&lists).map(|(id, list)| (id.as_str(), &list[..])).collect();
        let glossary = glossary(&terms);
        prop_assert_eq!(Matcher::new(&glossary).find(&text), naive(&glossary, &text));
    }

    #[test]
    fn matches_ascend_and_are_names(
        text in "(猫税|貓 |cat|[- ]tax|es|\n|反向|出海|TikTok|难民|’s|[Ｖv]50|😀|\u{301}|.){0,12}",
    ) {
        let glossary = sample();
        let mut end = 0;
        for found in Matcher::new(&glossary).find(&text) {
            prop_assert!(found.range.start >= end && found.range.end > found.range.start);
            end = found.range.end;
            let name = fold::squeeze(text.get(found.range).expect("character boundaries"));
            let known = glossary.terms[found.term].names().map(fold::squeeze);
            let forms: Vec<String> =
                known.flat_map(|name| [vec![name.clone()], plurals(&name)].concat()).collect();
            prop_assert!(forms.contains(&name), "{} in {:?}", name, forms);
        }
    }
}
