//! The whole site, assembled on every build from what the memo remembers of each file.

mod lists;
mod uses;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

pub use lists::{Group, Section, Sections, Taxonomies, Taxonomy};
pub use uses::Use;

use super::align::dictionary::Dictionary;
use super::anchors::{self, Anchors};
use super::glossary::{Entry, assemble as assemble_glossary};
use super::links::{Generated, Places, file_path, is_outside};
use super::pages::{Page, PageKind};
use super::segment;
use super::texts::{self, Linking, Text, Version, Words};
use super::urls::{Urls, page_path};
use crate::config::{Config, Pinyin};
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang, View};
use crate::memo::{Hasher, Memo, Stage};
use crate::msg;
use crate::parse::doc::Doc;
use crate::parse::markdown::Body;
use crate::parse::term::see;

/// The long text of a term that has a file of its own.
pub struct TermText {
    /// Its file.
    pub path: Arc<str>,
    /// The term's id.
    pub id: String,
    /// The text in each language.
    pub bodies: PerLang<Option<Body>>,
}

/// What a site is assembled from.
pub struct Parts<'a> {
    /// The settings.
    pub config: &'a Config,
    /// Where it is published.
    pub urls: Urls,
    /// All documents, published or not.
    pub docs: &'a [Arc<Doc>],
    /// The pages that are published.
    pub pages: &'a [Page],
    /// The terms of the glossary.
    pub terms: Vec<Entry>,
    /// The long texts of terms.
    pub term_texts: &'a [Arc<TermText>],
    /// The bilingual dictionary that texts are paired with.
    pub dictionary: Arc<Dictionary>,
    /// Files published as they are: output path to source path.
    pub files: BTreeMap<String, Arc<str>>,
}

/// The titles of a page as HTML, the Chinese one with `<wbr>` between its words.
pub type Titles = PerLang<Option<Arc<String>>>;

/// The whole site.
pub struct Site<'a> {
    /// The settings.
    pub config: &'a Config,
    /// Where it is published.
    pub urls: Urls,
    /// Its pages.
    pub pages: &'a [Page],
    /// The text of each page, in their order.
    pub texts: Vec<Text<'a>>,
    /// The titles of each page as HTML, in their order.
    pub titles: Vec<Titles>,
    /// The anchors of each page, in their order.
    pub anchors: Vec<Anchors>,
    /// The glossary.
    pub words: Arc<Words>,
    /// The long texts of terms, by the term's index.
    pub term_texts: HashMap<usize, Text<'a>>,
    /// The uses of each term, in the glossary's order.
    pub uses: Vec<Vec<Use>>,
    /// The articles with a date, newest first.
    pub listed: Vec<usize>,
    /// The place of each page in `listed`.
    places: Vec<Option<usize>>,
    /// The sections by key.
    pub sections: Sections,
    /// Tags, categories and issues.
    pub taxonomies: Taxonomies,
    /// Files published as they are: output path to source path.
    pub files: BTreeMap<String, Arc<str>>,
}

