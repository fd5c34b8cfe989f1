//! Pages that are remembered together: neighbours by name. Where none of them has changed, nothing is
//! asked of any.

use std::hash::Hasher as _;
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::facts::Facts;
use super::{Found, Page, page};
use crate::config::Config;
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::parse::doc::{Doc, Docs};
use crate::source::{Now, Options};

/// How many pages a batch has on average: enough that a site is few batches, so few that the batch
/// of an edited page is soon looked through.
const SIZE: u64 = 32;

/// How many pages a batch has at most.
const MOST: usize = 256;

/// The folder and the name of a page: those of its files, without language and ending.
pub type Name<'a> = (&'a str, &'a str);

/// The name of the page of a file, by the file's path from the content folder and its name without
/// language and ending.
pub fn page_name<'a>(inside: &'a str, name: &'a str) -> Name<'a> {
    let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
    // At the top there is no page's folder that an `index` could belong to: it is the home page.
    if (folder, name) == ("", "index") { ("", "_index") } else { (folder, name) }
}

/// Where batches end among files that are sorted by the names of their pages. A batch ends before a name
/// of a certain kind, so that a new page changes its own batch and no other (content-defined
/// chunking, as rsync-like tools cut files).
pub fn ends<'a>(names: impl Iterator<Item = Name<'a>>) -> Vec<usize> {
    let (mut ends, mut last, mut pages, mut count) = (Vec::new(), None, 0, 0);
    for name in names {
        if last != Some(name) {
            if pages >= MOST || pages > 0 && opens(name) {
                ends.push(count);
                pages = 0;
            }
            pages += 1;
            last = Some(name);
        }
        count += 1;
    }
    ends.extend((count > 0).then_some(count));
    ends
}

fn opens((folder, name): Name<'_>) -> bool {
    let mut hasher = FxHasher::default();
    hasher.write(folder.as_bytes());
    hasher.write(name.as_bytes());
    (hasher.finish() >> 32).is_multiple_of(SIZE)
}

/// Pages that are remembered together.
pub struct Batch {
    /// All their documents, published or not.
    pub docs: Arc<Docs>,
    /// The pages that are published.
    pub pages: Arc<Vec<Arc<Page>>>,
    /// What is wrong with the documents, and with the pages.
    pub diagnostics: Vec<Diagnostic>,
    /// Of all that they were made from.
    pub fingerprint: Fingerprint,
    /// Of what decides where pages are listed and what links call them.
    pub outline: Fingerprint,
    /// What few pages have.
    pub has: Has,
    /// What the memo has to keep for the day when one of them changes.
    _held: (Arc<Gathered>, Vec<Arc<Made>>),
}

/// What few pages have: whether one of a batch does.
#[derive(Debug, Clone, Copy)]
pub struct Has {
    /// Problems that their author silences.
    pub silences: bool,
    /// Old addresses.
    pub aliases: bool,
    /// Templates of their own.
    pub templates: bool,
}

/// What the front matter of a page says, with its documents.
struct Entry {
    folder: String,
    name: String,
    found: Found,
    facts: Arc<(Facts, Vec<Diagnostic>)>,
    key: Fingerprint,
}

/// What the front matter of all pages of a batch says.
struct Gathered {
    entries: Vec<Entry>,
    diagnostics: Vec<Diagnostic>,
    /// The dates of those that have one.
    dates: Vec<Date>,
}

type Made = (Arc<Page>, Vec<Diagnostic>);

/// Brings the documents of a batch together into pages. `src` is the content folder, `config_key` the
/// fingerprint of the settings.
pub fn batch(
    src: &str,
    docs: Arc<Docs>,
    options: &Options,
    now: &Now,
    (config, config_key): (&Config, Fingerprint),
    memo: &Memo,
) -> Arc<Batch> {
    let key = Hasher::new().str("gathered").with(docs.fingerprint).with(config_key).finish();
    let gathered =
        memo.get(Stage::Batch, key, || gather(src, &docs.docs, (config, config_key), memo));
    // Time passes between two builds: what counts is which of the dates lie ahead.
    let dates = gathered.dates.iter().enumerate().filter(|_| !options.future);
    let ahead: Vec<usize> =
        dates.filter(|(_, date)| date.is_after(now)).map(|(at, _)| at).collect();
    let key = Hasher::new().str("pages").with(key).value(&(options.drafts, ahead)).finish();
    memo.get(Stage::Batch, key, || assemble(docs, gathered, (options, now), key, memo))
}

