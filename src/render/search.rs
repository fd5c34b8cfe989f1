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
/// lists of [`GROUP`] documents, each file of lists, each file of texts.
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
            .map(|(one, &key)| memo.get(Stage::Search, key, || one.parts(site)))
            .collect();
        let entries = site.words.glossary.terms.iter().zip(&uses);
        let names = entries.map(|(entry, &uses)| names(entry, uses)).collect();
        let (files, held) = write(&parts, &keys, terms, names, memo);
        (Arc::new(files), parts, held)
    });
    made.0.clone()
}

/// How many documents are listed together before their lists are joined.
const GROUP: usize = 64;

/// What the files were joined from: it stays remembered with them.
type Held = (Vec<Arc<shard::Group>>, Vec<Arc<(Output, Vec<u32>)>>, Vec<Arc<Output>>);

/// The files of the index. The first `terms` documents are terms of one part each.
fn write(
    documents: &[Arc<Vec<Part>>],
    keys: &[Fingerprint],
    terms: usize,
    names: Vec<Names>,
    memo: &Memo,
) -> (Vec<(String, Output)>, Held) {
    let parts: Vec<(&Part, Fingerprint)> = documents
        .iter()
        .zip(keys)
        .flat_map(|(parts, &key)| parts.iter().map(move |part| (part, key)))
        .collect();
    let bits = shard::bits(parts.iter().map(|(part, _)| part.tokens.len()).sum());
    let groups: Vec<Arc<shard::Group>> = parts
        .par_chunks(GROUP)
        .map(|parts| {
            let key = Hasher::new().str("group").value(&bits);
            let key = parts.iter().fold(key, |key, (_, document)| key.with(*document)).finish();
            // A document of several parts may lie in two groups, with others of its parts.
            let first = parts.first().map_or(0, |(part, _)| part.number);
            let key = Hasher::new().with(key).value(&first).finish();
            memo.get(Stage::Search, key, || {
                let tokens = parts.iter().map(|(part, _)| part.tokens.as_slice()).collect();
                shard::Group::of(tokens, bits)
            })
        })
        .collect();
    let lists: Vec<Arc<(Output, Vec<u32>)>> = (0..1_usize << bits)
        .into_par_iter()
        .map(|at| {
            let key = Hasher::new().str("lists").value(&(at, bits));
            let key = groups.iter().fold(key, |key, group| key.with(group.fingerprints[at]));
            memo.get(Stage::Search, key.finish(), || {
                let (bytes, tokens) = shard::file(&groups, at, bits, GROUP);
                (Output::new(bytes), tokens)
            })
        })
        .collect();
    let has = |token: u32| {
        let tokens = &lists[(u64::from(token) << bits >> 32) as usize].1;
        tokens.binary_search(&token).is_ok()
    };
    let held = fold::traditional().iter().filter(|(_, to)| has(token::hash([*to])));
    let fold: String = held.flat_map(|(from, to)| [*from, *to]).collect();
    let (first, rest) = parts.split_at(terms);
    let blocks = [first, rest].map(block_size);
    let texts: Vec<(String, Arc<Output>)> = [('t', first, blocks[0]), ('d', rest, blocks[1])]
        .into_par_iter()
        .flat_map(|(name, parts, size)| {
            parts.par_chunks(size).enumerate().map(move |(at, block)| {
                let output = memo.get(Stage::Search, block_key(block), || text_file(block));
                (format!("{name}{at}.json"), output)
            })
        })
        .collect();
    let mut outputs: Vec<(String, Output)> =
        texts.iter().map(|(name, output)| (name.clone(), (**output).clone())).collect();
    outputs
        .extend(lists.iter().enumerate().map(|(at, file)| (format!("w{at}.bin"), file.0.clone())));
    let version = outputs.iter().fold(Hasher::new(), |all, (_, file)| all.with(file.fingerprint));
    let index = Index {
        version: version.finish().short(),
        bits,
        terms,
        documents: parts.len(),
        blocks,
        stop: &token::STOP,
        fold,
        names,
    };
    let json = serde_json::to_vec(&index).unwrap_or_default();
    outputs.push(("index.json".to_owned(), Output::new(json)));
    let texts = texts.into_iter().map(|(_, output)| output).collect();
    (outputs, (groups, lists, texts))
}

fn block_key(block: &[(&Part, Fingerprint)]) -> Fingerprint {
    let key = Hasher::new().str("texts");
    block.iter().fold(key, |key, (part, document)| key.with(*document).value(&part.number)).finish()
}

/// A file of documents for the results.
fn text_file(block: &[(&Part, Fingerprint)]) -> Output {
    let block: Vec<&str> = block.iter().map(|(part, _)| part.json.as_str()).collect();
    Output::new(format!("[{}]", block.join(",\n")).into_bytes())
}

/// How many parts a file holds, so that it has about [`BLOCK`] bytes.
fn block_size(parts: &[(&Part, Fingerprint)]) -> usize {
    let bytes: usize = parts.iter().map(|(part, _)| part.json.len()).sum();
    (parts.len() * BLOCK).checked_div(bytes).unwrap_or(1).max(1)
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
            Document::Rich(index) => document::key(&term(site, index), site.term_texts.get(&index)),
            Document::Page(page) => {
                let key = Hasher::new().str("article").with(site.common).with(site.wholes[page]);
                let tags = site.pages[page].facts.tags.iter();
                let groups = tags.filter_map(|id| site.taxonomies.tags.group(id));
                groups.fold(key, |key, group| key.value(&group.name)).finish()
            }
        }
    }

    fn parts(self, site: &Site<'_>) -> Vec<Part> {
        match self {
            Document::Term(index) => document::parts(&term(site, index), None),
            Document::Rich(index) => {
                document::parts(&term(site, index), site.term_texts.get(&index))
            }
            Document::Page(page) => document::parts(&article(site, page), Some(&site.texts[page])),
        }
    }
}

/// The documents in their order: a short one for each term, then the texts.
fn documents(site: &Site<'_>) -> Vec<Document> {
    let terms = (0..site.words.glossary.terms.len()).map(Document::Term);
    let mut rich: Vec<usize> = site.term_texts.keys().copied().collect();
    rich.sort_unstable();
    let is_article = |page: &usize| site.pages[*page].kind == PageKind::Article;
    let undated = (0..site.pages.len()).filter(|page| site.place_of(*page).is_none());
    let pages = undated.filter(is_article).chain(site.listed.iter().rev().copied());
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
    let tags = page.facts.tags.iter().filter_map(|id| site.taxonomies.tags.group(id));
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
