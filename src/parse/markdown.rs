//! Markdown into blocks: finished HTML but for the places that other files decide.
//!
//! A [`Body`] is made from one text alone. What depends on the rest of the site (the address
//! behind a link, the glossary's terms, the place of a sentence in its pair) stays open as a
//! [`Hole`], to be filled by later stages without reading the Markdown again.

mod anchors;
mod around;
mod emit;
mod events;
mod fragment;
mod languages;
mod leaves;
mod mixed;
mod places;
mod reader;
mod rules;
mod silences;
mod warnings;

use std::ops::Range;

use serde::Serialize;

pub use fragment::render_fragment;
pub use languages::Blocks;
pub use leaves::{Html, Leaves, NoteAt, Spoken, frame, leaves};
pub use places::Places;
pub use reader::{parse, unused_in_all};
pub use rules::Rules;

use super::counts::Counts;
use super::sentences;
use super::silence::Silence;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::memo::Fingerprint;

/// A text in one language.
#[derive(Debug, Clone)]
pub struct Body {
    /// Its language.
    pub lang: Lang,
    /// Its top-level blocks.
    pub blocks: Vec<Block>,
    /// Its footnotes, in the order of their first reference.
    pub footnotes: Vec<Footnote>,
    /// Every link, image and wikilink, in order; [`HoleKind`] refers to them by index.
    pub links: Vec<Link>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// How long it is.
    pub counts: Counts,
    /// The index of the block before which the summary ends, where the author marked it with
    /// `<!-- more -->`.
    pub more: Option<usize>,
    /// Of the text, its language and the rules it was read by.
    pub fingerprint: Fingerprint,
}

/// What a block is, for pairing it with its counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum BlockKind {
    /// A paragraph of text.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// A block quote.
    Quote,
    /// An alert (`> [!NOTE]`).
    Alert,
    /// A list, numbered or not.
    List {
        /// Whether it is numbered.
        ordered: bool,
    },
    /// A definition list.
    Definitions,
    /// A table.
    Table,
    /// A code block.
    Code,
    /// A formula set apart.
    Math,
    /// An image that stands alone.
    Image,
    /// A thematic break.
    Rule,
    /// Raw HTML.
    Html,
}

/// A top-level block.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the file, in bytes.
    pub span: Range<usize>,
    /// Its HTML, without what goes into the holes. Of a heading, the inside of the tag.
    pub html: String,
    /// The open places, in the order of `html`.
    pub holes: Vec<Hole>,
    /// The text that readers see, without mark-up; its leaves follow one another.
    pub text: String,
    /// Where `text` stands in the file.
    pub places: Places,
    /// The sentences of `text`.
    pub sentences: Vec<Sentence>,
    /// How many leaves (paragraphs, list items, table cells) hold the text.
    pub leaves: u32,
    /// What it is made of: the items of a list, the rows of a table, the blocks of a quote.
    pub parts: Vec<Part>,
    /// The anchor of a heading, or the id that an author gave.
    pub id: Option<String>,
    /// Whether an author gave the id, so that it pins the block to one with the same id.
    pub pinned: bool,
    /// The classes that an author gave a heading (`{.class}`), as one attribute.
    pub classes: String,
    /// Whether it is `<!-- more -->`.
    pub more: bool,
}

impl Block {
    /// A paragraph without mark-up, as a title is one; `span` is where it stands in its file.
    pub fn plain(text: &str, span: Range<usize>) -> Block {
        let sentences = sentences::split(text, &[]).into_iter();
        Block {
            kind: BlockKind::Paragraph,
            span,
            html: String::new(),
            holes: Vec::new(),
            text: text.to_owned(),
            places: Places::default(),
            sentences: sentences.map(|range| Sentence { leaf: 0, range }).collect(),
            leaves: 1,
            parts: Vec::new(),
            id: None,
            pinned: false,
            classes: String::new(),
            more: false,
        }
    }

    /// Where a range of [`Block::text`] is written in the file, in bytes: from its first character to its
    /// last, with the mark-up between. The whole block if it has no text.
    pub fn source_span(&self, range: &Range<usize>) -> Range<usize> {
        self.places.source(range).unwrap_or_else(|| self.span.clone())
    }
}

