//! The two versions of a text paired: block by block, then sentence by sentence inside each pair.
//!
//! [`features`] finds what the two languages can have in common, [`reading`] does so once for every
//! sentence, [`units`] gathers it for blocks and their parts, [`evidence`] says what it is worth
//! that they share it, [`length`] how well lengths fit. [`lattice`] finds the best way through
//! two sequences, in a [`band`] where they are long, for [`blocks`] and for [`sentences`]; [`moves`] finds
//! what stands elsewhere. docs/alignment.md has the model, every constant, and what it gets wrong.

mod band;
mod blocks;
pub mod cedict;
pub mod dictionary;
pub mod english;
mod evidence;
mod features;
mod lattice;
pub mod length;
mod moves;
mod names;
pub mod numbers;
mod packed;
mod reading;
mod scores;
mod sentences;
mod units;

use std::ops::Range;

use crate::lang::Lang;
use crate::memo::{Fingerprint, Hasher};
use crate::parse::markdown::Body;

use blocks::Group;
use reading::{Chinese, English, Reading, Source};
use sentences::Sentences;
use units::{Features, Version};

pub use features::Lexicon;

/// What pairing reads beside the two texts.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// The glossary and the dictionary.
    pub lexicon: Lexicon<'a>,
    /// How sure a pair has to be for the page to light it up, from 0 to 1.
    pub confidence: f32,
}

/// The rows of a bilingual page: every block of both versions exactly once.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// The rows from the top; row `i` has the anchor `p` and `i + 1`.
    pub rows: Vec<Row>,
    /// Of the rows, as far as pages show them.
    pub fingerprint: Fingerprint,
}

/// Blocks of the two versions that stand side by side; one side may be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The Chinese blocks.
    pub zh: Range<usize>,
    /// The English blocks.
    pub en: Range<usize>,
    /// The sentences of those blocks, counted through the row, in groups that match.
    pub beads: Vec<Bead>,
    /// The parts of the two blocks, where they are made of parts: items of lists, rows of tables.
    pub parts: Vec<PartPair>,
    /// How sure it is that the blocks belong together, or that they stand alone, from 0 to 1.
    pub confidence: f32,
}

impl Row {
    /// The group of a sentence, by index. Groups are in the order of their sentences.
    pub fn bead_of(&self, lang: Lang, sentence: usize) -> Option<usize> {
        let own = |bead: &Bead| match lang {
            Lang::Zh => bead.zh.clone(),
            Lang::En => bead.en.clone(),
        };
        let at = self.beads.partition_point(|bead| own(bead).end <= sentence);
        self.beads.get(at).filter(|bead| own(bead).contains(&sentence)).map(|_| at)
    }

    /// The blocks of a language.
    pub fn blocks(&self, lang: Lang) -> Range<usize> {
        match lang {
            Lang::Zh => self.zh.clone(),
            Lang::En => self.en.clone(),
        }
    }
}

/// Sentences that say the same; one side may be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// The Chinese sentences.
    pub zh: Range<usize>,
    /// The English sentences.
    pub en: Range<usize>,
    /// How sure it is that they say the same, or that they stand alone, from 0 to 1.
    pub confidence: f32,
}

/// Parts of two blocks that belong together; one side may be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct PartPair {
    /// The parts of the Chinese block.
    pub zh: Range<usize>,
    /// The parts of the English block.
    pub en: Range<usize>,
    /// The groups of their sentences, in [`Row::beads`].
    pub beads: Range<usize>,
}

impl Bead {
    /// Whether it has sentences on both sides.
    pub fn is_pair(&self) -> bool {
        !self.zh.is_empty() && !self.en.is_empty()
    }
}

