//! The texts of pages made ready, in batches that are remembered together.

use std::sync::Arc;

use rayon::prelude::*;

use super::uses::{self, OfPage, Partial};
use crate::config::{Config, Pinyin};
use crate::diag::Diagnostic;
use crate::lang::PerLang;
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::align::dictionary::Dictionary;
use crate::model::anchors::Anchors;
use crate::model::glossary::Entry;
use crate::model::links::Places;
use crate::model::pages::batch::Batch;
use crate::model::pages::{Page, PageKind};
use crate::model::per_page::PerPage;
use crate::model::pictures::{Pictures, Shown};
use crate::model::segment;
use crate::model::texts::{self, Linking, Links, Text, Version, Words};
use crate::msg;
use crate::parse::term::see;

/// The titles of a page as HTML, the Chinese one with `<wbr>` between its words.
pub type Titles = PerLang<Option<Arc<String>>>;

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

/// What all texts are made ready with.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub config: &'a Config,
    pub words: &'a Arc<Words>,
    pub dictionary: &'a Dictionary,
    pub places: &'a Places,
    pub pictures: &'a Pictures<'a>,
    /// Of all that decides where links lead and which terms there are.
    pub key: Fingerprint,
}

/// The texts of a batch of pages, made ready. The lists have an entry for each of its pages.
pub(super) struct Prepared {
    pub texts: Arc<Vec<Arc<Text>>>,
    pub faces: Arc<Vec<Arc<Face>>>,
    pub uses: Arc<Vec<Arc<OfPage>>>,
    /// [`Face::card`] of each page.
    pub cards: Vec<Fingerprint>,
    /// [`Face::traits`] of each page.
    pub traits: Vec<Fingerprint>,
    /// The fingerprint of each page and its text.
    pub wholes: Vec<Fingerprint>,
    /// The pages whose links name anchors of others.
    pub anchored: Vec<usize>,
    /// The pages whose links name any anchors.
    pub fragments: Vec<usize>,
    /// The pictures that they show, by output path.
    pub shown: Shown,
    /// The uses of each term in the batch.
    pub terms: Vec<Partial>,
    /// Of which pages use which terms.
    pub used: Fingerprint,
    pub diagnostics: Vec<Diagnostic>,
}

/// A page whose links are found.
struct Linked {
    words: Arc<Words>,
    links: Arc<Links>,
    /// Of all that they were found from.
    key: Fingerprint,
}

/// The pages of a batch with their links found.
struct LinkedBatch {
    pages: Vec<Linked>,
    /// The pages whose titles stand for wikilinks in them.
    named: Vec<usize>,
    /// The output paths of pictures in them.
    pictured: Vec<String>,
}

/// Makes the texts of a batch ready, or takes them from the memo. `pages` are those of the site.
pub(super) fn prepare(
    batch: &Batch,
    around: &Around<'_>,
    pages: &PerPage<Arc<Page>>,
    memo: &Memo,
) -> Arc<Prepared> {
    let key = Hasher::new().str("linked").with(around.key).with(batch.fingerprint).finish();
    let linked = memo.get(Stage::Batch, key, || {
        let linked = batch.pages.par_iter().map(|page| linked(page, around, memo));
        let linked: Vec<Linked> = linked.collect();
        let mut named: Vec<usize> =
            linked.iter().flat_map(|page| page.links.named.iter().copied()).collect();
        named.sort_unstable();
        named.dedup();
        let pictured = linked.iter().flat_map(|page| page.links.pictured.iter().cloned()).collect();
        LinkedBatch { pages: linked, named, pictured }
    });
    let key = Hasher::new().str("prepared").with(key);
    let key = key.with(around.pictures.key(&linked.pictured));
    let title = |key: Hasher, &page: &usize| key.value(&pages[page].facts.title);
    let key = linked.named.iter().fold(key, title).finish();
    memo.get(Stage::Batch, key, || make(batch, &linked, around, pages, memo))
}

