//! What the evidence says for every bead near the diagonal, computed once for all beads that share it.

use std::ops::Range;

use super::band::Band;
use super::evidence::Evidence;

/// The evidence of a part of two texts, over a band.
pub struct Scores<'a> {
    evidence: &'a Evidence,
    band: &'a Band,
    zh: usize,
    en: usize,
    /// For beads of one, two, … elements of a side, by their first one: what says against them before it is
    /// known what they share.
    missed_zh: Vec<Vec<f64>>,
    missed_en: Vec<Vec<f64>>,
    /// For beads of one, two, … Chinese elements: what these share with one English one, by cell.
    shared: Vec<Vec<f32>>,
}

impl<'a> Scores<'a> {
    /// Weighs all beads of up to `most` elements of each side, of more than one Chinese one only where `joins`
    /// says so. The parts begin at `zh` and `en`.
    pub fn of(
        evidence: &'a Evidence,
        band: &'a Band,
        (zh, en): (usize, usize),
        most: (usize, usize),
        joins: impl Fn(Range<usize>) -> bool,
    ) -> Self {
        let (n, m) = band.size();
        let longest = most.0.min(n);
        let mut shared = vec![vec![0.0f32; band.cells()]; longest];
        for j in 0..m {
            let rows = band.rows_of(j);
            // A bead that begins in the band may end behind it.
            let stretch = zh + rows.start..zh + (rows.end + longest).min(n);
            evidence.gains(stretch, en + j, |gains| {
                for length in 1..=longest {
                    let shared = &mut shared[length - 1];
                    for_windows(gains, length, |from, gain| {
                        let Some(i) = from.checked_sub(zh).filter(|i| rows.contains(i)) else {
                            return;
                        };
                        if length == 1 || i + length <= n && joins(from..from + length) {
                            shared[band.cell(i, j)] += gain;
                        }
                    });
                }
            });
        }
        let missed_zh = (1..=longest)
            .map(|a| (0..=n - a).map(|i| evidence.missed_zh(zh + i..zh + i + a)).collect());
        let missed_en = (1..=most.1.min(m))
            .map(|b| (0..=m - b).map(|j| evidence.missed_en(en + j..en + j + b)).collect());
        let (missed_zh, missed_en) = (missed_zh.collect(), missed_en.collect());
        Scores { evidence, band, zh, en, missed_zh, missed_en, shared }
    }

    /// What the evidence says for a bead of some elements from `i` and `j` on.
    pub fn score(&self, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let shared = self.shared((i, a), (j, b));
        let shared = match a > 1 && b > 1 {
            true => shared - ACROSS * (shared - self.apart((i, a), (j, b))),
            false => shared,
        };
        self.missed_zh[a - 1][i] + self.missed_en[b - 1][j] + shared
    }

    /// What the elements of a bead share, each English one with any Chinese one.
    fn shared(&self, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let row = self.band.row(i);
        if row.contains(&j) && row.contains(&(j + b - 1)) {
            let cell = self.band.cell(i, j);
            return self.shared[a - 1][cell..cell + b].iter().copied().map(f64::from).sum();
        }
        let one = |at: usize| match row.contains(&at) {
            true => f64::from(self.shared[a - 1][self.band.cell(i, at)]),
            false => self.evidence.shared(self.zh + i..self.zh + i + a, self.en + at),
        };
        (j..j + b).map(one).sum()
    }

    /// What they share if the bead is cut into two at the best place.
    fn apart(&self, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let cuts = (1..a).flat_map(|x| (1..b).map(move |y| (x, y)));
        let cut =
            |(x, y)| self.shared((i, x), (j, y)) + self.shared((i + x, a - x), (j + y, b - y));
        cuts.map(cut).fold(0.0, f64::max)
    }
}

/// Hands on the beginning of every stretch of a length in which something is gained, and the most that is:
/// what several elements of a bead have counts once.
fn for_windows(gains: &[(usize, f32)], length: usize, mut take: impl FnMut(usize, f32)) {
    if length == 1 {
        return gains.iter().for_each(|(unit, gain)| take(*unit, *gain));
    }
    let mut free = 0;
    for (at, (unit, _)) in gains.iter().enumerate() {
        // The stretches whose first gain this is.
        for from in (unit + 1).saturating_sub(length).max(free)..=*unit {
            let inside = gains[at..].iter().take_while(|(other, _)| *other < from + length);
            take(from, inside.fold(0.0, |most, (_, gain)| most.max(*gain)));
        }
        free = unit + 1;
    }
}

/// A bead of several elements on both sides shares by chance more than its parts do. Of what it shares
/// across them, this part does not count.
const ACROSS: f64 = 0.7;

/// What shapes of beads cost, by the numbers of elements of each side.
pub type Costs = [[f64; 6]; 6];

/// What shapes of beads cost by their probabilities.
pub fn priors(shapes: &[((usize, usize), f64)]) -> Costs {
    let mut costs = [[f64::INFINITY; 6]; 6];
    for ((a, b), probability) in shapes {
        costs[*a][*b] = -probability.ln();
    }
    costs
}
