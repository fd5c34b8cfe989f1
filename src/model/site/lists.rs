//! What articles are listed by: time, sections, tags, categories and issues.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::config::{self, Config};
use crate::lang::{Lang, PerLang};
use crate::memo::Fingerprint;
use crate::model::glossary::Glossary;
use crate::model::glossary::order::compare;
use crate::model::pages::{Page, PageKind};
use crate::model::per_page::PerPage;
use crate::model::urls::segment;

/// The articles with a date, newest first; those of one moment by their address.
pub(super) fn newest_first(pages: &PerPage<Arc<Page>>) -> Vec<usize> {
    let mut listed: Vec<usize> = (0..pages.len()).filter(|&page| pages[page].is_listed()).collect();
    listed.sort_unstable_by_key(|&page| (Reverse(pages[page].facts.date), &pages[page].key));
    listed
}

/// The listed articles by year, the newest first.
pub(super) fn years(pages: &PerPage<Arc<Page>>, listed: &[usize]) -> Vec<(i16, Vec<usize>)> {
    let mut years: BTreeMap<Reverse<i16>, Vec<usize>> = BTreeMap::new();
    for &page in listed {
        if let Some(date) = pages[page].facts.date {
            years.entry(Reverse(date.year())).or_default().push(page);
        }
    }
    years.into_iter().map(|(year, pages)| (year.0, pages)).collect()
}

/// A folder of the site.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The page that gives it a title and a text.
    pub page: Option<usize>,
    /// The pages that lie in it: by weight, then newest first, then by address.
    pub pages: Vec<usize>,
    /// The keys of the sections in it.
    pub children: Vec<String>,
}

/// The sections by key; the top of the site is none.
pub type Sections = BTreeMap<String, Section>;

/// Finds the sections: every folder that pages lie in, whether or not it has an `_index`.
pub(super) fn sections(pages: &PerPage<Arc<Page>>) -> Sections {
    let mut sections = Sections::new();
    for (index, page) in pages.iter().enumerate() {
        match page.kind {
            PageKind::Home => {}
            PageKind::Section => sections.entry(page.key.clone()).or_default().page = Some(index),
            PageKind::Article => {
                if let Some((parent, _)) = page.key.rsplit_once('/') {
                    sections.entry(parent.to_owned()).or_default().pages.push(index);
                }
            }
        }
    }
    let keys: Vec<String> = sections.keys().cloned().collect();
    for key in keys {
        let mut inner = key.as_str();
        while let Some((parent, _)) = inner.rsplit_once('/') {
            let children = &mut sections.entry(parent.to_owned()).or_default().children;
            if !children.iter().any(|child| child == inner) {
                children.push(inner.to_owned());
            }
            inner = parent;
        }
    }
    for section in sections.values_mut() {
        section.children.sort();
        section.pages.sort_unstable_by_key(|&page| {
            let facts = &pages[page].facts;
            let weight = facts.weight.unwrap_or(i64::MAX);
            (weight, Reverse(facts.date), &pages[page].key)
        });
    }
    sections
}

/// Tags, categories and issues.
#[derive(Debug, Clone)]
pub struct Taxonomies {
    /// What articles talk about.
    pub tags: Taxonomy,
    /// Which kind of articles they are.
    pub categories: Taxonomy,
    /// Which number of the digest they appeared in.
    pub issues: Taxonomy,
}

impl Taxonomies {
    /// All three.
    pub fn iter(&self) -> impl Iterator<Item = &Taxonomy> {
        [&self.tags, &self.categories, &self.issues].into_iter()
    }
}

/// One way to group articles.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    /// `tags`, `categories` or `issues`: the folder of its pages.
    pub kind: &'static str,
    /// Its name.
    pub name: PerLang<String>,
    /// Its groups by id.
    pub groups: Vec<Group>,
    /// Whether its groups have feeds.
    pub feed: bool,
    /// The groups of each page, in the page's order, by their places in `groups`.
    of: Vec<Vec<u32>>,
}

/// The articles of a tag, a category or an issue.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id, as articles name it.
    pub id: String,
    /// Its name.
    pub name: PerLang<String>,
    /// Its articles, newest first.
    pub pages: Vec<usize>,
    /// Of what articles show of it: id, name and numbers of articles.
    pub fingerprint: Fingerprint,
    /// Of its name.
    pub named: Fingerprint,
}

