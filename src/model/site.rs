//! The whole site, assembled on every build from what the memo remembers of each file.

mod lists;
mod uses;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

pub use lists::{Group, Section, Sections, Taxonomies, Taxonomy};
pub use uses::{Use, Uses, uses_in};

use super::align::dictionary::Dictionary;
use super::anchors::{self, Anchors};
use super::glossary::{Entry, assemble as assemble_glossary};
use super::links::{Generated, Places, file_path, is_outside};
use super::pages::{Page, PageKind};
use super::pictures::{Pictures, Shown};
use super::segment;
use super::texts::{self, Linking, Text, Version, Words};
use super::urls::{Urls, page_path};
use crate::config::{Config, Pinyin};
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::msg;
use crate::parse::doc::Doc;
use crate::parse::markdown::Body;
use crate::parse::silence::Silence;
use crate::parse::term::see;
use crate::source::File;

/// The long text of a term that has a file of its own.
pub struct TermText {
    /// Its file.
    pub path: Arc<str>,
    /// The term's id.
    pub id: String,
    /// The text in each language.
    pub bodies: PerLang<Option<Body>>,
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
    /// All documents, published or not.
    pub docs: &'a [Arc<Doc>],
    /// The pages that are published.
    pub pages: &'a [Arc<Page>],
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

/// The titles of a page as HTML, the Chinese one with `<wbr>` between its words.
pub type Titles = PerLang<Option<Arc<String>>>;

/// The whole site.
pub struct Site<'a> {
    /// The settings.
    pub config: &'a Config,
    /// Where it is published.
    pub urls: Urls,
    /// Its documents, published or not.
    pub docs: &'a [Arc<Doc>],
    /// Its pages.
    pub pages: &'a [Arc<Page>],
    /// The languages that each page is there in, in their order.
    pub there: Vec<PerLang<bool>>,
    /// The text of each page, in their order.
    pub texts: Vec<Text<'a>>,
    /// What other pages see of each page, in their order.
    pub faces: Vec<Arc<Face>>,
    /// The fingerprint of what lists show of each page: [`Face::card`], side by side.
    pub cards: Vec<Fingerprint>,
    /// The fingerprint of each page with all that its own text takes from others.
    pub wholes: Vec<Fingerprint>,
    /// The glossary.
    pub words: Arc<Words>,
    /// The long texts of terms, by the term's index.
    pub term_texts: HashMap<usize, Text<'a>>,
    /// The uses of each term, by its index in the glossary.
    pub uses: Uses,
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
    /// The pictures that texts show, by output path.
    pub pictures: Shown,
    /// Its pages and files that no file stands for.
    pub generated: Generated,
    /// The fingerprint of what every page may take from the site, beside other pages: settings,
    /// address, glossary, which pages and files there are, the names of sections.
    pub common: Fingerprint,
}

/// What other pages see of a page.
#[derive(Debug)]
pub struct Face {
    /// Its titles as HTML.
    pub titles: Titles,
    /// The places that links may name.
    pub anchors: Anchors,
    /// Of all that a list shows of it.
    pub card: Fingerprint,
    /// Of what makes others like it: tags, categories, terms.
    pub traits: Fingerprint,
}

