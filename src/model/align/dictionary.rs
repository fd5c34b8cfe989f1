//! A bilingual dictionary: the stems that a Chinese word may be rendered by.
//!
//! The text of the dictionary is searched where it lies, so nothing but an index of first
//! characters is made, by the first text that is aligned.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::cedict::{LONGEST, reduce};
use crate::memo::Fingerprint;

/// Sorted lines of a word, a tab and stems between spaces, as [`reduce`] writes them.
#[derive(Debug, Default)]
pub struct Dictionary {
    text: Cow<'static, str>,
    /// The bytes of the lines whose words begin with a character.
    index: HashMap<char, (u32, u32)>,
    /// Of what it was made from.
    pub fingerprint: Fingerprint,
}

/// CC-CEDICT, where the program was built with the feature `cedict`.
static BUILT_IN: LazyLock<Arc<Dictionary>> = LazyLock::new(|| {
    #[cfg(feature = "cedict")]
    let text = include_str!(concat!(env!("OUT_DIR"), "/cedict.txt"));
    #[cfg(not(feature = "cedict"))]
    let text = "";
    let fingerprint = Fingerprint::of(env!("CARGO_PKG_VERSION").as_bytes());
    Arc::new(Dictionary::of(Cow::Borrowed(text), fingerprint))
});

impl Dictionary {
    /// The dictionary that is built in: CC-CEDICT, or an empty one without the feature `cedict`.
    pub fn built_in() -> Arc<Dictionary> {
        BUILT_IN.clone()
    }

    /// A dictionary without words.
    pub fn none() -> Arc<Dictionary> {
        Arc::default()
    }

    /// Reads a dictionary in the format of CC-CEDICT; none if no line is of the format.
    pub fn parse(text: &str) -> Option<Dictionary> {
        let reduced = reduce(text);
        let fingerprint = Fingerprint::of(reduced.as_bytes());
        (!reduced.is_empty()).then(|| Dictionary::of(Cow::Owned(reduced), fingerprint))
    }

    fn of(text: Cow<'static, str>, fingerprint: Fingerprint) -> Dictionary {
        let mut index: HashMap<char, (u32, u32)> = HashMap::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end = at + line.len() as u32;
            if let Some(first) = line.chars().next() {
                index.entry(first).or_insert((at, end)).1 = end;
            }
            at = end;
        }
        Dictionary { text, index, fingerprint }
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The words that a text begins with, from the shortest, with their lengths in characters and
    /// their stems.
    pub fn prefixes<'a>(&'a self, text: &[char]) -> Vec<(usize, &'a str)> {
        let mut found = Vec::new();
        let range = text.first().and_then(|first| self.index.get(first));
        let Some(&(start, end)) = range else { return found };
        let mut lines = &self.text[start as usize..end as usize];
        let mut word = String::new();
        for (length, c) in text.iter().take(LONGEST).enumerate() {
            word.push(*c);
            lines = from_prefix(lines, &word);
            let Some((first, stems)) = lines.lines().next().and_then(|line| line.split_once('\t'))
            else {
                break;
            };
            if first == word {
                found.push((length + 1, stems));
            } else if !first.starts_with(word.as_str()) {
                break;
            }
        }
        found
    }
}

/// Sorted lines from the first one on that is not before a word.
fn from_prefix<'a>(lines: &'a str, word: &str) -> &'a str {
    let (mut low, mut high) = (0, lines.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start =
            lines.as_bytes()[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let start = start.max(low);
        let line = &lines[start..];
        let line = &line[..line.find('\n').map_or(line.len(), |at| at + 1)];
        let own = line.split('\t').next().unwrap_or(line);
        if own < word {
            low = start + line.len();
        } else {
            high = start;
        }
    }
    &lines[low..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_word_that_a_text_begins_with() {
        let lines = "猫 猫 [mao1] /cat/\n猫税 猫税 [mao1 shui4] /cat tax/\n人 人 [ren2] /person/\n\
                     猫科动物 猫科动物 [x] /feline/\n猫抓 猫抓 [x] /scratch/\n";
        let dictionary = Dictionary::parse(lines).unwrap();
        let prefixes = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            let found = dictionary.prefixes(&chars);
            found.into_iter().map(|(n, stems)| format!("{n} {stems}")).collect::<Vec<_>>()
        };
        assert_eq!(prefixes("猫税收据"), ["1 cat", "2 cat tax"]);
        assert_eq!(prefixes("猫科动物"), ["1 cat", "4 felin"]);
        assert_eq!(prefixes("人"), ["1 person"]);
        assert_eq!(prefixes("狗"), Vec::<String>::new());
        assert!(Dictionary::parse("no line of the format").is_none());
    }

    #[cfg(feature = "cedict")]
    #[test]
    fn the_dictionary_that_is_built_in_has_words() {
        let chars: Vec<char> = "照片".chars().collect();
        let found = Dictionary::built_in().prefixes(&chars).pop().map(|(n, s)| (n, s.to_owned()));
        assert!(found.is_some_and(|(n, stems)| n == 2 && stems.contains("photograph")));
    }
}
