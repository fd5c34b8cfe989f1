//! A bilingual dictionary in bytes that are searched where they lie: nothing is made of them when the
//! program starts, and nothing is compared but numbers.
//!
//! All numbers have four bytes, the least significant first. The build script packs the dictionary that
//! is built in with this same file, so it uses nothing but the standard library. In order:
//!
//! - how many words, links, and stems there are, and how many slots,
//! - for each character from U+3400 to U+9FFF the number of the first word that begins with it or with a
//!   later one,
//! - the words, sorted: four characters, 0 behind the last, and the end of the word's links,
//! - the links: numbers of stems,
//! - the ends of the stems in their text,
//! - the slots: a hash table of the stems' numbers plus one, 0 where it is empty,
//! - the text of the stems.

use std::borrow::Cow;
use std::collections::HashMap;

use super::cedict::LONGEST;

/// The characters with an entry of their own in the index.
const FIRST: usize = 0x3400;
const LAST: usize = 0x9FFF;

/// The bytes of a number.
const BYTES: usize = 4;

/// How many links there are at most, and how many bytes of stems.
const LIMIT: usize = 1 << 22;

/// How many numbers the sizes take, and a word.
const SIZES: usize = 4;
const WORD: usize = LONGEST + 1;

/// A dictionary.
#[derive(Debug, Default)]
pub struct Packed {
    bytes: Cow<'static, [u8]>,
    words: usize,
    slots: usize,
    /// Where the sections begin, in numbers, and where the text does, in bytes.
    word_section: usize,
    link_section: usize,
    stem_section: usize,
    slot_section: usize,
    text: usize,
}

/// Packs words with their stems. The words are sorted, each once, of one to [`LONGEST`] Chinese characters. Of
/// a dictionary ten times as large as CC-CEDICT, the rest is left out.
pub fn pack(entries: &[(&str, Vec<String>)]) -> Vec<u8> {
    let mut stems: Vec<&str> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let (mut words, mut links, mut length) = (Vec::new(), Vec::new(), 0);
    for (word, own) in entries {
        length += own.iter().map(String::len).sum::<usize>();
        if links.len() + own.len() > LIMIT || length > LIMIT {
            break;
        }
        for stem in own {
            let number = *numbers.entry(stem).or_insert(stems.len());
            if number == stems.len() {
                stems.push(stem);
            }
            links.push(number);
        }
        let mut chars = [0; LONGEST];
        chars.iter_mut().zip(word.chars()).for_each(|(to, c)| *to = c as usize);
        words.push((chars, links.len()));
    }
    let slots = (2 * stems.len() + 1).next_power_of_two();
    let mut table = vec![0; slots];
    for (number, stem) in stems.iter().enumerate() {
        let mut at = hash(stem) % slots;
        while table[at] != 0 {
            at = (at + 1) % slots;
        }
        table[at] = number + 1;
    }
    let mut out = Vec::new();
    let mut push = |number: usize| out.extend_from_slice(&(number as u32).to_le_bytes());
    [words.len(), links.len(), stems.len(), slots].into_iter().for_each(&mut push);
    for c in FIRST..=LAST + 1 {
        push(words.partition_point(|(chars, _)| chars[0] < c));
    }
    for (chars, end) in &words {
        chars.iter().chain([end]).copied().for_each(&mut push);
    }
    links.into_iter().for_each(&mut push);
    let mut end = 0;
    for stem in &stems {
        end += stem.len();
        push(end);
    }
    table.into_iter().for_each(&mut push);
    out.extend(stems.concat().into_bytes());
    out
}

/// FNV-1a, which is short and the same everywhere.
fn hash(text: &str) -> usize {
    let mix = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811C_9DC5, mix) as usize
}

