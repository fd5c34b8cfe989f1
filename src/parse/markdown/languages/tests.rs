use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;

use super::*;
use crate::lang::PerLang;
use crate::memo::Memo;
use crate::parse::markdown::{Body, parse};

fn languages(text: &str) -> Vec<Option<Lang>> {
    Blocks::of(text, 0, Rules::ALL).text.into_iter().map(|(_, lang)| lang).collect()
}

#[test]
fn blocks_know_their_language() {
    let cases = [
        ("KFC 的 Crazy Thursday 是什么？", Some(Lang::Zh)),
        ("The phrase 疯狂星期四 (Crazy Thursday) stuck.", Some(Lang::En)),
        ("momo {lang=zh}", Some(Lang::Zh)),
        ("momo", Some(Lang::En)),
        ("![猫](cat.jpg)", None),
        ("```rust\nfn 你好() {}\n```", None),
        ("```text {lang=en}\nhello\n```", Some(Lang::En)),
        ("## V50 {lang=zh}", Some(Lang::Zh)),
        ("| 词 | 意思 |\n|---|---|\n| V50 | 转我五十 |", Some(Lang::Zh)),
        ("---", None),
        ("1984", None),
    ];
    for (text, lang) in cases {
        assert_eq!(languages(text), [lang], "{text}");
    }
    assert_eq!(languages("{lang=en}\n\n- momo\n- 你好"), [Some(Lang::En)]);
}

/// The two bodies of a text in the single-file form.
fn bodies(text: &str) -> PerLang<Body> {
    let blocks = Blocks::of(text, 0, Rules::ALL);
    PerLang::from_fn(|lang| {
        parse(&"a.md".into(), text, 0, lang, Rules::ALL, Some(&blocks), &Memo::new()).body
    })
}

/// Whether the Chinese and the English body hold a text.
fn holders(bodies: &PerLang<Body>, text: &str) -> [bool; 2] {
    Lang::ALL.map(|lang| {
        let body = bodies.get(lang);
        let notes = body.footnotes.iter().flat_map(|note| &note.blocks);
        body.blocks.iter().chain(notes).any(|b| b.text.contains(text) || b.html.contains(text))
    })
}

#[test]
fn attributes_are_read_as_they_are_written() {
    let text = "甲。\n\n{#part--one lang=en}\n\nOne here.\n\n{#part--one lang=zh}\n\n别的。\n\n\
        KFC {#it's lang=\"zh\"}\n\nLast. {lang=\"en\"}\n";
    let found = bodies(text);
    let cases = ["甲。", "One here.", "别的。", "KFC", "Last."];
    let held = cases.map(|text| holders(&found, text));
    let (zh, en) = ([true, false], [false, true]);
    assert_eq!(held, [zh, en, zh, zh, en]);
    let ids = |body: &Body| body.blocks.iter().filter_map(|b| b.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&found.zh), ["part--one", "it's"]);
    assert_eq!(ids(&found.en), ["part--one"]);
    assert_eq!(found.en.blocks.last().map(|block| &*block.text), Some("Last."));
}

/// Blocks with the languages that show them; `N` becomes the block's number.
const PIECES: [(&str, [bool; 2]); 17] = [
    ("一段“N号”话。", [true, false]),
    ("It's --- \"wN\" -- isn't it...", [false, true]),
    ("{#a--b lang=en}\n\nxN", [false, true]),
    ("{#a--b lang=zh}\n\nxN", [true, false]),
    ("{lang=\"zh\"}\n\n- xN 'one' -- two", [true, false]),
    ("xN {#it's lang=\"en\"}", [false, true]),
    ("xN {lang='zh'} -- \"no\" attributes.", [false, true]),
    ("## 节 xN {#sec--N}", [true, false]),
    ("> Quoted -- \"xN\".", [false, true]),
    ("```text\nxN -- \"\n```", [true, true]),
    ("<i>xN -- \"</i>\n{lang=\"en\"}", [false, true]),
    ("```text {lang=en}\nxN\n```", [false, true]),
    ("中文[^N]。\n\nText[^N].\n\n[^N]: 注 xN ... ... ... ...", [false, true]),
    ("...\n\n'xN' {lang=zh}", [true, false]),
    ("<details>\n\n一段xN话。\n\n</details>", [true, false]),
    ("<details>\n\n一段xN话。\n\nEnglish.\n\n</details>", [true, false]),
    ("{lang=en}\n\n<div>\n\n词\n\nxN\n\n</div>", [false, true]),
];

proptest! {
    #![proptest_config(Config { cases: 128, failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_block_is_shown_where_it_belongs(pieces in prop::collection::vec(select(&PIECES[..]), 1..9)) {
        let mut text = String::new();
        for (at, (piece, _)) in pieces.iter().enumerate() {
            text += &piece.replace('N', &format!("q{at}q"));
            text += "\n\n";
        }
        let found = bodies(&text);
        for (at, (piece, held)) in pieces.iter().enumerate() {
            prop_assert_eq!(holders(&found, &format!("q{at}q")), *held, "{}\nin\n{}", piece, text);
        }
        for (start, own) in Blocks::of(&text, 0, Rules::ALL).text {
            for lang in Lang::ALL.into_iter().filter(|lang| own.is_none_or(|own| own == *lang)) {
                let blocks = &found.get(lang).blocks;
                let times = blocks.iter().filter(|block| block.span.contains(&start)).count();
                prop_assert_eq!(times, 1, "{} in\n{}", start, text);
            }
        }
    }
}
