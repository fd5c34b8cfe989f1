//! The search index: files that a page asks for when a reader searches, and no service behind
//! them.
//!
//! - `search/index.json` is asked for first: how the rest is divided, the names of terms, the
//!   traditional characters that the texts may be searched by.
//! - `search/w0.bin`, `w1.bin`, … say which document holds which token ([`shard`]). A query
//!   needs one file for each of its tokens.
//! - `search/t0.json`, … and `d0.json`, … are the documents, terms and others, for the results
//!   that are shown: title, address, text.
//!
//! Documents are numbered, terms first, then texts from the oldest, so that a new article changes
//! few files.

mod document;
mod names;
mod shard;
mod token;

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use document::{Facts, Part};
use names::{Names, names};
use shard::Tokens;

use crate::config::Config;
use crate::lang::{PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::glossary::fold;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::model::urls::encode;
use crate::msg;
use crate::output::Output;

use super::job::{Given, Job, Origin, Part as Variable, Work};
use super::listings::{page_job, plain_head, plain_key};
use super::shelf::Shelf;

/// The size of a file of documents that is aimed at, in bytes.
const BLOCK: usize = 8 << 10;

/// How many files of documents are remembered together.
const BLOCKS: usize = 32;

/// The first file: what the page must know before it can search.
#[derive(Serialize)]
struct Index<'a> {
    /// Stands in the addresses of the other files, so that none is of another build.
    version: String,
    /// How many of a token's first bits choose the file of its documents.
    bits: u32,
    /// How many documents are terms: they come first.
    terms: usize,
    /// How many documents there are.
    documents: usize,
    /// How many documents a file of terms holds, and one of the others.
    blocks: [usize; 2],
    /// Words that are not looked for.
    stop: &'a [&'a str],
    /// Pairs of a traditional character and its simplified one, as far as texts have it.
    fold: String,
    /// The names of the terms.
    names: Vec<Names>,
}

/// The pages to search from, and the index; none where book.toml turns them off.
pub fn jobs<'a>(site: &'a Site<'a>, memo: &Memo) -> Vec<Job<'a>> {
    if !site.config.search.enable {
        return Vec::new();
    }
    let mut jobs: Vec<Job<'a>> = View::ALL.iter().map(|&view| page(Shelf { site, view })).collect();
    let index = index(site, memo);
    let origin = Arc::new(Origin::made(msg!("the search index", "搜索索引")));
    jobs.extend(index.iter().map(|(name, output)| Job {
        output: format!("search/{name}"),
        origin: origin.clone(),
        work: Work::Ready(output.clone()),
    }));
    jobs
}

