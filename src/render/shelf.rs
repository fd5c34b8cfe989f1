//! The site as one view shows it: cards, words, taxa and addresses for the contexts of pages.

use crate::config::OneLanguage;
use crate::date::Date;
use crate::lang::{Lang, PerLang, View};
use crate::model::pages::Page;
use crate::model::site::{Group, Site, Taxonomy};
use crate::model::texts::Words;
use crate::parse::smart::smart;

use super::context::{Bilingual, Card, DateContext, NamedLink, Taxon, Word};

/// The site as one view shows it.
#[derive(Clone, Copy)]
pub struct Shelf<'a> {
    /// The site.
    pub site: &'a Site<'a>,
    /// The view.
    pub view: View,
}

impl<'a> Shelf<'a> {
    /// The language of the page's own words: the view's, or the default one side by side.
    pub fn lang(&self) -> Lang {
        self.view.lang().unwrap_or(self.site.config.book.language)
    }

    /// The address of a key in this view.
    pub fn url(&self, key: &str) -> String {
        self.site.urls.page(self.view, key)
    }

    /// The address of a page in this view, or in the only language that it has.
    pub fn page_url(&self, page: &Page) -> String {
        self.site.urls.page(page.view_from(self.view), &page.key)
    }

    /// Whether lists of this view show a page.
    pub fn lists(&self, page: usize) -> bool {
        let there = &self.site.outline.there[page];
        let whole = match self.view.lang() {
            None => there.zh && there.en,
            Some(lang) => *there.get(lang),
        };
        whole || self.site.config.output.html.one_language == OneLanguage::Mark
    }

    /// The pages of a list that this view shows.
    pub fn listed(&self, pages: &[usize]) -> Vec<usize> {
        pages.iter().copied().filter(|&page| self.lists(page)).collect()
    }

    /// A text that each version of a page has, as far as this view shows it: the view's own
    /// language, or the only one that the page has.
    pub fn shown(&self, page: &Page, text: impl Fn(Lang) -> Option<String>) -> Bilingual {
        let fallback = self.view.lang().is_some_and(|lang| !page.has(lang));
        PerLang::from_fn(|lang| {
            if page.has(lang) && (self.view.shows(lang) || fallback) { text(lang) } else { None }
        })
    }

    /// What other pages know of a page.
    pub fn card(&self, index: usize) -> Card {
        let page = &self.site.pages[index];
        let languages = page.languages();
        let only = match (self.view.lang(), languages.as_slice()) {
            (None, [only]) => Some(*only),
            (Some(lang), [only]) if *only != lang => Some(*only),
            _ => None,
        };
        Card {
            title: self.shown(page, |lang| page.facts.title.get(lang).clone()),
            title_html: self
                .shown(page, |lang| self.site.faces[index].titles.get(lang).as_deref().cloned()),
            summary: self.shown(page, |lang| self.site.summary(index, lang)),
            url: self.page_url(page),
            date: page.facts.date.as_ref().map(date),
            languages,
            only,
        }
    }

    /// The cards of pages, those that this view does not list left out.
    pub fn cards(&self, pages: &[usize]) -> Vec<Card> {
        self.listed(pages).into_iter().map(|page| self.card(page)).collect()
    }

    /// A group of a taxonomy.
    pub fn taxon(&self, taxonomy: &Taxonomy, group: &Group) -> Taxon {
        Taxon {
            id: group.id.clone(),
            name: group.name.clone(),
            url: self.url(&group.key(taxonomy.kind)),
            count: self.listed(&group.pages).len(),
        }
    }

    /// A term of a glossary.
    pub fn word(&self, words: &Words, index: usize) -> Word {
        let entry = &words.glossary.terms[index];
        let term = &entry.term;
        let marks = self.site.config.markdown.smart_punctuation;
        Word {
            id: term.id.clone(),
            zh: term.zh.clone(),
            en: term.en.clone(),
            pinyin: term.pinyin.clone().filter(|_| term.zh.is_some()),
            definition: PerLang {
                zh: term.definition.zh.clone(),
                en: term.definition.en.as_deref().map(|text| match marks {
                    true => smart(text),
                    false => text.to_owned(),
                }),
            },
            part_of_speech: term.part_of_speech.clone(),
            url: (!entry.local).then(|| self.url(&format!("glossary/{}", term.id))),
        }
    }

    /// The name of a section: its page's title, else the name of its folder.
    pub fn section_name(&self, key: &str) -> PerLang<String> {
        let page = self.site.outline.sections.get(key).and_then(|section| section.page);
        let folder = key.rsplit('/').next().unwrap_or(key);
        PerLang::from_fn(|lang| match page {
            Some(page) => self.site.title(page, lang).to_owned(),
            None => folder.to_owned(),
        })
    }

    /// The sections that a key lies in, from the outermost.
    pub fn sections_above(&self, key: &str) -> Vec<NamedLink> {
        let ends = key.match_indices('/').map(|(at, _)| &key[..at]);
        ends.map(|section| NamedLink { name: self.section_name(section), url: self.url(section) })
            .collect()
    }
}

/// A date for templates.
pub fn date(date: &Date) -> DateContext {
    DateContext {
        iso: date.iso(),
        text: PerLang::from_fn(|lang| date.text(lang)),
        year: date.year(),
    }
}
