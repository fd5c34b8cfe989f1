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
    /// A Chinese word none of whose glosses the English text has.
    Lost,
}

/// Hands on every feature of an English text, and adds its capitalised words to `names`.
pub fn english(
    text: &str,
    lexicon: Lexicon<'_>,
    names: &mut Names,
    take: &mut impl FnMut(Sort, &str),
) {
    let words = latin_words(text);
    for word in &words {
        let own = bare(word);
        if own.is_empty() || is_function_word(&own) {
            continue;
        }
        if word.starts_with(char::is_uppercase) {
            names.add(&own);
        }
        take(Sort::Word, &stem(&own));
    }
    for number in numbers::english(&words) {
        take(Sort::Number, &number.form);
    }
    marks(text, |mark| take(Sort::Mark, mark));
    terms(text, lexicon.words, |term| take(Sort::Term, &term.to_string()));
}

/// Hands on every feature that a Chinese text licenses, with its kind. `take` says whether the English
/// text has the feature anywhere; a word none of whose glosses it has is handed on as lost.
pub fn chinese(
    text: &str,
    lexicon: Lexicon<'_>,
    names: &Names,
    take: &mut impl FnMut(Sort, &str, Kind) -> bool,
) {
    for word in latin_words(text) {
        let own = bare(word);
        if !own.is_empty() && !is_function_word(&own) {
            take(Sort::Word, &stem(&own), Kind::Latin);
        }
    }
    let chars: Vec<char> = text.chars().collect();
    for number in numbers::chinese(&chars) {
        take(Sort::Number, &number.form, if number.small { Kind::Small } else { Kind::Number });
    }
    let mut run = Run::default();
    for c in chars.into_iter().map(fold).chain(['.']) {
        if is_han(c) {
            run.chars.push(c);
            run.text.push(c);
        } else if !run.chars.is_empty() {
            run.features(lexicon, names, take);
            run.chars.clear();
            run.text.clear();
        }
    }
    marks(text, |mark| {
        take(Sort::Mark, mark, Kind::Mark);
    });
    terms(text, lexicon.words, |term| {
        take(Sort::Term, &term.to_string(), Kind::Term);
    });
}

/// A run of Chinese characters.
#[derive(Default)]
struct Run {
    chars: Vec<char>,
    text: String,
}

impl Run {
    /// Hands on names, the words of the dictionary at every place, and the single characters that
    /// no longer word covers.
    fn features(
        &self,
        lexicon: Lexicon<'_>,
        names: &Names,
        take: &mut impl FnMut(Sort, &str, Kind) -> bool,
    ) {
        let mut covered = 0;
        for (at, (byte, _)) in self.text.char_indices().enumerate() {
            for (name, length) in names.read(&self.chars[at..]) {
                let kind = if length > 1 { Kind::Name } else { Kind::Syllable };
                take(Sort::Word, &stem(&name), kind);
            }
            let mut single = None;
            let mut longest = None;
            for (word, stems) in lexicon.dictionary.prefixes(&self.text[byte..]) {
                let length = word.chars().count();
                if length == 1 {
                    single = Some(stems);
                    continue;
                }
                covered = covered.max(at + length);
                let mut known = false;
                for stem in stems.split(' ') {
                    known |= take(Sort::Word, stem, Kind::Word);
                }
                longest = Some((word, known));
            }
            if let Some((word, false)) = longest {
                take(Sort::Lost, word, Kind::Word);
            }
            if let Some(stems) = single.filter(|_| covered <= at) {
                for stem in stems.split(' ') {
                    take(Sort::Word, stem, Kind::Character);
                }
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
