//! The cheapest way through two sequences in beads.

use std::ops::Range;

/// The beads that are tried: how many elements of each side.
const SHAPES: [(usize, usize); 11] =
    [(1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (2, 3), (1, 5)];

/// How many cells of the table are computed at most; longer sequences are aligned in a band
/// around the diagonal.
const CELLS: usize = 4_000_000;

/// The narrowest band, in elements on each side of the diagonal.
const BAND: usize = 64;

/// Cuts two sequences of `n` and `m` elements into beads with the least sum of `cost`, which is
/// given the elements of each side. Every element is in exactly one bead. Time and memory are
/// bounded by [`CELLS`], or by the band in long sequences.
pub(super) fn beads(
    n: usize,
    m: usize,
    cost: impl Fn(Range<usize>, Range<usize>) -> f64,
) -> Vec<(Range<usize>, Range<usize>)> {
    let band = Band::new(n, m);
    let mut best = vec![f64::INFINITY; band.cells()];
    let mut from = vec![u8::MAX; band.cells()];
    for i in 0..=n {
        for j in band.row(i) {
            let cell = band.cell(i, j);
            if (i, j) == (0, 0) {
                best[cell] = 0.0;
                continue;
            }
            for (shape, &(a, b)) in SHAPES.iter().enumerate() {
                if a > i || b > j || !band.row(i - a).contains(&(j - b)) {
                    continue;
                }
                let before = best[band.cell(i - a, j - b)];
                if before == f64::INFINITY || before >= best[cell] {
                    continue;
                }
                let total = before + cost(i - a..i, j - b..j);
                if total < best[cell] {
                    best[cell] = total;
                    from[cell] = shape as u8;
                }
            }
        }
    }
    let mut path = Vec::new();
    let (mut i, mut j) = (n, m);
    while (i, j) != (0, 0) {
        let Some(&(a, b)) = SHAPES.get(from[band.cell(i, j)] as usize) else { break };
        path.push((i - a..i, j - b..j));
        (i, j) = (i - a, j - b);
    }
    path.reverse();
    path
}

/// The cells near the diagonal of an `n` × `m` table.
struct Band {
    n: usize,
    m: usize,
    width: usize,
}

impl Band {
    fn new(n: usize, m: usize) -> Self {
        let whole = (n + 1).saturating_mul(m + 1) <= CELLS;
        // Wide enough that neighbouring rows overlap however steep the diagonal is.
        let slope = m / (n + 1) + 8;
        let width = if whole { m } else { (CELLS / (2 * (n + 1))).max(BAND).max(slope) };
        Band { n, m, width }
    }

    fn row(&self, i: usize) -> std::ops::RangeInclusive<usize> {
        if self.n == 0 {
            return 0..=self.m;
        }
        let middle = (i as u128 * self.m as u128 / self.n as u128) as usize;
        middle.saturating_sub(self.width)..=(middle + self.width).min(self.m)
    }

    fn stride(&self) -> usize {
        (2 * self.width + 1).min(self.m + 1)
    }

    fn cells(&self) -> usize {
        (self.n + 1) * self.stride().max(1)
    }

    fn cell(&self, i: usize, j: usize) -> usize {
        i * self.stride() + (j - self.row(i).start())
    }
}

#[cfg(test)]
mod tests {
    use super::beads;

    #[test]
    fn every_element_once_whatever_the_sizes() {
        for (n, m) in [(0, 0), (0, 3), (3, 0), (5, 5), (3000, 2500), (20_000, 20_000), (1, 5000)] {
            let found = beads(n, m, |a, b| if a.len() == b.len() { 0.0 } else { 1.0 });
            let (mut i, mut j) = (0, 0);
            for (a, b) in &found {
                assert_eq!((a.start, b.start), (i, j));
                (i, j) = (a.end, b.end);
            }
            assert_eq!((i, j), (n, m));
        }
    }
}
