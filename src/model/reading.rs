//! How Chinese words are read: pinyin by syllables, with the tones of the dictionary.
//!
//! pinyin-converter has readings of some 378,000 words and the characters between them. Its first
//! use costs half a second, so nothing here is touched but by a text that wants it. What it gets
//! wrong is corrected by `reading/phrases.txt`. Tones are those of the dictionary: the changes
//! of 一, 不 and of third tones in speech are not written.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use ::pinyin::{Converter, Pinyin};

use super::glossary::fold::fold;
use crate::parse::cjk::is_han;

/// Corrections: `word syllable syllable …`.
static PHRASES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("reading/phrases.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
});

/// Words that are written with a capital as names, the commonest; glossaries have the others.
const NAMES: [&str; 56] = [
    "中国",
    "美国",
    "英国",
    "法国",
    "德国",
    "日本",
    "韩国",
    "朝鲜",
    "印度",
    "泰国",
    "越南",
    "巴西",
    "俄国",
    "俄罗斯",
    "乌克兰",
    "加拿大",
    "澳大利亚",
    "新加坡",
    "马来西亚",
    "意大利",
    "西班牙",
    "墨西哥",
    "埃及",
    "以色列",
    "伊朗",
    "欧洲",
    "亚洲",
    "非洲",
    "美洲",
    "北京",
    "上海",
    "广州",
    "深圳",
    "香港",
    "澳门",
    "台湾",
    "重庆",
    "天津",
    "成都",
    "杭州",
    "南京",
    "武汉",
    "西安",
    "广东",
    "四川",
    "浙江",
    "江苏",
    "西藏",
    "新疆",
    "中文",
    "英语",
    "英文",
    "汉语",
    "日语",
    "汉字",
    "长江",
];

/// The characters of the longest word among the corrections.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| PHRASES.keys().map(|word| word.chars().count()).max().unwrap_or(0));

/// A known word inside a text, or a character, or what is not Chinese.
pub(super) struct Piece {
    /// The text.
    pub text: String,
    /// Its syllables between spaces; the text itself where there is no reading.
    pub pinyin: String,
}

/// Cuts a text into words that have a reading, the longest ones from the left.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    if let Some(pinyin) = PHRASES.get(text).filter(|_| text.chars().nth(1).is_some()) {
        return vec![Piece { text: text.to_owned(), pinyin: (*pinyin).to_owned() }];
    }
    let mut pieces = Vec::new();
    // A correction counts inside a longer word only where that word is not known: 不了 in 不了了之.
    convert(text, &mut pieces);
    if pieces.len() < 2 {
        return pieces;
    }
    pieces.clear();
    let mut rest = text;
    let mut pending = String::new();
    while let Some(first) = rest.chars().next() {
        let ends: Vec<usize> =
            rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(*LONGEST).collect();
        let known = ends.iter().rev().find_map(|&end| {
            let word = &rest[..end];
            PHRASES.get(word).filter(|_| end > first.len_utf8()).map(|pinyin| (word, *pinyin))
        });
        if let Some((word, pinyin)) = known {
            convert(&std::mem::take(&mut pending), &mut pieces);
            pieces.push(Piece { text: word.to_owned(), pinyin: pinyin.to_owned() });
            rest = &rest[word.len()..];
        } else {
            pending.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    convert(&pending, &mut pieces);
    pieces
}

/// A text with pinyin in place of its Chinese words, each syllable apart from what stands beside it.
pub fn spelled(text: &str) -> String {
    pieces(text).into_iter().map(|piece| piece.pinyin).collect::<Vec<_>>().join(" ")
}

fn convert(text: &str, pieces: &mut Vec<Piece>) {
    if text.is_empty() {
        return;
    }
    for word in Converter::new(text).raw_words().convert() {
        let mut chars = word.text.chars();
        let single = chars.next().filter(|c| is_han(*c) && chars.next().is_none());
        // Asked by itself: among words, the converter takes 单 for the surname.
        let alone = single.and_then(|_| Pinyin::chars(&word.text).iter().next());
        let pinyin =
            if single.is_some() { alone.unwrap_or(word.text.clone()) } else { word.pinyin };
        pieces.push(Piece { text: word.text, pinyin });
    }
}

/// What stands before a word, as far as its reading turns on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// A number, or a word such as 这 that points at what is counted: 这只猫.
    Count,
    /// A verb or an adjective, and whether it has more than one character: 跑得快, 改名为.
    Predicate(bool),
    /// Anything else, or nothing.
    Other,
}

/// The syllables of a Chinese word, one for each character; none where one is not known.
pub fn word(word: &str, before: Before) -> Option<Vec<String>> {
    let here = match (word, before) {
        ("只", Before::Count) => Some("zhī"),
        ("得", Before::Count | Before::Other) => Some("děi"),
        ("为", Before::Predicate(true)) => Some("wéi"),
        _ => None,
    };
    if let Some(syllable) = here {
        return Some(vec![syllable.to_owned()]);
    }
    let mut syllables = Vec::new();
    for piece in pieces(word) {
        let mut chars = piece.text.chars();
        let single = chars.next().filter(|_| chars.next().is_none());
        match single.and_then(|c| PHRASES.get(String::from(fold(c)).as_str())) {
            Some(pinyin) => syllables.push((*pinyin).to_owned()),
            None => syllables.extend(piece.pinyin.split_whitespace().map(str::to_owned)),
        }
    }
    for (c, syllable) in word.chars().zip(&mut syllables) {
        // Some entries write the tones of speech.
        match (c, syllable.as_str()) {
            ('不', "bú") => *syllable = "bù".to_owned(),
            ('一', "yí" | "yì") => *syllable = "yī".to_owned(),
            _ => {}
        }
    }
    if NAMES.contains(&word) {
        capitalize(&mut syllables);
    }
    let whole = syllables.len() == word.chars().count();
    (whole && !syllables.iter().any(|s| s.chars().any(is_han))).then_some(syllables)
}

/// Begins a reading with a capital.
fn capitalize(syllables: &mut [String]) {
    let Some(first) = syllables.first_mut() else { return };
    let mut chars = first.chars();
    let capital: Option<String> = chars.next().map(|c| c.to_uppercase().collect());
    *first = capital.unwrap_or_default() + chars.as_str();
}

/// Syllables written as one word, with an apostrophe where one begins with a vowel (xī'ān).
pub fn join(syllables: &[String]) -> String {
    let mut out = String::new();
    for syllable in syllables {
        if !out.is_empty() && syllable.starts_with(starts_open) {
            out.push('’');
        }
        out += syllable;
    }
    out
}

fn starts_open(c: char) -> bool {
    "aoeāáǎàōóǒòēéěè".contains(c)
}
