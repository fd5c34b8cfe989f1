//! Names in pinyin: a capitalised English word against the syllables of neighbouring characters.
//!
//! The readings come from tables of single characters (the crate pinyin), which cost nothing to
//! begin with, unlike the dictionary of words that `model::reading` has. Every reading of a
//! character is tried, so 重庆 is found for Chongqing.

use std::collections::BTreeSet;
use std::ops::{Bound, RangeInclusive};
use std::sync::atomic::{AtomicU64, Ordering};

use pinyin_table::ToPinyinMulti;

/// The most characters that one English word stands for: 司马迁 has Sima and Qian, 乌鲁木齐 is one word.
const LONGEST: usize = 4;

/// The capitalised words of an English text, in lower case.
#[derive(Debug, Default)]
pub struct Names {
    words: BTreeSet<String>,
    /// What words begin with, of one, two and three letters, as bits by their [`number`].
    beginnings: Vec<u64>,
}

impl Names {
    /// Adds a word in lower case.
    pub fn add(&mut self, word: &str) {
        if word.is_ascii() && !self.words.contains(word) {
            self.words.insert(word.to_owned());
            self.beginnings.resize(BEGINNINGS.div_ceil(64), 0);
            for length in 1..=word.len().min(FILTERED) {
                let number = number(&word[..length]);
                self.beginnings[number / 64] |= 1 << (number % 64);
            }
        }
    }

    /// Whether a word may begin as a character is read: nearly every one ends here.
    fn may_begin(&self, c: char) -> bool {
        let has = |number: u16| {
            let bits = self.beginnings.get(usize::from(number) / 64);
            bits.is_some_and(|bits| bits >> (number % 64) & 1 == 1)
        };
        beginnings(c).is_none_or(|numbers| numbers.into_iter().any(has))
    }

    /// Whether a word begins so.
    fn begin(&self, beginning: &str) -> bool {
        let from = (Bound::Included(beginning), Bound::Unbounded);
        self.words.range::<str, _>(from).next().is_some_and(|word| word.starts_with(beginning))
    }

    /// The words that the characters at the beginning of a text may be read as, with the number of
    /// characters that each takes.
    pub fn read(&self, text: &[char]) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        if !text.first().is_some_and(|c| self.may_begin(*c)) {
            return found;
        }
        let mut open = vec![String::new()];
        for (at, c) in text.iter().take(LONGEST).enumerate() {
            let mut longer: Vec<String> = Vec::new();
            for reading in readings(*c) {
                let reading = reading.replace('ü', "u");
                for before in &open {
                    let word = format!("{before}{reading}");
                    if self.begin(&word) && !longer.contains(&word) {
                        longer.push(word);
                    }
                }
            }
            open = longer;
            let whole = open.iter().filter(|word| self.words.contains(*word));
            found.extend(whole.map(|word| (word.clone(), at + 1)));
            if open.is_empty() {
                break;
            }
        }
        found
    }
}

/// How many letters of a reading are looked at before anything is compared.
const FILTERED: usize = 3;

/// How many beginnings of so many letters there are: each may be a letter, or none, or something else.
const BEGINNINGS: usize = 28 * 28 * 28;

/// The number of the beginning of a word. ü is written u in names.
fn number(word: &str) -> usize {
    let place = |c: char| match c {
        'a'..='z' => c as usize - 'a' as usize + 1,
        'ü' => usize::from(b'u' - b'a') + 1,
        _ => 27,
    };
    word.chars().take(FILTERED).fold(0, |number, c| number * 28 + place(c))
}

/// The common characters: Unicode's CJK Unified Ideographs.
const COMMON: RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

/// How many beginnings of readings are kept for a character.
const KEPT: usize = 4;

/// What stands for no reading; no word begins so.
const NONE: u16 = BEGINNINGS as u16;

/// The numbers of the beginnings of a character's readings, as far as it was looked up before: four times
/// sixteen bits, and 0 before that.
static LOOKED_UP: [AtomicU64; 0x9FFF - 0x4E00 + 1] =
    [const { AtomicU64::new(0) }; 0x9FFF - 0x4E00 + 1];

/// The numbers of the beginnings of a common character's readings; none if it is another one, or has too many.
fn beginnings(c: char) -> Option<[u16; KEPT]> {
    let known = COMMON.contains(&c).then(|| &LOOKED_UP[c as usize - 0x4E00])?;
    let mut packed = known.load(Ordering::Relaxed);
    if packed == 0 {
        let mut numbers: Vec<u16> = readings(c).map(|reading| number(reading) as u16).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let fits = numbers.len() <= KEPT;
        numbers.resize(KEPT, NONE);
        let pack = |all: u64, number: &u16| all << 16 | u64::from(*number);
        packed = if fits { numbers.iter().fold(0, pack) } else { u64::MAX };
        known.store(packed, Ordering::Relaxed);
    }
    (packed != u64::MAX).then(|| [48, 32, 16, 0].map(|shift| (packed >> shift) as u16))
}

fn readings(c: char) -> impl Iterator<Item = &'static str> {
    c.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain())
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn finds_names_by_every_reading() {
        let mut names = Names::default();
        for word in ["xiaohongshu", "chongqing", "wang", "lu", "the"] {
            names.add(word);
        }
        let read = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            names.read(&chars)
        };
        assert_eq!(read("小红书上"), [("xiaohongshu".to_owned(), 3)]);
        assert_eq!(read("重庆人"), [("chongqing".to_owned(), 2)]);
        assert_eq!(read("王老师"), [("wang".to_owned(), 1)]);
        assert_eq!(read("吕布"), [("lu".to_owned(), 1)]);
        assert_eq!(read("猫"), []);
        // What begins like a name is none.
        assert_eq!(read("小鸟"), []);
        assert_eq!(read("重要"), []);
    }
}
