//! A bilingual dictionary: the stems that a Chinese word may be rendered by.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use super::cedict::reduce;
use super::packed::{Packed, pack};
use crate::memo::Fingerprint;

/// Words and their stems.
#[derive(Debug, Default)]
pub struct Dictionary {
    packed: Packed,
    /// Of what it was made from.
    pub fingerprint: Fingerprint,
}

/// CC-CEDICT, where the program was built with the feature `cedict`.
static BUILT_IN: LazyLock<Arc<Dictionary>> = LazyLock::new(|| {
    #[cfg(feature = "cedict")]
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/cedict.bin"));
    #[cfg(not(feature = "cedict"))]
    let bytes: &[u8] = &[];
    let fingerprint = Fingerprint::of(env!("CARGO_PKG_VERSION").as_bytes());
    Arc::new(Dictionary { packed: Packed::of(bytes.into()), fingerprint })
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
        let bytes = pack(&reduce(text));
        let fingerprint = Fingerprint::of(&bytes);
        let packed = Packed::of(bytes.into());
        (!packed.is_empty()).then_some(Dictionary { packed, fingerprint })
    }
}

impl Deref for Dictionary {
    type Target = Packed;

    fn deref(&self) -> &Packed {
        &self.packed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths of the words that a text begins with, and their stems.
    fn prefixes(dictionary: &Dictionary, text: &str) -> Vec<(usize, Vec<Option<u32>>)> {
        let chars: Vec<char> = text.chars().collect();
        let found = dictionary.prefixes(&chars);
        found
            .map(|(word, length)| (length, dictionary.stems_of(word).map(Some).collect()))
            .collect()
    }

    #[test]
    fn finds_every_word_that_a_text_begins_with() {
        let lines = "猫 猫 [mao1] /cat/\n猫税 猫税 [mao1 shui4] /cat tax/\n人 人 [ren2] /person/\n\
                     猫科动物 猫科动物 [x] /feline/\n猫抓 猫抓 [x] /scratch/\n";
        let dictionary = Dictionary::parse(lines).unwrap();
        let stem = |stem: &str| dictionary.stem(stem);
        let (cat, tax) = (stem("cat"), stem("tax"));
        assert_eq!(prefixes(&dictionary, "猫税收据"), [(1, vec![cat]), (2, vec![cat, tax])]);
        let both = [(1, vec![cat]), (4, vec![stem("felin")])];
        assert_eq!(prefixes(&dictionary, "猫科动物"), both);
        assert_eq!(prefixes(&dictionary, "人"), [(1, vec![stem("person")])]);
        assert_eq!(prefixes(&dictionary, "狗"), []);
        assert!(Dictionary::parse("no line of the format").is_none());
    }

    #[cfg(feature = "cedict")]
    #[test]
    fn the_dictionary_that_is_built_in_has_words() {
        let dictionary = Dictionary::built_in();
        let photograph = dictionary.stem("photograph");
        let found = prefixes(&dictionary, "照片");
        assert!(photograph.is_some() && found[1].0 == 2 && found[1].1.contains(&photograph));
    }
}
