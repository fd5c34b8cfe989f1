//! A bilingual dictionary in bytes that are searched where they lie: nothing is made of them when the
//! program starts, and nothing is compared but numbers.
//!
//! All numbers have their least significant byte first. The build script packs the dictionary that is built
//! in with this same file, so it uses nothing but the standard library. In order:
//!
//! - how many words, links, and stems there are, how many slots, and how many bytes of pairs, in four bytes
//!   each,
//! - for each character from U+3400 to U+9FFF the number of the first word that begins with it or with a
//!   later one, in four bytes,
//! - the pairs: bits, of which those are set that a hash of the first two characters of a word names (a Bloom
//!   filter with one hash function): most pairs in a text begin no word,
//! - the words, sorted: their characters behind the first, in two bytes each and 0 behind the last, and the
//!   end of the word's links in four,
//! - the links: numbers of stems, in three bytes,
//! - the ends of the stems in their text, in three bytes,
//! - the slots: a hash table of the stems' numbers plus one, 0 where it is empty, in three bytes,
//! - the text of the stems.
//!
//! It is small, so that what is looked up again and again stays close to the processor.

use std::borrow::Cow;
use std::collections::HashMap;

use super::cedict::LONGEST;

/// The characters that words have: the unified ideographs of the basic plane, and those of extension A.
const FIRST: usize = 0x3400;
const LAST: usize = 0x9FFF;

/// How many links there are at most, and how many bytes of stems: their numbers fit into three bytes, and
/// those of twice as many slots.
const LIMIT: usize = 1 << 22;

/// The bytes of the sizes and of the index.
const HEAD: usize = (SIZES + LAST + 2 - FIRST) * 4;
const SIZES: usize = 5;

/// The bytes of a word, of its characters, and of a short number.
const WORD: usize = CHARS + 4;
const CHARS: usize = (LONGEST - 1) * 2;
const SHORT: usize = 3;

/// A dictionary.
#[derive(Debug, Default)]
pub struct Packed {
    bytes: Cow<'static, [u8]>,
    words: usize,
    stems: usize,
    slots: usize,
    /// How many bytes the pairs have: a power of two, or none.
    pairs: usize,
    /// Where the sections begin.
    word_section: usize,
    link_section: usize,
    stem_section: usize,
    slot_section: usize,
    text: usize,
}

/// Packs words with their stems. The words are sorted, each once, of one to [`LONGEST`] characters; those with
/// rare characters are left out, and of a dictionary ten times as large as CC-CEDICT, the rest.
pub fn pack(entries: &[(&str, Vec<String>)]) -> Vec<u8> {
    let mut stems: Vec<&str> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let (mut words, mut links, mut length) = (Vec::new(), Vec::new(), 0);
    let common = |word: &str| word.chars().all(|c| (FIRST..=LAST).contains(&(c as usize)));
    for (word, own) in entries.iter().filter(|(word, _)| common(word)) {
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
    let long = |number: usize| (number as u32).to_le_bytes();
    let short = |number: usize| long(number).into_iter().take(SHORT);
    let pairs = words.len().next_power_of_two();
    let sizes = [words.len(), links.len(), stems.len(), slots, pairs];
    out.extend(sizes.into_iter().flat_map(long));
    for c in FIRST..=LAST + 1 {
        out.extend(long(words.partition_point(|(chars, _)| chars[0] < c)));
    }
    let mut bits = vec![0_u8; pairs];
    for (chars, _) in words.iter().filter(|(chars, _)| chars[1] != 0) {
        let at = pair(chars[0], chars[1]) % (8 * pairs);
        bits[at / 8] |= 1 << (at % 8);
    }
    out.extend(bits);
    for (chars, end) in &words {
        out.extend(chars[1..].iter().flat_map(|c| (*c as u16).to_le_bytes()));
        out.extend(long(*end));
    }
    out.extend(links.into_iter().flat_map(short));
    let mut end = 0;
    for stem in &stems {
        end += stem.len();
        out.extend(short(end));
    }
    out.extend(table.into_iter().flat_map(short));
    out.extend(stems.concat().into_bytes());
    out
}

/// FNV-1a, which is short and the same everywhere.
fn hash(text: &str) -> usize {
    let mix = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811C_9DC5, mix) as usize
}

/// A hash of two characters (multiplication by a prime near 2³² over the golden ratio: Knuth, *The Art of
/// Computer Programming*, volume 3, section 6.4).
fn pair(first: usize, second: usize) -> usize {
    let both = (first as u32) << 16 | second as u32;
    (both.wrapping_mul(2_654_435_761) >> 8) as usize
}