/// Finds the pages of documents, and what their front matter says.
fn gather(
    src: &str,
    docs: &[Arc<Doc>],
    (config, config_key): (&Config, Fingerprint),
    memo: &Memo,
) -> Gathered {
    let mut gathered = Gathered { entries: Vec::new(), diagnostics: Vec::new(), dates: Vec::new() };
    let named = docs.iter().filter_map(|doc| Some((super::name_of(src, &doc.path)?, doc)));
    let named: Vec<(Name<'_>, &Arc<Doc>)> = named.collect();
    for same in named.chunk_by(|(a, _), (b, _)| a == b) {
        let (folder, name) = same[0].0;
        let found = Found::of(same.iter().map(|(_, doc)| *doc), &mut gathered.diagnostics);
        let key = super::key(folder, name, &found.docs, config_key);
        // A draft or a version of the future says of the page what its other version inherits.
        let facts = memo.get(Stage::Prepare, key, || super::facts::gather(&found.docs, config));
        gathered.dates.extend(facts.0.date);
        let (folder, name) = (folder.to_owned(), name.to_owned());
        gathered.entries.push(Entry { folder, name, found, facts, key });
    }
    gathered
}

/// Makes the pages that are published.
fn assemble(
    docs: Arc<Docs>,
    gathered: Arc<Gathered>,
    (options, now): (&Options, &Now),
    fingerprint: Fingerprint,
    memo: &Memo,
) -> Batch {
    let mut outline = Hasher::new().str("outline");
    let mut diagnostics: Vec<Diagnostic> =
        docs.docs.iter().flat_map(|doc| doc.diagnostics.iter().cloned()).collect();
    diagnostics.extend(gathered.diagnostics.iter().cloned());
    let (mut pages, mut held) = (Vec::new(), Vec::new());
    for Entry { folder, name, found, facts, key } in &gathered.entries {
        diagnostics.extend(facts.1.iter().cloned());
        let docs = super::published(&found.docs, &facts.0, options, now);
        let there = [&docs.zh, &docs.en].map(|doc| u8::from(doc.is_some()));
        if there == [0, 0] {
            continue;
        }
        let key = Hasher::new().str("page").with(*key).bytes(&there).finish();
        let made = memo.get(Stage::Prepare, key, || {
            let written = found.docs.clone();
            page(folder.clone(), name, docs, written, facts.0.clone(), key)
        });
        diagnostics.extend(made.1.iter().cloned());
        outline = outline.value(&made.0.listed_by());
        pages.push(made.0.clone());
        held.push(made);
    }
    // Links know of pages that are not published too.
    let paths: Vec<&str> = docs.docs.iter().map(|doc| &*doc.path).collect();
    Batch {
        outline: outline.value(&paths).finish(),
        has: Has {
            silences: docs.docs.iter().any(|doc| !doc.silences.is_empty()),
            aliases: pages.iter().any(|page| !page.facts.aliases.is_empty()),
            templates: pages.iter().any(|page| page.facts.template.is_some()),
        },
        docs,
        pages: Arc::new(pages),
        diagnostics,
        fingerprint,
        _held: (gathered, held),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, ends};

    #[test]
    fn a_new_page_changes_its_own_batch() {
        let names: Vec<String> = (0..2000).map(|at| format!("page-{at:04}")).collect();
        let cut = |names: &[String]| {
            let ends = ends(names.iter().map(|name| ("2025", name.as_str())));
            assert_eq!(ends.last(), Some(&names.len()));
            ends
        };
        let before = cut(&names);
        assert!((30..200).contains(&before.len()), "{before:?}");
        assert!(before.windows(2).all(|pair| pair[1] - pair[0] <= MOST));
        let mut more = names;
        more.insert(777, "page-0776a".to_owned());
        let shifted: Vec<usize> = before.iter().map(|end| end + usize::from(*end > 777)).collect();
        let new = cut(&more);
        assert!(new.iter().filter(|end| !shifted.contains(end)).count() <= 1, "{new:?}");
    }

    #[test]
    fn the_files_of_a_page_stay_together() {
        let names = ["a", "a", "b", "b", "b"].map(|name| ("", name));
        for cut in ends(names.into_iter()) {
            assert!([2, 5].contains(&cut));
        }
        assert_eq!(ends(std::iter::empty()), Vec::<usize>::new());
    }
}