impl Packed {
    /// Takes bytes that [`pack`] has written.
    pub fn of(bytes: Cow<'static, [u8]>) -> Packed {
        let [words, links, stems, slots] = [0, 1, 2, 3].map(|at| number(&bytes, at));
        let word_section = SIZES + LAST + 2 - FIRST;
        let link_section = word_section + words * WORD;
        let stem_section = link_section + links;
        let slot_section = stem_section + stems;
        let text = (slot_section + slots) * BYTES;
        Packed { bytes, words, slots, word_section, link_section, stem_section, slot_section, text }
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// How many stems it has; their numbers count from 0.
    pub fn stems(&self) -> usize {
        self.slot_section - self.stem_section
    }

    /// The number of a stem.
    pub fn stem(&self, text: &str) -> Option<u32> {
        let mut at = hash(text) % self.slots.max(1);
        loop {
            let stem = self.number(self.slot_section + at).checked_sub(1)?;
            if self.text_of(stem) == text.as_bytes() {
                return Some(stem as u32);
            }
            at = (at + 1) % self.slots;
        }
    }

    fn text_of(&self, stem: usize) -> &[u8] {
        let end = |stem: usize| self.number(self.stem_section + stem);
        let start = stem.checked_sub(1).map_or(0, end);
        self.bytes.get(self.text + start..self.text + end(stem)).unwrap_or_default()
    }

    /// The stems of a word.
    pub fn stems_of(&self, word: usize) -> impl Iterator<Item = u32> {
        let end = |word: usize| self.number(self.word_section + word * WORD + LONGEST);
        let (from, to) = (word.checked_sub(1).map_or(0, end), end(word));
        let at = |link: usize| (self.link_section + link) * BYTES;
        let links = self.bytes.get(at(from)..at(to)).unwrap_or_default();
        links.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// The words that a text begins with, from the shortest: their numbers and how many characters they
    /// have.
    pub fn prefixes(&self, text: &[char]) -> impl Iterator<Item = (usize, usize)> {
        let at = |place: usize| text.get(place).map_or(0, |c| *c as usize);
        let [first, second, third, fourth] = [0, 1, 2, 3].map(at);
        let (start, end) = self.beginning_with(first);
        let alone = (start < end && self.char(start, 1) == 0).then_some((start, 1));
        let start = start + usize::from(alone.is_some());
        let from = match second {
            0 => end,
            _ => self.least(start, end, |word| self.char(word, 1) >= second),
        };
        let longer = (from..end).take_while(move |word| self.char(*word, 1) == second);
        let longer =
            longer.filter_map(move |word| match (self.char(word, 2), self.char(word, 3)) {
                (0, _) => Some((word, 2)),
                (c, 0) if c == third => Some((word, 3)),
                (c, d) if c == third && d == fourth => Some((word, 4)),
                _ => None,
            });
        alone.into_iter().chain(longer)
    }

    /// The words that begin with a character.
    fn beginning_with(&self, c: usize) -> (usize, usize) {
        let index = |c: usize| self.number(SIZES + c - FIRST);
        match c {
            ..FIRST => (0, 0),
            FIRST..=LAST => (index(c), index(c + 1)),
            _ => {
                let from = |c| self.least(index(LAST + 1), self.words, |w| self.char(w, 0) >= c);
                (from(c), from(c + 1))
            }
        }
    }

    /// The first of some words of which something is true that is true of all behind it.
    fn least(&self, mut low: usize, mut high: usize, holds: impl Fn(usize) -> bool) -> usize {
        while low < high {
            let middle = low.midpoint(high);
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// A character of a word, or 0 behind its last.
    fn char(&self, word: usize, place: usize) -> usize {
        self.number(self.word_section + word * WORD + place)
    }

    fn number(&self, at: usize) -> usize {
        number(&self.bytes, at)
    }
}

fn number(bytes: &[u8], at: usize) -> usize {
    let own = bytes.get(at * BYTES..at * BYTES + BYTES).and_then(|own| own.try_into().ok());
    own.map_or(0, u32::from_le_bytes) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found() {
        let words = ["㐀", "猫", "猫抓", "猫税", "猫科动物", "人", "龿", "𠀀", "𠀀猫", "𠀁"];
        let mut words: Vec<_> =
            words.map(|word| (word, vec![format!("{word}1"), "all".to_owned()])).into();
        words.sort();
        let packed = Packed::of(pack(&words).into());
        assert_eq!(packed.stems(), words.len() + 1);
        for (at, (word, stems)) in words.iter().enumerate() {
            let text: Vec<char> = word.chars().chain("人人".chars()).collect();
            let (found, length) = packed.prefixes(&text).last().unwrap();
            assert_eq!((found, length), (at, word.chars().count()), "{word}");
            let own: Vec<_> = packed.stems_of(found).map(Some).collect();
            assert_eq!(
                own,
                stems.iter().map(|stem| packed.stem(stem)).collect::<Vec<_>>(),
                "{word}"
            );
        }
        assert_eq!(packed.stem("none"), None);
        for text in ["", "a", "狗", "鿿", "𠀂"] {
            assert_eq!(packed.prefixes(&text.chars().collect::<Vec<_>>()).count(), 0, "{text}");
        }
        for packed in [Packed::default(), Packed::of(pack(&[]).into())] {
            assert!(packed.is_empty() && packed.stem("all").is_none() && packed.stems() == 0);
            assert_eq!(packed.prefixes(&['猫']).count(), 0);
        }
    }
}