impl Packed {
    /// Takes bytes that [`pack`] has written.
    pub fn of(bytes: Cow<'static, [u8]>) -> Packed {
        let [words, links, stems, slots, pairs] = [0, 4, 8, 12, 16].map(|at| long(&bytes, at));
        let word_section = HEAD + pairs;
        let link_section = word_section + words * WORD;
        let stem_section = link_section + links * SHORT;
        let slot_section = stem_section + stems * SHORT;
        let text = slot_section + slots * SHORT;
        Packed {
            bytes,
            words,
            stems,
            slots,
            pairs,
            word_section,
            link_section,
            stem_section,
            slot_section,
            text,
        }
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// How many stems it has; their numbers count from 0.
    pub fn stems(&self) -> usize {
        self.stems
    }

    /// The number of a stem.
    pub fn stem(&self, text: &str) -> Option<u32> {
        let mut at = hash(text) % self.slots.max(1);
        loop {
            let stem = self.short(self.slot_section, at).checked_sub(1)?;
            if self.text_of(stem) == text.as_bytes() {
                return Some(stem as u32);
            }
            at = (at + 1) % self.slots;
        }
    }

    fn text_of(&self, stem: usize) -> &[u8] {
        let end = |stem: usize| self.short(self.stem_section, stem);
        let start = stem.checked_sub(1).map_or(0, end);
        self.bytes.get(self.text + start..self.text + end(stem)).unwrap_or_default()
    }

    /// The stems of a word.
    pub fn stems_of(&self, word: usize) -> impl Iterator<Item = u32> {
        let end = |word: usize| long(&self.bytes, self.word_section + word * WORD + CHARS);
        let (from, to) = (word.checked_sub(1).map_or(0, end), end(word));
        let at = |link: usize| self.link_section + link * SHORT;
        let links = self.bytes.get(at(from)..at(to)).unwrap_or_default();
        links.as_chunks().0.iter().map(|&[a, b, c]| u32::from_le_bytes([a, b, c, 0]))
    }

    /// The words that a text begins with, from the shortest: their numbers and how many characters they
    /// have.
    pub fn prefixes(&self, text: &[char]) -> impl Iterator<Item = (usize, usize)> {
        // A character that no word has is as good as the end of the text, but for the first.
        let at =
            |place: usize| text.get(place).and_then(|c| u16::try_from(*c as u32).ok()).unwrap_or(0);
        let [first, second, third, fourth] = [0, 1, 2, 3].map(at);
        let (start, end) = self.beginning_with(first.into());
        let alone = (start < end && self.chars(start)[0] == 0).then_some((start, 1));
        let start = start + usize::from(alone.is_some());
        let from = match second {
            second if !self.begins(first, second) => end,
            _ => self.least(start, end, |word| self.chars(word)[0] >= second),
        };
        let longer = (from..end).map(|word| (word, self.chars(word)));
        let longer = longer.take_while(move |(_, chars)| chars[0] == second);
        let longer = longer.filter_map(move |(word, [_, c, d])| match (c, d) {
            (0, _) => Some((word, 2)),
            (c, 0) if c == third => Some((word, 3)),
            (c, d) if c == third && d == fourth => Some((word, 4)),
            _ => None,
        });
        alone.into_iter().chain(longer)
    }

    /// Whether a word may begin with two characters: for most of those that none does, it says so.
    fn begins(&self, first: u16, second: u16) -> bool {
        if second == 0 || self.pairs == 0 {
            return false;
        }
        let at = pair(first.into(), second.into()) % (8 * self.pairs);
        self.bytes.get(HEAD + at / 8).is_some_and(|bits| bits >> (at % 8) & 1 == 1)
    }

    /// The words that begin with a character.
    fn beginning_with(&self, c: usize) -> (usize, usize) {
        let index = |c: usize| long(&self.bytes, (SIZES + c - FIRST) * 4);
        if (FIRST..=LAST).contains(&c) { (index(c), index(c + 1)) } else { (0, 0) }
    }

    /// The first of some words of which something is true that is true of all behind it.
    fn least(&self, mut low: usize, mut high: usize, holds: impl Fn(usize) -> bool) -> usize {
        while low < high {
            let middle = low.midpoint(high);
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// The characters of a word behind its first, 0 behind its last.
    fn chars(&self, word: usize) -> [u16; LONGEST - 1] {
        let at = self.word_section + word * WORD;
        let own = self.bytes.get(at..at + CHARS).unwrap_or_default().as_chunks().0;
        let mut chars = [0; LONGEST - 1];
        chars.iter_mut().zip(own).for_each(|(c, own)| *c = u16::from_le_bytes(*own));
        chars
    }

    /// A short number of a section.
    fn short(&self, section: usize, number: usize) -> usize {
        let at = section + number * SHORT;
        match self.bytes.get(at..at + SHORT) {
            Some(&[a, b, c]) => u32::from_le_bytes([a, b, c, 0]) as usize,
            _ => 0,
        }
    }
}

fn long(bytes: &[u8], at: usize) -> usize {
    let own = bytes.get(at..at + 4).and_then(|own| own.try_into().ok());
    own.map_or(0, u32::from_le_bytes) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found() {
        let words = ["㐀", "猫", "猫抓", "猫税", "猫科动物", "人", "龿"];
        let mut words: Vec<_> =
            words.map(|word| (word, vec![format!("{word}1"), "all".to_owned()])).into();
        words.sort();
        let packed = Packed::of(pack(&words).into());
        assert_eq!(packed.stems(), words.len() + 1);
        let rare = [words.as_slice(), &[("𠀀猫", vec!["rare".to_owned()])]].concat();
        assert_eq!(pack(&rare), pack(&words));
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
        for text in ["", "a", "狗", "鿿", "𠀀猫"] {
            assert_eq!(packed.prefixes(&text.chars().collect::<Vec<_>>()).count(), 0, "{text}");
        }
        for packed in [Packed::default(), Packed::of(pack(&[]).into())] {
            assert!(packed.is_empty() && packed.stem("all").is_none() && packed.stems() == 0);
            assert_eq!(packed.prefixes(&['猫']).count(), 0);
        }
    }
}
