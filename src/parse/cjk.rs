//! Classes of characters that Chinese typesetting turns on, and the markdown-cjk-friendly
//! amendment to CommonMark's emphasis.

mod emphasis;

use icu_properties::props::{
    EastAsianWidth, EmojiPresentation, GeneralCategory, GeneralCategoryGroup, Script,
};
use icu_properties::{CodePointMapData, CodePointSetData};

pub use emphasis::{Joined, join};

use crate::lang::Lang;

fn width(c: char) -> EastAsianWidth {
    CodePointMapData::<EastAsianWidth>::new().get(c)
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

/// Whether a character is punctuation or a symbol, as CommonMark 0.31 counts punctuation.
pub fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    GeneralCategoryGroup::Punctuation.union(GeneralCategoryGroup::Symbol).contains(category)
}

/// Whether a character is a Chinese character (the Han script).
pub fn is_han(c: char) -> bool {
    match c {
        '\0'..'\u{2E80}' => false,
        '\u{4E00}'..='\u{9FFF}' => true,
        _ => script(c) == Script::Han,
    }
}

/// A character of full width as ASCII has it; others as they are. (Unicode, Halfwidth and Fullwidth
/// Forms: U+FF01 to U+FF5E stand in the order of ASCII.)
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character is Hangul, which is written with spaces between words.
fn is_hangul(c: char) -> bool {
    c >= '\u{1100}' && script(c) == Script::Hangul
}

/// Whether a character is a "CJK character" of the markdown-cjk-friendly amendment: East Asian
/// Wide, Fullwidth or Halfwidth (Unicode Annex 11) and not shown as an emoji by default, or
/// Hangul. (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/ranges.md>)
fn is_cjk(c: char) -> bool {
    if c < '\u{1100}' {
        return false;
    }
    let wide = [EastAsianWidth::Wide, EastAsianWidth::Fullwidth, EastAsianWidth::Halfwidth];
    wide.contains(&width(c)) && !CodePointSetData::new::<EmojiPresentation>().contains(c)
        || is_hangul(c)
}

/// Whether a character fills a full square and belongs to a script written without spaces.
fn is_wide(c: char) -> bool {
    if c < '\u{1100}' {
        return false;
    }
    [EastAsianWidth::Wide, EastAsianWidth::Fullwidth].contains(&width(c))
        && !is_hangul(c)
        && !CodePointSetData::new::<EmojiPresentation>().contains(c)
}

/// Punctuation that Chinese shares with Latin text: its East Asian width is Ambiguous.
fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Whether a line break between two characters stands for a space (CSS Text 3, section 4.1.3,
/// with punctuation as its note on segment breaks suggests): not between Chinese characters and
/// not beside Chinese punctuation; Hangul keeps its spaces.
pub fn break_is_space(before: char, after: char, lang: Lang) -> bool {
    if is_hangul(before) || is_hangul(after) {
        return true;
    }
    let (wide_before, wide_after) = (is_wide(before), is_wide(after));
    let mark_before = wide_before && is_punctuation(before);
    let mark_after = wide_after && is_punctuation(after);
    if wide_before && wide_after || mark_before || mark_after {
        return false;
    }
    let (shared_before, shared_after) =
        (is_shared_punctuation(before), is_shared_punctuation(after));
    let both_shared = shared_before && shared_after && lang == Lang::Zh;
    !(shared_before && wide_after || wide_before && shared_after || both_shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_spaces_between_words_only() {
        let cases = [
            ('中', '文', false),
            ('，', 'H', false),
            ('H', '，', false),
            ('中', 'H', true),
            ('a', 'b', true),
            ('한', '국', true),
            ('中', '“', false),
            ('”', '中', false),
            ('”', 'a', true),
            ('。', '1', false),
            ('中', '😀', true),
            ('（', 'a', false),
        ];
        for (before, after, space) in cases {
            assert_eq!(break_is_space(before, after, Lang::Zh), space, "{before}|{after}");
        }
    }
}
