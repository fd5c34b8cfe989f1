//! The cheapest way through two sequences in beads, and how sure each step of it is.
//!
//! Dynamic programming over a band of the table of both sequences (Gale and Church 1993). How sure
//! a bead is comes from the sum over all ways through the band (the forward–backward algorithm): the
//! share of the weight of those that have the bead.

use std::ops::Range;

use super::band::Band;

/// A bead: elements of each side, and how sure it is, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The Chinese elements.
    pub zh: Range<usize>,
    /// The English elements.
    pub en: Range<usize>,
    /// The share of the weight of all ways that have this bead.
    pub confidence: f64,
}

/// Finds the beads with the least sum of `cost`, which is given the first element and the number of
/// elements of each side, and returns the negative logarithm of a likelihood. Every element is in exactly
/// one bead. `shapes` holds (1, 0) and (0, 1).
pub fn solve(
    band: &Band,
    shapes: &[(usize, usize)],
    cost: impl Fn((usize, usize), (usize, usize)) -> f64,
) -> Vec<Step> {
    let (n, _) = band.size();
    let mut best = vec![f64::INFINITY; band.cells()];
    let mut from = vec![u8::MAX; band.cells()];
    // The sums of the weights of all ways to a cell, as negative logarithms.
    let mut before = vec![f64::INFINITY; band.cells()];
    let mut costs = vec![0.0; shapes.len()];
    best[band.cell(0, 0)] = 0.0;
    before[band.cell(0, 0)] = 0.0;
    for i in 0..=n {
        for j in band.row(i) {
            let cell = band.cell(i, j);
            let mut least = before[cell];
            for (shape, &(a, b)) in shapes.iter().enumerate() {
                costs[shape] = f64::INFINITY;
                if a > i || b > j || !band.has(i - a, j - b) {
                    continue;
                }
                let back = band.cell(i - a, j - b);
                if best[back] == f64::INFINITY {
                    continue;
                }
                let own = cost((i - a, a), (j - b, b));
                if best[back] + own < best[cell] {
                    best[cell] = best[back] + own;
                    from[cell] = shape as u8;
                }
                costs[shape] = before[back] + own;
                least = least.min(costs[shape]);
            }
            if (i, j) != (0, 0) {
                before[cell] = sum(&costs, least);
            }
        }
    }
    let path = walk(band, shapes, &from);
    let confidence = confidence(band, shapes, &before, &path, &cost);
    path.into_iter()
        .zip(confidence)
        .map(|((zh, en), confidence)| Step { zh, en, confidence })
        .collect()
}

/// The negative logarithm of a sum of weights, given as negative logarithms with their least.
fn sum(costs: &[f64], least: f64) -> f64 {
    if least == f64::INFINITY {
        return least;
    }
    let near = costs.iter().map(|cost| cost - least).filter(|more| *more < NOTHING);
    let sum: f64 = near.map(|more| if more == 0.0 { 1.0 } else { (-more).exp() }).sum();
    if sum == 1.0 { least } else { least - sum.ln() }
}

/// What weighs less than e⁻²⁰ of the most changes nothing.
const NOTHING: f64 = 20.0;

type Pair = (Range<usize>, Range<usize>);

fn walk(band: &Band, shapes: &[(usize, usize)], from: &[u8]) -> Vec<Pair> {
    let mut path = Vec::new();
    let (mut i, mut j) = band.size();
    while (i, j) != (0, 0) {
        let Some(&(a, b)) = shapes.get(from[band.cell(i, j)] as usize) else { break };
        path.push((i - a..i, j - b..j));
        (i, j) = (i - a, j - b);
    }
    path.reverse();
    path
}

