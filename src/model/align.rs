//! The two versions of a text paired: block by block, then sentence by sentence inside each pair.
//!
//! [`features`] finds what the two languages can have in common, [`evidence`] says what it is worth
//! that they share it, [`length`] how well lengths fit. [`lattice`] finds the best way through
//! two sequences, in a [`band`] where they are long, for [`blocks`] and for [`sentences`]; [`moves`] finds
//! what stands elsewhere. docs/alignment.md has the model, every constant, and what it gets wrong.

mod band;
mod blocks;
pub mod cedict;
pub mod dictionary;
mod english;
mod evidence;
mod features;
mod lattice;
mod length;
mod moves;
mod names;
mod numbers;
mod parts;
mod scores;
mod sentences;

use std::ops::Range;

use crate::lang::{Lang, PerLang};
use crate::memo::{Fingerprint, Hasher};
use crate::parse::markdown::{Block, Body};

use blocks::Group;
use sentences::Sentences;

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
        let mut hasher = Hasher::new().str("rows");
        for row in &rows {
            hasher = hasher.value(&(&row.zh, &row.en));
            for bead in &row.beads {
                hasher = hasher.value(&(&bead.zh, &bead.en, bead.confidence >= confidence));
            }
        }
        Alignment { rows, fingerprint: hasher.finish() }
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
    let groups = blocks::pair(zh, en, rules.lexicon);
    let texts = PerBlock::of(&zh.blocks, &en.blocks);
    let sentences = texts.sentences(rules.lexicon);
    let row = |group: Group| {
        let confidence = group.confidence as f32;
        let (beads, parts) = texts.beads(&sentences, &group, rules.lexicon);
        Row { zh: group.zh, en: group.en, beads, parts, confidence }
    };
    Alignment::of(groups.into_iter().map(row).collect(), rules.confidence)
}

/// Pairs two texts that are cut into sentences already.
pub fn align_sentences(zh: &[&str], en: &[&str], lexicon: Lexicon<'_>) -> Vec<Bead> {
    Sentences::of(zh, en, lexicon).pair(0..zh.len(), 0..en.len())
}

/// The blocks of both versions.
struct PerBlock<'a> {
    zh: &'a [Block],
    en: &'a [Block],
    /// How many sentences stand before each block.
    before: PerLang<Vec<usize>>,
}

impl<'a> PerBlock<'a> {
    fn of(zh: &'a [Block], en: &'a [Block]) -> Self {
        let before = |blocks: &[Block]| {
            let mut sum = 0;
            let mut sums = vec![0];
            sums.extend(blocks.iter().map(|block| {
                sum += block.sentences.len();
                sum
            }));
            sums
        };
        PerBlock { zh, en, before: PerLang { zh: before(zh), en: before(en) } }
    }

    /// All sentences of both versions.
    fn sentences(&self, lexicon: Lexicon<'_>) -> Sentences {
        fn all(blocks: &[Block]) -> Vec<&str> {
            let pairs =
                blocks.iter().flat_map(|block| block.sentences.iter().map(move |s| (block, s)));
            pairs.map(|(block, sentence)| &block.text[sentence.range.clone()]).collect()
        }
        Sentences::of(&all(self.zh), &all(self.en), lexicon)
    }

    /// The sentences of a group of blocks in groups that match, counted through the group, and the
    /// parts that they stand in.
    fn beads(
        &self,
        sentences: &Sentences,
        group: &Group,
        lexicon: Lexicon<'_>,
    ) -> (Vec<Bead>, Vec<PartPair>) {
        let from_zh = self.before.zh[group.zh.start];
        let from_en = self.before.en[group.en.start];
        let (zh, en) = (&self.zh[group.zh.clone()], &self.en[group.en.clone()]);
        let (zh_parts, en_parts) = (parts::of(zh), parts::of(en));
        let in_parts = zh.len() == 1 && en.len() == 1 && zh_parts.len() + en_parts.len() > 2;
        let groups = match in_parts {
            true => blocks::pair_parts(&zh_parts, &en_parts, lexicon),
            false => vec![Group { zh: 0..zh_parts.len(), en: 0..en_parts.len(), confidence: 1.0 }],
        };
        let mut beads = Vec::new();
        let mut pairs = Vec::new();
        for part in groups {
            let start = beads.len();
            let zh = parts::sentences(&zh_parts, &part.zh);
            let en = parts::sentences(&en_parts, &part.en);
            if zh.is_empty() || en.is_empty() {
                beads.extend(zh.map(|at| alone(at..at + 1, 0..0)));
                beads.extend(en.map(|at| alone(0..0, at..at + 1)));
            } else {
                let zh = from_zh + zh.start..from_zh + zh.end;
                let en = from_en + en.start..from_en + en.end;
                let sure = (part.confidence * group.confidence) as f32;
                beads.extend(sentences.pair(zh, en).into_iter().map(|bead| Bead {
                    zh: bead.zh.start - from_zh..bead.zh.end - from_zh,
                    en: bead.en.start - from_en..bead.en.end - from_en,
                    confidence: bead.confidence * sure,
                }));
            }
            pairs.push(PartPair { zh: part.zh, en: part.en, beads: start..beads.len() });
        }
        (in_order(beads), if in_parts { pairs } else { Vec::new() })
    }
}

/// Gives every empty side the place where it stands, so that both sides count through the row.
fn in_order(mut beads: Vec<Bead>) -> Vec<Bead> {
    let (mut at_zh, mut at_en) = (0, 0);
    for bead in &mut beads {
        if bead.zh.is_empty() {
            bead.zh = at_zh..at_zh;
        }
        if bead.en.is_empty() {
            bead.en = at_en..at_en;
        }
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