fn make(
    batch: &Batch,
    linked: &LinkedBatch,
    around: &Around<'_>,
    pages: &PerPage<Arc<Page>>,
    memo: &Memo,
) -> Prepared {
    let sure = around.config.align.confidence;
    let mut shown = Shown::new();
    let mut diagnostics = Vec::new();
    let made: Vec<_> = batch
        .pages
        .par_iter()
        .zip(&linked.pages)
        .map(|(page, linked)| {
            let seen = look_at(around.pictures, &versions(page), &linked.links, linked.key, memo);
            let text = text(page, (linked, seen.key), around, pages, memo);
            let face = face(page, &text, memo);
            let uses = uses::in_page(page, &text, (&around.words.glossary, sure), memo);
            (seen, text, face, uses)
        })
        .collect();
    let (mut texts, mut faces, mut uses) = (Vec::new(), Vec::new(), Vec::new());
    for (seen, text, face, of_page) in made {
        shown.extend(seen.shown);
        diagnostics.extend(seen.problems);
        texts.push(text);
        faces.push(face);
        uses.push(of_page);
    }
    let cards: Vec<Fingerprint> = faces.iter().map(|face| face.card).collect();
    let own = |(page, text): (&Arc<Page>, &Arc<Text>)| {
        Hasher::new().with(page.fingerprint).with(text.fingerprint).finish()
    };
    let with = |has: fn(&Links) -> bool| {
        (0..texts.len()).filter(|&at| has(&texts[at].links)).collect::<Vec<usize>>()
    };
    let problems = linked.pages.iter().flat_map(|page| {
        let local = page.words.problems.iter().filter(|_| page.words.key != around.words.key);
        local.chain(&page.links.diagnostics)
    });
    diagnostics.extend(problems.cloned());
    Prepared {
        shown,
        diagnostics,
        traits: faces.iter().map(|face| face.traits).collect(),
        wholes: batch.pages.iter().zip(&texts).map(own).collect(),
        anchored: with(|links| !links.anchored.is_empty()),
        fragments: with(|links| links.fragments),
        terms: uses::partials(&uses, &cards),
        used: uses::used(&uses),
        texts: Arc::new(texts),
        faces: Arc::new(faces),
        uses: Arc::new(uses),
        cards,
    }
}

/// Finds where the links of a page lead.
fn linked(page: &Arc<Page>, around: &Around<'_>, memo: &Memo) -> Linked {
    let words = local_words(page, around.words, memo);
    let key = Hasher::new().str("links").with(around.key).with(page.fingerprint).finish();
    let links = memo.get(Stage::Prepare, key, || {
        let mut diagnostics = Vec::new();
        unknown_skips(page, &words, &mut diagnostics);
        around.places.check_cover(page, &mut diagnostics);
        let versions = versions(page);
        let links = texts::links(&versions, &page.folder, &words, around.places, &mut diagnostics);
        Links { diagnostics, ..links }
    });
    Linked { words, links, key }
}

/// The pictures that a text shows.
pub(super) struct Seen {
    pub shown: Shown,
    /// The key of the text with theirs.
    pub key: Fingerprint,
    pub problems: Vec<Diagnostic>,
}

/// Looks at the pictures of a text whose key is `key` without them.
pub(super) fn look_at(
    pictures: &Pictures<'_>,
    versions: &PerLang<Option<Version>>,
    links: &Links,
    key: Fingerprint,
    memo: &Memo,
) -> Seen {
    if links.pictured.is_empty() {
        return Seen { shown: Shown::new(), key, problems: Vec::new() };
    }
    let shown = pictures.at(&links.pictured, memo);
    let hasher = Hasher::new().str("pictures").with(key);
    let key = shown.values().fold(hasher, |hasher, one| hasher.with(one.fingerprint())).finish();
    let of = |(lang, version)| pictures.problems(version, links.targets.get(lang), &shown);
    let problems = versions.present().flat_map(of).collect();
    Seen { shown, key, problems }
}

fn versions(page: &Page) -> PerLang<Option<Version>> {
    PerLang::from_fn(|lang| {
        let doc = page.docs.get(lang).as_ref()?;
        let (path, body) = (doc.path.clone(), doc.bodies.get(lang).clone()?);
        Some(Version { path, body, drop_title: *page.facts.title_in_text.get(lang) })
    })
}

/// Makes the text of a page ready.
fn text(
    page: &Page,
    (linked, key): (&Linked, Fingerprint),
    around: &Around<'_>,
    pages: &PerPage<Arc<Page>>,
    memo: &Memo,
) -> Arc<Text> {
    let Around { config, dictionary, .. } = *around;
    let linking = Linking {
        link: page.facts.link.unwrap_or(config.glossary.link),
        skip: page.facts.skip.iter().map(String::as_str).collect(),
        words: linked.words.clone(),
        pinyin: match page.kind {
            PageKind::Article => page.facts.pinyin.unwrap_or(config.typography.pinyin),
            PageKind::Section | PageKind::Home => Pinyin::None,
        },
        readings: &page.facts.readings,
        dictionary,
        confidence: config.align.confidence,
    };
    texts::prepare(versions(page), linked.links.clone(), linking, key, pages, memo)
}

/// What other pages see of a page, remembered while it does not change.
fn face(page: &Page, text: &Text, memo: &Memo) -> Arc<Face> {
    let key = Hasher::new().str("face").with(page.fingerprint).with(text.fingerprint).finish();
    memo.get(Stage::Prepare, key, || {
        let titles = titles(page, &text.words, memo);
        let facts = &page.facts;
        let summary = PerLang::from_fn(|lang| super::summary(page, text, lang));
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
fn local_words(page: &Page, words: &Arc<Words>, memo: &Memo) -> Arc<Words> {
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
    let key = Hasher::new().str("local").with(words.key).value(&values).finish();
    memo.get(Stage::Glossary, key, || {
        let (glossary, problems) = words.glossary.with_local(local);
        Words { problems, ..Words::of(glossary, key) }
    })
}
