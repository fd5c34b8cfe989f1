//! The glossary of a site: its terms in order, checked against each other, and what reads them.
//!
//! The model knows no templates and no mark-up: [`matcher`] finds names in plain text, [`order`]
//! lists terms for the indexes; links and cards are made elsewhere from the same entries.

mod check;
pub mod fold;
pub mod matcher;
pub mod merge;
pub mod order;
mod reading;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{self, Diagnostic};
use crate::lang::{Lang, View};
use crate::memo::{Fingerprint, Hasher};
use crate::parse::term::Term;

/// A term with the place of its definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The term; its pinyin is filled where the author left it out.
    pub term: Term,
    /// The file that defines it, relative to the site's root.
    pub path: Arc<str>,
    /// Bytes of that file: the term's id, or the whole term where the id is left out.
    pub span: Range<usize>,
    /// Bytes of each id of its `see`.
    pub see: Vec<Range<usize>>,
    /// Whether an article's own front matter defines it, for that article alone.
    pub local: bool,
    /// Whether it has a text of its own beside the definition (`content/glossary/<id>.md`).
    pub rich: bool,
}

impl Entry {
    /// Every name under which texts may mention the term, the main ones first: Latin names occur
    /// in Chinese texts and the reverse, so there is one list for both languages.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let Term { zh, en, aliases, .. } = &self.term;
        let main = [zh, en].into_iter().flatten();
        main.chain(Lang::ALL.iter().flat_map(|lang| aliases.get(*lang))).map(String::as_str)
    }

    /// Whether an article explains it to the readers of a language: always where it has no page
    /// of its own.
    pub fn is_explained(&self, lang: Lang) -> bool {
        self.local || !self.term.known.contains(&lang)
    }

    /// Whether an article explains it in a view, with a card and an entry among its words.
    pub fn is_explained_in(&self, view: View) -> bool {
        Lang::ALL.iter().any(|&lang| view.shows(lang) && self.is_explained(lang))
    }
}

/// The terms of a site, or of an article with terms of its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Glossary {
    /// The terms, sorted by id; no id occurs twice.
    pub terms: Vec<Entry>,
    /// The fingerprint of everything that linking and cards read: the terms themselves and
    /// their flags, not the places where they are defined.
    pub fingerprint: Fingerprint,
}

impl Glossary {
    /// Takes terms that are sorted and free of repetitions.
    fn of(terms: Vec<Entry>) -> Self {
        let mut hasher = Hasher::new();
        for entry in &terms {
            hasher = hasher.value(&(&entry.term, entry.local, entry.rich));
        }
        Glossary { terms, fingerprint: hasher.finish() }
    }

    /// The term of an id, and its place in [`Glossary::terms`].
    pub fn get(&self, id: &str) -> Option<(usize, &Entry)> {
        let index = self.terms.binary_search_by(|entry| entry.term.id.as_str().cmp(id)).ok()?;
        Some((index, self.terms.get(index)?))
    }

    /// The id that was probably meant by an unknown one: that of a term with this name
    /// (`[[猫税]]`), else the nearest id, else that of the nearest name.
    pub fn suggest(&self, id: &str) -> Option<&str> {
        let wanted = fold::squeeze(id);
        let named =
            self.terms.iter().find(|entry| entry.names().any(|n| fold::squeeze(n) == wanted));
        if let Some(entry) = named {
            return Some(&entry.term.id);
        }
        if let Some(near) = diag::suggest(id, self.terms.iter().map(|e| e.term.id.as_str())) {
            return Some(near);
        }
        // One character of two apart is another word in Chinese, not a slip of the pen.
        if wanted.chars().count() < 3 {
            return None;
        }
        let names: Vec<(String, &str)> = self
            .terms
            .iter()
            .flat_map(|e| e.names().map(|n| (fold::squeeze(n), e.term.id.as_str())))
            .collect();
        let near = diag::suggest(&wanted, names.iter().map(|(name, _)| name.as_str()))?;
        names.iter().find(|(name, _)| name == near).map(|(_, id)| *id)
    }

    /// An article's own view: these terms and its local ones, which win over those of the same
    /// id, with a warning. Problems among the site's own terms are not told again.
    pub fn with_local(&self, local: Vec<Entry>) -> (Glossary, Vec<Diagnostic>) {
        check::join(self, local)
    }
}

/// Puts the site's terms in order, fills their pinyin and checks them against each other.
pub fn assemble(terms: Vec<Entry>) -> (Glossary, Vec<Diagnostic>) {
    check::join(&Glossary::default(), terms)
}

/// How a Chinese name is read, by the rule that fills `pinyin`, and those of its characters whose reading
/// is not sure; none if it has no Chinese characters.
pub fn reading_of(name: &str) -> Option<(String, String)> {
    reading::read(name).map(|read| (read.pinyin, read.unsure.into_iter().collect()))
}
