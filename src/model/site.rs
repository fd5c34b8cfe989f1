//! The whole site, assembled on every build from what the memo remembers of each file.

mod lists;
mod outline;
mod prepared;
mod uses;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

pub use lists::{Group, Section, Sections, Taxonomies, Taxonomy};
pub use outline::Outline;
use prepared::{Around, Prepared};
pub use prepared::{Face, Titles};
pub use uses::{Use, Uses, uses_in};

use super::align::dictionary::Dictionary;
use super::anchors::{self, Anchors};
use super::glossary::{Entry, assemble as assemble_glossary};
use super::links::{file_path, is_outside};
use super::pages::batch::Batch;
use super::pages::{Page, PageKind};
use super::per_page::{Numbering, PerPage};
use super::pictures::{Pictures, Shown};
use super::texts::{self, Linking, Text, Version, Words};
use super::urls::Urls;
use crate::config::{Config, Pinyin};
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::parse::markdown::Body;
use crate::parse::silence::Silence;
use crate::source::File;

/// The long text of a term that has a file of its own.
pub struct TermText {
    /// Its file.
    pub path: Arc<str>,
    /// The term's id.
    pub id: String,
    /// The text in each language.
    pub bodies: PerLang<Option<Arc<Body>>>,
    /// The problems that its author silences.
    pub silences: Vec<Silence>,
}

/// What a site is assembled from.
pub struct Parts<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The fingerprint of the settings.
    pub config_key: Fingerprint,
    /// Where it is published.
    pub urls: Urls,
    /// The documents, published or not, and their pages.
    pub batches: &'a [Arc<Batch>],
    /// The terms of the glossary.
    pub terms: Vec<Entry>,
    /// The long texts of terms.
    pub term_texts: &'a [Arc<TermText>],
    /// The bilingual dictionary that texts are paired with.
    pub dictionary: Arc<Dictionary>,
    /// Files published as they are: output path to source path.
    pub files: BTreeMap<String, Arc<str>>,
    /// The files of the site, for the pictures among them.
    pub sources: &'a BTreeMap<Arc<str>, File>,
    /// Whether the site is only looked at: then no pictures are made.
    pub looks: bool,
}

/// The whole site.
pub struct Site<'a> {
    /// The settings.
    pub config: &'a Config,
    /// Where it is published.
    pub urls: Urls,
    /// Its documents, published or not, in batches.
    pub batches: &'a [Arc<Batch>],
    /// Its pages.
    pub pages: PerPage<Arc<Page>>,
    /// The text of each page.
    pub texts: PerPage<Arc<Text>>,
    /// What other pages see of each page.
    pub faces: PerPage<Arc<Face>>,
    /// The fingerprint of what lists show of each page: [`Face::card`], side by side.
    pub cards: Vec<Fingerprint>,
    /// The fingerprint of what makes others like each page: [`Face::traits`], side by side.
    pub traits: Vec<Fingerprint>,
    /// The fingerprint of each page with all that its own text takes from others.
    pub wholes: Vec<Fingerprint>,
    /// The glossary.
    pub words: Arc<Words>,
    /// The long texts of terms, by the term's index.
    pub term_texts: HashMap<usize, Arc<Text>>,
    /// The uses of each term, by its index in the glossary.
    pub uses: Uses,
    /// What the names, dates and groups of its pages decide together.
    pub outline: Arc<Outline>,
    /// Files published as they are: output path to source path.
    pub files: BTreeMap<String, Arc<str>>,
    /// The pictures that texts show, by output path.
    pub pictures: Shown,
    /// The fingerprint of what every page may take from the site, beside other pages: settings,
    /// address, glossary, which pages and files there are, the names of sections.
    pub common: Fingerprint,
}