/// Assembles a site. Texts are made ready in parallel; all else is cheap.
pub fn assemble<'a>(parts: Parts<'a>, memo: &Memo) -> (Site<'a>, Vec<Diagnostic>) {
    let Parts { config, config_key, urls, docs, pages, terms, term_texts, dictionary, .. } = parts;
    let (files, sources) = (parts.files, parts.sources);
    let mut diagnostics = Vec::new();
    let words = words(terms, memo, &mut diagnostics);
    let ((listed, taxonomies), sections) = rayon::join(
        || {
            let listed = lists::newest_first(pages);
            let taxonomies = lists::taxonomies(config, pages, &listed, &words.glossary);
            (listed, taxonomies)
        },
        || lists::sections(pages),
    );
    let mut generated = generated(&sections, &taxonomies, &words, pages, &listed);
    generated.pages.extend(config.search.enable.then(|| "search".to_owned()));
    generated.files.extend(exported(config, &words));
    let src = config.book.folder();
    let places = Places::new(&src, pages, docs, files.keys().map(String::as_str), generated);
    let pictures = Pictures::new(config, sources, &files, parts.looks);
    let around = Hasher::new().with(config_key).with(words.key).with(places.fingerprint);
    let around = around.with(dictionary.fingerprint).finish();
    let made: Vec<_> = pages
        .par_iter()
        .map(|page| {
            let reading = (&words, &*dictionary);
            let (text, shown, problems) =
                prepare_page(page, config, reading, (&places, &pictures), around, pages, memo);
            let face = face(page, &text, memo);
            (text, shown, problems, face)
        })
        .collect();
    let mut texts = Vec::with_capacity(pages.len());
    let mut faces = Vec::with_capacity(pages.len());
    let mut all_shown = Shown::new();
    for (text, shown, problems, face) in made {
        texts.push(text);
        all_shown.extend(shown);
        faces.push(face);
        diagnostics.extend(problems.iter().flat_map(|found| found.iter().cloned()));
    }
    let reading = (&words, &*dictionary);
    let around_terms = (&places, &pictures);
    let (term_texts, shown) =
        prepare_terms(term_texts, config, reading, around_terms, pages, memo, &mut diagnostics);
    all_shown.extend(shown);
    let there = |page: usize, view: View| (&faces[page].anchors, pages[page].view_from(view));
    let named = texts.iter().zip(&faces).zip(pages).filter(|((text, _), _)| text.links.fragments);
    for ((text, face), page) in named {
        check_anchors(text, &face.anchors, &page.views(), &there, &mut diagnostics);
    }
    for text in term_texts.values().filter(|text| text.links.fragments) {
        check_anchors(text, &Anchors::of(text), &View::ALL, &there, &mut diagnostics);
    }
    let cards: Vec<Fingerprint> = faces.iter().map(|face| face.card).collect();
    let sure = config.align.confidence;
    let uses = uses::collect(pages, &texts, &cards, &listed, (&words.glossary, sure), memo);
    let mut in_list = vec![None; pages.len()];
    for (at, &page) in listed.iter().enumerate() {
        in_list[page] = Some(at);
    }
    let mut common = Hasher::new().with(around).value(&urls);
    for (key, section) in &sections {
        let face = section.page.map(|page| faces[page].card).unwrap_or_default();
        common = common.str(key).with(face);
    }
    let whole = |(text, page): (&Text<'_>, &Arc<Page>)| whole(text, page, &texts);
    let wholes = texts.par_iter().zip(pages).map(whole).collect();
    let there = pages.iter().map(|page| PerLang::from_fn(|lang| page.has(lang))).collect();
    let generated = places.into_generated();
    let site = Site {
        config,
        urls,
        docs,
        pages,
        there,
        wholes,
        cards,
        texts,
        faces,
        words,
        term_texts,
        uses,
        listed,
        places: in_list,
        sections,
        taxonomies,
        files,
        pictures: all_shown,
        generated,
        common: common.finish(),
    };
    (site, diagnostics)
}

/// The fingerprint of a page and its text, with the texts whose anchors it names.
fn whole(text: &Text<'_>, page: &Page, texts: &[Text<'_>]) -> Fingerprint {
    let own = Hasher::new().with(page.fingerprint).with(text.fingerprint);
    let anchored = text.links.anchored.iter().map(|&page| texts[page].fingerprint);
    anchored.fold(own, Hasher::with).finish()
}

/// What other pages see of a page, remembered while it does not change.
fn face(page: &Page, text: &Text<'_>, memo: &Memo) -> Arc<Face> {
    let key = Hasher::new().str("face").with(page.fingerprint).with(text.fingerprint).finish();
    memo.get(Stage::Prepare, key, || {
        let titles = titles(page, &text.words, memo);
        let facts = &page.facts;
        let summary = PerLang::from_fn(|lang| summary(page, text, lang));
        let lastmod = facts.updated.or(facts.date);
        let shown = (&facts.title, &titles, &summary, &page.key, facts.date, lastmod);
        let card = Hasher::new().value(&(page.kind, shown, page.languages())).finish();
        let terms = text.linked_words(|_| true).into_iter();
        let terms: Vec<&str> =
            terms.map(|word| text.words.glossary.terms[word].term.id.as_str()).collect();
        let traits = Fingerprint::of_value(&(&facts.tags, &facts.categories, terms));
        Face { titles, anchors: Anchors::of(text), card, traits }
    })
}

/// The glossary with its matcher, remembered while no term changes.
fn words(terms: Vec<Entry>, memo: &Memo, diagnostics: &mut Vec<Diagnostic>) -> Arc<Words> {
    let places: Vec<_> = terms.iter().map(|e| (&*e.path, &e.span, &e.see)).collect();
    let values: Vec<_> = terms.iter().map(|entry| &entry.term).collect();
    let key = Hasher::new().str("glossary").value(&(places, values)).finish();
    let made = memo.get(Stage::Glossary, key, || {
        let (glossary, problems) = assemble_glossary(terms);
        (Arc::new(Words::of(glossary, key)), problems)
    });
    diagnostics.extend(made.1.iter().cloned());
    made.0.clone()
}