/// Assembles a site. Texts are made ready in parallel; all else is cheap.
pub fn assemble<'a>(parts: Parts<'a>, memo: &Memo) -> (Site<'a>, Vec<Diagnostic>) {
    let Parts { config, urls, docs, pages, terms, term_texts, dictionary, files } = parts;
    let mut diagnostics = Vec::new();
    let words = words(terms, memo, &mut diagnostics);
    let listed = lists::newest_first(pages);
    let sections = lists::sections(pages);
    let taxonomies = lists::taxonomies(config, pages, &listed, &words.glossary);
    let mut generated = generated(&sections, &taxonomies, &words, pages, &listed);
    generated.pages.extend(config.search.enable.then(|| "search".to_owned()));
    let src = config.book.folder();
    let places = Places::new(&src, pages, docs, files.keys().map(String::as_str), generated);
    let made: Vec<_> = pages
        .par_iter()
        .map(|page| prepare_page(page, config, (&words, &dictionary), &places, pages, memo))
        .collect();
    let mut texts = Vec::with_capacity(pages.len());
    for (text, problems) in made {
        texts.push(text);
        diagnostics.extend(problems);
    }
    let term_texts = prepare_terms(
        term_texts,
        config,
        (&words, &dictionary),
        &places,
        pages,
        memo,
        &mut diagnostics,
    );
    let anchors: Vec<Anchors> = texts.par_iter().map(Anchors::of).collect();
    let there = |page: usize, view: View| (&anchors[page], pages[page].view_from(view));
    for ((text, own), page) in texts.iter().zip(&anchors).zip(pages) {
        check_anchors(text, own, &page.views(), &there, &mut diagnostics);
    }
    for text in term_texts.values() {
        check_anchors(text, &Anchors::of(text), &View::ALL, &there, &mut diagnostics);
    }
    let titles = pages.par_iter().zip(&texts).map(|(page, text)| titles(page, &text.words, memo));
    let titles = titles.collect();
    let uses = uses::collect(pages, &texts, &listed, &words.glossary);
    let mut in_list = vec![None; pages.len()];
    for (at, &page) in listed.iter().enumerate() {
        in_list[page] = Some(at);
    }
    let site = Site {
        config,
        urls,
        pages,
        texts,
        titles,
        anchors,
        words,
        term_texts,
        uses,
        listed,
        places: in_list,
        sections,
        taxonomies,
        files,
    };
    (site, diagnostics)
}

/// The glossary with its matcher, remembered while no term changes.
fn words(terms: Vec<Entry>, memo: &Memo, diagnostics: &mut Vec<Diagnostic>) -> Arc<Words> {
    let places: Vec<_> = terms.iter().map(|e| (&*e.path, &e.span, &e.see)).collect();
    let values: Vec<_> = terms.iter().map(|entry| &entry.term).collect();
    let key = Hasher::new().str("glossary").value(&(places, values)).finish();
    let made = memo.get(Stage::Glossary, key, || {
        let (glossary, problems) = assemble_glossary(terms);
        (Arc::new(Words::of(glossary)), problems)
    });
    diagnostics.extend(made.1.iter().cloned());
    made.0.clone()
}

/// The pages and files that no file stands for, as links may name them.
fn generated(
    sections: &Sections,
    taxonomies: &Taxonomies,
    words: &Words,
    pages: &[Page],
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

fn prepare_page<'a>(
    page: &'a Page,
    config: &Config,
    (words, dictionary): (&Arc<Words>, &Dictionary),
    places: &Places<'_>,
    pages: &[Page],
    memo: &Memo,
) -> (Text<'a>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let versions = PerLang::from_fn(|lang| {
        let doc = page.docs.get(lang).as_ref()?;
        let body = doc.bodies.get(lang).as_ref()?;
        let drop_title = *page.facts.title_in_text.get(lang);
        Some(Version { path: &doc.path, body, drop_title })
    });
    let words = local_words(page, words, memo, &mut diagnostics);
    unknown_skips(page, &words, &mut diagnostics);
    places.check_cover(page, &mut diagnostics);
    let linking = Linking {
        link: page.facts.link.unwrap_or(config.glossary.link),
        skip: page.facts.skip.iter().map(String::as_str).collect(),
        words,
        pinyin: match page.kind {
            PageKind::Article => page.facts.pinyin.unwrap_or(config.typography.pinyin),
            PageKind::Section | PageKind::Home => Pinyin::None,
        },
        readings: &page.facts.readings,
        dictionary,
        confidence: config.align.confidence,
    };
    let (text, problems) = texts::prepare(versions, &page.folder, linking, places, pages, memo);
    diagnostics.extend(problems);
    (text, diagnostics)
}

fn titles(page: &Page, words: &Words, memo: &Memo) -> Titles {
    PerLang::from_fn(|lang| {
        let title = page.facts.title.get(lang).as_ref()?;
        Some(segment::title(title, lang, words, memo))
    })
}

