//! Names in pinyin: a capitalised English word against the syllables of neighbouring characters.
//!
//! The readings come from tables of single characters (the crate pinyin), which cost nothing to
//! begin with, unlike the dictionary of words that `model::reading` has. Every reading of a
//! character is tried, so 重庆 is found for Chongqing.

use pinyin_table::ToPinyinMulti;
use rustc_hash::FxHashSet;

/// The most characters that one English word stands for: 司马迁 has Sima and Qian, 乌鲁木齐 is one word.
const LONGEST: usize = 4;

/// The capitalised words of an English text, in lower case, and all their beginnings.
#[derive(Debug, Default)]
pub struct Names {
    words: FxHashSet<String>,
    beginnings: FxHashSet<String>,
}

impl Names {
    /// Adds a word in lower case.
    pub fn add(&mut self, word: &str) {
        if word.is_ascii() && self.words.insert(word.to_owned()) {
            self.beginnings.extend((1..=word.len()).map(|end| word[..end].to_owned()));
        }
    }

    /// The words that the characters at the beginning of a text may be read as, with the number of
    /// characters that each takes.
    pub fn read(&self, text: &[char]) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        let mut open = vec![String::new()];
        for (at, c) in text.iter().take(LONGEST).enumerate() {
            let mut longer: Vec<String> = Vec::new();
            for reading in readings(*c) {
                // Nearly every character ends here, at the first step.
                if at == 0 && !self.beginnings.contains(reading) && !reading.contains('ü') {
                    continue;
                }
                let reading = reading.replace('ü', "u");
                for before in &open {
                    let word = format!("{before}{reading}");
                    if self.beginnings.contains(&word) && !longer.contains(&word) {
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
    }
}
