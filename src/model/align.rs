//! The two versions of a text paired: block by block, then sentence by sentence inside each pair.
//!
//! The interface is final, the model is a first one: a dynamic programme over beads (Gale and
//! Church, "A Program for Aligning Sentences in Bilingual Corpora", *Computational Linguistics*
//! 19, 1993) whose costs come from the structure of blocks and from length.

mod cost;
mod dp;

use std::ops::Range;

use crate::lang::Lang;
use crate::memo::{Fingerprint, Hasher};
use crate::parse::markdown::{Block, Body};

use cost::{Side, block_cost, sentence_cost, side};

/// The rows of a bilingual page: every block of both versions exactly once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// The rows from the top; row `i` has the anchor `p` and `i + 1`.
    pub rows: Vec<Row>,
    /// Of what was aligned.
    pub fingerprint: Fingerprint,
}

/// Blocks of the two versions that stand side by side; one side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The Chinese blocks.
    pub zh: Range<usize>,
    /// The English blocks.
    pub en: Range<usize>,
    /// The sentences of those blocks, counted through the row, in groups that match.
    pub beads: Vec<Bead>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bead {
    /// The Chinese sentences.
    pub zh: Range<usize>,
    /// The English sentences.
    pub en: Range<usize>,
}

impl Alignment {
    /// The rows of a page in one language: one for each block.
    pub fn single(body: &Body) -> Alignment {
        let row = |index: usize| {
            let (own, none) = (index..index + 1, 0..0);
            let count = body.blocks[index].sentences.len();
            match body.lang {
                Lang::Zh => {
                    let beads = (0..count).map(|s| Bead { zh: s..s + 1, en: 0..0 }).collect();
                    Row { zh: own, en: none, beads }
                }
                Lang::En => {
                    let beads = (0..count).map(|s| Bead { zh: 0..0, en: s..s + 1 }).collect();
                    Row { zh: none, en: own, beads }
                }
            }
        };
        let rows = (0..body.blocks.len()).map(row).collect();
        Alignment { rows, fingerprint: Hasher::new().str("single").with(body.fingerprint).finish() }
    }
}

/// The key of [`align`]: both texts.
pub fn key(zh: &Body, en: &Body) -> Fingerprint {
    Hasher::new().str("align").with(zh.fingerprint).with(en.fingerprint).finish()
}

/// Pairs the two versions of a text.
pub fn align(zh: &Body, en: &Body) -> Alignment {
    let sides_zh: Vec<Side> = zh.blocks.iter().map(|block| side(block, zh)).collect();
    let sides_en: Vec<Side> = en.blocks.iter().map(|block| side(block, en)).collect();
    let mut rows = Vec::new();
    for (zh_part, en_part) in between_pins(&zh.blocks, &en.blocks) {
        let (from_zh, from_en) = (zh_part.start, en_part.start);
        let beads = dp::beads(zh_part.len(), en_part.len(), |a, b| {
            let a = &sides_zh[from_zh + a.start..from_zh + a.end];
            block_cost(a, &sides_en[from_en + b.start..from_en + b.end])
        });
        for (a, b) in beads {
            let a = from_zh + a.start..from_zh + a.end;
            let b = from_en + b.start..from_en + b.end;
            let beads = sentences(&zh.blocks[a.clone()], &en.blocks[b.clone()]);
            rows.push(Row { zh: a, en: b, beads });
        }
    }
    Alignment { rows, fingerprint: key(zh, en) }
}

/// Cuts both sequences of blocks at pairs with one id on both sides: those that the author
/// pinned, and headings that read alike.
fn between_pins(zh: &[Block], en: &[Block]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut parts = Vec::new();
    let (mut from_zh, mut from_en) = (0, 0);
    for (a, block) in zh.iter().enumerate() {
        let Some(id) = &block.id else { continue };
        let found = en[from_en..].iter().position(|other| other.id.as_ref() == Some(id));
        if let Some(offset) = found {
            let b = from_en + offset;
            parts.push((from_zh..a, from_en..b));
            parts.push((a..a + 1, b..b + 1));
            (from_zh, from_en) = (a + 1, b + 1);
        }
    }
    parts.push((from_zh..zh.len(), from_en..en.len()));
    parts
}

/// Pairs the sentences of two groups of blocks: leaf by leaf where both have as many leaves (list
/// items, table cells), else through the whole.
fn sentences(zh: &[Block], en: &[Block]) -> Vec<Bead> {
    let texts_zh = leaves(zh);
    let texts_en = leaves(en);
    if texts_zh.len() != texts_en.len() {
        let zh: Vec<&str> = texts_zh.concat();
        let en: Vec<&str> = texts_en.concat();
        return sentence_beads(&zh, &en, 0, 0);
    }
    let (mut from_zh, mut from_en) = (0, 0);
    let mut beads = Vec::new();
    for (zh, en) in texts_zh.iter().zip(&texts_en) {
        beads.extend(sentence_beads(zh, en, from_zh, from_en));
        from_zh += zh.len();
        from_en += en.len();
    }
    beads
}

/// The sentences of blocks, leaf by leaf.
fn leaves(blocks: &[Block]) -> Vec<Vec<&str>> {
    let mut leaves = Vec::new();
    for block in blocks {
        let base = leaves.len();
        leaves.resize_with(base + block.leaves as usize, Vec::new);
        for sentence in &block.sentences {
            leaves[base + sentence.leaf as usize].push(&block.text[sentence.range.clone()]);
        }
    }
    leaves
}

fn sentence_beads(zh: &[&str], en: &[&str], from_zh: usize, from_en: usize) -> Vec<Bead> {
    let zh: Vec<_> = zh.iter().map(|text| cost::Sentence::of(text)).collect();
    let en: Vec<_> = en.iter().map(|text| cost::Sentence::of(text)).collect();
    dp::beads(zh.len(), en.len(), |a, b| sentence_cost(&zh[a], &en[b]))
        .into_iter()
        .map(|(a, b)| Bead {
            zh: from_zh + a.start..from_zh + a.end,
            en: from_en + b.start..from_en + b.end,
        })
        .collect()
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
            let bead = Bead { zh: zh..zh + a, en: en..en + b };
            (zh, en) = (bead.zh.end, bead.en.end);
            bead
        });
        let row = Row { zh: 0..1, en: 0..1, beads: beads.collect() };
        for sentence in 0..10 {
            let at = |own: fn(&Bead) -> &Range<usize>| {
                row.beads.iter().position(|bead| own(bead).contains(&sentence))
            };
            assert_eq!(row.bead_of(Lang::Zh, sentence), at(|bead| &bead.zh), "{sentence}");
            assert_eq!(row.bead_of(Lang::En, sentence), at(|bead| &bead.en), "{sentence}");
        }
    }
}