/// Reports ids in `[glossary] skip` that no term has.
fn unknown_skips(page: &Page, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for (_, doc) in page.written.present() {
        let skip = doc.front.node.as_ref().and_then(|node| node.at(&["glossary", "skip"]));
        let ids = skip.into_iter().flat_map(|list| list.items());
        let ids = ids.filter_map(|item| Some((item.word()?, item.span.clone())));
        for (id, span) in ids.filter(|(id, _)| words.glossary.get(id).is_none()) {
            let text = msg!("there is no term “{id}” to skip", "要跳过的词条“{id}”不存在");
            let help = match words.glossary.suggest(&id) {
                Some(near) => msg!("did you mean “{near}”?", "是不是“{near}”？"),
                None => msg!("remove it", "请删去"),
            };
            let path = doc.path.clone();
            diagnostics.push(Diagnostic::error("unknown-term", path, span, text).help(help));
        }
    }
}

/// The glossary with the terms that an article defines for itself.
fn local_words(
    page: &Page,
    words: &Arc<Words>,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Words> {
    let mut local: Vec<Entry> = Vec::new();
    for (_, doc) in page.written.present() {
        for (index, term) in doc.front.front.terms.iter().flatten().enumerate() {
            let known = local.iter().any(|entry| entry.term.id == term.id);
            if !known {
                let place = doc.front.node.as_ref().and_then(|node| node.get("terms"));
                let item = place.and_then(|terms| terms.items().get(index));
                let span = item.map_or(0..0, |item| item.span.clone());
                let (path, term) = (doc.path.clone(), term.clone());
                let see = item.map(see).unwrap_or_default();
                local.push(Entry { term, path, span, see, local: true, rich: false });
            }
        }
    }
    if local.is_empty() {
        return words.clone();
    }
    let values: Vec<_> = local.iter().map(|e| (&*e.path, &e.span, &e.see, &e.term)).collect();
    let key = Hasher::new().str("local").with(words.glossary.fingerprint).value(&values).finish();
    let made = memo.get(Stage::Glossary, key, || {
        let (glossary, problems) = words.glossary.with_local(local);
        (Arc::new(Words::of(glossary)), problems)
    });
    diagnostics.extend(made.1.iter().cloned());
    made.0.clone()
}

fn prepare_terms<'a>(
    term_texts: &'a [Arc<TermText>],
    config: &Config,
    (words, dictionary): (&Arc<Words>, &Dictionary),
    places: &Places<'_>,
    pages: &[Page],
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<usize, Text<'a>> {
    let mut made = HashMap::new();
    for term in term_texts {
        let Some((index, _)) = words.glossary.get(&term.id) else { continue };
        let versions = PerLang::from_fn(|lang| {
            let body = term.bodies.get(lang).as_ref()?;
            Some(Version { path: &term.path, body, drop_title: false })
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
        let (text, problems) = texts::prepare(versions, "glossary", linking, places, pages, memo);
        diagnostics.extend(problems);
        made.insert(index, text);
    }
    made
}

fn check_anchors<'a>(
    text: &Text<'_>,
    own: &Anchors,
    views: &[View],
    there: &dyn Fn(usize, View) -> (&'a Anchors, View),
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (lang, version) in text.versions.present() {
        let (targets, links) = (text.targets.get(lang), &version.body.links);
        let views: Vec<View> = views.iter().copied().filter(|view| view.shows(lang)).collect();
        anchors::check(targets, links, version.path, own, &views, there, diagnostics);
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
        self.places[page]
    }

    /// The title of a page in a language, else in the other one.
    pub fn title(&self, page: usize, lang: Lang) -> &str {
        self.pages[page].facts.title.either(lang).map_or("", String::as_str)
    }

    /// The summary of a page in a language that it has: what the author wrote, else its beginning.
    pub fn summary(&self, page: usize, lang: Lang) -> Option<String> {
        if !self.pages[page].has(lang) {
            return None;
        }
        let written = self.pages[page].facts.summary.get(lang).clone();
        let excerpt =
            || self.texts[page].marked.get(lang).as_ref().map(|marked| marked.excerpt.clone());
        written.or_else(excerpt).filter(|text| !text.is_empty())
    }
}