/// An item of a list, a row of a table, a block in a quote or in an element of raw HTML. A part goes
/// on to where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the file, in bytes.
    pub span: Range<usize>,
    /// Its first leaf, if it has any.
    pub leaf: u32,
    /// Where it begins in [`Block::html`].
    pub html: usize,
}

/// A sentence of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Which leaf of the block it stands in, from 0.
    pub leaf: u32,
    /// Its bytes in [`Block::text`].
    pub range: Range<usize>,
}

/// A place in a block's HTML that a later stage fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// The byte of the HTML before which it stands.
    pub at: usize,
    /// What goes there.
    pub kind: HoleKind,
}

/// What goes into a hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoleKind {
    /// A range of [`Block::text`] in which terms may be linked.
    Text(Range<usize>),
    /// A range of [`Block::text`] that is shown as it is (in links, headings and code).
    Verbatim(Range<usize>),
    /// The beginning of a leaf.
    LeafOpen,
    /// The end of a leaf.
    LeafClose,
    /// A place before mark-up that a sentence may begin at (`<code>`, a picture, raw HTML).
    Mark,
    /// The opening tag of an inline element that may be closed and opened again.
    Open(Inline),
    /// Its closing tag.
    Close(Inline),
    /// The opening tag of a link, by its index in [`Body::links`].
    LinkOpen(usize),
    /// The closing tag of the link of this index.
    LinkClose(usize),
    /// The `src` of an image, by its index in [`Body::links`].
    Image(usize),
    /// A place before a formula, by the place in [`Block::text`] of the U+FFFC that stands for it,
    /// and its LaTeX source on one line. In plain texts that is what readers see.
    Formula(usize, String),
    /// A line break that the author asked for: one line feed of [`Block::text`], which plain texts
    /// show as white space.
    Break,
    /// A whole wikilink without a text of its own, by its index in [`Body::links`]. One U+FFFC
    /// stands for it in [`Block::text`].
    Wikilink(usize),
    /// The reference to a footnote, by its index in [`Body::footnotes`] and the number of the
    /// reference to it, from 1.
    FootnoteRef(usize, usize),
}

/// An inline element that a sentence may begin or end inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inline {
    /// `<em>`.
    Emphasis,
    /// `<strong>`.
    Strong,
    /// `<del>`.
    Deleted,
    /// `<sup>`.
    Superscript,
    /// `<sub>`.
    Subscript,
}

impl Inline {
    /// The name of its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Inline::Emphasis => "em",
            Inline::Strong => "strong",
            Inline::Deleted => "del",
            Inline::Superscript => "sup",
            Inline::Subscript => "sub",
        }
    }
}

/// What a link is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum LinkKind {
    /// `[text](target)`, `[text][label]` or `<https://…>`.
    Link,
    /// `<someone@example.org>`.
    Email,
    /// `![text](target)`.
    Image,
    /// `[[target]]` (the target's own name is shown).
    Wikilink,
    /// `[[target|text]]`.
    NamedWikilink,
}

/// A link, an image or a wikilink as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// How it was written.
    pub kind: LinkKind,
    /// The target as written.
    pub target: String,
    /// The title, or empty.
    pub title: String,
    /// Where it stands in the file, in bytes.
    pub span: Range<usize>,
}

impl Link {
    /// Whether it is a wikilink.
    pub fn is_wiki(&self) -> bool {
        matches!(self.kind, LinkKind::Wikilink | LinkKind::NamedWikilink)
    }
}

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Its block's index.
    pub block: usize,
    /// From 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text, without mark-up.
    pub text: String,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct Footnote {
    /// The label that the author gave.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// How many references point to it.
    pub references: usize,
}

/// A text read, and the problems found in it.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The text.
    pub body: Body,
    /// The problems.
    pub diagnostics: Vec<Diagnostic>,
    /// The problems that its comments silence.
    pub silences: Vec<Silence>,
    /// The footnotes that nothing refers to, in the order of the file: label and bytes. In the
    /// single-file form the other language may refer to them.
    pub unused: Vec<(String, Range<usize>)>,
}
