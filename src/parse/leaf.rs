//! The characters of a text with the bytes that they are written with.

use std::ops::Range;

use crate::lang::Lang;

/// Stands in a text for what is no text: code, a formula, an image, the mark of a footnote, an
/// address.
pub const OBJECT: char = '\u{FFFC}';

/// A character of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph {
    /// The character; [`OBJECT`] for what is no text, a line feed for a line break.
    pub c: char,
    /// Its bytes in the file.
    pub at: Range<usize>,
    /// Whether it is the author's text, which may be mended: not escaped by choice, not an entity,
    /// not an object.
    pub own: bool,
    /// The byte at which a character put before it would go: outside of emphasis and links that end
    /// or begin between the two.
    pub gap: usize,
}

/// A stretch of text that readers read in one go: a paragraph, a heading, an item, a cell, a title, the
/// description of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its language; none where a file of both does not tell.
    pub lang: Option<Lang>,
    /// Its characters.
    pub glyphs: Vec<Glyph>,
}