/// Assembles a site. What stays as it is, is taken from the memo batch by batch.
pub fn assemble<'a>(mut parts: Parts<'a>, memo: &Memo) -> (Site<'a>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let words = words(std::mem::take(&mut parts.terms), memo, &mut diagnostics);
    let outline = outline::outline(&parts, &words, memo);
    let Parts { config, config_key, urls, batches, term_texts, dictionary, .. } = parts;
    let pictures = Pictures::new(config, parts.sources, &parts.files, parts.looks);
    let pages = outline::pages(batches, &outline.numbering);
    let key = Hasher::new().with(config_key).with(words.key).with(outline.places.fingerprint);
    let key = key.with(dictionary.fingerprint).finish();
    let (places, dictionary) = (&outline.places, &*dictionary);
    let around = Around { config, words: &words, dictionary, places, pictures: &pictures, key };
    let prepared = batches.par_iter().map(|batch| prepared::prepare(batch, &around, &pages, memo));
    let prepared: Vec<Arc<Prepared>> = prepared.collect();
    diagnostics.extend(prepared.iter().flat_map(|batch| batch.diagnostics.iter().cloned()));
    let mut shown: Shown = prepared.iter().flat_map(|batch| batch.shown.clone()).collect();
    let term_texts = prepare_terms(term_texts, &around, &pages, memo, &mut diagnostics);
    let (term_texts, of_terms) = term_texts;
    shown.extend(of_terms);
    let numbering = &outline.numbering;
    let texts = PerPage::new(prepared.iter().map(|batch| batch.texts.clone()), numbering.clone());
    let faces = PerPage::new(prepared.iter().map(|batch| batch.faces.clone()), numbering.clone());
    let named = prepared.iter().map(|batch| &*batch.fragments);
    let named = numbering.pages(named).collect();
    let there = |page: usize, view: View| -> (&Anchors, View) {
        (&faces[page].anchors, pages[page].view_from(view))
    };
    check_all_anchors((&pages, &texts), named, &term_texts, &there, &mut diagnostics);
    let uses = uses::collect(&prepared, &outline, &words, memo);
    let mut common = Hasher::new().with(key).value(&urls);
    for (key, section) in &outline.sections {
        let face = section.page.map(|page| faces[page].card).unwrap_or_default();
        common = common.str(key).with(face);
    }
    let wholes = wholes(&prepared, &texts, numbering);
    let cards = prepared.iter().flat_map(|batch| &batch.cards).copied().collect();
    let traits = prepared.iter().flat_map(|batch| &batch.traits).copied().collect();
    let common = common.finish();
    let site = Site {
        config,
        urls,
        batches,
        pages,
        texts,
        faces,
        cards,
        traits,
        wholes,
        words,
        term_texts,
        uses,
        outline,
        files: parts.files,
        pictures: shown,
        common,
    };
    (site, diagnostics)
}

/// The fingerprints of pages and their texts, with the texts whose anchors they name.
fn wholes(
    prepared: &[Arc<Prepared>],
    texts: &PerPage<Arc<Text>>,
    numbering: &Numbering,
) -> Vec<Fingerprint> {
    let own = prepared.iter().flat_map(|batch| &batch.wholes).copied();
    let mut wholes: Vec<Fingerprint> = own.collect();
    for page in numbering.pages(prepared.iter().map(|batch| &*batch.anchored)) {
        let anchored = texts[page].links.anchored.iter().map(|&page| texts[page].fingerprint);
        wholes[page] = anchored.fold(Hasher::new().with(wholes[page]), Hasher::with).finish();
    }
    wholes
}

/// The glossary with its matcher, remembered while no term changes.
fn words(terms: Vec<Entry>, memo: &Memo, diagnostics: &mut Vec<Diagnostic>) -> Arc<Words> {
    let places: Vec<_> = terms.iter().map(|e| (&*e.path, &e.span, &e.see)).collect();
    let values: Vec<_> = terms.iter().map(|entry| &entry.term).collect();
    let key = Hasher::new().str("glossary").value(&(places, values)).finish();
    let made = memo.get(Stage::Glossary, key, || {
        let (glossary, problems) = assemble_glossary(terms);
        Words { problems, ..Words::of(glossary, key) }
    });
    diagnostics.extend(made.problems.iter().cloned());
    made
}

