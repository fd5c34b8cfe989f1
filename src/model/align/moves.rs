//! What stands elsewhere in the other version: sections and paragraphs whose order was changed.
//!
//! Among the blocks that found no counterpart in order, chains of pairs are looked for that belong
//! together, as Smith and Waterman (“Identification of Common Molecular Subsequences”, 1981) look
//! for common stretches of sequences: the best one is taken out, and the search begins again,
//! until none is good enough.

/// What a chain must say in its favour, as the logarithm of a likelihood ratio: that the blocks
/// were moved is unlikely before anything is seen.
const ENOUGH: f64 = 8.0;

/// What it costs a chain to leave out a block.
const GAP: f64 = 1.0;

/// How many pairs are compared at most.
const CELLS: usize = 1_000_000;

/// How many cells of tables are computed at most, for all chains together: thousands of blocks in an order
/// without any sense are not all found again.
const STEPS: usize = 50_000_000;

/// Finds pairs among `zh` and `en`, which are in order. `score` says how well two belong together,
/// as the logarithm of a likelihood ratio.
pub fn find(
    zh: &[usize],
    en: &[usize],
    score: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if zh.is_empty() || en.is_empty() || zh.len().saturating_mul(en.len()) > CELLS {
        return found;
    }
    let width = en.len();
    let scores: Vec<f64> = zh.iter().flat_map(|zh| en.iter().map(|en| score(*zh, *en))).collect();
    let mut taken = (vec![false; zh.len()], vec![false; width]);
    for _ in 0..(STEPS / scores.len()).max(1) {
        let chain = best_chain(&scores, width, &taken);
        if chain.is_empty() {
            break;
        }
        for (i, j) in chain {
            (taken.0[i], taken.1[j]) = (true, true);
            found.push((zh[i], en[j]));
        }
    }
    found
}

/// The chain of pairs that says most, if it says enough.
fn best_chain(scores: &[f64], width: usize, taken: &(Vec<bool>, Vec<bool>)) -> Vec<(usize, usize)> {
    let height = taken.0.len();
    let stride = width + 1;
    let mut best = vec![0.0f64; (height + 1) * stride];
    // 0 begins, 1 pairs, 2 leaves out a Chinese block, 3 an English one.
    let mut from = vec![0u8; best.len()];
    let mut top = (ENOUGH, 0, 0);
    for i in 1..=height {
        for j in 1..=width {
            let free = !taken.0[i - 1] && !taken.1[j - 1];
            let pair = match free {
                true => best[(i - 1) * stride + j - 1] + scores[(i - 1) * width + j - 1],
                false => 0.0,
            };
            let ways = [
                (pair, 1),
                (best[(i - 1) * stride + j] - GAP, 2),
                (best[i * stride + j - 1] - GAP, 3),
            ];
            for (value, way) in ways {
                if value > best[i * stride + j] {
                    (best[i * stride + j], from[i * stride + j]) = (value, way);
                }
            }
            if from[i * stride + j] == 1 && pair > top.0 {
                top = (pair, i, j);
            }
        }
    }
    let (_, mut i, mut j) = top;
    let mut chain = Vec::new();
    while i > 0 && j > 0 {
        match from[i * stride + j] {
            1 => {
                chain.push((i - 1, j - 1));
                (i, j) = (i - 1, j - 1);
            }
            2 => i -= 1,
            3 => j -= 1,
            _ => break,
        }
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_what_was_moved_and_nothing_else() {
        // 1–3 stand in the place of 5–7, and 9 has no counterpart.
        let score = |zh: usize, en: usize| if zh + 4 == en { 5.0 } else { -4.0 };
        assert_eq!(find(&[1, 2, 3, 9], &[0, 5, 6, 7], score), [(1, 5), (2, 6), (3, 7)]);
        assert_eq!(find(&[1], &[5], score), []);
        assert_eq!(find(&[], &[5], score), []);
        // Two sections changed their order with what lay between.
        let score = |zh: usize, en: usize| if (zh + 4) % 8 == en { 9.0 } else { -4.0 };
        let mut found = find(&[1, 2, 5, 6], &[1, 2, 5, 6], score);
        found.sort_unstable();
        assert_eq!(found, [(1, 5), (2, 6), (5, 1), (6, 2)]);
    }

    #[test]
    fn a_thousand_blocks_without_order_have_an_end() {
        // Every pair is a chain of its own.
        let all: Vec<usize> = (0..1000).collect();
        let asked = std::cell::Cell::new(0);
        let score = |zh: usize, en: usize| {
            asked.set(asked.get() + 1);
            if zh + en == 999 { 9.0 } else { -9.0 }
        };
        let found = find(&all, &all, score);
        assert_eq!((found.len(), asked.get()), (super::STEPS / 1_000_000, 1_000_000));
    }
}
