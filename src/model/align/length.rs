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

/// What the lengths of two texts say for their being counterparts: the logarithm of how much likelier
/// the English length is than among texts that have nothing to do with each other, whose
/// lengths differ by a factor of e or so.
pub fn fit(zh: f64, en: f64, ratio: f64) -> f64 {
    let sigma = (FLOOR * FLOOR + 1.0 / zh.max(1.0)).sqrt();
    let deviation = ((en + 2.0) / (ratio * zh + 2.0)).ln() / sigma;
    (0.5 - 0.5 * deviation * deviation - sigma.ln()).max(WORST)
}
