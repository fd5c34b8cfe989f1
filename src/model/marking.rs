//! A text with its terms linked and its sentences marked: all that does not depend on the view.
//!
//! Fills the holes of a [`Body`] that the glossary decides, and leaves open ([`Late`]) those that
//! the pairing and the view of a page decide.

mod plan;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::glossary::Glossary;
use super::glossary::matcher::Matcher;
use super::links::Target;
use super::pages::Page;
use super::per_page::PerPage;
use crate::config::{GlossaryLink, Pinyin};
use crate::lang::Lang;
use crate::memo::{Fingerprint, Hasher};
use crate::parse::markdown::{BlockKind, Body};

use writer::Writer;

/// A text with its terms linked and its sentences marked.
#[derive(Debug, Clone)]
pub struct Marked {
    /// Its blocks.
    pub blocks: Vec<MarkedBlock>,
    /// The blocks of its footnotes.
    pub notes: Vec<Vec<MarkedBlock>>,
    /// The terms that are linked, by index in the glossary, in the order of their first link.
    pub words: Vec<usize>,
    /// Every occurrence of a term in a sentence.
    pub uses: Vec<TermUse>,
    /// The readings that [`Late::Reading`] refers to.
    pub readings: Vec<String>,
    /// The beginning of the text, for lists.
    pub excerpt: String,
    /// Of all that it was made from.
    pub fingerprint: Fingerprint,
}

/// A block with its terms linked and its sentences marked.
#[derive(Debug, Clone)]
pub struct MarkedBlock {
    /// The HTML, without what goes into the late holes.
    pub html: String,
    /// The places that are still open, with the byte of the HTML before which each stands.
    pub holes: Vec<(usize, Late)>,
    /// The plain text, with the names of wikilinks in it.
    pub text: String,
    /// The sentences of the plain text.
    pub sentences: Vec<Range<usize>>,
}

/// A place in a text that the view of a page decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// The opening tag of the block's sentence of this index.
    Sentence(usize),
    /// The end of a sentence.
    SentenceEnd,
    /// The opening tag of a term's link, by the term's index in the glossary.
    Term(usize),
    /// The end of a term's link.
    TermEnd,
    /// The opening tag of a link, by its index in the text's links.
    Link(usize),
    /// The address of an image, by its index in the text's links.
    Image(usize),
    /// A place where a line of a heading may end.
    Break,
    /// The beginning of a word that has a reading.
    Ruby,
    /// The end of such a word, with its reading, by its index in the text's readings.
    Reading(usize),
}

/// An occurrence of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermUse {
    /// The term, by its index in the glossary.
    pub term: usize,
    /// The block.
    pub block: usize,
    /// The sentence of the block.
    pub sentence: usize,
    /// The bytes of the block's plain text.
    pub range: Range<usize>,
}

/// How the terms of a text are linked.
pub struct Terms<'a> {
    /// The glossary that the text is read with, local terms included.
    pub glossary: &'a Glossary,
    /// Its matcher.
    pub matcher: &'a Matcher,
    /// Which occurrences become links.
    pub link: GlossaryLink,
    /// Ids of terms that are not linked.
    pub skip: BTreeSet<&'a str>,
    /// What pinyin is written over.
    pub pinyin: Pinyin,
    /// How words are read, by the author.
    pub readings: &'a BTreeMap<String, String>,
}

/// What stands for a wikilink that has no text of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum WikiName {
    /// A term, by its index in the glossary.
    Term(usize),
    /// The title of a page.
    Page(String),
    /// Nothing is known: what the author wrote.
    Unknown(String),
}

/// The names behind a text's wikilinks, by the index of the link; none for other links.
pub fn wiki_names(
    body: &Body,
    targets: &[Target],
    glossary: &Glossary,
    pages: &PerPage<Arc<Page>>,
) -> Vec<Option<WikiName>> {
    let name = |(link, target): (&crate::parse::markdown::Link, &Target)| match target {
        Target::Term(id) => glossary.get(id).map(|(index, _)| WikiName::Term(index)),
        Target::Page(page, _) => {
            let title = pages[*page].facts.title.either(body.lang).cloned();
            Some(WikiName::Page(title.unwrap_or_else(|| link.target.clone())))
        }
        _ => Some(WikiName::Unknown(link.target.clone())),
    };
    let pairs = body.links.iter().zip(targets);
    pairs.map(|pair| if pair.0.is_wiki() { name(pair) } else { None }).collect()
}

/// The fingerprint of what [`mark`] reads.
pub fn key(
    body: &Body,
    names: &[Option<WikiName>],
    terms: &Terms<'_>,
    drop_title: bool,
) -> Fingerprint {
    Hasher::new()
        .with(body.fingerprint)
        .with(terms.glossary.fingerprint)
        .value(&(names, &terms.skip, terms.link, drop_title, terms.pinyin, terms.readings))
        .finish()
}

/// Links the terms of a text and marks its sentences. With `drop_title` the first block is the
/// page's title and is left empty.
pub fn mark(
    body: &Body,
    names: &[Option<WikiName>],
    terms: &Terms<'_>,
    drop_title: bool,
) -> Marked {
    let mut writer = Writer::new(body, names, terms);
    let mut blocks = Vec::with_capacity(body.blocks.len());
    for (index, block) in body.blocks.iter().enumerate() {
        if drop_title && index == 0 {
            blocks.push(MarkedBlock::empty());
            continue;
        }
        if terms.link == GlossaryLink::Section && matches!(block.kind, BlockKind::Heading(_)) {
            writer.forget();
        }
        blocks.push(writer.block(block, Some(index)));
    }
    let notes = body
        .footnotes
        .iter()
        .map(|note| note.blocks.iter().map(|block| writer.block(block, None)).collect())
        .collect();
    let excerpt = excerpt(body, &blocks);
    let (words, uses, readings) = writer.finish();
    let fingerprint = key(body, names, terms, drop_title);
    Marked { blocks, notes, words, uses, readings, excerpt, fingerprint }
}

impl MarkedBlock {
    fn empty() -> Self {
        let (html, holes, text, sentences) = Default::default();
        MarkedBlock { html, holes, text, sentences }
    }
}

/// How much of a text stands for it in lists, in Han characters' worth of width: about three
/// lines on a phone.
const EXCERPT: usize = 140;

/// The text before `<!-- more -->`, else its first sentences, as many as fit.
fn excerpt(body: &Body, blocks: &[MarkedBlock]) -> String {
    let end = body.more.unwrap_or(body.blocks.len());
    let prose = body
        .blocks
        .iter()
        .zip(blocks)
        .take(end)
        .filter(|(block, _)| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote));
    let mut out = String::new();
    let mut width = 0;
    for (_, block) in prose {
        for sentence in &block.sentences {
            let sentence = block.text[sentence.clone()].replace('\n', " ");
            let more: usize = sentence.chars().map(|c| if c.is_ascii() { 1 } else { 3 }).sum();
            if !out.is_empty() && width + more > EXCERPT * 3 && body.more.is_none() {
                return out;
            }
            if !out.is_empty() && body.lang == Lang::En {
                out.push(' ');
            }
            width += more;
            out += &sentence;
        }
    }
    out
}