impl Group {
    /// The key of its page: `tags/slang`.
    pub fn key(&self, kind: &str) -> String {
        format!("{kind}/{}", segment(&self.id))
    }
}

impl Taxonomy {
    /// The groups that a page is in, in the order in which it names them.
    pub fn of(&self, page: usize) -> impl Iterator<Item = &Group> {
        self.of[page].iter().map(|&at| &self.groups[at as usize])
    }

    /// The group of an id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups
            .binary_search_by(|group| group.id.as_str().cmp(id))
            .ok()
            .map(|at| &self.groups[at])
    }

    /// Its groups in the order of a language: by name, issues from the newest.
    pub fn ordered(&self, lang: Lang) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.groups.iter().collect();
        if self.kind == "issues" {
            groups.sort_by_key(|group| Reverse((group.id.parse::<u64>().ok(), &group.id)));
        } else {
            groups.sort_by(|a, b| {
                compare(lang, a.name.get(lang), b.name.get(lang)).then_with(|| a.id.cmp(&b.id))
            });
        }
        groups
    }
}

/// Groups the articles.
pub(super) fn taxonomies(
    config: &Config,
    pages: &PerPage<Arc<Page>>,
    listed: &[usize],
    glossary: &Glossary,
) -> Taxonomies {
    let all = &config.taxonomies;
    let group = |kind, settings, ids: fn(&Page) -> &[String]| {
        taxonomy(kind, settings, pages, listed, glossary, ids)
    };
    let (tags, (categories, issues)) = rayon::join(
        || group("tags", &all.tags, |page| &page.facts.tags),
        || {
            let categories = group("categories", &all.categories, |page| &page.facts.categories);
            (categories, group("issues", &all.issues, |page| page.facts.issue.as_slice()))
        },
    );
    Taxonomies { tags, categories, issues }
}

fn taxonomy(
    kind: &'static str,
    settings: &config::Taxonomy,
    pages: &PerPage<Arc<Page>>,
    listed: &[usize],
    glossary: &Glossary,
    ids: impl Fn(&Page) -> &[String],
) -> Taxonomy {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &page in listed {
        let unique: BTreeSet<&str> = ids(&pages[page]).iter().map(String::as_str).collect();
        for id in unique {
            groups.entry(id).or_default().push(page);
        }
    }
    let places: HashMap<&str, u32> = groups.keys().copied().zip(0..).collect();
    let of = |page: &Arc<Page>| {
        ids(page).iter().filter_map(|id| places.get(id.as_str()).copied()).collect()
    };
    let of = pages.iter().map(of).collect();
    let groups = groups.into_iter().map(|(id, listed)| {
        let name = PerLang::from_fn(|lang| name(kind, settings, id, glossary, lang));
        // Which versions there are decides how many articles each view counts.
        let mut counts = [0_usize; 4];
        for &page in &listed {
            let docs = &pages[page].docs;
            counts[usize::from(docs.zh.is_some()) + 2 * usize::from(docs.en.is_some())] += 1;
        }
        let fingerprint = Fingerprint::of_value(&(kind, id, &name, counts));
        let named = Fingerprint::of_value(&name);
        Group { id: id.to_owned(), name, pages: listed, fingerprint, named }
    });
    Taxonomy {
        kind,
        name: PerLang::from_fn(|lang| settings.name.get(lang).to_owned()),
        groups: groups.collect(),
        feed: settings.feed,
        of,
    }
}

/// What a group is called: as book.toml says, else as the glossary's term of that id, else by
/// its id; an issue by its number.
fn name(
    kind: &str,
    settings: &config::Taxonomy,
    id: &str,
    glossary: &Glossary,
    lang: Lang,
) -> String {
    if let Some(text) = settings.terms.get(id) {
        return text.get(lang).to_owned();
    }
    if kind == "issues" && id.bytes().all(|b| b.is_ascii_digit()) {
        return match lang {
            Lang::Zh => format!("第 {id} 期"),
            Lang::En => format!("Issue {id}"),
        };
    }
    let term = glossary.get(id).map(|(_, entry)| &entry.term);
    let names = term.map(|term| PerLang { zh: term.zh.clone(), en: term.en.clone() });
    names.and_then(|names| names.either(lang).cloned()).unwrap_or_else(|| id.to_owned())
}