/// The page to search from.
fn page(shelf: Shelf<'_>) -> Job<'_> {
    let key = plain_key(&shelf, "search").finish();
    let origin = Origin::made(msg!("the search page", "搜索页"));
    let mut job = page_job(&shelf, "search", "search.html", key, origin, move || {
        let title = PerLang { zh: "搜索".to_owned(), en: "Search".to_owned() };
        let none = PerLang::default();
        let mut head = plain_head(&shelf, "search", "search", title, none, String::new());
        head.alternates.clear();
        Given { head, part: Variable::Nothing, content: None }
    });
    if let Work::Page(page) = &mut job.work {
        page.mapped = false;
    }
    job
}

/// The address of the search page in a view.
pub fn url(shelf: &Shelf<'_>, config: &Config) -> Option<String> {
    config.search.enable.then(|| shelf.url("search"))
}

/// All files of the index by their names.
///
/// What is remembered grows by steps, so that an edit costs little: the parts of a document, the
/// files of lists by [regions](shard), each file of texts, all of them together.
fn index(site: &Site<'_>, memo: &Memo) -> Arc<Vec<(String, Output)>> {
    let found = documents(site);
    let keys: Vec<Fingerprint> = found.par_iter().map(|one| one.key(site)).collect();
    let terms = site.words.glossary.terms.len();
    let uses: Vec<usize> = (0..terms).map(|term| site.uses.count(term)).collect();
    let hasher = Hasher::new().str("index").str(env!("CARGO_PKG_VERSION")).value(&uses);
    let hasher = keys.iter().copied().fold(hasher, Hasher::with);
    let key = hasher.with(site.words.glossary.fingerprint).finish();
    let made = memo.get(Stage::Search, key, || {
        let parts: Vec<Arc<Vec<Part>>> = found
            .par_iter()
            .zip(&keys)
            .map(|(one, &key)| memo.get(Stage::Search, key, || one.parts(key, site)))
            .collect();
        let entries = site.words.glossary.terms.iter().zip(&uses);
        let names = entries.map(|(entry, &uses)| names(entry, uses)).collect();
        let (files, held) = write(&parts, terms, names, memo);
        (Arc::new(files), parts, held)
    });
    made.0.clone()
}

/// What the files were joined from: it stays remembered with them.
type Held = (shard::Held, Vec<Arc<Vec<Output>>>);

/// The files of the index. The first `terms` documents are terms of one part each.
fn write(
    documents: &[Arc<Vec<Part>>],
    terms: usize,
    names: Vec<Names>,
    memo: &Memo,
) -> (Vec<(String, Output)>, Held) {
    let parts: Vec<&Part> = documents.iter().flat_map(|parts| parts.iter()).collect();
    let tokens: Vec<Tokens<'_>> = parts.iter().map(|part| part.tokens()).collect();
    let shards = shard::shards(&tokens, memo);
    let (first, rest) = parts.split_at(terms);
    let sizes = [first, rest].map(block_size);
    let lists = shards.files().enumerate();
    let mut files: Vec<(String, Output)> =
        lists.map(|(at, file)| (format!("w{at}.bin"), file.clone())).collect();
    let mut blocks = Vec::new();
    for (letter, parts, size) in [('t', first, sizes[0]), ('d', rest, sizes[1])] {
        let made: Vec<Arc<Vec<Output>>> =
            parts.par_chunks(size * BLOCKS).map(|parts| self::blocks(parts, size, memo)).collect();
        let each = made.iter().flat_map(|made| made.iter()).enumerate();
        files.extend(each.map(|(at, file)| (format!("{letter}{at}.json"), file.clone())));
        blocks.extend(made);
    }
    let version = files.iter().fold(Hasher::new(), |all, (_, file)| all.with(file.fingerprint));
    let held = fold::traditional().iter().filter(|(_, to)| shards.has(token::hash([*to])));
    let index = Index {
        version: version.finish().short(),
        bits: shards.bits,
        terms,
        documents: parts.len(),
        blocks: sizes,
        stop: &token::STOP,
        fold: held.flat_map(|(from, to)| [*from, *to]).collect(),
        names,
    };
    let json = serde_json::to_vec(&index).unwrap_or_default();
    files.push(("index.json".to_owned(), Output::new(json)));
    (files, (shards.held, blocks))
}

/// How many parts a file holds, so that it has about [`BLOCK`] bytes: a power of two, so that it
/// seldom changes.
fn block_size(parts: &[&Part]) -> usize {
    let bytes: usize = parts.iter().map(|part| part.shown.bytes.len()).sum();
    let size = (parts.len() * BLOCK).checked_div(bytes).unwrap_or(1).max(1);
    1 << size.ilog2()
}

/// Files of `size` parts each.
fn blocks(parts: &[&Part], size: usize, memo: &Memo) -> Arc<Vec<Output>> {
    let hasher = Hasher::new().str("blocks").value(&size);
    let key = parts.iter().fold(hasher, |all, part| all.with(part.shown.fingerprint)).finish();
    memo.get(Stage::Search, key, || parts.chunks(size).map(block).collect())
}

/// A file of some parts.
fn block(parts: &[&Part]) -> Output {
    if let [part] = parts {
        return part.shown.clone();
    }
    let inside = parts.iter().map(|part| &part.shown.bytes[1..part.shown.bytes.len() - 1]);
    let inside: Vec<&[u8]> = inside.collect();
    Output::new([b"[", inside.join(&b",\n"[..]).as_slice(), b"]"].concat())
}

/// A document of the index.
#[derive(Clone, Copy)]
enum Document {
    /// A term, in short.
    Term(usize),
    /// A term with its long text.
    Rich(usize),
    /// An article.
    Page(usize),
}

impl Document {
    /// The fingerprint of what [`Document::parts`] reads.
    fn key(self, site: &Site<'_>) -> Fingerprint {
        match self {
            Document::Term(index) => document::key(&term(site, index), None),
            Document::Rich(index) => {
                document::key(&term(site, index), site.term_texts.get(&index).map(Arc::as_ref))
            }
            Document::Page(page) => {
                let key = Hasher::new().str("article").with(site.common).with(site.wholes[page]);
                let groups = site.outline.taxonomies.tags.of(page);
                groups.fold(key, |key, group| key.with(group.named)).finish()
            }
        }
    }

    /// Its parts, which have a key.
    fn parts(self, key: Fingerprint, site: &Site<'_>) -> Vec<Part> {
        let (facts, text) = match self {
            Document::Term(index) => (term(site, index), None),
            Document::Rich(index) => (term(site, index), site.term_texts.get(&index)),
            Document::Page(page) => (article(site, page), Some(&site.texts[page])),
        };
        document::parts(key, &facts, text.map(Arc::as_ref))
    }
}

/// The documents in their order: a short one for each term, then the texts.
fn documents(site: &Site<'_>) -> Vec<Document> {
    let terms = (0..site.words.glossary.terms.len()).map(Document::Term);
    let mut rich: Vec<usize> = site.term_texts.keys().copied().collect();
    rich.sort_unstable();
    let is_article = |page: &usize| site.pages[*page].kind == PageKind::Article;
    let undated = (0..site.pages.len()).filter(|page| site.place_of(*page).is_none());
    let pages = undated.filter(is_article).chain(site.outline.listed.iter().rev().copied());
    terms.chain(rich.into_iter().map(Document::Rich)).chain(pages.map(Document::Page)).collect()
}

fn term(site: &Site<'_>, index: usize) -> Facts {
    let term = &site.words.glossary.terms[index].term;
    let text = |name: &Option<String>| name.clone().unwrap_or_default();
    let others = [&term.aliases, &term.avoid].into_iter().flat_map(|all| [&all.zh, &all.en]);
    Facts {
        path: format!("{}/", encode(&format!("glossary/{}", term.id))),
        views: 7,
        date: None,
        title: PerLang { zh: text(&term.zh), en: text(&term.en) },
        summary: PerLang { zh: text(&term.definition.zh), en: text(&term.definition.en) },
        words: others.flatten().cloned().collect(),
        term: true,
        uses: Vec::new(),
    }
}

fn article(site: &Site<'_>, index: usize) -> Facts {
    let page = &site.pages[index];
    let text = &site.texts[index];
    let tags = site.outline.taxonomies.tags.of(index);
    let mut uses: Vec<usize> = text
        .marked
        .present()
        .flat_map(|(_, marked)| &marked.uses)
        .map(|found| found.term)
        .filter_map(|term| text.words.glossary.terms.get(term))
        .filter_map(|entry| Some(site.words.glossary.get(&entry.term.id)?.0))
        .collect();
    uses.sort_unstable();
    uses.dedup();
    Facts {
        path: format!("{}/", encode(&page.key)),
        views: page.views().into_iter().map(|view| 1 << view as u8).sum(),
        date: page.facts.date.map(|date| date.iso()),
        title: PerLang::from_fn(|lang| page.facts.title.get(lang).clone().unwrap_or_default()),
        summary: PerLang::from_fn(|lang| site.summary(index, lang).unwrap_or_default()),
        words: tags.flat_map(|tag| [tag.name.zh.clone(), tag.name.en.clone()]).collect(),
        term: false,
        uses,
    }
}