/// How sure each bead of a path is.
fn confidence(
    band: &Band,
    shapes: &[(usize, usize)],
    before: &[f64],
    path: &[Pair],
    cost: &impl Fn((usize, usize), (usize, usize)) -> f64,
) -> Vec<f64> {
    let (n, m) = band.size();
    let total = before[band.cell(n, m)];
    let mut behind = vec![f64::INFINITY; band.cells()];
    let mut costs = vec![0.0; shapes.len()];
    behind[band.cell(n, m)] = 0.0;
    for i in (0..=n).rev() {
        for j in band.row(i).rev() {
            let cell = band.cell(i, j);
            let mut least = behind[cell];
            // No way from the beginning leads here.
            if before[cell] == f64::INFINITY {
                continue;
            }
            for (shape, &(a, b)) in shapes.iter().enumerate() {
                costs[shape] = f64::INFINITY;
                if i + a > n || j + b > m || !band.has(i + a, j + b) {
                    continue;
                }
                let ahead = behind[band.cell(i + a, j + b)];
                if ahead < f64::INFINITY {
                    costs[shape] = ahead + cost((i, a), (j, b));
                    least = least.min(costs[shape]);
                }
            }
            if (i, j) != (n, m) {
                behind[cell] = sum(&costs, least);
            }
            // Only the ways near the best one need to be followed.
            if before[cell] + behind[cell] > total + NOTHING {
                behind[cell] = f64::INFINITY;
            }
        }
    }
    let share = |(zh, en): &Pair| {
        let own = cost((zh.start, zh.len()), (en.start, en.len()));
        let way = before[band.cell(zh.start, en.start)] + own + behind[band.cell(zh.end, en.end)];
        (total - way).exp().clamp(0.0, 1.0)
    };
    path.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPES: [(usize, usize); 5] = [(1, 1), (1, 0), (0, 1), (1, 2), (2, 1)];

    #[test]
    fn every_element_once_whatever_the_sizes() {
        for (n, m) in [(0, 0), (0, 3), (3, 0), (5, 5), (300, 250), (5000, 5000), (1, 5000)] {
            let band = Band::along(n, m, Vec::new);
            let cost = |(_, a): (_, usize), (_, b)| if a == b { 0.0 } else { 1.0 };
            let (mut i, mut j) = (0, 0);
            for step in solve(&band, &SHAPES, cost) {
                assert_eq!((step.zh.start, step.en.start), (i, j));
                assert!((0.0..=1.0).contains(&step.confidence), "{step:?}");
                (i, j) = (step.zh.end, step.en.end);
            }
            assert_eq!((i, j), (n, m));
        }
    }

    /// Long texts, each side by its length: no more than some tens of beads are weighed for each element, but
    /// that both ends of a table are met.
    #[test]
    fn long_texts_take_few_steps() {
        for (n, m) in [(20_000, 20_000), (20_000, 15_000), (1, 5_000), (5_000, 1), (1, 20_000)] {
            let asked = std::cell::Cell::new(0usize);
            let cost = |(_, a): (_, usize), (_, b)| {
                asked.set(asked.get() + 1);
                if a == b { 0.0 } else { 1.0 }
            };
            let band = Band::along(n, m, Vec::new);
            let steps = solve(&band, &SHAPES, cost);
            assert_eq!(steps.iter().map(|step| step.en.len()).sum::<usize>(), m);
            let most = 2 * SHAPES.len() * band.cells() + steps.len();
            assert!(band.cells() < 1_200_000 && asked.get() <= most, "{n} {m}: {}", asked.get());
        }
    }

    #[test]
    fn what_could_be_otherwise_is_less_sure() {
        // Two beads of one to one, or the second element of the left alone.
        let cost = |price: f64| {
            move |(i, a): (usize, usize), (_, b): (usize, usize)| match (a, b) {
                (1, 1) if i == 1 => price,
                (1, 1) => 0.0,
                _ => 4.0,
            }
        };
        let sure = |price| solve(&Band::along(2, 2, Vec::new), &SHAPES, cost(price))[1].confidence;
        assert!(sure(0.0) > 0.9 && sure(6.0) < 0.7, "{} {}", sure(0.0), sure(6.0));
    }
}
