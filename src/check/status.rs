//! How far a site is translated: for each section, and in all.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::stale::{Named, State, named};
use super::terminology;
use super::unit::sure;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::parse::lock::Lock;

/// How far the articles of a section are translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The section's key: its folder in the content folder, or nothing for the top.
    pub section: String,
    /// How many articles there are.
    pub articles: usize,
    /// How many are there in both languages.
    pub translated: usize,
    /// How many of those have blocks that changed since their translation was accepted.
    pub stale: usize,
    /// How many blocks that are.
    pub stale_blocks: usize,
    /// How many are there in both languages, and were never accepted.
    pub unaccepted: usize,
    /// How many are there in Chinese only.
    pub missing_en: usize,
    /// How many are there in English only.
    pub missing_zh: usize,
    /// How many terms of the glossary the translated articles mention.
    pub terms: usize,
    /// How many of those are rendered wherever they are mentioned.
    pub terms_covered: usize,
}

/// How far a site is translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Its sections, by key.
    pub sections: Vec<Coverage>,
    /// All of them together; a term counts once.
    pub total: Coverage,
}

/// Terms by id: whether each is rendered wherever it is mentioned.
type Terms = BTreeMap<String, bool>;

/// Counts the articles of a site.
pub fn status(site: &Site<'_>, lock: &Lock) -> Status {
    let confidence = sure(site);
    let named: BTreeMap<String, Named<'_>> =
        named(site).into_iter().map(|named| (named.key.clone(), named)).collect();
    let mut sections: BTreeMap<&str, (Coverage, Terms)> = BTreeMap::new();
    for page in site.pages.iter().filter(|page| page.kind == PageKind::Article) {
        let section = section_of(site, &page.key);
        let (own, terms) = sections.entry(section).or_default();
        own.articles += 1;
        match (page.docs.zh.is_some(), page.docs.en.is_some()) {
            (true, false) => own.missing_en += 1,
            (false, true) => own.missing_zh += 1,
            _ => own.translated += 1,
        }
        let Some(named) = named.get(&page.key) else { continue };
        match named.states(lock) {
            None => own.unaccepted += 1,
            Some(states) => {
                let changed = states.iter().filter(|looked| looked.state != State::Fresh).count();
                own.stale += usize::from(changed > 0);
                own.stale_blocks += changed;
            }
        }
        for (term, covered) in terminology::covered(&named.both, confidence) {
            *terms.entry(term).or_insert(true) &= covered;
        }
    }
    let mut total = Coverage::default();
    let mut all = Terms::new();
    let mut shown = Vec::new();
    for (key, (mut own, terms)) in sections {
        count(&mut own, &terms);
        total.articles += own.articles;
        total.translated += own.translated;
        total.stale += own.stale;
        total.stale_blocks += own.stale_blocks;
        total.unaccepted += own.unaccepted;
        total.missing_en += own.missing_en;
        total.missing_zh += own.missing_zh;
        for (term, covered) in terms {
            *all.entry(term).or_insert(true) &= covered;
        }
        shown.push(Coverage { section: key.to_owned(), ..own });
    }
    count(&mut total, &all);
    Status { sections: shown, total }
}

fn count(coverage: &mut Coverage, terms: &Terms) {
    coverage.terms = terms.len();
    coverage.terms_covered = terms.values().filter(|covered| **covered).count();
}

/// The innermost section that a page lies in.
fn section_of<'a>(site: &'a Site<'_>, key: &str) -> &'a str {
    let inside = |section: &&String| {
        key.strip_prefix(section.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    let sections = site.outline.sections.keys().filter(inside);
    sections.max_by_key(|section| section.len()).map_or("", String::as_str)
}

/// The lock with some pages as they are now, and how many were selected. Each of `paths` is a file of the
/// site, a folder or a page's key; none at all selects every page. Those that select nothing are handed back.
pub fn accept(
    site: &Site<'_>,
    lock: &Lock,
    paths: &[String],
) -> Result<(Lock, usize), Vec<String>> {
    let selects = |path: &str, named: &Named<'_>| {
        let within = |file: &str| {
            let rest = file.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || path.ends_with('/'))
        };
        matches!(path, "." | "/")
            || within(&named.key)
            || named.paths.iter().any(|(_, file)| within(file))
    };
    let all = named(site);
    let lost: Vec<String> = paths
        .iter()
        .filter(|path| !all.iter().any(|named| selects(path, named)))
        .cloned()
        .collect();
    if !lost.is_empty() {
        return Err(lost);
    }
    let wanted =
        |named: &Named<'_>| paths.is_empty() || paths.iter().any(|path| selects(path, named));
    let count: BTreeSet<&str> =
        all.iter().filter(|named| wanted(named)).map(|named| named.key.as_str()).collect();
    Ok((super::stale::accept(site, lock, wanted), count.len()))
}
