//! Emphasis beside Chinese, against comrak, which implements the same amendment on its own.

use std::cell::Cell;
use std::sync::Arc;

use comrak::options::Extension;
use digest_gen::lang::Lang;
use digest_gen::memo::Memo;
use digest_gen::parse::markdown::{Parsed, Rules, parse, render_fragment};
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use pulldown_cmark::{Options, Parser, html};

/// The extensions, without what comrak does not do.
const RULES: Rules =
    Rules { smart: false, math: false, highlight: false, heading_ids: false, ..Rules::ALL };

/// What pulldown-cmark must know to be compared with comrak and [`RULES`].
const OPTIONS: Options = Options::ENABLE_STRIKETHROUGH;

fn ours(text: &str) -> String {
    normalised(&render_fragment("a.md", text, 0, Lang::Zh, RULES).0)
}

fn pulldown(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(text, OPTIONS));
    normalised(&out)
}

fn comrak(text: &str, cjk_friendly_emphasis: bool) -> String {
    let extension =
        Extension { strikethrough: true, cjk_friendly_emphasis, ..Extension::default() };
    let options = comrak::Options { extension, ..comrak::Options::default() };
    normalised(&comrak::markdown_to_html(text, &options))
}

/// HTML without what serialisers are free to choose, and without line breaks, which `gen` joins
/// between Chinese characters.
fn normalised(html: &str) -> String {
    html.replace("&quot;", "\"").replace("&#39;", "'").replace("<br>", "<br />").replace('\n', "")
}

/// Random texts with the given delimiters.
fn texts(delimiters: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    let delimiters = select(delimiters.to_vec());
    let han = select(vec!["中", "文", "字", "𠮷", "〇"]);
    let marks = select(vec![
        "。", "，", "、", "；", "：", "？", "！", "（", "）", "《", "》", "「", "」", "『", "』",
        "【", "】", "“", "”", "‘", "’", "……", "——", "·", "～", "￥", "％", "＊",
    ]);
    let other = select(vec![
        "a",
        "B",
        "1",
        "é",
        "한",
        "글",
        "か",
        "ナ",
        "ｱ",
        ".",
        ",",
        "!",
        "(",
        ")",
        "\"",
        "'",
        "$",
        "+",
        "😀",
        "🈂",
        "㊗",
        "〽",
        "❤",
        "\u{FE00}",
        "\u{FE01}",
        "\u{FE0E}",
        "\u{FE0F}",
        "\u{E0100}",
        "\u{2060}",
        "\u{200B}",
        "\\",
        "\\*",
        "`",
        "`a*`",
        "\u{3000}",
        "\u{A0}",
        "\n",
        "  \n",
    ]);
    let piece = prop_oneof![
        6 => delimiters,
        3 => han,
        4 => marks,
        3 => other,
        1 => Just(" "),
    ];
    proptest::collection::vec(piece, 1..16).prop_map(|pieces| pieces.concat())
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20250),
        ..Config::default()
    })
}

/// Whether some `~~` opens for pulldown-cmark, which asks only that no space follows, but not for
/// comrak, which holds it to the rules for `**`.
fn has_loose_opener(text: &str) -> bool {
    text.match_indices("~~").any(|(at, _)| {
        let before = text[..at].char_indices().rev().nth(1).map_or(0, |(start, _)| start);
        let Some(after) = text[at + 2..].chars().next() else { return false };
        let probe = format!("{}~~{after}x~~ ", &text[before..at]);
        !after.is_whitespace() && !comrak(&probe, true).contains("<del>")
    })
}

