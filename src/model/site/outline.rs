//! What the names, dates and groups of pages decide together, remembered while none of these changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Parts;
use super::lists::{self, Sections, Taxonomies};
use crate::config::Config;
use crate::lang::{PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::links::{Generated, Places};
use crate::model::pages::Page;
use crate::model::pages::batch::Batch;
use crate::model::per_page::{Numbering, PerPage};
use crate::model::texts::Words;
use crate::model::urls::page_path;

/// What the names, dates and groups of pages decide together.
pub struct Outline {
    /// The articles with a date, newest first.
    pub listed: Vec<usize>,
    /// The place of each page in `listed`.
    pub in_list: Vec<Option<usize>>,
    /// The articles in the order of their uses of terms: the listed ones, then those without a date.
    pub articles: Vec<usize>,
    /// The languages that each page is there in, in their order.
    pub there: Vec<PerLang<bool>>,
    /// The sections by key.
    pub sections: Sections,
    /// Tags, categories and issues.
    pub taxonomies: Taxonomies,
    /// All that links can lead to.
    pub places: Places,
    /// The place of each page in the batches.
    pub numbering: Numbering,
    /// The listed articles by year, the newest first.
    pub years: Vec<(i16, Vec<usize>)>,
    /// Of all that it was made from.
    pub key: Fingerprint,
    /// Of `listed` and the sizes of the batches.
    pub order: Fingerprint,
}

/// The outline of a site, remembered.
pub(super) fn outline(parts: &Parts<'_>, words: &Words, memo: &Memo) -> Arc<Outline> {
    let mut key = Hasher::new().str("outline").with(parts.config_key).with(words.key);
    for batch in parts.batches {
        key = key.with(batch.outline);
    }
    let key = parts.files.keys().fold(key, |key, file| key.str(file)).finish();
    memo.get(Stage::Batch, key, || make(parts, words, key))
}

/// The pages of all batches.
pub(super) fn pages(batches: &[Arc<Batch>], numbering: &Numbering) -> PerPage<Arc<Page>> {
    let pages = batches.iter().map(|batch| batch.pages.clone());
    PerPage::new(pages, numbering.clone())
}

fn make(parts: &Parts<'_>, words: &Words, key: Fingerprint) -> Outline {
    let Parts { config, batches, files, .. } = parts;
    let numbering = Numbering::of(batches.iter().map(|batch| batch.pages.len()));
    let pages = pages(batches, &numbering);
    let listed = lists::newest_first(&pages);
    let (taxonomies, sections) = rayon::join(
        || lists::taxonomies(config, &pages, &listed, &words.glossary),
        || lists::sections(&pages),
    );
    let mut generated = generated(&sections, &taxonomies, words, &pages, &listed);
    generated.pages.extend(config.search.enable.then(|| "search".to_owned()));
    generated.files.extend(exported(config, words));
    let docs = batches.iter().flat_map(|batch| &batch.docs.docs);
    let files = files.keys().map(String::as_str);
    let places = Places::new(&config.book.folder(), pages.iter(), docs, files, generated);
    let mut in_list = vec![None; pages.len()];
    for (at, &page) in listed.iter().enumerate() {
        in_list[page] = Some(at);
    }
    let undated =
        (0..pages.len()).filter(|&page| pages[page].is_article() && in_list[page].is_none());
    let articles = listed.iter().copied().chain(undated).collect();
    let there = pages.iter().map(|page| PerLang::from_fn(|lang| page.has(lang))).collect();
    let sizes: Vec<usize> = batches.iter().map(|batch| batch.pages.len()).collect();
    let order = Fingerprint::of_value(&(&listed, sizes));
    Outline {
        years: lists::years(&pages, &listed),
        listed,
        in_list,
        articles,
        there,
        sections,
        taxonomies,
        places,
        numbering,
        key,
        order,
    }
}

/// The pages and files that no file stands for, as links may name them.
fn generated(
    sections: &Sections,
    taxonomies: &Taxonomies,
    words: &Words,
    pages: &PerPage<Arc<Page>>,
    listed: &[usize],
) -> Generated {
    let mut keys: BTreeSet<String> = ["", "archive"].map(str::to_owned).into();
    let mut fed = vec![String::new()];
    keys.extend(sections.keys().cloned());
    for taxonomy in taxonomies.iter().filter(|taxonomy| !taxonomy.groups.is_empty()) {
        keys.insert(taxonomy.kind.to_owned());
        let groups = taxonomy.groups.iter().map(|group| group.key(taxonomy.kind));
        keys.extend(groups.clone());
        fed.extend(groups.filter(|_| taxonomy.feed));
    }
    let terms = &words.glossary.terms;
    keys.extend(terms.first().map(|_| "glossary".to_owned()));
    keys.extend(terms.iter().map(|entry| format!("glossary/{}", entry.term.id)));
    let years = listed.iter().filter_map(|&page| pages[page].facts.date);
    keys.extend(years.map(|date| format!("archive/{}", date.year())));
    let mut files: BTreeSet<String> = ["404.html", "robots.txt"].map(str::to_owned).into();
    for (key, view) in fed.iter().flat_map(|key| View::ALL.map(|view| (key, view))) {
        let base = page_path(view, key);
        files.extend(["feed.xml", "feed.json"].map(|name| format!("{base}{name}")));
    }
    Generated { pages: keys, files }
}

/// The files for other programs that stand once in the output, as links may name them.
fn exported(config: &Config, words: &Words) -> Vec<String> {
    let exports = config.glossary.exports.iter().filter(|_| !words.glossary.terms.is_empty());
    let mut files: Vec<String> =
        exports.map(|export| format!("glossary/{}", export.file())).collect();
    files.extend(config.align.memory.then(|| "memory.tmx".to_owned()));
    files
}