/// The pages and files that no file stands for, as links may name them.
fn generated(
    sections: &Sections,
    taxonomies: &Taxonomies,
    words: &Words,
    pages: &[Arc<Page>],
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

/// Makes the text of a page ready. `around` is the fingerprint of all that decides where links
/// lead and which terms there are.
fn prepare_page<'a>(
    page: &'a Page,
    config: &Config,
    (words, dictionary): (&Arc<Words>, &Dictionary),
    (places, pictures): (&Places<'_>, &Pictures<'_>),
    around: Fingerprint,
    pages: &[Arc<Page>],
    memo: &Memo,
) -> (Text<'a>, Shown, [Arc<Vec<Diagnostic>>; 3]) {
    let versions = PerLang::from_fn(|lang| {
        let doc = page.docs.get(lang).as_ref()?;
        let body = doc.bodies.get(lang).as_ref()?;
        let drop_title = *page.facts.title_in_text.get(lang);
        Some(Version { path: &doc.path, body, drop_title })
    });
    let (words, of_terms) = local_words(page, words, memo);
    let key = Hasher::new().str("links").with(around).with(page.fingerprint).finish();
    let found = memo.get(Stage::Prepare, key, || {
        let mut diagnostics = Vec::new();
        unknown_skips(page, &words, &mut diagnostics);
        places.check_cover(page, &mut diagnostics);
        let links = texts::links(&versions, &page.folder, &words, places, &mut diagnostics);
        (Arc::new(links), Arc::new(diagnostics))
    });
    let (links, problems) = (*found).clone();
    let (shown, key, of_pictures) = look_at(pictures, &versions, &links, key, memo);
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
    let text = texts::prepare(versions, links, linking, key, pages, memo);
    (text, shown, [of_terms, problems, Arc::new(of_pictures)])
}

/// The pictures that a text shows, the key of the text with theirs, and what is wrong with them.
fn look_at(
    pictures: &Pictures<'_>,
    versions: &PerLang<Option<Version<'_>>>,
    links: &texts::Links,
    key: Fingerprint,
    memo: &Memo,
) -> (Shown, Fingerprint, Vec<Diagnostic>) {
    if links.pictured.is_empty() {
        return (Shown::new(), key, Vec::new());
    }
    let shown = pictures.at(&links.pictured, memo);
    let hasher = Hasher::new().str("pictures").with(key);
    let key = shown.values().fold(hasher, |hasher, one| hasher.with(one.fingerprint())).finish();
    let of = |(lang, version)| pictures.problems(version, links.targets.get(lang), &shown);
    let problems = versions.present().flat_map(of).collect();
    (shown, key, problems)
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

/// The glossary with the terms that an article defines for itself, and what is wrong with those.
fn local_words(page: &Page, words: &Arc<Words>, memo: &Memo) -> (Arc<Words>, Arc<Vec<Diagnostic>>) {
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
        return (words.clone(), Arc::default());
    }
    let values: Vec<_> = local.iter().map(|e| (&*e.path, &e.span, &e.see, &e.term)).collect();
    let key = Hasher::new().str("local").with(words.key).value(&values).finish();
    let made = memo.get(Stage::Glossary, key, || {
        let (glossary, problems) = words.glossary.with_local(local);
        (Arc::new(Words::of(glossary, key)), Arc::new(problems))
    });
    (*made).clone()
}

fn prepare_terms<'a>(
    term_texts: &'a [Arc<TermText>],
    config: &Config,
    (words, dictionary): (&Arc<Words>, &Dictionary),
    (places, pictures): (&Places<'_>, &Pictures<'_>),
    pages: &[Arc<Page>],
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> (HashMap<usize, Text<'a>>, Shown) {
    let mut made = HashMap::new();
    let mut all_shown = Shown::new();
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
        let links = texts::links(&versions, "glossary", words, places, diagnostics);
        let around = Hasher::new().with(words.key).with(places.fingerprint);
        let around = around.with(dictionary.fingerprint).value(&config.align.confidence);
        let key = around.value(&config.glossary.link).str(&term.id);
        let bodies = versions.present().map(|(_, version)| version.body.fingerprint);
        let key = bodies.fold(key, Hasher::with).finish();
        let (shown, key, problems) = look_at(pictures, &versions, &links, key, memo);
        all_shown.extend(shown);
        diagnostics.extend(problems);
        let text = texts::prepare(versions, Arc::new(links), linking, key, pages, memo);
        made.insert(index, text);
    }
    (made, all_shown)
}

fn check_anchors<'a>(
    text: &Text<'_>,
    own: &Anchors,
    views: &[View],
    there: &dyn Fn(usize, View) -> (&'a Anchors, View),
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (lang, version) in text.versions.present() {
        let (targets, links) = (text.links.targets.get(lang), &version.body.links);
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
        summary(&self.pages[page], &self.texts[page], lang)
    }
}

fn summary(page: &Page, text: &Text<'_>, lang: Lang) -> Option<String> {
    if !page.has(lang) {
        return None;
    }
    let written = page.facts.summary.get(lang).clone();
    let excerpt = || text.marked.get(lang).as_ref().map(|marked| marked.excerpt.clone());
    written.or_else(excerpt).filter(|text| !text.is_empty())
}
