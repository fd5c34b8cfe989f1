//! Blocks of the two versions side by side: by what they are, what they share and how long they are.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::band::Band;
use super::evidence::Evidence;
use super::lattice::solve;
use super::length::{self, Lengths};
use super::moves;
use super::reading::{Chinese, English, Reading};
use super::scores::{Costs, Scores, priors};
use super::units::{Features, Version};
use crate::lang::PerLang;
use crate::parse::markdown::{Block, BlockKind};

/// How likely beads of each shape are. Nearly all blocks of translations are paired one to one; a
/// digest leaves blocks out and adds some, and paragraphs are split and joined now and then.
const PRIORS: [((usize, usize), f64); 8] = [
    ((1, 1), 0.90),
    ((1, 0), 0.03),
    ((0, 1), 0.03),
    ((1, 2), 0.015),
    ((2, 1), 0.015),
    ((1, 3), 0.003),
    ((3, 1), 0.003),
    ((2, 2), 0.0001),
];

static COSTS: LazyLock<Costs> = LazyLock::new(|| priors(&PRIORS));

/// The most blocks of a bead on each side.
const MOST: (usize, usize) = (3, 3);

/// What it costs to pair blocks whose kinds have nothing to do with each other.
const OTHER_KIND: f64 = 12.0;

/// A group of blocks of each version, one side may be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The Chinese blocks.
    pub zh: Range<usize>,
    /// The English blocks.
    pub en: Range<usize>,
    /// How sure it is that they belong together, from 0 to 1.
    pub confidence: f64,
}

/// What is compared: a block, or a part of one.
struct Piece {
    kind: BlockKind,
    parts: usize,
    has_text: bool,
}

/// Two sequences with all that tells what belongs together.
struct Pieces {
    zh: Vec<Piece>,
    en: Vec<Piece>,
    evidence: Evidence,
    lengths: Lengths,
    /// The logarithm of what having a kind in common says.
    kinds: [f64; KINDS],
    /// How many paragraphs follow each other from each piece on.
    paragraphs: PerLang<Vec<usize>>,
}

/// A piece with its features and its length.
type Read<F> = (Piece, F, f64);

/// Pairs the blocks of two versions: groups in the order of the Chinese ones, those with English
/// blocks alone behind what precedes them in English.
pub fn pair(
    zh: &Version<'_, Chinese>,
    en: &Version<'_, English>,
    reading: &Reading<'_>,
) -> Vec<Group> {
    fn pieces<F: Features>(version: &Version<'_, F>) -> Vec<Read<F>> {
        let piece = |(at, block): (usize, &Block)| {
            let (features, size) = version.block(at);
            let piece = Piece { kind: block.kind, parts: block.parts.len(), has_text: size > 0.0 };
            (piece, features, size)
        };
        version.blocks.iter().enumerate().map(piece).collect()
    }
    let pieces = Pieces::of(pieces(zh), pieces(en), reading);
    let (kept, moved) = pins(zh.blocks, en.blocks);
    let mut groups = Vec::new();
    let pinned = |(i, j): &(usize, usize)| Group { zh: *i..i + 1, en: *j..j + 1, confidence: 1.0 };
    let (mut from_zh, mut from_en) = (0, 0);
    for pin in &kept {
        groups.extend(pieces.pair(from_zh..pin.0, from_en..pin.1));
        groups.push(pinned(pin));
        (from_zh, from_en) = (pin.0 + 1, pin.1 + 1);
    }
    groups.extend(pieces.pair(from_zh..zh.blocks.len(), from_en..en.blocks.len()));
    // A pin that crosses others takes its blocks out of the groups that they were put into.
    for (i, j) in &moved {
        groups = groups.into_iter().flat_map(|group| without(group, *i, *j)).collect();
    }
    groups.extend(moved.iter().map(pinned));
    across(&pieces, &mut groups);
    in_order(groups)
}

