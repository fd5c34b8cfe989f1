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
const PIECES: [(&str, [bool; 2]); 19] = [
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
    ("<!-- -->\n\n- 要交税。\n- It's -- \"xN\" taxed.\n\n<!-- -->", [false, true]),
    ("> 话xN。\n>\n> It's \"said\"...", [true, false]),
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

/// A text in both languages reads as the same text in two files.
#[test]
fn parts_of_lists_and_quotes_are_blocks() {
    let cases = [
        ("- 苹果\n- 香蕉\n", "- An apple\n- A banana\n"),
        ("- 苹果\n- 香蕉\n\n", "- Apple\n- Banana\n- Pear\n"),
        ("1. 买了一个。\n2. 又买了一个。\n\n", "3. One bought.\n4. Two bought.\n"),
        ("- 要交猫税。\n\n  又一段。\n\n", "- Pay the cat tax.\n\n  Another one.\n"),
        ("> 中文的话。\n>\n", "> English words.\n"),
        ("词\n: 一种说法。\n\n", "Word\n: What is said.\n"),
    ];
    for (zh, en) in cases {
        let found = bodies(&format!("{zh}{en}"));
        for (lang, text) in [(Lang::Zh, zh), (Lang::En, en)] {
            let own = parse(&"a.md".into(), text, 0, lang, Rules::ALL, None, &Memo::new()).body;
            let html = |body: &Body| {
                body.blocks.iter().map(|b| (b.html.clone(), b.text.clone())).collect::<Vec<_>>()
            };
            assert_eq!(html(found.get(lang)), html(&own), "{zh}{en}");
        }
    }
}

#[test]
fn names_in_the_other_language_part_nothing() {
    let cases = [
        ("- 微博\n- KFC\n- 知乎", Mixture::None),
        ("- 知乎\n- 豆瓣\n- Twitter", Mixture::None),
        ("> 学而时习之，不亦说乎？\n>\n> — The Analects of Confucius, 1.1", Mixture::None),
        ("- 一句话。\n- To be, or not to be.\n- 又一句。", Mixture::Unclear),
        ("- 微博\n- 知乎\n- 豆瓣\n- Twitter\n- KFC", Mixture::Unclear),
        ("{lang=zh}\n\n- 一句话。\n- To be, or not to be.", Mixture::None),
    ];
    for (text, expected) in cases {
        let joined = joined(text, Rules::ALL, Lang::Zh);
        let found = groups(text, &joined, 0, (Rules::ALL, Lang::Zh), None).groups;
        assert_eq!(mixture(text, &found[0]), expected, "{text}");
    }
    let text = "- 一句话。\n- To be, or not to be.\n- 又一句。";
    let blocks = Blocks::of(text, 0, Rules::ALL);
    let problems = Lang::ALL.map(|lang| {
        let parsed = parse(&"a.md".into(), text, 0, lang, Rules::ALL, Some(&blocks), &Memo::new());
        parsed.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>()
    });
    assert_eq!(problems.concat(), ["mixed-list"]);
}
