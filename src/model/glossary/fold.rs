//! Folding: the forms of a text that count as the same when names are looked for.
//!
//! Each character folds to one character, whatever stands beside it, so that a place in the
//! folded text is a place in the text. OpenCC's dictionary of phrases is therefore not asked
//! (乾隆 and 乾燥 share a folded 乾), which is harmless: names are folded in the same way.

use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use crate::parse::cjk::{half_width, is_han};

/// The blocks of Chinese characters that OpenCC's table of characters reaches: the unified
/// ideographs, their extension A, and the supplementary plane's.
const BLOCKS: [(u32, u32); 3] = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF)];

/// Simplified characters for the traditional ones, sorted. Built at the first Chinese character
/// that is folded, which takes some milliseconds.
static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else {
        return Vec::new();
    };
    let mut table = Vec::new();
    let mut buffer = [0; 4];
    for c in BLOCKS.iter().flat_map(|&(first, last)| first..=last).filter_map(char::from_u32) {
        let simplified = converter.convert(c.encode_utf8(&mut buffer));
        if let Some(folded) = only(simplified.chars()).filter(|folded| *folded != c) {
            table.push((c, folded));
        }
    }
    // 薴 becomes 苧, and 苧 (of 苧麻) 苎: both must fold to the same.
    let chain = |c| table.binary_search_by_key(&c, |(from, _)| *from).ok().map(|i| table[i].1);
    table.iter().map(|&(c, folded)| (c, chain(folded).unwrap_or(folded))).collect()
});

/// The only item, if there is exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// Folds a character: letters to lower case, full-width forms to half-width ones, traditional
/// characters to simplified ones, curly quotes to straight ones, line breaks and spaces of other
/// widths to a space.
pub fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='~' if !c.is_ascii_whitespace() => c,
        '\u{FF01}'..='\u{FF5E}' => half_width(c).to_ascii_lowercase(),
        '‘' | '’' | 'ʼ' => '\'',
        '“' | '”' => '"',
        _ if c.is_whitespace() => ' ',
        '\u{2E80}'.. if is_han(c) => simplified(c),
        _ => only(c.to_lowercase()).unwrap_or(c),
    }
}

/// Each traditional character with the simplified one that it folds to, in order.
pub fn traditional() -> &'static [(char, char)] {
    &SIMPLIFIED
}

fn simplified(c: char) -> char {
    if COMMON.contains(&c) {
        return DIRECT[c as usize - COMMON_START];
    }
    let table = &*SIMPLIFIED;
    let found = table.binary_search_by_key(&c, |(traditional, _)| *traditional);
    found.ok().and_then(|index| table.get(index)).map_or(c, |(_, simplified)| *simplified)
}

/// The first of the characters that texts are made of: Unicode's CJK Unified Ideographs.
const COMMON_START: usize = 0x4E00;
const COMMON: RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

/// What each common character folds to: every character of every text is looked up several times.
static DIRECT: LazyLock<Box<[char]>> = LazyLock::new(|| {
    let mut direct: Box<[char]> = COMMON.collect();
    for &(traditional, simplified) in SIMPLIFIED.iter() {
        if COMMON.contains(&traditional) {
            direct[traditional as usize - COMMON_START] = simplified;
        }
    }
    direct
});

/// Whether a folded character is written in words that spaces divide: a letter outside the
/// scripts of East Asia, or a digit.
pub fn is_word(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}' => false,
        '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' => false,
        '\u{10000}'.. => false,
        _ => c.is_alphabetic(),
    }
}

/// Whether a character belongs to a script that is written without spaces between words.
fn is_unspaced(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3040}'..='\u{30FF}')
}

/// A character of a squeezed text with the bytes that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The folded character.
    pub folded: char,
    /// The first byte of the character in the text.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
}