impl Alignment {
    /// The rows of a page in one language: one for each block.
    pub fn single(body: &Body) -> Alignment {
        let row = |index: usize| {
            let (own, none) = (index..index + 1, 0..0);
            let count = body.blocks[index].sentences.len();
            match body.lang {
                Lang::Zh => {
                    let beads = (0..count).map(|s| alone(s..s + 1, 0..0)).collect();
                    Row { zh: own, en: none, beads, parts: Vec::new(), confidence: 1.0 }
                }
                Lang::En => {
                    let beads = (0..count).map(|s| alone(0..0, s..s + 1)).collect();
                    Row { zh: none, en: own, beads, parts: Vec::new(), confidence: 1.0 }
                }
            }
        };
        Alignment::of((0..body.blocks.len()).map(row).collect(), 0.0)
    }

    /// Takes rows. A group of sentences is lit up if it is as sure as `confidence`.
    fn of(rows: Vec<Row>, confidence: f32) -> Alignment {
        let mut shown: Vec<usize> = Vec::new();
        for row in &rows {
            shown.extend([row.zh.start, row.zh.end, row.en.start, row.en.end, row.beads.len()]);
            for bead in &row.beads {
                let lit = usize::from(bead.confidence >= confidence);
                shown.extend([bead.zh.start, bead.zh.end, bead.en.start, bead.en.end, lit]);
            }
        }
        let bytes: Vec<u8> =
            shown.into_iter().flat_map(|number| (number as u64).to_le_bytes()).collect();
        Alignment { rows, fingerprint: Fingerprint::of(&bytes) }
    }
}

/// Sentences without a counterpart.
fn alone(zh: Range<usize>, en: Range<usize>) -> Bead {
    Bead { zh, en, confidence: 1.0 }
}

/// The key of [`align`]: both texts, the names of the glossary's terms, the dictionary, and how sure
/// a pair has to be.
pub fn key(zh: &Body, en: &Body, rules: Rules<'_>) -> Fingerprint {
    let names = rules.lexicon.words.map(|words| words.names).unwrap_or_default();
    let hasher = Hasher::new().str("align").with(zh.fingerprint).with(en.fingerprint).with(names);
    hasher.with(rules.lexicon.dictionary.fingerprint).value(&rules.confidence).finish()
}

/// Pairs the two versions of a text.
pub fn align(zh: &Body, en: &Body, rules: Rules<'_>) -> Alignment {
    let mut reading = Reading::new(rules.lexicon);
    let en = Version::<English>::read(en, &mut reading);
    let zh = Version::<Chinese>::read(zh, &mut reading);
    let groups = blocks::pair(&zh, &en, &reading);
    let sentences = Sentences::of((&zh.sentences, &zh.sizes), (&en.sentences, &en.sizes), &reading);
    let pairs = Pairs { zh, en, sentences, reading };
    Alignment::of(groups.into_iter().map(|group| pairs.row(group)).collect(), rules.confidence)
}

/// Pairs two texts that are cut into sentences already.
pub fn align_sentences(zh: &[&str], en: &[&str], lexicon: Lexicon<'_>) -> Vec<Bead> {
    fn read<F: Features>(texts: &[&str], reading: &mut Reading<'_>) -> (Vec<F>, Vec<f64>) {
        let source = |text| Source { text, ..Source::default() };
        let features = texts.iter().map(|text| F::read(&source(text), reading)).collect();
        (features, texts.iter().map(|text| F::size(text)).collect())
    }
    let mut reading = Reading::new(lexicon);
    let en_read = read::<English>(en, &mut reading);
    let zh_read = read::<Chinese>(zh, &mut reading);
    let sentences = Sentences::of((&zh_read.0, &zh_read.1), (&en_read.0, &en_read.1), &reading);
    sentences.pair(0..zh.len(), 0..en.len())
}

/// Both versions with what makes rows of their groups of blocks.
struct Pairs<'a> {
    zh: Version<'a, Chinese>,
    en: Version<'a, English>,
    sentences: Sentences,
    reading: Reading<'a>,
}

