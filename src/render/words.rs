//! The pages of the glossary: its indexes, and a page for each term.

use std::sync::Arc;

use rayon::prelude::*;

use crate::lang::{Lang, PerLang, View};
use crate::memo::Memo;
use crate::model::glossary::order;
use crate::model::site::{Site, Use};
use crate::model::urls::encode;
use crate::msg;

use super::body::{Html, Purpose, body};
use super::context::{self, Group, Word};
use super::exports;
use super::head::{language_tags, website};
use super::job::{Given, Job, Origin, Part};
use super::listings::{page_job, plain_head, plain_key};
use super::machine::json_ld::{self, TermLd, TermSetLd};
use super::shelf::{Shelf, date};

/// The jobs of the glossary in one view; none without terms.
pub fn jobs<'a>(site: &'a Site<'a>, view: View, memo: &'a Memo) -> Vec<Job<'a>> {
    let shelf = Shelf { site, view };
    if site.words.glossary.terms.is_empty() {
        return Vec::new();
    }
    let terms = 0..site.words.glossary.terms.len();
    let mut jobs: Vec<Job<'a>> =
        terms.into_par_iter().map(|index| term(shelf, index, memo)).collect();
    jobs.insert(0, glossary(shelf));
    jobs
}

/// The name of the glossary.
fn title() -> PerLang<String> {
    PerLang { zh: "词汇表".to_owned(), en: "Glossary".to_owned() }
}

