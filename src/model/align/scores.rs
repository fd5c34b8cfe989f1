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
    /// Weighs all beads of up to `most` Chinese elements. The parts begin at `zh` and `en`.
    pub fn of(evidence: &'a Evidence, band: &'a Band, zh: usize, en: usize, most: usize) -> Self {
        let (n, m) = band.size();
        let of = |length: usize| {
            let mut shared = vec![0.0; band.cells()];
            for i in 0..(n + 1).saturating_sub(length) {
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
        let one = |at: usize| match self.band.has(i, at) {
            true => f64::from(self.shared[a - 1][self.band.cell(i, at)]),
            false => self.evidence.shared(zh..zh + a, self.en + at),
        };
        self.evidence.missed(zh..zh + a, en..en + b) + (j..j + b).map(one).sum::<f64>()
    }
}

/// What shapes of beads cost by their probabilities, by the numbers of elements of each side.
pub fn priors(shapes: &[((usize, usize), f64)]) -> [[f64; 6]; 6] {
    let mut costs = [[f64::INFINITY; 6]; 6];
    for ((a, b), probability) in shapes {
        costs[*a][*b] = -probability.ln();
    }
    costs
}
