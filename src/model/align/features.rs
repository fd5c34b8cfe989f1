//! What a text says that can be found again in its translation.
//!
//! Both languages are brought to one set of *features*: `w:tax` is what “taxes” says, and what 税
//! may say. An English text has its features for certain; a Chinese one licenses them, each
//! with a [`Kind`] of evidence.

use super::dictionary::Dictionary;
use super::english::{is_function_word, stem};
use super::names::Names;
use super::numbers;
use crate::model::glossary::fold::fold;
use crate::model::texts::Words;
use crate::parse::cjk::is_han;

/// How a feature of a Chinese text comes to be one, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A term of the glossary.
    Term,
    /// Code, the address of a link or an image, an id.
    Same,
    /// A number of digits, a month, a day of the week.
    Number,
    /// A word in Latin letters.
    Latin,
    /// A capitalised word as two or more characters are read.
    Name,
    /// A gloss of a word of two or more characters.
    Word,
    /// A small number as a word.
    Small,
    /// A question mark and the like.
    Mark,
    /// A gloss of a word of one character.
    Character,
    /// A capitalised word as one character is read.
    Syllable,
}

/// What features are found with.
#[derive(Clone, Copy)]
pub struct Lexicon<'a> {
    /// The glossary, if there is one.
    pub words: Option<&'a Words>,
    /// The bilingual dictionary.
    pub dictionary: &'a Dictionary,
}

/// The words of a text in Latin letters, with their digits: runs of letters, digits, and what joins
/// them inside (3.5, 30,000, don't).
fn latin_words(text: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() && !is_wide(c);
    let mut found = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let before = text[..at].chars().next_back();
        let joins = match c {
            '\'' | '’' => next.is_some_and(is_word) && before.is_some_and(is_word),
            '.' | ',' => digit(next) && digit(before),
            _ => false,
        };
        match start {
            None if is_word(c) => start = Some(at),
            Some(from) if !is_word(c) && !joins => {
                found.push(&text[from..at]);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|from| &text[from..]));
    found
}

fn is_wide(c: char) -> bool {
    c >= '\u{1100}' && (is_han(c) || matches!(c, '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}'))
}

/// A word without its clitic and its apostrophes, in lower case.
fn bare(word: &str) -> String {
    let word = word.replace('’', "'");
    let cut = ["'s", "'t", "'d", "'m", "'re", "'ll", "'ve"];
    let cut = cut.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word);
    cut.chars().filter(|c| *c != '\'').map(plain).collect()
}

/// A letter in lower case without its accent.
fn plain(c: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    match fold(c) {
        folded @ '\u{C0}'..='\u{1EFF}' => std::iter::once(folded).nfd().next().unwrap_or(folded),
        folded => folded,
    }
}

/// Hands on every feature of an English text, and adds its capitalised words to `names`.
pub fn english(text: &str, lexicon: Lexicon<'_>, names: &mut Names, mut take: impl FnMut(&str)) {
    let words = latin_words(text);
    for word in &words {
        let own = bare(word);
        if own.is_empty() || is_function_word(&own) {
            continue;
        }
        if word.starts_with(char::is_uppercase) {
            names.add(&own);
        }
        take(&format!("w:{}", stem(&own)));
    }
    for number in numbers::english(&words) {
        take(&format!("n:{}", number.form));
    }
    marks(text, |mark| take(mark));
    terms(text, lexicon.words, |term| take(&format!("t:{term}")));
}

/// Hands on every feature that a Chinese text licenses, with its kind. `take` says whether the English
/// text has the feature anywhere; a word of which it has none is handed to `take` as `x:` and the
/// word.
pub fn chinese(
    text: &str,
    lexicon: Lexicon<'_>,
    names: &Names,
    mut take: impl FnMut(&str, Kind) -> bool,
) {
    let latin = latin_words(text);
    for word in &latin {
        let own = bare(word);
        if !own.is_empty() && !is_function_word(&own) {
            take(&format!("w:{}", stem(&own)), Kind::Latin);
        }
    }
    let mut chars: Vec<char> = Vec::new();
    let runs: Vec<char> = text.chars().collect();
    for number in numbers::chinese(&runs) {
        take(&format!("n:{}", number.form), if number.small { Kind::Small } else { Kind::Number });
    }
    for c in text.chars().map(fold).chain(['.']) {
        if is_han(c) {
            chars.push(c);
        } else if !chars.is_empty() {
            characters(&chars, lexicon, names, &mut take);
            chars.clear();
        }
    }
    marks(text, |mark| {
        take(mark, Kind::Mark);
    });
    terms(text, lexicon.words, |term| {
        take(&format!("t:{term}"), Kind::Term);
    });
}

/// The features of a run of Chinese characters: words of the dictionary at every place, single
/// characters where no longer word covers them, and names.
fn characters(
    run: &[char],
    lexicon: Lexicon<'_>,
    names: &Names,
    take: &mut impl FnMut(&str, Kind) -> bool,
) {
    let mut covered = 0;
    for at in 0..run.len() {
        let rest = &run[at..];
        for (name, length) in names.read(rest) {
            let kind = if length > 1 { Kind::Name } else { Kind::Syllable };
            take(&format!("w:{}", stem(&name)), kind);
        }
        let found = lexicon.dictionary.prefixes(rest);
        let longest = found.last().map_or(1, |(length, _)| *length);
        for (length, stems) in found {
            if length == 1 && (longest > 1 || at < covered) {
                continue;
            }
            let kind = if length > 1 { Kind::Word } else { Kind::Character };
            let mut known = false;
            for stem in stems.split(' ') {
                known |= take(&format!("w:{stem}"), kind);
            }
            if !known && length == longest && length > 1 {
                let word: String = rest[..length].iter().collect();
                take(&format!("x:{word}"), kind);
            }
        }
        if longest > 1 {
            covered = covered.max(at + longest);
        }
    }
}

/// The marks of a text that translations keep.
fn marks(text: &str, mut take: impl FnMut(&str)) {
    let all: [(&[char], &str); 6] = [
        (&['?', '？'], "m:?"),
        (&['!', '！'], "m:!"),
        (&['…'], "m:…"),
        (&['"', '“', '”', '「', '『'], "m:\""),
        (&['(', '（'], "m:("),
        (&[':', '：'], "m::"),
    ];
    for (marks, feature) in all {
        if text.contains(marks) {
            take(feature);
        }
    }
    if text.contains("...") && !text.contains('…') {
        take("m:…");
    }
}

/// The terms of the glossary in a text, by their places in it.
fn terms(text: &str, words: Option<&Words>, mut take: impl FnMut(usize)) {
    for found in words.map(|words| words.matcher.find(text)).unwrap_or_default() {
        take(found.term);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_keep_what_joins_them() {
        let text = "用momo头像，don’t 3.5 30,000. “It's” café—x’";
        assert_eq!(latin_words(text), ["momo", "don’t", "3.5", "30,000", "It's", "café", "x"]);
        assert_eq!(bare("Xi'an"), "xian");
        assert_eq!(bare("cat’s"), "cat");
        assert_eq!(bare("Café"), "cafe");
    }
}