fn glossary(shelf: Shelf<'_>) -> Job<'_> {
    let key = plain_key(&shelf, "glossary").finish();
    let origin = Origin::made(msg!("the glossary", "词汇表"));
    page_job(&shelf, "glossary", "glossary.html", key, origin, move || glossary_given(&shelf))
}

fn glossary_given(shelf: &Shelf<'_>) -> Given {
    let site = shelf.site;
    let glossary = &site.words.glossary;
    let group = |(key, terms): (String, Vec<usize>)| Group {
        name: PerLang { zh: key.clone(), en: key.clone() },
        terms: terms.into_iter().map(|index| shelf.word(&site.words, index)).collect(),
        key,
    };
    let category = |(key, terms): (String, Vec<usize>)| Group {
        name: category_name(shelf, &key),
        ..group((key, terms))
    };
    let part = context::Glossary {
        count: glossary.terms.len(),
        by_pinyin: order::by_pinyin(glossary).into_iter().map(group).collect(),
        by_letter: order::by_letter(glossary).into_iter().map(group).collect(),
        by_category: order::by_category(glossary).into_iter().map(category).collect(),
    };
    let json_ld = term_set(shelf);
    let mut head = plain_head(shelf, "glossary", "glossary", title(), PerLang::default(), json_ld);
    head.downloads = exports::glossary_downloads(site);
    Given { head, part: Part::Glossary(part), content: None }
}

/// The glossary as schema.org has it.
pub fn term_set(shelf: &Shelf<'_>) -> String {
    let terms = 0..shelf.site.words.glossary.terms.len();
    json_ld::defined_term_set(&TermSetLd {
        terms: terms.map(|index| term_ld(shelf, index)).collect(),
        ..set_ld(shelf)
    })
}

fn term<'a>(shelf: Shelf<'a>, index: usize, memo: &'a Memo) -> Job<'a> {
    let site = shelf.site;
    let entry = &site.words.glossary.terms[index];
    let content = site
        .term_texts
        .get(&index)
        .filter(|text| !text.is_empty())
        .map(|text| body(site, text, None, shelf.view, Purpose::Introduction, memo));
    let text = content.as_ref().map(|content| content.fingerprint).unwrap_or_default();
    let key = plain_key(&shelf, "term").str(&entry.term.id).with(text).with(site.uses.key(index));
    let origin = Origin::of(entry.path.clone(), msg!("a term", "词条"));
    let address = format!("glossary/{}", entry.term.id);
    page_job(&shelf, &address.clone(), "term.html", key.finish(), origin, move || {
        term_given(&shelf, index, &address, content.clone())
    })
}

fn term_given(shelf: &Shelf<'_>, index: usize, key: &str, content: Option<Arc<Html>>) -> Given {
    let site = shelf.site;
    let term = &site.words.glossary.terms[index].term;
    let word = shelf.word(&site.words, index);
    let names = PerLang { zh: term.zh.clone(), en: term.en.clone() };
    let name = PerLang::from_fn(|lang| names.either(lang).cloned().unwrap_or_default());
    let see = term.see.iter().filter_map(|id| site.words.glossary.get(id));
    let part = context::Term {
        aliases: term.aliases.clone(),
        category: term.category.as_deref().map(|id| category_name(shelf, id)),
        first_seen: term.first_seen.as_ref().map(date),
        sources: term.sources.clone(),
        see: see.map(|(index, _)| shelf.word(&site.words, index)).collect(),
        uses: site.uses.of(index).filter_map(|(page, one)| used(shelf, page, one)).collect(),
        word,
    };
    let description = term.definition.clone();
    let json_ld = json_ld::defined_term(&term_ld(shelf, index), &set_ld(shelf));
    let head = plain_head(shelf, "term", key, name, description, json_ld);
    Given { head, part: Part::Term(Box::new(part)), content }
}

/// What a category of terms is called: as book.toml says, else by its id; terms without a category
/// are under “other”.
fn category_name(shelf: &Shelf<'_>, id: &str) -> PerLang<String> {
    if id.is_empty() {
        return PerLang { zh: "其他".to_owned(), en: "Other".to_owned() };
    }
    let named = shelf.site.config.glossary.categories.get(id);
    PerLang::from_fn(|lang| named.map_or_else(|| id.to_owned(), |text| text.get(lang).to_owned()))
}

/// A use of a term as the view shows it: none if the view does not list its page.
fn used(shelf: &Shelf<'_>, page: usize, used: &Use) -> Option<context::Use> {
    if !shelf.lists(page) {
        return None;
    }
    let site = shelf.site;
    let page = &site.pages[page];
    let view = page.view_from(shelf.view);
    let lang = Lang::ALL
        .into_iter()
        .filter(|lang| view.shows(*lang))
        .find(|lang| used.sentences.get(*lang).is_some());
    let anchor = match lang.and_then(|lang| Some((lang, (*used.sentences.get(lang))?))) {
        Some((Lang::Zh, number)) => format!("p{}-z{number}", used.row + 1),
        Some((Lang::En, number)) => format!("p{}-e{number}", used.row + 1),
        // The other language's sentence has no counterpart here.
        None => return None,
    };
    Some(context::Use {
        title: shelf.shown(page, |lang| page.facts.title.get(lang).clone()),
        url: format!("{}#{}", site.urls.page(view, &page.key), encode(&anchor)),
        sentence: used.html.clone(),
    })
}

fn set_ld(shelf: &Shelf<'_>) -> TermSetLd {
    TermSetLd {
        url: shelf.site.urls.absolute(&shelf.url("glossary")),
        name: title().get(shelf.lang()).clone(),
        description: None,
        tags: language_tags(shelf, &View::ALL),
        site: website(shelf),
        terms: Vec::new(),
    }
}

fn term_ld(shelf: &Shelf<'_>, index: usize) -> TermLd {
    let lang = shelf.lang();
    let term = &shelf.site.words.glossary.terms[index].term;
    let names = PerLang { zh: term.zh.clone(), en: term.en.clone() };
    let name = names.either(lang).cloned().unwrap_or_default();
    let other = names.get(lang.other()).iter().filter(|other| **other != name);
    let aliases = term.aliases.zh.iter().chain(&term.aliases.en);
    let word: Word = shelf.word(&shelf.site.words, index);
    TermLd {
        url: shelf.site.urls.absolute(word.url.as_deref().unwrap_or_default()),
        id: term.id.clone(),
        alternate_names: other.chain(aliases).cloned().collect(),
        name,
        description: term.definition.either(lang).cloned(),
        tags: language_tags(shelf, &View::ALL),
    }
}
