//! What the evidence says for every bead near the diagonal, computed once for all beads that share it.

use super::band::Band;
use super::evidence::Evidence;

/// The evidence of a part of two texts, over a band.
pub struct Scores<'a> {
    evidence: &'a Evidence,
    band: &'a Band,
    zh: usize,
    en: usize,
    /// For beads of one, two, … Chinese elements: what these share with one English one, by cell.
    shared: Vec<Vec<f32>>,
}

impl<'a> Scores<'a> {
    /// Weighs all beads of up to `most` Chinese elements, of more than one only where `joins` says
    /// so. The parts begin at `zh` and `en`.
    pub fn of(
        evidence: &'a Evidence,
        band: &'a Band,
        (zh, en): (usize, usize),
        most: usize,
        joins: impl Fn(std::ops::Range<usize>) -> bool,
    ) -> Self {
        let (n, m) = band.size();
        let of = |length: usize| {
            let mut shared = vec![0.0; band.cells()];
            for i in 0..(n + 1).saturating_sub(length) {
                if length > 1 && !joins(zh + i..zh + i + length) {
                    continue;
                }
                for j in band.row(i).filter(|j| *j < m) {
                    let from = zh + i;
                    shared[band.cell(i, j)] = evidence.shared(from..from + length, en + j) as f32;
                }
            }
            shared
        };
        Scores { evidence, band, zh, en, shared: (1..=most.min(n)).map(of).collect() }
    }

    /// What the evidence says for a bead of some elements from `i` and `j` on.
    pub fn score(&self, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let (zh, en) = (self.zh + i, self.en + j);
        let shared = self.shared((i, a), (j, b));
        let shared = match a > 1 && b > 1 {
            true => shared - ACROSS * (shared - self.apart((i, a), (j, b))),
            false => shared,
        };
        self.evidence.missed(zh..zh + a, en..en + b) + shared
    }

    /// What the elements of a bead share, each English one with any Chinese one.
    fn shared(&self, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let one = |at: usize| match self.band.has(i, at) {
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

/// A bead of several elements on both sides shares by chance more than its parts do. Of what it shares
/// across them, this part does not count.
const ACROSS: f64 = 0.7;

/// What shapes of beads cost by their probabilities, by the numbers of elements of each side.
pub fn priors(shapes: &[((usize, usize), f64)]) -> [[f64; 6]; 6] {
    let mut costs = [[f64::INFINITY; 6]; 6];
    for ((a, b), probability) in shapes {
        costs[*a][*b] = -probability.ln();
    }
    costs
}
