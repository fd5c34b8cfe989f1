//! What stands in the text of a Chinese block besides its characters: breaks of a heading, and
//! readings over words.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Terms;
use crate::config::Pinyin;
use crate::lang::Lang;
use crate::model::glossary::fold::squeeze;
use crate::model::glossary::matcher::Match;
use crate::model::reading::{self, Before};
use crate::model::segment::{self, Kind, Word};
use crate::parse::cjk::is_han;
use crate::parse::markdown::{Block, BlockKind};
use crate::parse::term::Term;

/// What stands in the text of a block; all places are bytes of that text.
#[derive(Default)]
pub(super) struct Plan {
    /// Where a line of a heading may end.
    pub breaks: Vec<usize>,
    /// Spaces at which it may not: inside names.
    pub spaces: Vec<usize>,
    /// Words with a reading, from left to right.
    pub words: Vec<Read>,
}

/// A word and how it is read.
pub(super) struct Read {
    /// Its bytes.
    pub range: Range<usize>,
    /// One syllable for each character, or the whole reading as one.
    syllables: Vec<String>,
    /// Whether spaces stand between the syllables, as in the glossary.
    spaced: bool,
}

impl Read {
    /// The reading of a part of the word, which a tag may have cut in two.
    pub fn of(&self, text: &str, part: &Range<usize>) -> Option<String> {
        let count = |range: Range<usize>| text[range].chars().count();
        let syllables = if *part == self.range {
            self.syllables.as_slice()
        } else {
            let whole = self.syllables.len() == count(self.range.clone());
            let from = count(self.range.start..part.start);
            self.syllables.get(from..from + count(part.clone())).filter(|_| whole)?
        };
        Some(if self.spaced { syllables.join(" ") } else { reading::join(syllables) })
    }
}

/// What stands in the text of a block.
pub(super) fn plan(block: &Block, lang: Lang, terms: &Terms<'_>) -> Plan {
    let heading = matches!(block.kind, BlockKind::Heading(_));
    let all = terms.pinyin == Pinyin::All && block.kind != BlockKind::Code;
    if lang != Lang::Zh || !(heading || all) {
        return Plan::default();
    }
    let text = &block.text;
    let names = segment::names(text, terms.matcher);
    let (breaks, spaces) = match heading {
        true => (segment::breaks(text, &names), segment::spaces(text, &names)),
        false => Default::default(),
    };
    let words = if all { words(text, terms) } else { Vec::new() };
    Plan { breaks, spaces, words }
}

/// The reading of a term where it is linked, if only terms have one: the author's or the
/// glossary's. Another name of the term has none of its own, and the dictionary, whose first use
/// takes two thirds of a second, is not asked for it.
pub(super) fn term(text: &str, range: Range<usize>, term: usize, terms: &Terms<'_>) -> Vec<Read> {
    let entry = &terms.glossary.terms[term].term;
    let own = &text[range.clone()];
    let main = entry.zh.as_deref().is_some_and(|zh| squeeze(zh) == squeeze(own));
    let mut out = Vec::new();
    if main && entry.pinyin.is_some() || terms.readings.contains_key(own) {
        name(text, range, Some(entry), terms.readings, &mut out);
    }
    out
}

/// The words of a text with their readings: the author's first, then the glossary's, then the
/// dictionary's.
fn words(text: &str, terms: &Terms<'_>) -> Vec<Read> {
    let found = terms.matcher.find(text);
    let names = names(text, &found, terms.readings);
    let cuts = segment::words(text, &names, false);
    let mut out = Vec::new();
    for (index, word) in cuts.iter().enumerate() {
        // A name of one character is a word of jieba's where it stands alone.
        let entry = found.iter().find(|found| found.range == word.range);
        let entry = entry.map(|found| &terms.glossary.terms[found.term].term);
        if entry.is_some() || matches!(word.kind, Kind::Name(_)) {
            name(text, word.range.clone(), entry, terms.readings, &mut out);
        } else {
            let before = index.checked_sub(1).map_or(Before::Other, |at| before(text, &cuts[at]));
            plain(text, word, before, terms.readings, &mut out);
        }
    }
    out
}

/// What a word is for the reading of the next one.
fn before(text: &str, word: &Word) -> Before {
    const MODAL: [&str; 8] = ["可以", "愿意", "能够", "应该", "需要", "希望", "想要", "继续"];
    let own = &text[word.range.clone()];
    match word.kind {
        Kind::Number => Before::Count,
        _ if own.ends_with(['这', '那', '哪', '每', '几', '两', '一']) => Before::Count,
        Kind::Predicate if !MODAL.contains(&own) => Before::Predicate(own.len() > '为'.len_utf8()),
        Kind::Predicate => Before::Predicate(false),
        _ => Before::Other,
    }
}

