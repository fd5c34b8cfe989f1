//! How well lengths fit: the model of Gale and Church with figures for Chinese and English.

use crate::parse::cjk::is_han;

/// English characters for a Han character, in a hand-aligned corpus of Chinese books and their
/// English translations. A text moves it towards its own ratio.
const RATIO: f64 = 4.7;

/// How many characters of Chinese of that corpus a text's own ratio is weighed against.
const RATIO_WEIGHT: f64 = 300.0;

/// What a Latin character inside Chinese counts for: 0.3 Han characters, which is about 1.4 English
/// ones.
const LATIN: f64 = 0.3;

/// The least deviation of the logarithm of a ratio, that of long texts.
const FLOOR: f64 = 0.15;

/// What a length that fits no better than any other says; so far and no further does it speak against.
const WORST: f64 = -12.0;

/// The length of a Chinese text, in Han characters.
pub fn chinese(text: &str) -> f64 {
    let of = |c: char| match c {
        _ if is_han(c) => 1.0,
        _ if c.is_whitespace() => 0.0,
        _ if c.is_ascii() => LATIN,
        _ => 0.0,
    };
    text.chars().map(of).sum()
}

/// The length of an English text, in characters.
pub fn english(text: &str) -> f64 {
    text.chars().count() as f64
}

/// English characters for a Han character in a text, from its whole lengths.
pub fn ratio(zh: f64, en: f64) -> f64 {
    let own = (en + RATIO * RATIO_WEIGHT) / (zh + RATIO_WEIGHT);
    own.clamp(RATIO / 2.0, RATIO * 2.0)
}

/// How far the logarithm of an English length lies from what a Chinese one lets expect, in deviations:
/// below nought where the English is short.
pub fn deviation(zh: f64, en: f64, ratio: f64) -> f64 {
    let sigma = (FLOOR * FLOOR + 1.0 / zh.max(1.0)).sqrt();
    ((en + 2.0).ln() - (ratio * zh + 2.0).ln()) / sigma
}

/// What lengths say for beads of two sequences, with all that can be computed once.
pub struct Lengths {
    /// By the number of Chinese elements of a bead and its first one: the logarithm of the English
    /// length that is expected, its deviation, and what it says if it is met.
    zh: Vec<Vec<(f64, f64, f64)>>,
    /// By the number of English elements and the first one: the logarithm of the length.
    en: Vec<Vec<f64>>,
}

impl Lengths {
    /// Takes the lengths of the elements, in Han characters and in English ones, and the most
    /// elements that a bead has on each side.
    pub fn of(zh: &[f64], en: &[f64], most: (usize, usize), ratio: f64) -> Lengths {
        let expected = |zh: f64| {
            let sigma = (FLOOR * FLOOR + 1.0 / zh.max(1.0)).sqrt();
            ((ratio * zh + 2.0).ln(), sigma, 0.5 - sigma.ln())
        };
        let zh = (1..=most.0).map(|a| zh.windows(a).map(|w| expected(w.iter().sum())).collect());
        let en = (1..=most.1)
            .map(|b| en.windows(b).map(|w| (w.iter().sum::<f64>() + 2.0).ln()).collect());
        Lengths { zh: zh.collect(), en: en.collect() }
    }

    /// What the lengths say for a bead of `a` Chinese elements from `i` on and `b` English ones from
    /// `j` on: the logarithm of how much likelier the English length is than among texts that have
    /// nothing to do with each other, whose lengths differ by a factor of e or so.
    pub fn fit(&self, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let (expected, sigma, met) = self.zh[a - 1][i];
        let deviation = (self.en[b - 1][j] - expected) / sigma;
        (met - 0.5 * deviation * deviation).max(WORST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_says_most() {
        let (zh, en) =
            (chinese("先交猫税，再做朋友。"), english("First the cat tax, then friendship."));
        assert_eq!((zh, en), (8.0, 35.0));
        let fit = |en: f64| Lengths::of(&[zh], &[en], (1, 1), ratio(zh, en)).fit((0, 1), (0, 1));
        assert!(fit(35.0) > fit(70.0) && fit(35.0) > fit(15.0) && fit(1e9) == WORST);
        assert!((chinese("V 我 50。") - 1.9).abs() < 1e-9);
    }
}
