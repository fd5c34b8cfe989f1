//! Names in pinyin: a capitalised English word against the syllables of neighbouring characters.
//!
//! The readings come from tables of single characters (the crate pinyin), which cost nothing to
//! begin with, unlike the dictionary of words that `model::reading` has. Every reading of a
//! character is tried, so 重庆 is found for Chongqing.

use std::collections::BTreeSet;
use std::ops::Bound;

use pinyin_table::ToPinyinMulti;

/// The most characters that one English word stands for: 司马迁 has Sima and Qian, 乌鲁木齐 is one word.
const LONGEST: usize = 4;

/// The capitalised words of an English text, in lower case.
#[derive(Debug, Default)]
pub struct Names {
    words: BTreeSet<String>,
    /// By the first letter of a word: the second letters, as bits, and the last bit for any word.
    letters: [u32; 26],
}

impl Names {
    /// Adds a word in lower case.
    pub fn add(&mut self, word: &str) {
        if word.is_ascii() && !self.words.contains(word) {
            self.words.insert(word.to_owned());
            if let Some((first, second)) = letters(word) {
                self.letters[first] |= ANY | second;
            }
        }
    }

    /// Whether a word may begin with a reading: nearly every character ends here.
    fn may_begin(&self, reading: &str) -> bool {
        letters(reading).is_some_and(|(first, second)| self.letters[first] & second != 0)
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
        if !text.first().is_some_and(|c| readings(*c).any(|reading| self.may_begin(reading))) {
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

/// Stands for every second letter, and for none.
const ANY: u32 = 1 << 31;

/// The first letter of a word, by its place in the alphabet, and the second one as a bit.
fn letters(word: &str) -> Option<(usize, u32)> {
    let letter = |byte: u8| byte.is_ascii_lowercase().then(|| byte - b'a');
    let mut bytes = word.bytes();
    let first = letter(bytes.next()?)?;
    let second = bytes.next().map_or(ANY, |byte| match letter(byte) {
        Some(letter) => 1 << letter,
        // ü is written u in names.
        None if !byte.is_ascii() => 1 << (b'u' - b'a'),
        None => 0,
    });
    Some((usize::from(first), second))
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
