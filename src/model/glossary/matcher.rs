//! Finds the names of terms in a text, all of them in one pass.
//!
//! An Aho–Corasick automaton (daachorse: three times as fast as aho-corasick on Chinese, and it
//! steps by characters) reports every name at every place. Its own leftmost-longest mode is of no
//! use here: whether a name counts depends on its neighbours, and where 反向出海 does not count,
//! 反向 may. So the longest name that counts is kept for each place, and a second walk takes
//! them from the left. The cost is linear in the text and in the names found at all; names have
//! at most [`LONGEST`] characters, so no more than that many can end at one place.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::Glossary;
use super::fold::{self, Slot};

/// The length in characters beyond which a name is not looked for: a sentence is not a name, and
/// thousands of them inside each other would cost as much at every place.
pub const LONGEST: usize = 100;

/// A name of a term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The term, as a place in [`Glossary::terms`].
    pub term: usize,
}

/// Finds the names of a glossary's terms. Building it costs some milliseconds for thousands of
/// terms; it may be shared between threads.
pub struct Matcher {
    /// None where there are no names.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

impl Matcher {
    /// Builds the matcher of a glossary. Of two terms with the same name the first one gets it;
    /// a name wins over the plural of another.
    pub fn new(glossary: &Glossary) -> Self {
        let mut names = Vec::new();
        for (entry, term) in glossary.terms.iter().zip(0_u32..) {
            names.extend(entry.names().map(|name| (fold::squeeze(name), term)));
        }
        names.retain(|(name, _)| !name.is_empty() && name.chars().count() <= LONGEST);
        let plurals: Vec<_> =
            names.iter().flat_map(|(n, term)| plurals(n).into_iter().map(|p| (p, *term))).collect();
        let mut seen = HashSet::new();
        names.extend(plurals);
        names.retain(|(name, _)| seen.insert(name.clone()));
        Matcher { automaton: CharwiseDoubleArrayAhoCorasick::with_values(names).ok() }
    }

    /// The names in a text, from left to right, none inside another: at the first place where
    /// any name counts the longest one, and so on behind it.
    pub fn find(&self, text: &str) -> Vec<Match> {
        let Some(automaton) = self.automaton.as_ref().filter(|_| !text.is_empty()) else {
            return Vec::new();
        };
        let slots = fold::slots(text);
        let mut squeezed = String::with_capacity(text.len());
        let mut bytes: Vec<u32> = Vec::with_capacity(slots.len());
        for slot in &slots {
            bytes.push(squeezed.len() as u32);
            squeezed.push(slot.folded);
        }
        let place = |byte: usize| bytes.partition_point(|&first| (first as usize) < byte);

        // For each place the end and the term of the longest name that counts there; an end of
        // nought is no name. Names end further and further right, so the last one is the longest.
        let mut longest: Vec<(usize, u32)> = Vec::new();
        for found in automaton.find_overlapping_iter(&squeezed) {
            let (first, end) = (place(found.start()), place(found.end()));
            if is_whole(&slots, first..end) {
                longest.resize(slots.len(), (0, 0));
                longest[first] = (end, found.value());
            }
        }

        let mut matches = Vec::new();
        let mut place = 0;
        while let Some(&(end, term)) = longest.get(place) {
            if end == 0 {
                place += 1;
                continue;
            }
            let range = slots[place].bytes().start..slots[end - 1].bytes().end;
            matches.push(Match { range, term: term as usize });
            place = end;
        }
        matches
    }
}

/// The regular plurals of a squeezed name that ends in a Latin letter or a digit.
fn plurals(name: &str) -> Vec<String> {
    if !name.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        return Vec::new();
    }
    let mut plurals = Vec::new();
    let hissing = ["s", "x", "z", "sh"].iter().any(|end| name.ends_with(end));
    if hissing || name.ends_with("ch") || name.ends_with('o') {
        plurals.push(format!("{name}es"));
    }
    if !hissing {
        plurals.push(format!("{name}s"));
    }
    if let Some(stem) = name.strip_suffix('y')
        && stem.ends_with(|c: char| c.is_ascii_lowercase() && !"aeiou".contains(c))
    {
        plurals.push(format!("{stem}ies"));
    }
    plurals
}

/// Whether a name's Latin edges are edges of words. Chinese characters, punctuation and spaces
/// bound a Latin word, as in 用momo头像; a Chinese edge needs no bound.
fn is_whole(slots: &[Slot], range: Range<usize>) -> bool {
    let at = |index: usize| slots.get(index).map(|slot| slot.folded);
    let before = |steps: usize| range.start.checked_sub(steps).and_then(at);
    let after = |steps: usize| at(range.end + steps - 1);
    let is_latin = |edge: Option<char>| edge.is_some_and(fold::is_word);
    let (first, last) = (at(range.start), at(range.end - 1));
    let possessive = after(1) == Some('\'') && after(2) == Some('s') && !is_latin(after(3));
    (!is_latin(first) || !goes_on(first, before(1), before(2)))
        && (!is_latin(last) || possessive || !goes_on(last, after(1), after(2)))
        && !after(1).is_some_and(is_mark)
        && before(1) != Some(JOINER)
}

/// Whether a word goes on beyond its edge, over the next two characters: a letter or a digit, an
/// apostrophe with a letter (don't) or the decimals of a number.
fn goes_on(edge: Option<char>, next: Option<char>, second: Option<char>) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match next {
        Some('\'') => second.is_some_and(fold::is_word) && !is_digit(second),
        Some('.') => is_digit(edge) && is_digit(second),
        _ => next.is_some_and(|next| fold::is_word(next) || is_mark(next)),
    }
}

/// The zero-width joiner, which makes one emoji of several.
const JOINER: char = '\u{200D}';

/// Whether a character changes the one before it: a combining mark, a joiner, a skin tone.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}')
        || matches!(c, JOINER | '\u{1F3FB}'..='\u{1F3FF}')
}