/// Compares many texts. Those that the two parsers read differently without the amendment
/// already tell nothing; they are skipped, and must be few.
fn compare(cases: u32, delimiters: &[&'static str]) {
    let (compared, skipped) = (Cell::new(0), Cell::new(0));
    let outcome = runner(cases).run(&texts(delimiters), |text| {
        // Two tildes only: pulldown-cmark forgets an open `~~` where one that stands alone cannot
        // close anything, and more of them open code.
        let mut text = text.replace("\\~", "~");
        while text.contains("~~~") {
            text = text.replace("~~~", "~~");
        }
        // comrak looks past tildes for what stands before a run, and so past a variation selector's
        // own base.
        let bare_selector = ('\u{FE00}'..='\u{FE0E}').any(|c| text.contains(&format!("~~{c}")));
        if bare_selector || has_loose_opener(&text) || pulldown(&text) != comrak(&text, false) {
            skipped.set(skipped.get() + 1);
            return Ok(());
        }
        compared.set(compared.get() + 1);
        prop_assert_eq!(ours(&text), comrak(&text, true), "{:?}", text);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.map_err(|e| e.to_string()).err().unwrap_or_default());
    assert!(
        skipped.get() * 5 < compared.get(),
        "{} skipped, {} not",
        skipped.get(),
        compared.get()
    );
}

#[test]
fn random_emphasis_is_as_comrak_has_it() {
    compare(20_000, &["*", "**", "***", "_", "__", "____", "****"]);
}

#[test]
fn random_strikethrough_is_as_comrak_has_it() {
    compare(10_000, &["~~"]);
}

/// The letters and Han characters of a text, which no rule may lose.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters between the tags of HTML.
fn letters_of_html(html: &str) -> String {
    html.split('<')
        .map(|part| letters(part.split_once('>').map_or(part, |(_, text)| text)))
        .collect()
}

#[test]
fn random_texts_lose_nothing_and_know_their_places() {
    let links = ["**", "*", "_", "~~", "[中](b。)", "![（](c)", "<https://中*.cn/>", "\n\n", "> "];
    let outcome = runner(5_000).run(&texts(&links), |text| {
        let front = "+++\n中\n+++\n";
        let file = format!("{front}{text}");
        let Parsed { body, .. } =
            parse(&Arc::from("a.md"), &file, front.len(), Lang::Zh, RULES, None, &Memo::new());
        let blocks = body.blocks.iter().map(|block| &block.span);
        for span in blocks.chain(body.links.iter().map(|link| &link.span)) {
            prop_assert!(span.start >= front.len() && file.get(span.clone()).is_some(), "{span:?}");
        }
        for link in &body.links {
            let written = &file[link.span.clone()];
            prop_assert!(written.contains(&link.target), "{written}: {link:?}");
        }
        for block in &body.blocks {
            let places = block.sentences.iter().map(|sentence| sentence.range.clone());
            prop_assert!(places.clone().all(|place| block.text.get(place).is_some()));
            prop_assert!(places.clone().zip(places.skip(1)).all(|(a, b)| a.end <= b.start));
            prop_assert!(block.holes.iter().all(|hole| block.html.is_char_boundary(hole.at)));
        }
        let (html, _) = render_fragment("a.md", &file, front.len(), Lang::Zh, RULES);
        prop_assert_eq!(letters_of_html(&html), letters_of_html(&pulldown(&text)));
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.map_err(|e| e.to_string()).err().unwrap_or_default());
}

/// Every character beside runs, in ways that tell all the classes apart. Characters that the two
/// parsers class differently without the amendment are newer than pulldown-cmark's tables.
#[test]
fn every_character_has_the_class_that_comrak_gives_it() {
    let probes: [fn(char) -> String; 5] = [
        |c| format!("a**{c}**b"),
        |c| format!("{c}**(x)**b"),
        |c| format!("b**(x)**{c}"),
        |c| format!("a**{c}x**b"),
        |c| format!("{c}__(x)__{c}"),
    ];
    let probe = |c: &char| probes.map(|probe| probe(*c)).join("\n\n");
    let category = CodePointMapData::<GeneralCategory>::new();
    let none =
        [GeneralCategory::Unassigned, GeneralCategory::PrivateUse, GeneralCategory::Surrogate];
    let chars = ('\u{80}'..=char::MAX).filter(|c| !none.contains(&category.get(*c)));
    let chars: Vec<_> = chars.filter(|c| !is_uniform(*c) || u32::from(*c) % 61 == 0).collect();
    assert!(chars.len() > 40_000, "{}", chars.len());
    let mut newer = 0;
    let mut wrong = Vec::new();
    for batch in chars.chunks(100) {
        let text = batch.iter().map(probe).collect::<Vec<_>>().join("\n\n");
        if ours(&text) == comrak(&text, true) {
            continue;
        }
        for c in batch {
            let text = probe(c);
            if pulldown(&text) != comrak(&text, false) {
                newer += 1;
            } else if ours(&text) != comrak(&text, true) {
                wrong.push(format!("U+{:04X}", u32::from(*c)));
            }
        }
    }
    assert!(newer * 10 < chars.len(), "{newer} of {}", chars.len());
    assert_eq!(wrong, [""; 0]);
}

/// The blocks of thousands of Chinese characters, Hangul syllables and Tangut characters, which
/// are all alike.
fn is_uniform(c: char) -> bool {
    matches!(
        c,
        '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{17000}'..='\u{18CFF}' | '\u{20000}'..='\u{3FFFF}'
    )
}
