//! The orders of the glossary's indexes, and of names elsewhere.
//!
//! ICU orders Chinese by character: 单于 would stand under D and 行长 under X. The index follows
//! the reading that the author gave (or confirmed) instead, compared as the letters it is.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::{Locale, locale};
use unicode_normalization::UnicodeNormalization;

use super::{Entry, Glossary};
use crate::lang::{Lang, PerLang};

/// The group of names that do not begin with a letter from A to Z.
const OTHERS: &str = "#";

static COLLATORS: LazyLock<PerLang<Option<CollatorBorrowed<'static>>>> = LazyLock::new(|| {
    let build = |locale: Locale| {
        Collator::try_new(CollatorPreferences::from(&locale), CollatorOptions::default()).ok()
    };
    PerLang { zh: build(locale!("zh-u-co-pinyin")), en: build(locale!("en")) }
});

/// Compares two names as readers of a language look them up: Chinese ones by the pinyin of their
/// characters, English ones alphabetically. Different names are never equal.
pub fn compare(lang: Lang, a: &str, b: &str) -> Ordering {
    let collated = COLLATORS.get(lang).as_ref().map(|collator| collator.compare(a, b));
    collated.unwrap_or(Ordering::Equal).then_with(|| a.cmp(b))
}

/// The terms that have a Chinese name, by pinyin, under the first letters of their pinyin.
pub fn by_pinyin(glossary: &Glossary) -> Vec<(String, Vec<usize>)> {
    let indexes = sorted(glossary, |entry| entry.term.zh.is_some(), compare_pinyin);
    grouped(glossary, indexes, pinyin)
}

/// The terms that have an English name, alphabetically, under their first letters.
pub fn by_letter(glossary: &Glossary) -> Vec<(String, Vec<usize>)> {
    let indexes = sorted(
        glossary,
        |entry| entry.term.en.is_some(),
        |a, b| compare(Lang::En, english(a), english(b)),
    );
    grouped(glossary, indexes, english)
}

/// All terms by category, in the order of the categories' names; those without one come last,
/// under an empty name. Terms stand in the order of [`by_pinyin`].
pub fn by_category(glossary: &Glossary) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let indexes = sorted(
        glossary,
        |_| true,
        |a, b| {
            let (a_name, b_name) = (category(a), category(b));
            let last = a_name.is_empty().cmp(&b_name.is_empty());
            let by_name = last.then_with(|| compare(Lang::Zh, a_name, b_name));
            by_name.then_with(|| compare_pinyin(a, b))
        },
    );
    for index in indexes {
        let name = category(&glossary.terms[index]);
        match groups.last_mut().filter(|(last, _)| last == name) {
            Some((_, members)) => members.push(index),
            None => groups.push((name.to_owned(), vec![index])),
        }
    }
    groups
}

fn category(entry: &Entry) -> &str {
    entry.term.category.as_deref().map_or("", str::trim)
}

/// The reading of a term: its pinyin, else its name (Latin names are read as written).
fn pinyin(entry: &Entry) -> &str {
    let term = &entry.term;
    let reading = term.pinyin.as_deref().filter(|pinyin| !pinyin.trim().is_empty());
    reading.or(term.zh.as_deref()).or(term.en.as_deref()).unwrap_or(&term.id).trim()
}

fn english(entry: &Entry) -> &str {
    entry.term.en.as_deref().unwrap_or_default().trim()
}

fn compare_pinyin(a: &Entry, b: &Entry) -> Ordering {
    let name = |entry: &Entry| entry.term.zh.clone().unwrap_or_default();
    compare(Lang::Zh, pinyin(a), pinyin(b))
        .then_with(|| compare(Lang::Zh, &name(a), &name(b)))
        .then_with(|| a.term.id.cmp(&b.term.id))
}

fn sorted(
    glossary: &Glossary,
    takes: impl Fn(&Entry) -> bool,
    order: impl Fn(&Entry, &Entry) -> Ordering,
) -> Vec<usize> {
    let terms = &glossary.terms;
    let mut indexes: Vec<usize> = (0..terms.len()).filter(|i| takes(&terms[*i])).collect();
    indexes.sort_by(|a, b| order(&terms[*a], &terms[*b]).then_with(|| a.cmp(b)));
    indexes
}

/// Puts sorted terms under the first letters of their names, `#` last.
fn grouped(
    glossary: &Glossary,
    indexes: Vec<usize>,
    name: fn(&Entry) -> &str,
) -> Vec<(String, Vec<usize>)> {
    let mut groups = std::collections::BTreeMap::<String, Vec<usize>>::new();
    for index in indexes {
        groups.entry(letter(name(&glossary.terms[index]))).or_default().push(index);
    }
    let others = groups.remove(OTHERS);
    groups.into_iter().chain(others.map(|others| (OTHERS.to_owned(), others))).collect()
}

/// The letter under which a name stands: its first one without marks, quotes and the like before
/// it passed over.
fn letter(name: &str) -> String {
    let first = name.nfkd().find(|c| c.is_alphanumeric());
    let letter = first.map(|c| c.to_ascii_uppercase()).filter(char::is_ascii_uppercase);
    letter.map_or_else(|| OTHERS.to_owned(), String::from)
}

#[cfg(test)]
mod tests;
