//! Sentences in groups that say the same.

use std::ops::Range;
use std::sync::LazyLock;

use super::Bead;
use super::band::Band;
use super::evidence::Evidence;
use super::lattice::solve;
use super::length::{self, Lengths};
use super::reading::{Chinese, English, Reading};
use super::scores::{Costs, Scores, priors};

/// How often beads of each shape occur in a hand-aligned corpus of Chinese books and their English
/// translations. A translation splits Chinese sentences far more often than it joins them.
const PRIORS: [((usize, usize), f64); 13] = [
    ((1, 1), 0.61),
    ((1, 2), 0.21),
    ((1, 3), 0.06),
    ((2, 1), 0.045),
    ((1, 4), 0.025),
    ((2, 2), 0.001),
    ((1, 0), 0.007),
    ((1, 5), 0.004),
    ((0, 1), 0.004),
    ((3, 1), 0.003),
    ((2, 3), 0.0003),
    ((3, 2), 0.0001),
    ((2, 4), 0.00005),
];

static COSTS: LazyLock<Costs> = LazyLock::new(|| priors(&PRIORS));

/// The most sentences of a bead on each side.
const MOST: (usize, usize) = (3, 5);

/// The sentences of two texts, ready to be aligned part by part.
pub struct Sentences {
    evidence: Evidence,
    lengths: Lengths,
}

impl Sentences {
    /// Weighs the sentences of two whole texts, given by their features and their lengths.
    pub fn of(
        (zh, zh_sizes): (&[Chinese], &[f64]),
        (en, en_sizes): (&[English], &[f64]),
        reading: &Reading<'_>,
    ) -> Sentences {
        let evidence = Evidence::of(zh, en, reading);
        let ratio = length::ratio(zh_sizes.iter().sum(), en_sizes.iter().sum());
        Sentences { evidence, lengths: Lengths::of(zh_sizes, en_sizes, MOST, ratio) }
    }

    /// Pairs the sentences of a part of each text.
    pub fn pair(&self, zh: Range<usize>, en: Range<usize>) -> Vec<Bead> {
        let anchors = || {
            let inside = self.evidence.anchors().into_iter();
            let inside = inside.filter(|(i, j, _)| zh.contains(i) && en.contains(j));
            inside.map(|(i, j, weight)| (i - zh.start, j - en.start, weight)).collect::<Vec<_>>()
        };
        let band = Band::along(zh.len(), en.len(), anchors);
        let scores = Scores::of(&self.evidence, &band, (zh.start, en.start), MOST, |_| true);
        let shapes = PRIORS.map(|(shape, _)| shape);
        let priors = &*COSTS;
        let cost = |(i, a): (usize, usize), (j, b): (usize, usize)| {
            if a == 0 || b == 0 {
                return priors[a][b];
            }
            let fit = self.lengths.fit((zh.start + i, a), (en.start + j, b));
            priors[a][b] - fit - scores.score((i, a), (j, b))
        };
        let step = |step: super::lattice::Step| Bead {
            zh: zh.start + step.zh.start..zh.start + step.zh.end,
            en: en.start + step.en.start..en.start + step.en.end,
            confidence: step.confidence as f32,
        };
        solve(&band, &shapes, cost).into_iter().map(step).collect()
    }
}