impl Pairs<'_> {
    fn row(&self, group: Group) -> Row {
        let (beads, parts) = self.beads(&group);
        let confidence = group.confidence as f32;
        Row { zh: group.zh, en: group.en, beads, parts, confidence }
    }

    /// The sentences of a group of blocks in groups that match, counted through the group, and the
    /// parts that they stand in.
    fn beads(&self, group: &Group) -> (Vec<Bead>, Vec<PartPair>) {
        let (from_zh, from_en) = (self.zh.before[group.zh.start], self.en.before[group.en.start]);
        let one = group.zh.len() == 1 && group.en.len() == 1;
        let (zh, en) = (group.zh.start, group.en.start);
        let count = || self.zh.blocks[zh].parts.len() + self.en.blocks[en].parts.len();
        let mut beads = Vec::new();
        let mut parts = Vec::new();
        if one && count() > 2 {
            for part in blocks::pair_parts((&self.zh, zh), (&self.en, en), &self.reading) {
                let start = beads.len();
                let zh = self.zh.sentences_of(zh, &part.zh);
                let en = self.en.sentences_of(en, &part.en);
                self.pair(zh, en, part.confidence * group.confidence, &mut beads);
                parts.push(PartPair { zh: part.zh, en: part.en, beads: start..beads.len() });
            }
        } else {
            let zh = from_zh..self.zh.before[group.zh.end];
            let en = from_en..self.en.before[group.en.end];
            self.pair(zh, en, group.confidence, &mut beads);
        }
        (in_order(beads, from_zh, from_en), parts)
    }

    /// Pairs sentences, by their numbers in the whole texts. `sure` is how sure it is that their
    /// blocks belong together.
    fn pair(&self, zh: Range<usize>, en: Range<usize>, sure: f64, beads: &mut Vec<Bead>) {
        if zh.is_empty() || en.is_empty() {
            beads.extend(zh.map(|at| alone(at..at + 1, 0..0)));
            beads.extend(en.map(|at| alone(0..0, at..at + 1)));
            return;
        }
        let pairs = self.sentences.pair(zh, en).into_iter();
        beads.extend(pairs.map(|bead| Bead { confidence: bead.confidence * sure as f32, ..bead }));
    }
}

/// Counts beads through a row, whose sentences begin at `zh` and `en`, and gives every empty side the
/// place where it stands.
fn in_order(mut beads: Vec<Bead>, zh: usize, en: usize) -> Vec<Bead> {
    let (mut at_zh, mut at_en) = (0, 0);
    let place = |range: &Range<usize>, from: usize, at: usize| match range.is_empty() {
        true => at..at,
        false => range.start - from..range.end - from,
    };
    for bead in &mut beads {
        bead.zh = place(&bead.zh, zh, at_zh);
        bead.en = place(&bead.en, en, at_en);
        (at_zh, at_en) = (bead.zh.end, bead.en.end);
    }
    beads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_find_their_groups() {
        // Groups may have nothing on a side, at the ends and between.
        let sides = [(0, 1), (2, 0), (0, 0), (1, 2), (0, 1), (3, 1), (1, 0)];
        let (mut zh, mut en) = (0, 0);
        let beads = sides.iter().map(|(a, b)| {
            let bead = alone(zh..zh + a, en..en + b);
            (zh, en) = (bead.zh.end, bead.en.end);
            bead
        });
        let row =
            Row { zh: 0..1, en: 0..1, beads: beads.collect(), parts: Vec::new(), confidence: 1.0 };
        for sentence in 0..10 {
            let at = |own: fn(&Bead) -> &Range<usize>| {
                row.beads.iter().position(|bead| own(bead).contains(&sentence))
            };
            assert_eq!(row.bead_of(Lang::Zh, sentence), at(|bead| &bead.zh), "{sentence}");
            assert_eq!(row.bead_of(Lang::En, sentence), at(|bead| &bead.en), "{sentence}");
        }
    }
}