fn prepare_terms(
    term_texts: &[Arc<TermText>],
    around: &Around<'_>,
    pages: &PerPage<Arc<Page>>,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> (HashMap<usize, Arc<Text>>, Shown) {
    let mut all_shown = Shown::new();
    let Around { config, words, dictionary, places, pictures, .. } = *around;
    let mut made = HashMap::new();
    for term in term_texts {
        let Some((index, _)) = words.glossary.get(&term.id) else { continue };
        let versions = PerLang::from_fn(|lang| {
            let body = term.bodies.get(lang).clone()?;
            Some(Version { path: term.path.clone(), body, drop_title: false })
        });
        let linking = Linking {
            words: words.clone(),
            link: config.glossary.link,
            skip: [term.id.as_str()].into(),
            pinyin: Pinyin::None,
            readings: &BTreeMap::new(),
            dictionary,
            confidence: config.align.confidence,
        };
        let links = texts::links(&versions, "glossary", words, places, diagnostics);
        let around = Hasher::new().with(words.key).with(places.fingerprint);
        let around = around.with(dictionary.fingerprint).value(&config.align.confidence);
        let key = around.value(&config.glossary.link).str(&term.id);
        let bodies = versions.present().map(|(_, version)| version.body.fingerprint);
        let key = bodies.fold(key, Hasher::with).finish();
        let seen = prepared::look_at(pictures, &versions, &links, key, memo);
        all_shown.extend(seen.shown);
        diagnostics.extend(seen.problems);
        let text = texts::prepare(versions, Arc::new(links), linking, seen.key, pages, memo);
        made.insert(index, text);
    }
    (made, all_shown)
}

/// Reports links to anchors that are not there: those of the pages `named`, and of terms.
fn check_all_anchors<'a>(
    (pages, texts): (&PerPage<Arc<Page>>, &PerPage<Arc<Text>>),
    named: Vec<usize>,
    term_texts: &HashMap<usize, Arc<Text>>,
    there: &dyn Fn(usize, View) -> (&'a Anchors, View),
    diagnostics: &mut Vec<Diagnostic>,
) {
    for page in named {
        let views = pages[page].views();
        let (own, _) = there(page, View::Both);
        check_anchors(&texts[page], own, &views, there, diagnostics);
    }
    for text in term_texts.values().filter(|text| text.links.fragments) {
        check_anchors(text, &Anchors::of(text), &View::ALL, there, diagnostics);
    }
}

fn check_anchors<'a>(
    text: &Text,
    own: &Anchors,
    views: &[View],
    there: &dyn Fn(usize, View) -> (&'a Anchors, View),
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (lang, version) in text.versions.present() {
        let (targets, links) = (text.links.targets.get(lang), &version.body.links);
        let views: Vec<View> = views.iter().copied().filter(|view| view.shows(lang)).collect();
        anchors::check(targets, links, &version.path, own, &views, there, diagnostics);
    }
}

impl Site<'_> {
    /// The address of a page's cover picture: a file of the page or of the site, or elsewhere.
    pub fn cover(&self, page: &Page) -> Option<String> {
        let cover = page.facts.cover.as_ref()?;
        if is_outside(cover) {
            return Some(cover.clone());
        }
        let path = file_path(&page.folder, cover)?;
        self.files.contains_key(&path).then(|| self.urls.path(&path))
    }

    /// The page that gives the home page its text.
    pub fn home(&self) -> Option<usize> {
        self.pages.iter().position(|page| page.kind == PageKind::Home)
    }

    /// The place of a page in the list of all articles, newest first; none if it has no date.
    pub fn place_of(&self, page: usize) -> Option<usize> {
        self.outline.in_list[page]
    }

    /// The title of a page in a language, else in the other one.
    pub fn title(&self, page: usize, lang: Lang) -> &str {
        self.pages[page].facts.title.either(lang).map_or("", String::as_str)
    }

    /// The summary of a page in a language that it has: what the author wrote, else its beginning.
    pub fn summary(&self, page: usize, lang: Lang) -> Option<String> {
        summary(&self.pages[page], &self.texts[page], lang)
    }
}

fn summary(page: &Page, text: &Text, lang: Lang) -> Option<String> {
    if !page.has(lang) {
        return None;
    }
    let written = page.facts.summary.get(lang).clone();
    let excerpt = || text.marked.get(lang).as_ref().map(|marked| marked.excerpt.clone());
    written.or_else(excerpt).filter(|text| !text.is_empty())
}
