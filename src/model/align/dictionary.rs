//! A bilingual dictionary: the stems that a Chinese word may be rendered by.
//!
//! The text of the dictionary is searched where it lies, so nothing but an index of first
//! characters is made, by the first text that is aligned.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::cedict::reduce;
use crate::memo::Fingerprint;

/// Sorted lines of a word, a tab and stems between spaces, as [`reduce`] writes them.
#[derive(Debug, Default)]
pub struct Dictionary {
    text: Cow<'static, str>,
    /// The bytes of the lines whose words begin with two characters, and of those with one alone.
    index: FxHashMap<(char, char), (u32, u32)>,
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
        let mut index: FxHashMap<(char, char), (u32, u32)> = FxHashMap::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end = at + line.len() as u32;
            index.entry(begin(line)).or_insert((at, end)).1 = end;
            at = end;
        }
        Dictionary { text, index, fingerprint }
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The words that a text begins with, from the shortest, with their stems.
    pub fn prefixes<'a>(&'a self, text: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (first, second) = begin(text);
        let lines = |key: (char, char)| {
            let range = self.index.get(&key).copied().unwrap_or((0, 0));
            self.text[range.0 as usize..range.1 as usize].lines()
        };
        let longer = lines((first, second)).filter(move |_| second != ALONE);
        let all = lines((first, ALONE)).chain(longer).filter_map(|line| line.split_once('\t'));
        all.filter(|(word, _)| text.starts_with(word))
    }
}

/// Stands for a second character that is not there.
const ALONE: char = '\0';

/// The first two characters of a line or a text, up to its tab.
fn begin(text: &str) -> (char, char) {
    let mut chars = text.chars().take_while(|c| *c != '\t');
    (chars.next().unwrap_or(ALONE), chars.next().unwrap_or(ALONE))
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
            dictionary
                .prefixes(text)
                .map(|(word, stems)| format!("{word} {stems}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(prefixes("猫税收据"), ["猫 cat", "猫税 cat tax"]);
        assert_eq!(prefixes("猫科动物"), ["猫 cat", "猫科动物 felin"]);
        assert_eq!(prefixes("人"), ["人 person"]);
        assert_eq!(prefixes("狗"), Vec::<String>::new());
        assert!(Dictionary::parse("no line of the format").is_none());
    }

    #[cfg(feature = "cedict")]
    #[test]
    fn the_dictionary_that_is_built_in_has_words() {
        let dictionary = Dictionary::built_in();
        let found = dictionary.prefixes("照片").last();
        assert!(found.is_some_and(|(word, stems)| word == "照片" && stems.contains("photograph")));
    }
}
