use std::ops::Range;
use std::sync::{Arc, LazyLock};

use digest_gen::lang::Lang;
use digest_gen::memo::{Fingerprint, Memo};
use digest_gen::model::align::dictionary::Dictionary;
use digest_gen::model::align::{self, Alignment, Lexicon, Row};
use digest_gen::model::glossary::{Entry, assemble};
use digest_gen::model::texts::Words;
use digest_gen::parse::markdown::{Body, Rules, parse};
use digest_gen::parse::term::parse_glossary;

use crate::PATH;

/// Stands between the two versions.
const BETWEEN: &str = "\n=====\n";

const TERMS: &str = "\
[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\n
[[term]]\nid = \"refugee\"\nzh = \"难民\"\nen = \"refugee\"\n
[[term]]\nid = \"dui\"\nzh = \"对\"\nen = \"deal\"\n";

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (terms, problems) = parse_glossary("content/glossary.toml", TERMS);
    assert_eq!(problems, []);
    let entry = |found: digest_gen::parse::term::SpannedTerm| Entry {
        term: found.term,
        path: "content/glossary.toml".into(),
        span: found.span,
        see: found.see,
        local: false,
        rich: false,
    };
    Words::of(assemble(terms.into_iter().map(entry).collect()).0, Fingerprint::of(b"words"))
});

/// Two versions are paired: every block stands in one row, every sentence of a row in one group, every
/// part of two blocks in one pair.
pub fn align(text: &str) {
    let (zh, en) = text.split_once(BETWEEN).unwrap_or((text, text));
    let read = |text: &str, lang| {
        let rules = Rules { highlight: false, comments: false, ..Rules::ALL };
        parse(&Arc::from(PATH), text, 0, lang, rules, None, &Memo::new()).body
    };
    let (zh, en) = (read(zh, Lang::Zh), read(en, Lang::En));
    let dictionary = Dictionary::built_in();
    let lexicon = Lexicon { words: Some(&WORDS), dictionary: &dictionary };
    let rules = align::Rules { lexicon, confidence: 0.5 };
    let found = align::align(&zh, &en, rules);
    assert_eq!(found, align::align(&zh, &en, rules), "not the same twice");
    for (lang, body) in [(Lang::Zh, &zh), (Lang::En, &en)] {
        once(found.rows.iter().map(|row| row.blocks(lang)), body.blocks.len());
        found.rows.iter().for_each(|row| sentences(row, lang, body));
        once(Alignment::single(body).rows.iter().map(|row| row.blocks(lang)), body.blocks.len());
    }
    for row in &found.rows {
        assert!(!row.zh.is_empty() || !row.en.is_empty(), "an empty row");
        assert!((0.0..=1.0).contains(&row.confidence));
        assert!(row.beads.iter().all(|bead| (0.0..=1.0).contains(&bead.confidence)));
        if !row.parts.is_empty() {
            once(row.parts.iter().map(|part| part.zh.clone()), parts(&zh, &row.zh));
            once(row.parts.iter().map(|part| part.en.clone()), parts(&en, &row.en));
            once(row.parts.iter().map(|part| part.beads.clone()), row.beads.len());
        }
    }
}

fn parts(body: &Body, blocks: &Range<usize>) -> usize {
    body.blocks[blocks.clone()].iter().map(|block| block.parts.len()).sum()
}

/// The sentences of a row stand in its groups, each in one, and are found there.
fn sentences(row: &Row, lang: Lang, body: &Body) {
    let count: usize =
        body.blocks[row.blocks(lang)].iter().map(|block| block.sentences.len()).sum();
    let own = |bead: &align::Bead| match lang {
        Lang::Zh => bead.zh.clone(),
        Lang::En => bead.en.clone(),
    };
    once(row.beads.iter().map(own), count);
    for sentence in 0..count {
        let bead = row.bead_of(lang, sentence).map(|at| own(&row.beads[at]));
        assert!(bead.is_some_and(|bead| bead.contains(&sentence)), "{sentence}: {row:?}");
    }
}

/// Ranges have to hold every number below `count` exactly once.
fn once(ranges: impl Iterator<Item = Range<usize>>, count: usize) {
    let mut all: Vec<usize> = ranges.flatten().collect();
    all.sort_unstable();
    assert!(all.iter().copied().eq(0..count), "{all:?} of {count}");
}