/// Pairs the parts of two blocks: the items of lists, the rows of tables, what stands in a quote.
pub fn pair_parts(
    (zh, zh_block): (&Version<'_, Chinese>, usize),
    (en, en_block): (&Version<'_, English>, usize),
    reading: &Reading<'_>,
) -> Vec<Group> {
    fn pieces<F: Features>(version: &Version<'_, F>, block: usize) -> Vec<Read<F>> {
        let piece = |at: usize| {
            let (features, size, says) = version.part(block, at);
            // Code and tags have no sentences.
            let kind = if says { BlockKind::Paragraph } else { BlockKind::Code };
            (Piece { kind, parts: 1, has_text: size > 0.0 }, features, size)
        };
        (0..version.blocks[block].parts.len()).map(piece).collect()
    }
    let (zh, en) = (pieces(zh, zh_block), pieces(en, en_block));
    let (n, m) = (zh.len(), en.len());
    Pieces::of(zh, en, reading).pair(0..n, 0..m)
}

/// How many kinds of blocks there are.
const KINDS: usize = 12;

/// The number of a kind, without what two blocks of one kind may differ in.
fn number(kind: BlockKind) -> usize {
    match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Heading(_) => 1,
        BlockKind::Quote => 2,
        BlockKind::Alert => 3,
        BlockKind::List { .. } => 4,
        BlockKind::Definitions => 5,
        BlockKind::Table => 6,
        BlockKind::Code => 7,
        BlockKind::Math => 8,
        BlockKind::Image => 9,
        BlockKind::Rule => 10,
        BlockKind::Html => 11,
    }
}

impl Pieces {
    fn of(zh: Vec<Read<Chinese>>, en: Vec<Read<English>>, reading: &Reading<'_>) -> Self {
        fn apart<F>(read: Vec<Read<F>>) -> (Vec<Piece>, Vec<F>, Vec<f64>) {
            let (mut pieces, mut features, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
            for (piece, own, size) in read {
                pieces.push(piece);
                features.push(own);
                sizes.push(size);
            }
            (pieces, features, sizes)
        }
        let (zh, zh_features, zh_sizes) = apart(zh);
        let (en, en_features, en_sizes) = apart(en);
        let evidence = Evidence::of(&zh_features, &en_features, reading);
        let ratio = length::ratio(zh_sizes.iter().sum(), en_sizes.iter().sum());
        let lengths = Lengths::of(&zh_sizes, &en_sizes, MOST, ratio);
        let mut kinds = [0.0; KINDS];
        for (kind, says) in kinds.iter_mut().enumerate() {
            let share = |pieces: &[Piece]| {
                let own = pieces.iter().filter(|piece| number(piece.kind) == kind).count();
                (own as f64 + 0.5) / (pieces.len() as f64 + 6.0)
            };
            *says = -share(&zh).max(share(&en)).ln();
        }
        let paragraphs = PerLang { zh: paragraphs(&zh), en: paragraphs(&en) };
        Pieces { zh, en, evidence, lengths, kinds, paragraphs }
    }

    /// Pairs a stretch of each sequence, in order.
    fn pair(&self, zh: Range<usize>, en: Range<usize>) -> Vec<Group> {
        let anchors = || {
            let inside = self.evidence.anchors().into_iter();
            let inside = inside.filter(|(i, j, _)| zh.contains(i) && en.contains(j));
            inside.map(|(i, j, weight)| (i - zh.start, j - en.start, weight)).collect::<Vec<_>>()
        };
        let band = Band::along(zh.len(), en.len(), anchors);
        let joins = |zh: Range<usize>| self.paragraphs.zh[zh.start] >= zh.len();
        let scores = Scores::of(&self.evidence, &band, (zh.start, en.start), MOST, joins);
        let shapes = PRIORS.map(|(shape, _)| shape);
        let priors = &*COSTS;
        let cost = |(i, a): (usize, usize), (j, b): (usize, usize)| {
            if a == 0 || b == 0 {
                return priors[a][b];
            }
            let (from, to) = (zh.start + i, en.start + j);
            // Only paragraphs are split and joined.
            let run = self.paragraphs.zh[from] >= a && self.paragraphs.en[to] >= b;
            if (a, b) != (1, 1) && !run {
                return f64::INFINITY;
            }
            priors[a][b] - self.form((from, a), (to, b)) - scores.score((i, a), (j, b))
        };
        let group = |step: super::lattice::Step| Group {
            zh: zh.start + step.zh.start..zh.start + step.zh.end,
            en: en.start + step.en.start..en.start + step.en.end,
            confidence: step.confidence,
        };
        solve(&band, &shapes, cost).into_iter().map(group).collect()
    }

    /// What kinds and lengths say for blocks being counterparts, given by the first ones and how many they are;
    /// several are paragraphs.
    fn form(&self, zh: (usize, usize), en: (usize, usize)) -> f64 {
        let kind = match (zh.1, en.1) {
            (1, 1) => self.kind(&self.zh[zh.0], &self.en[en.0]),
            _ => self.kinds[number(BlockKind::Paragraph)],
        };
        let has_text = |pieces: &[Piece], (from, length): (usize, usize)| {
            pieces[from..from + length].iter().any(|piece| piece.has_text)
        };
        let has_text = has_text(&self.zh, zh) || has_text(&self.en, en);
        kind + if has_text { self.lengths.fit(zh, en) } else { 0.0 }
    }

    fn kind(&self, a: &Piece, b: &Piece) -> f64 {
        if number(a.kind) == number(b.kind) {
            let parts = (a.parts as f64, b.parts as f64);
            let differ = match (a.kind, b.kind) {
                (BlockKind::Heading(x), BlockKind::Heading(y)) => 2.0 * f64::from(x.abs_diff(y)),
                (BlockKind::List { ordered: x }, BlockKind::List { ordered: y }) if x != y => 2.0,
                _ => 2.0 * (parts.0 - parts.1).abs() / parts.0.max(parts.1).max(1.0),
            };
            return self.kinds[number(a.kind)] - differ;
        }
        match (a.kind, b.kind) {
            (BlockKind::Quote, BlockKind::Alert) | (BlockKind::Alert, BlockKind::Quote) => -1.0,
            (BlockKind::Paragraph, BlockKind::Quote | BlockKind::Alert)
            | (BlockKind::Quote | BlockKind::Alert, BlockKind::Paragraph) => -4.0,
            _ => -OTHER_KIND,
        }
    }
}

/// How many paragraphs follow each other from each piece on.
fn paragraphs(pieces: &[Piece]) -> Vec<usize> {
    let mut runs = vec![0; pieces.len()];
    let mut run = 0;
    for (piece, own) in pieces.iter().zip(&mut runs).rev() {
        run = if piece.kind == BlockKind::Paragraph { run + 1 } else { 0 };
        *own = run;
    }
    runs
}

/// A Chinese block and an English one, by their places.
type Pin = (usize, usize);

/// Pairs of blocks that an author pinned with one id: those in order, and those that cross them.
fn pins(zh: &[Block], en: &[Block]) -> (Vec<Pin>, Vec<Pin>) {
    let ids = |blocks: &'_ [Block]| -> Vec<(usize, String)> {
        let pinned = blocks.iter().enumerate().filter(|(_, block)| block.pinned);
        pinned.filter_map(|(at, block)| Some((at, block.id.clone()?))).collect()
    };
    let en: HashMap<String, usize> = ids(en).into_iter().map(|(at, id)| (id, at)).collect();
    let pairs = ids(zh).into_iter().filter_map(|(at, id)| Some((at, *en.get(&id)?, 1.0)));
    let pairs: Vec<_> = pairs.collect();
    let columns = pairs.iter().map(|(_, j, _)| j + 1).max().unwrap_or(0);
    let kept = super::band::in_order(&pairs, columns);
    let moved = pairs.iter().map(|(i, j, _)| (*i, *j)).filter(|pair| !kept.contains(pair));
    let moved = moved.collect();
    (kept, moved)
}

/// A group without a Chinese and an English block that are paired elsewhere.
fn without(group: Group, i: usize, j: usize) -> Vec<Group> {
    if !group.zh.contains(&i) && !group.en.contains(&j) {
        return vec![group];
    }
    let rest = |range: &Range<usize>, at: usize| match range.contains(&at) {
        true => vec![range.start..at, at + 1..range.end],
        false => vec![range.clone()],
    };
    let alone = |zh: Range<usize>, en: Range<usize>| Group { zh, en, confidence: group.confidence };
    let one_sided = group.zh.is_empty() || group.en.is_empty();
    let (zh, en) = (rest(&group.zh, i), rest(&group.en, j));
    let mut left: Vec<Group> = Vec::new();
    left.extend(zh.into_iter().flatten().map(|at| alone(at..at + 1, 0..0)));
    left.extend(en.into_iter().flatten().map(|at| alone(0..0, at..at + 1)));
    debug_assert!(!one_sided || left.len() < 2 + group.zh.len() + group.en.len());
    left
}

/// Pairs what was left alone in order with what stands elsewhere.
fn across(pieces: &Pieces, groups: &mut Vec<Group>) {
    let alone = |of: fn(&Group) -> (&Range<usize>, &Range<usize>)| -> Vec<usize> {
        let mut own: Vec<usize> = groups
            .iter()
            .map(of)
            .filter(|(_, other)| other.is_empty())
            .flat_map(|(own, _)| own.clone())
            .collect();
        own.sort_unstable();
        own
    };
    let (zh, en) = (alone(|g| (&g.zh, &g.en)), alone(|g| (&g.en, &g.zh)));
    let score = |i: usize, j: usize| {
        pieces.form((i, 1), (j, 1))
            + pieces.evidence.missed(i..i + 1, j..j + 1)
            + pieces.evidence.shared(i..i + 1, j)
    };
    let found = moves::find(&zh, &en, score);
    for (i, j) in found {
        groups.retain(|group| {
            let one_sided = group.zh.is_empty() || group.en.is_empty();
            !(one_sided && (group.zh == (i..i + 1) || group.en == (j..j + 1)))
        });
        groups.push(Group { zh: i..i + 1, en: j..j + 1, confidence: 0.9 });
    }
}

/// Groups by their Chinese blocks; English blocks alone behind the group of the one before them.
fn in_order(groups: Vec<Group>) -> Vec<Group> {
    let (mut zh, mut alone): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|group| !group.zh.is_empty());
    zh.sort_by_key(|group| group.zh.start);
    alone.sort_by_key(|group| group.en.start);
    // For each English block, the place of its group.
    let mut place: HashMap<usize, usize> = HashMap::new();
    for (at, group) in zh.iter().enumerate() {
        place.extend(group.en.clone().map(|block| (block, at + 1)));
    }
    let mut behind: Vec<Vec<Group>> = vec![Vec::new(); zh.len() + 1];
    for group in alone {
        let before = group.en.start.checked_sub(1);
        let at = before.and_then(|block| place.get(&block)).copied().unwrap_or(0);
        place.extend(group.en.clone().map(|block| (block, at)));
        behind[at].push(group);
    }
    let mut behind = behind.into_iter();
    let mut out: Vec<Group> = behind.next().unwrap_or_default();
    for (group, alone) in zh.into_iter().zip(behind) {
        out.push(group);
        out.extend(alone);
    }
    out
}