impl Slot {
    /// The bytes of the text.
    pub fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Folds a text and takes out the spaces that authors may as well leave out: those between
/// Chinese and Latin (`TikTok 难民`), and line breaks between Chinese characters. Other runs of
/// spaces become one, and so does a hyphen inside a word (`cat-tax`).
pub fn slots(text: &str) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::with_capacity(text.len());
    let mut broken = false;
    for (start, c) in text.char_indices() {
        let (start, end) = (start as u32, (start + c.len_utf8()) as u32);
        let folded = if is_hyphen(c) { '-' } else { fold(c) };
        match slots.last().map(|slot| slot.folded) {
            Some(' ') if folded == ' ' => broken |= c == '\n',
            Some(' ') => {
                let before = slots.len().checked_sub(2).and_then(|i| slots.get(i));
                if before.is_some_and(|b| !is_kept(b.folded, folded, broken)) {
                    slots.pop();
                }
                slots.push(Slot { folded, start, end });
            }
            Some('-') if is_word(folded) => {
                let length = slots.len();
                if length >= 2 && is_word(slots[length - 2].folded) {
                    slots[length - 1].folded = ' ';
                }
                slots.push(Slot { folded, start, end });
            }
            _ => {
                broken = c == '\n';
                slots.push(Slot { folded, start, end });
            }
        }
    }
    slots
}

/// The squeezed form of a name, without spaces around it: two names with the same form are the
/// same name.
pub fn squeeze(name: &str) -> String {
    slots(name.trim()).iter().map(|slot| slot.folded).collect()
}

/// Whether a space between two characters is kept.
fn is_kept(before: char, after: char, broken: bool) -> bool {
    let latin = |c: char| is_word(c) || matches!(c, '+' | '#' | '%' | '&' | '@' | '$');
    match (is_unspaced(before), is_unspaced(after)) {
        (true, true) => !broken,
        (true, false) => !latin(after),
        (false, true) => !latin(before),
        (false, false) => true,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{FF0D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_each_character_to_one() {
        let cases = [
            ("貓稅", "猫税"),
            ("小紅書", "小红书"),
            ("乾燥", "干燥"),
            ("後面", "后面"),
            ("ＶＲ５０", "vr50"),
            ("Momo ÉÀ", "momo éà"),
            ("ĐƠΣЖ", "đơσж"),
            ("İß", "İß"),
            ("“it’s”", "\"it's\""),
            ("a\u{a0}b\u{3000}c\nd\te", "a b c d e"),
            ("😀👩‍💻e\u{301}", "😀👩‍💻e\u{301}"),
            ("", ""),
        ];
        for (text, folded) in cases {
            assert_eq!(text.chars().map(fold).collect::<String>(), folded, "{text}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for c in (0..0x40000).filter_map(char::from_u32) {
            let once = fold(c);
            if once != c {
                assert_eq!(fold(once), once, "{c} {once}");
            }
        }
    }

    #[test]
    fn squeezes_spaces_that_may_be_left_out() {
        let cases = [
            ("TikTok 难民", "tiktok难民"),
            ("用 momo 头像", "用momo头像"),
            ("猫 税", "猫 税"),
            ("反向\n出海", "反向出海"),
            ("反向 \n 出海", "反向出海"),
            ("cat  \n tax", "cat tax"),
            ("cat-tax", "cat tax"),
            ("cat‑tax", "cat tax"),
            ("a - b", "a - b"),
            ("-a- -b", "-a- -b"),
            ("a--b", "a--b"),
            ("C++ 语言", "c++语言"),
            (" momo ", "momo"),
            ("，  momo", "， momo"),
        ];
        for (text, squeezed) in cases {
            let ascii: String = squeezed.chars().map(fold).collect();
            assert_eq!(squeeze(text), ascii, "{text}");
        }
    }

    #[test]
    fn slots_name_the_bytes_of_the_text() {
        for text in ["用 momo\n頭像“Ｖ５０”-a", "cat-tax é😀"] {
            for slot in slots(text) {
                let source = text.get(slot.bytes()).unwrap();
                assert_eq!(source.chars().count(), 1);
                let folded = fold(source.chars().next().unwrap());
                assert!(folded == slot.folded || folded == '-', "{text} {source}");
            }
        }
    }
}
