//! The cells of a table of two sequences that are computed: all of a small one, and of a large one
//! those near a path through pairs that are known to belong together.

use std::ops::{Range, RangeInclusive};

/// The largest table that is computed whole, in cells.
const WHOLE: usize = 1_000_000;

/// How many cells of a larger one are computed at most.
const CELLS: usize = 1_000_000;

/// The narrowest band, in elements on each side of the path.
const NARROWEST: usize = 24;

/// Which cells of a table are computed: a range of columns for each row.
#[derive(Debug)]
pub struct Band {
    rows: Vec<(usize, usize)>,
    /// How many cells stand in the rows before each one.
    offsets: Vec<usize>,
    columns: usize,
}

impl Band {
    /// A band for sequences of `n` and `m` elements. Anchors are pairs that probably belong
    /// together, with a weight; the band follows the heaviest of those that are in order.
    pub fn along(n: usize, m: usize, anchors: impl FnOnce() -> Vec<(usize, usize, f64)>) -> Band {
        if (n + 1).saturating_mul(m + 1) <= WHOLE {
            return Band::of(vec![(0, m); n + 1], m);
        }
        let mut points = vec![(0, 0)];
        points.extend(in_order(&anchors(), m));
        points.push((n, m));
        points.dedup();
        let width = (CELLS / (2 * (n + 1))).max(NARROWEST);
        let mut rows = vec![(m, 0); n + 1];
        for pair in points.windows(2) {
            let ((i, j), (to_i, to_j)) = (pair[0], pair[1]);
            for (row, range) in rows.iter_mut().enumerate().take(to_i + 1).skip(i) {
                let steps = (to_i - i).max(1) as u128;
                let at =
                    |row: usize| j + (((row - i) as u128 * (to_j - j) as u128) / steps) as usize;
                // Steep parts are covered from where this row begins to where the next one does.
                let low = at(row).saturating_sub(width);
                let high = (at((row + 1).min(to_i)) + width).min(m);
                *range = (range.0.min(low), range.1.max(high));
            }
        }
        Band::of(rows, m)
    }

    fn of(mut rows: Vec<(usize, usize)>, columns: usize) -> Band {
        if let Some(first) = rows.first_mut() {
            first.0 = 0;
        }
        if let Some(last) = rows.last_mut() {
            last.1 = columns;
        }
        let mut offsets = Vec::with_capacity(rows.len() + 1);
        let mut sum = 0;
        for (low, high) in &rows {
            offsets.push(sum);
            sum += high - low + 1;
        }
        offsets.push(sum);
        Band { rows, offsets, columns }
    }

    /// The lengths of the sequences.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.len() - 1, self.columns)
    }

    /// The rows that have a column: the columns of rows begin and end further and further right.
    pub fn rows_of(&self, j: usize) -> Range<usize> {
        let start = self.rows.partition_point(|(_, high)| *high < j);
        start..self.rows.partition_point(|(low, _)| *low <= j).max(start)
    }

    /// The columns of a row.
    pub fn row(&self, i: usize) -> RangeInclusive<usize> {
        self.rows[i].0..=self.rows[i].1
    }

    /// Whether a cell is computed.
    pub fn has(&self, i: usize, j: usize) -> bool {
        self.rows.get(i).is_some_and(|(low, high)| (low..=high).contains(&&j))
    }

    /// The number of a cell that is computed.
    pub fn cell(&self, i: usize, j: usize) -> usize {
        self.offsets[i] + (j - self.rows[i].0)
    }

    /// How many cells are computed.
    pub fn cells(&self) -> usize {
        self.offsets[self.rows.len()]
    }
}

/// The heaviest chain of pairs in which both sides grow (a longest increasing subsequence, with a
/// Fenwick tree of the best chain up to each column).
pub fn in_order(anchors: &[(usize, usize, f64)], columns: usize) -> Vec<(usize, usize)> {
    let mut sorted: Vec<_> = anchors.iter().filter(|(_, j, _)| *j < columns).collect();
    // Pairs of one row from the right, so that no chain has two of them.
    sorted.sort_by_key(|(i, j, _)| (*i, std::cmp::Reverse(*j)));
    let mut tree: Vec<(f64, usize)> = vec![(0.0, usize::MAX); columns + 1];
    let mut before = Vec::with_capacity(sorted.len());
    let mut best = (0.0, usize::MAX);
    for (at, (_, j, weight)) in sorted.iter().enumerate() {
        let mut found = (0.0, usize::MAX);
        let mut node = *j;
        while node > 0 {
            if tree[node].0 > found.0 {
                found = tree[node];
            }
            node -= node & node.wrapping_neg();
        }
        before.push(found.1);
        let own = (found.0 + weight, at);
        if own.0 > best.0 {
            best = own;
        }
        let mut node = j + 1;
        while node <= columns {
            if own.0 > tree[node].0 {
                tree[node] = own;
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while let Some((i, j, _)) = sorted.get(at) {
        chain.push((*i, *j));
        at = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_the_heaviest_in_order() {
        let anchors =
            [(0, 3, 1.0), (1, 0, 1.0), (1, 1, 1.0), (2, 2, 1.0), (3, 0, 1.5), (4, 4, 1.0)];
        assert_eq!(in_order(&anchors, 5), [(1, 1), (2, 2), (4, 4)]);
        assert_eq!(in_order(&[], 5), []);
    }

    #[test]
    fn a_band_is_bounded_and_connected() {
        for (n, m, anchors) in [
            (20_000, 20_000, vec![]),
            (20_000, 20_000, vec![(100, 15_000, 1.0), (19_000, 15_100, 1.0)]),
            (1, 50_000, vec![]),
            (50_000, 1, vec![]),
            (1500, 40_000, vec![(700, 3, 1.0)]),
            (0, 2_000_000, vec![]),
        ] {
            let band = Band::along(n, m, || anchors);
            assert!(band.cells() <= 4 * CELLS + 50 * n + 2 * m + 2, "{n} {m}: {}", band.cells());
            for i in 0..n {
                let (here, next) = (band.row(i), band.row(i + 1));
                assert!(next.start() <= here.end() && here.start() <= next.end(), "{n} {m} {i}");
            }
            assert!(band.has(0, 0) && band.has(n, m));
            for j in [0, 3.min(m), m / 3, m / 2, m - m / 5, m] {
                let rows = band.rows_of(j);
                assert!(!rows.is_empty(), "{n} {m} {j}");
                let beside = [rows.start.wrapping_sub(1), rows.end];
                assert!(band.has(rows.start, j) && band.has(rows.end - 1, j));
                assert!(beside.iter().all(|i| !band.has(*i, j)), "{n} {m} {j} {rows:?}");
            }
        }
    }
}
