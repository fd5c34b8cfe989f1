//! What a bead costs: the structure of its blocks, and how well the lengths fit.

use std::collections::BTreeSet;

use crate::parse::cjk::is_han;
use crate::parse::markdown::{Block, BlockKind, Body, HoleKind, LinkKind};

/// What a block offers to be paired by.
pub(super) struct Side {
    kind: BlockKind,
    size: f64,
    leaves: u32,
    /// Code, addresses and numbers, which stand alike in both versions.
    anchors: BTreeSet<String>,
}

/// A sentence as the costs see it.
pub(super) struct Sentence {
    size: f64,
    question: bool,
    exclamation: bool,
    anchors: BTreeSet<String>,
}

/// The length of a text as if it were English: a Han character stands for 4.7 English letters
/// (the ratio of a hand-aligned corpus of Chinese books and their English translations), and a
/// Latin letter inside Chinese for itself.
fn size(text: &str) -> f64 {
    let (mut han, mut other) = (0usize, 0usize);
    for c in text.chars() {
        if is_han(c) {
            han += 1;
        } else if !c.is_whitespace() {
            other += 1;
        }
    }
    4.7 * han as f64 + other as f64
}

pub(super) fn side(block: &Block, body: &Body) -> Side {
    let mut anchors = numbers_and_names(&block.text);
    for hole in &block.holes {
        if let HoleKind::LinkOpen(link) | HoleKind::Image(link) = hole.kind {
            let link = &body.links[link];
            if link.kind != LinkKind::NamedWikilink {
                anchors.insert(language_free(&link.target));
            }
        }
    }
    if block.kind == BlockKind::Code {
        anchors.insert(block.html.clone());
    }
    let size =
        if block.kind == BlockKind::Code { block.html.len() as f64 } else { size(&block.text) };
    Side { kind: block.kind, size, leaves: block.leaves, anchors }
}

/// A link's target without the language of its file: `momo.zh.md` and `momo.en.md` are one.
fn language_free(target: &str) -> String {
    target.replace(".zh.md", ".md").replace(".en.md", ".md")
}

/// Numbers and Latin words of three letters and more with a capital or a digit: what a
/// translation leaves alone.
fn numbers_and_names(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| {
            let digits = word.chars().any(|c| c.is_ascii_digit());
            let capital = word.chars().any(|c| c.is_ascii_uppercase());
            digits || capital && word.len() >= 3
        })
        .map(str::to_lowercase)
        .collect()
}

/// Costs of the shapes of beads, as negative logarithms of how often they occur between blocks of
/// translations: nearly all are one to one.
fn block_prior(a: usize, b: usize) -> f64 {
    match (a, b) {
        (1, 1) => 0.05,
        (1, 0) | (0, 1) => 3.9,
        (1, 2) | (2, 1) => 4.6,
        _ => 6.9,
    }
}

/// The cost of putting blocks side by side.
pub(super) fn block_cost(a: &[Side], b: &[Side]) -> f64 {
    let prior = block_prior(a.len(), b.len());
    if a.is_empty() || b.is_empty() {
        return prior;
    }
    let text = |side: &Side| matches!(side.kind, BlockKind::Paragraph);
    if a.len() + b.len() > 2 && !a.iter().chain(b).all(text) {
        // Only paragraphs are split and joined by translators.
        return prior + 30.0;
    }
    let kinds = if a.len() + b.len() == 2 { kind_cost(&a[0], &b[0]) } else { 0.0 };
    let (sum_a, sum_b) = (sizes(a), sizes(b));
    prior + kinds + length_cost(sum_a, sum_b) - 1.2 * shared(a, b)
}

fn sizes(sides: &[Side]) -> f64 {
    sides.iter().map(|side| side.size).sum()
}

/// How many anchors two groups share, with diminishing worth.
fn shared(a: &[Side], b: &[Side]) -> f64 {
    let all: BTreeSet<&String> = a.iter().flat_map(|side| &side.anchors).collect();
    let common = b.iter().flat_map(|side| &side.anchors).filter(|x| all.contains(x)).count();
    (common as f64).sqrt()
}

fn kind_cost(a: &Side, b: &Side) -> f64 {
    match (a.kind, b.kind) {
        (BlockKind::Heading(x), BlockKind::Heading(y)) => 2.5 * f64::from(x.abs_diff(y)),
        (x, y) if x == y => {
            let (x, y) = (f64::from(a.leaves), f64::from(b.leaves));
            0.5 * (x - y).abs() / x.max(y).max(1.0) * 4.0
        }
        (BlockKind::List { .. }, BlockKind::List { .. }) => 1.0,
        (BlockKind::Quote, BlockKind::Alert) | (BlockKind::Alert, BlockKind::Quote) => 2.0,
        (BlockKind::Paragraph, BlockKind::Quote) | (BlockKind::Quote, BlockKind::Paragraph) => 4.0,
        _ => 12.0,
    }
}

/// How badly two lengths fit: half the squared deviation of their log ratio, whose standard
/// deviation is about 0.35 in translations and larger in short texts.
fn length_cost(a: f64, b: f64) -> f64 {
    let sigma = (0.15f64.powi(2) + 1.0 / (a.max(b) / 4.7 + 1.0)).sqrt().max(0.2);
    let deviation = ((a + 2.0) / (b + 2.0)).ln() / sigma;
    0.5 * deviation.powi(2).min(60.0)
}

impl Sentence {
    pub fn of(text: &str) -> Self {
        Sentence {
            size: size(text),
            question: text.contains(['？', '?']),
            exclamation: text.contains(['！', '!']),
            anchors: numbers_and_names(text),
        }
    }
}

/// Costs of the shapes of beads between sentences, from the same corpus: a translation into
/// English splits Chinese sentences far more often than it joins them.
fn sentence_prior(a: usize, b: usize) -> f64 {
    let share: f64 = match (a, b) {
        (1, 1) => 0.61,
        (1, 2) => 0.21,
        (1, 3) => 0.06,
        (2, 1) => 0.045,
        (1, 4) => 0.025,
        (2, 2) => 0.010,
        (1, 0) => 0.007,
        (1, 5) | (0, 1) => 0.004,
        _ => 0.003,
    };
    -share.ln()
}

/// The cost of calling sentences counterparts.
pub(super) fn sentence_cost(a: &[Sentence], b: &[Sentence]) -> f64 {
    let prior = sentence_prior(a.len(), b.len());
    let sum = |side: &[Sentence]| side.iter().map(|s| s.size).sum::<f64>();
    if a.is_empty() || b.is_empty() {
        return prior + 3.0 + 0.02 * sum(a).max(sum(b));
    }
    let any = |side: &[Sentence], mark: fn(&Sentence) -> bool| side.iter().any(mark);
    let differs = |mark: fn(&Sentence) -> bool| f64::from(u8::from(any(a, mark) != any(b, mark)));
    let marks = 1.2 * differs(|s| s.question) + 0.6 * differs(|s| s.exclamation);
    let all: BTreeSet<&String> = a.iter().flat_map(|s| &s.anchors).collect();
    let common = b.iter().flat_map(|s| &s.anchors).filter(|x| all.contains(x)).count();
    prior + length_cost(sum(a), sum(b)) + marks - 1.5 * (common as f64).sqrt()
}
