//! Whether pinyin fits the characters that it stands for.
//!
//! Each character may be read as the tables of single characters say (the crate pinyin, after the Unihan
//! database), in any of its readings. The neutral tone fits every character, 一 and 不 have the tones
//! of speech too, and 儿 may be an r at the end of a syllable (GB/T 16159—2012, 汉语拼音正词法基本规则).

use std::collections::BTreeSet;
use std::sync::Arc;

use pinyin_table::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;

use super::Told;
use crate::diag::Diagnostic;
use crate::msg;
use crate::parse::cjk::is_han;
use crate::parse::data::Node;

/// How pinyin fails to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    name: String,
    pinyin: String,
    /// The first character that cannot be read so, and its readings; none where syllables are left over.
    at: Option<(char, Vec<String>)>,
}

/// Looks at the pinyin of a term.
pub(super) fn of_term(term: &Told<'_>) -> Option<Diagnostic> {
    let (zh, value) = (term.node.get("zh")?.word()?, term.node.get("pinyin")?);
    Some(misfit(&zh, &value.word()?)?.problem(term.path, value))
}

impl Misfit {
    pub fn problem(&self, path: &Arc<str>, value: &Node) -> Diagnostic {
        let Misfit { name, pinyin, at } = self;
        let message = match at {
            Some((c, _)) => msg!(
                "“{pinyin}” does not fit “{name}”: {c} is not read so",
                "“{pinyin}”与“{name}”不符：“{c}”不这样读"
            ),
            None => msg!(
                "“{pinyin}” does not fit “{name}”: it has too many syllables",
                "“{pinyin}”与“{name}”不符：音节多了"
            ),
        };
        let problem =
            Diagnostic::warning("wrong-pinyin", path.clone(), value.span.clone(), message);
        problem.help(match at {
            Some((c, readings)) => {
                let readings = readings.join(", ");
                msg!("{c} is read {readings}", "“{c}”读作 {readings}")
            }
            None => msg!("write a syllable for each character", "请一个字写一个音节"),
        })
    }
}

/// Why a reading does not fit a name; none if it does, or if there is no telling.
pub(super) fn misfit(name: &str, pinyin: &str) -> Option<Misfit> {
    let written = letters(pinyin);
    if written.is_empty() || !name.chars().any(is_han) {
        return None;
    }
    let misfit = |at| Some(Misfit { name: name.to_owned(), pinyin: pinyin.to_owned(), at });
    // Where the reading may have got to.
    let mut places: BTreeSet<usize> = [0].into();
    for c in name.chars() {
        let next = step(c, &written, &places)?;
        if next.is_empty() {
            let (c, readings) = (c, readings(c).into_iter().map(|r| r.nfc().collect()).collect());
            return misfit(Some((c, readings)));
        }
        places = next;
    }
    if places.contains(&written.len()) { None } else { misfit(None) }
}

/// Where the reading may have got to behind a character; none if there is no telling: a digit may be read in
/// many ways, and not every character is in the tables.
fn step(c: char, written: &[char], places: &BTreeSet<usize>) -> Option<BTreeSet<usize>> {
    if !c.is_alphanumeric() {
        return Some(places.clone());
    }
    let mut forms: Vec<Vec<char>> = if is_han(c) {
        readings(c).iter().map(|reading| reading.chars().collect()).collect()
    } else if c.is_numeric() {
        return None;
    } else {
        vec![letters(&c.to_string())]
    };
    if forms.is_empty() {
        return None;
    }
    if c == '儿' {
        forms.push(vec!['r']);
    }
    let mut next = BTreeSet::new();
    for &place in places {
        let reached = forms.iter().filter_map(|form| reads(form, &written[place..]));
        next.extend(reached.map(|length| place + length));
    }
    Some(next)
}

/// How many of the written characters a reading takes: with its own tone, or without one.
fn reads(form: &[char], written: &[char]) -> Option<usize> {
    let mut at = 0;
    for &c in form {
        if written.get(at) == Some(&c) {
            at += 1;
        } else if !is_tone(c) {
            return None;
        }
    }
    // A tone that the reading does not have.
    (!written.get(at).is_some_and(|c| is_tone(*c))).then_some(at)
}

/// The readings of a character, decomposed: letters, each tone behind its vowel.
fn readings(c: char) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        found.push(letters(reading.with_tone()).into_iter().collect());
    }
    let more: &[&str] = match c {
        '一' => &["yí", "yì"],
        '不' => &["bú"],
        _ => &[],
    };
    found.extend(more.iter().map(|reading| letters(reading).into_iter().collect()));
    found.sort_unstable();
    found.dedup();
    found
}

/// The letters of pinyin in lower case, decomposed (Unicode NFD): spaces, apostrophes and hyphens are
/// no part of it, and the dots of ü, for which some write v or u, are left out.
fn letters(pinyin: &str) -> Vec<char> {
    let lower = pinyin.to_lowercase();
    let own = lower.nfd().filter(|c| c.is_alphanumeric() || is_tone(*c));
    own.map(|c| if c == 'v' { 'u' } else { c }).collect()
}

/// The marks of the four tones: macron, acute, caron, grave.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{304}' | '\u{301}' | '\u{30C}' | '\u{300}')
}

#[cfg(test)]
mod tests {
    use super::misfit;

    #[test]
    fn pinyin_fits_or_not() {
        let right = [
            ("猫税", "māo shuì"),
            ("猫税", "māoshuì"),
            ("猫税", "Mao shui"),
            ("小红书", "Xiǎohóngshū"),
            ("TikTok 难民", "TikTok nànmín"),
            ("重庆", "Chóngqìng"),
            ("西安", "Xī’ān"),
            ("行长", "hángzhǎng"),
            ("一个", "yí gè"),
            ("一个", "yī ge"),
            ("不是", "bú shì"),
            ("玩儿", "wánr"),
            ("女孩", "nǚhái"),
            ("旅行", "lǚxíng"),
            ("V我50", "V wǒ wǔshí"),
            ("“猫”税", "māo shuì"),
            ("猫税", ""),
            ("momo", "anything"),
            ("妈妈", "māma"),
        ];
        for (name, pinyin) in right {
            assert_eq!(misfit(name, pinyin), None, "{name} {pinyin}");
        }
        let wrong = [
            ("猫税", "gǒu shuì", Some('猫')),
            ("猫税", "māo shuǐ", Some('税')),
            ("猫税", "māo", Some('税')),
            ("猫税", "māo shuì shōu", None),
            ("小红书", "xiǎohóngshǔ", Some('书')),
            ("反向出海", "fǎnxiàng chūhái", Some('海')),
            ("猫税", "mao1 shui4", Some('税')),
        ];
        for (name, pinyin, at) in wrong {
            let found = misfit(name, pinyin).map(|misfit| misfit.at.map(|(c, _)| c));
            assert_eq!(found, Some(at), "{name} {pinyin}");
        }
    }
}