/// The names that are words by themselves: those that the author gave a reading, and the
/// glossary's that do not lie across one of them. A reading of one character is for that
/// character where it stands alone.
fn names(text: &str, found: &[Match], readings: &BTreeMap<String, String>) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = Vec::new();
    let free = |names: &[Range<usize>], range: &Range<usize>| {
        names.iter().all(|name| range.end <= name.start || name.end <= range.start)
    };
    let mut given: Vec<&String> = readings.keys().filter(|key| key.chars().count() > 1).collect();
    given.sort_by_key(|key| std::cmp::Reverse(key.len()));
    for key in given {
        for (at, _) in text.match_indices(key.as_str()) {
            let range = at..at + key.len();
            if free(&names, &range) {
                names.push(range);
            }
        }
    }
    for found in found.iter().filter(|found| text[found.range.clone()].chars().nth(1).is_some()) {
        if free(&names, &found.range) {
            names.push(found.range.clone());
        }
    }
    names.sort_by_key(|name| name.start);
    names
}

/// Reads a name: as the author says, as the glossary says of its term, else by the dictionary.
fn name(
    text: &str,
    range: Range<usize>,
    entry: Option<&Term>,
    readings: &BTreeMap<String, String>,
    out: &mut Vec<Read>,
) {
    let own = &text[range.clone()];
    if let Some(pinyin) = readings.get(own) {
        out.push(given(range, own, pinyin));
        return;
    }
    let main =
        entry.filter(|term| term.zh.as_deref().is_some_and(|zh| squeeze(zh) == squeeze(own)));
    let pinyin = main.and_then(|term| term.pinyin.as_deref()).map(str::trim).unwrap_or_default();
    let runs = han_runs(text, range.clone());
    if let ([run], false) = (runs.as_slice(), pinyin.is_empty())
        && *run == range
    {
        out.push(given(range, own, pinyin));
        return;
    }
    let count = own.chars().filter(|c| is_han(*c)).count();
    let own = own.to_lowercase();
    let chinese = |token: &&str| !token.is_ascii() || !own.contains(&token.to_lowercase());
    let syllables: Vec<&str> = pinyin.split_whitespace().filter(chinese).collect();
    if let ([run], false) = (runs.as_slice(), syllables.is_empty()) {
        out.push(given(run.clone(), &text[run.clone()], &syllables.join(" ")));
        return;
    }
    let mut rest = syllables.as_slice();
    for run in runs {
        if syllables.len() == count {
            let (head, tail) = rest.split_at(text[run.clone()].chars().count());
            let syllables = head.iter().map(|&syllable| syllable.to_owned()).collect();
            out.push(Read { range: run, syllables, spaced: true });
            rest = tail;
            continue;
        }
        for mut word in segment::words(&text[run.clone()], &[], false) {
            word.range = word.range.start + run.start..word.range.end + run.start;
            plain(text, &word, Before::Other, readings, out);
        }
    }
}

/// A reading that somebody wrote, with or without spaces between its syllables.
fn given(range: Range<usize>, own: &str, pinyin: &str) -> Read {
    let syllables: Vec<String> = pinyin.split_whitespace().map(str::to_owned).collect();
    match syllables.len() == own.chars().count() {
        true => Read { range, syllables, spaced: true },
        false => Read { range, syllables: vec![syllables.join(" ")], spaced: true },
    }
}

/// Reads a word by the dictionary.
fn plain(
    text: &str,
    word: &Word,
    before: Before,
    readings: &BTreeMap<String, String>,
    out: &mut Vec<Read>,
) {
    let own = &text[word.range.clone()];
    if let Some(pinyin) = readings.get(own) {
        out.push(given(word.range.clone(), own, pinyin));
    } else if own.chars().all(is_han) {
        let syllables = reading::word(own, before);
        let range = word.range.clone();
        out.extend(syllables.map(|syllables| Read { range, syllables, spaced: false }));
    } else {
        for run in han_runs(text, word.range.clone()) {
            if let Some(syllables) = reading::word(&text[run.clone()], before) {
                out.push(Read { range: run, syllables, spaced: false });
            }
        }
    }
}

/// The stretches of Chinese characters in a range of a text.
fn han_runs(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text[range.clone()].char_indices().filter(|(_, c)| is_han(*c)) {
        let (start, end) = (range.start + at, range.start + at + c.len_utf8());
        match runs.last_mut().filter(|run| run.end == start) {
            Some(run) => run.end = end,
            None => runs.push(start..end),
        }
    }
    runs
}
