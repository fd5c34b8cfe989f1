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
use crate::model::texts::Text;
use crate::model::urls::encode;
use crate::msg;
use crate::output::Output;

use super::job::{Job, Origin, Part as Variable, Work};
use super::listings::{page_job, plain_head};
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
pub fn jobs(site: &Site<'_>, memo: &Memo) -> Vec<Job> {
    if !site.config.search.enable {
        return Vec::new();
    }
    let mut jobs: Vec<Job> = View::ALL.iter().map(|&view| page(&Shelf { site, view })).collect();
    let index = index(site, memo);
    jobs.extend(index.iter().map(|(name, output)| Job {
        output: format!("search/{name}"),
        origin: Origin::made(msg!("the search index", "搜索索引")),
        work: Work::Ready(output.clone()),
    }));
    jobs
}

/// The page to search from.
fn page(shelf: &Shelf<'_>) -> Job {
    let title = PerLang { zh: "搜索".to_owned(), en: "Search".to_owned() };
    let mut head = plain_head(shelf, "search", "search", title, PerLang::default(), String::new());
    head.alternates.clear();
    let origin = Origin::made(msg!("the search page", "搜索页"));
    page_job(shelf, "search", "search.html", head, Variable::Nothing, None, origin)
}

/// The address of the search page in a view.
pub fn url(shelf: &Shelf<'_>, config: &Config) -> Option<String> {
    config.search.enable.then(|| shelf.url("search"))
}

/// All files of the index by their names.
fn index(site: &Site<'_>, memo: &Memo) -> Arc<Vec<(String, Output)>> {
    let terms = site.words.glossary.terms.len();
    let found: Vec<(Facts, Option<&Text<'_>>)> = documents(site);
    let keys: Vec<Fingerprint> =
        found.par_iter().map(|(facts, text)| document::key(facts, *text)).collect();
    let uses: Vec<usize> = site.uses.iter().map(Vec::len).collect();
    let hasher =
        Hasher::new().str("index").str(env!("CARGO_PKG_VERSION")).value(&keys).value(&uses);
    let key = hasher.with(site.words.glossary.fingerprint).finish();
    memo.get(Stage::Search, key, || {
        let parts: Vec<Arc<Vec<Part>>> = found
            .par_iter()
            .zip(&keys)
            .map(|((facts, text), &key)| {
                memo.get(Stage::Search, key, || document::parts(facts, *text))
            })
            .collect();
        let parts: Vec<&Part> = parts.iter().flat_map(|parts| parts.iter()).collect();
        let entries = site.words.glossary.terms.iter().zip(&uses);
        write(&parts, terms, entries.map(|(entry, &uses)| names(entry, uses)).collect())
    })
}

/// The files of the index. The first `terms` parts are terms.
fn write(parts: &[&Part], terms: usize, names: Vec<Names>) -> Vec<(String, Output)> {
    let tokens: Vec<&[(u32, shard::Class)]> = parts.iter().map(|p| p.tokens.as_slice()).collect();
    let shards = shard::shards(&tokens);
    let held = fold::traditional().iter().filter(|(_, to)| shards.has(token::hash([*to])));
    let fold: String = held.flat_map(|(from, to)| [*from, *to]).collect();
    let (first, rest) = parts.split_at(terms);
    let blocks = [first, rest].map(block_size);
    let texts = [('t', first, blocks[0]), ('d', rest, blocks[1])];
    let texts = texts.into_iter().flat_map(|(name, parts, size)| {
        parts.chunks(size).enumerate().map(move |(at, block)| {
            let block: Vec<&str> = block.iter().map(|part| part.json.as_str()).collect();
            (format!("{name}{at}.json"), format!("[{}]", block.join(",\n")).into_bytes())
        })
    });
    let lists = shards.files.into_iter().enumerate();
    let lists = lists.map(|(at, bytes)| (format!("w{at}.bin"), bytes));
    let files: Vec<(String, Vec<u8>)> = texts.chain(lists).collect();
    let mut outputs: Vec<(String, Output)> =
        files.into_par_iter().map(|(name, bytes)| (name, Output::new(bytes))).collect();
    let version = outputs.iter().fold(Hasher::new(), |all, (_, file)| all.with(file.fingerprint));
    let index = Index {
        version: version.finish().short(),
        bits: shards.bits,
        terms,
        documents: parts.len(),
        blocks,
        stop: &token::STOP,
        fold,
        names,
    };
    let json = serde_json::to_vec(&index).unwrap_or_default();
    outputs.push(("index.json".to_owned(), Output::new(json)));
    outputs
}

/// How many parts a file holds, so that it has about [`BLOCK`] bytes.
fn block_size(parts: &[&Part]) -> usize {
    let bytes: usize = parts.iter().map(|part| part.json.len()).sum();
    (parts.len() * BLOCK).checked_div(bytes).unwrap_or(1).max(1)
}

/// The documents in their order: a short one for each term, then the texts.
fn documents<'a>(site: &'a Site<'a>) -> Vec<(Facts, Option<&'a Text<'a>>)> {
    let terms = (0..site.words.glossary.terms.len()).map(|term| (self::term(site, term), None));
    let mut rich: Vec<(usize, &Text<'_>)> = site.term_texts.iter().map(|(i, t)| (*i, t)).collect();
    rich.sort_unstable_by_key(|(term, _)| *term);
    let rich = rich.into_iter().map(|(term, text)| (self::term(site, term), Some(text)));
    let is_article = |page: &usize| site.pages[*page].kind == PageKind::Article;
    let undated = (0..site.pages.len()).filter(|page| site.place_of(*page).is_none());
    let pages = undated.filter(is_article).chain(site.listed.iter().rev().copied());
    let pages = pages.map(|page| (article(site, page), Some(&site.texts[page])));
    terms.chain(rich).chain(pages).collect()
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
