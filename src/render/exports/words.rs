//! The words of an article, of a section or of the site as a file.

use std::collections::HashSet;
use std::sync::Arc;

use crate::config::VocabularyExport;
use crate::lang::{PerLang, View};
use crate::memo::{Fingerprint, Hasher};
use crate::model::site::{Site, uses_in};
use crate::model::texts::Words;
use crate::render::machine::cards::{self, Card, Vocabulary};
use crate::render::shelf::Shelf;

use super::scope::Scope;
use super::terms::{self, Marked, languages};

/// The words as a file. `bom` begins tables with a byte order mark.
pub fn vocabulary_file(
    site: &Site<'_>,
    scope: &Scope,
    export: VocabularyExport,
    bom: bool,
) -> Vec<u8> {
    let vocabulary = vocabulary(site, scope);
    match export {
        VocabularyExport::Anki => cards::anki(&vocabulary),
        VocabularyExport::Csv => cards::csv(&vocabulary, bom),
        VocabularyExport::Json => cards::json(&vocabulary),
    }
}

/// The fingerprint of the words that articles define for themselves, with their texts.
pub(super) fn key(site: &Site<'_>) -> Fingerprint {
    let pages = site.texts.iter().zip(&site.wholes);
    let own = pages.filter(|(text, _)| !Arc::ptr_eq(&text.words, &site.words));
    own.fold(Hasher::new(), |key, (_, whole)| key.with(*whole)).finish()
}

/// Gathers words: those of the lists below articles, or for the whole site all of the glossary, and
/// those that articles define for themselves.
pub(super) fn vocabulary(site: &Site<'_>, scope: &Scope) -> Vocabulary {
    let mut words = Vec::new();
    let whole = *scope == Scope::Site;
    if whole {
        let terms = 0..site.words.glossary.terms.len();
        words.extend(
            terms.map(|term| card(site, &site.words, term, None, terms::example(site, term))),
        );
    }
    for page in scope.articles(site) {
        let text = &site.texts[page];
        for term in text.linked_words(|_| true) {
            let local = text.words.glossary.terms[term].local;
            if local || !whole {
                let example = in_article(site, page, term);
                words.push(card(site, &text.words, term, local.then_some(page), example));
            }
        }
    }
    let mut seen = HashSet::new();
    words.retain(|card: &Card| seen.insert(card.guid.clone()));
    Vocabulary { deck: deck(site, scope), languages: languages(site), words }
}

/// The best example of a word in an article.
fn in_article(site: &Site<'_>, page: usize, term: usize) -> Option<Marked> {
    let mut uses = uses_in(&site.texts[page], term, site.config.align.confidence);
    let first = uses.next()?;
    let best = if first.sure { first } else { uses.find(|one| one.sure).unwrap_or(first) };
    Some(terms::of_use(site, page, &best))
}

/// A word as a card; `owner` is the article that defines it for itself.
fn card(
    site: &Site<'_>,
    words: &Words,
    term: usize,
    owner: Option<usize>,
    example: Option<Marked>,
) -> Card {
    let word = Shelf { site, view: View::Both }.word(words, term);
    let category = words.glossary.terms[term].term.category.clone();
    let (example, marked) = example.unzip();
    Card {
        guid: guid(site, &word.id, owner),
        id: word.id,
        zh: word.zh,
        en: word.en,
        pinyin: word.pinyin,
        part_of_speech: word.part_of_speech,
        category,
        definition: PerLang { zh: word.definition.zh, en: word.definition.en },
        example,
        marked: marked.unwrap_or_default(),
        url: word.url.map(|url| site.urls.absolute(&url)),
    }
}

/// The id of a card: made from what the site is called in book.toml, by its address or else by its
/// title, and from the word's id, with the address of the article that it belongs to.
fn guid(site: &Site<'_>, id: &str, owner: Option<usize>) -> String {
    let config = site.config;
    let key = Hasher::new().str("card");
    let key = match &config.output.html.site_url {
        Some(url) => key.str(url.trim_end_matches('/')),
        None => key.value(&config.book.title),
    };
    let owner = owner.map_or("", |page| site.pages[page].key.as_str());
    key.str(owner).str(id).finish().to_string()[..20].to_owned()
}

/// The deck: the site, and in it the section or the article.
fn deck(site: &Site<'_>, scope: &Scope) -> String {
    let lang = site.config.book.language;
    let shelf = Shelf { site, view: View::Both };
    // Anki puts a deck into another at two colons.
    let name = |text: &str| text.replace("::", ": :");
    let whole = name(site.config.book.title.get(lang));
    match scope {
        Scope::Site => whole,
        Scope::Section(key) => format!("{whole}::{}", name(shelf.section_name(key).get(lang))),
        Scope::Page(page) => format!("{whole}::{}", name(site.title(*page, lang))),
    }
}
