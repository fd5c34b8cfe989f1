//! What a text says that can be found again in its translation.
//!
//! Both languages are brought to one set of *features*: the stem `tax` is what “taxes” says, and what
//! 税 may say. An English text has its features for certain; a Chinese one licenses them, each
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

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Kind; 10] = [
        Kind::Term,
        Kind::Same,
        Kind::Number,
        Kind::Latin,
        Kind::Name,
        Kind::Word,
        Kind::Small,
        Kind::Mark,
        Kind::Character,
        Kind::Syllable,
    ];
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
    let mut found = Vec::new();
    let mut start = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let next = || text[at + c.len_utf8()..].chars().next();
        let joins = || match c {
            '\'' | '’' => is_word(before) && next().is_some_and(is_word),
            '.' | ',' => before.is_ascii_digit() && next().is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        match start {
            None if is_word(c) => start = Some(at),
            Some(from) if !is_word(c) && !joins() => {
                found.push(&text[from..at]);
                start = None;
            }
            _ => {}
        }
        before = c;
    }
    found.extend(start.map(|from| &text[from..]));
    found
}

/// Whether a character is a letter or a digit of a script that has words.
fn is_word(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => false,
        _ => c.is_alphanumeric() && !is_han(c),
    }
}

/// A word without its clitic and its apostrophes, in lower case.
fn bare(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    let word = word.replace('’', "'");
    let cut = ["'s", "'t", "'d", "'m", "'re", "'ll", "'ve"];
    let cut = cut.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word);
    cut.chars().filter(|c| *c != '\'').map(plain).collect()
}

/// A letter in lower case without its accent.
fn plain(c: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    match fold(c) {
        folded if folded.is_ascii() => folded,
        folded @ '\u{C0}'..='\u{1EFF}' => std::iter::once(folded).nfd().next().unwrap_or(folded),
        folded => folded,
    }
}

/// Where a feature comes from: features of different sorts never meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The stem of an English word.
    Word,
    /// The form of a number.
    Number,
    /// A mark.
    Mark,
    /// The place of a term in the glossary.
    Term,
    /// What stands alike in both versions.
    Same,
}

/// Hands on every feature of an English text but its words, which it returns as they are written.
pub fn english<'t>(
    text: &'t str,
    lexicon: Lexicon<'_>,
    take: &mut impl FnMut(Sort, &str),
) -> Vec<&'t str> {
    let words = latin_words(text);
    for number in numbers::english(&words) {
        take(Sort::Number, &number.form);
    }
    marks(text, |mark| take(Sort::Mark, mark));
    terms(text, lexicon.words, |term| take(Sort::Term, &term.to_string()));
    words
}

/// Takes the features that a Chinese text licenses.
pub trait Licences {
    /// Takes a feature of a kind.
    fn take(&mut self, sort: Sort, feature: &str, kind: Kind);
    /// Takes the stem of a gloss, by its number in the dictionary, and says whether the English text has it
    /// anywhere.
    fn gloss(&mut self, stem: u32, kind: Kind) -> bool;
    /// Takes a word of the dictionary none of whose glosses the English text has.
    fn lost(&mut self, word: usize);
}

/// Hands on every feature that a Chinese text licenses, with its kind.
pub fn chinese(text: &str, lexicon: Lexicon<'_>, names: &Names, to: &mut impl Licences) {
    for word in latin_words(text) {
        if let Some(own) = telling(word) {
            to.take(Sort::Word, &stem(&own), Kind::Latin);
        }
    }
    let mut chars: Vec<char> = text.chars().collect();
    for number in numbers::chinese(&chars) {
        let kind = if number.small { Kind::Small } else { Kind::Number };
        to.take(Sort::Number, &number.form, kind);
    }
    chars.iter_mut().for_each(|c| *c = fold(*c));
    for run in chars.split(|c| !is_han(*c)) {
        han(run, lexicon.dictionary, names, to);
    }
    marks(text, |mark| to.take(Sort::Mark, mark, Kind::Mark));
    terms(text, lexicon.words, |term| to.take(Sort::Term, &term.to_string(), Kind::Term));
}

/// A word in lower case, bare, if it tells anything about a sentence.
pub fn telling(word: &str) -> Option<String> {
    Some(bare(word)).filter(|own| !own.is_empty() && !is_function_word(own))
}

/// Hands on what a run of Chinese characters licenses: names, the words of the dictionary at every place,
/// and the single characters that no longer word covers.
fn han(run: &[char], dictionary: &Dictionary, names: &Names, to: &mut impl Licences) {
    let mut covered = 0;
    for at in 0..run.len() {
        for (name, length) in names.read(&run[at..]) {
            let kind = if length > 1 { Kind::Name } else { Kind::Syllable };
            to.take(Sort::Word, &stem(&name), kind);
        }
        let mut single = None;
        let mut longest = None;
        for (word, length) in dictionary.prefixes(&run[at..]) {
            if length == 1 {
                single = Some(word);
                continue;
            }
            covered = covered.max(at + length);
            let mut known = false;
            for stem in dictionary.stems_of(word) {
                known |= to.gloss(stem, Kind::Word);
            }
            longest = Some((word, known));
        }
        if let Some((word, false)) = longest {
            to.lost(word);
        }
        if let Some(word) = single.filter(|_| covered <= at) {
            for stem in dictionary.stems_of(word) {
                to.gloss(stem, Kind::Character);
            }
        }
    }
}

/// The marks of a text that translations keep.
fn marks(text: &str, mut take: impl FnMut(&str)) {
    const MARKS: [&str; 6] = ["?", "!", "…", "\"", "(", ":"];
    let mut seen = [false; 6];
    for c in text.chars() {
        let mark = match c {
            '?' | '？' => 0,
            '!' | '！' => 1,
            '…' => 2,
            '"' | '“' | '”' | '「' | '『' => 3,
            '(' | '（' => 4,
            ':' | '：' => 5,
            _ => continue,
        };
        seen[mark] = true;
    }
    seen[2] |= text.contains("...");
    MARKS.iter().zip(seen).filter(|(_, seen)| *seen).for_each(|(mark, _)| take(mark));
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
