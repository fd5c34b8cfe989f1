//! The glossary as spreadsheets and terminology tools keep it: what their files say, term by term.
//!
//! Reads a text and nothing else: which terms the site has, and what becomes of those of the file, is
//! decided by [`crate::model::glossary::merge`].

pub mod cells;
pub mod csv;
pub mod field;
pub mod tbx;

use std::ops::Range;

use crate::diag::Diagnostic;
use crate::parse::term::Term;
use field::Field;

/// A term that a file from elsewhere holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// What the file says of it.
    pub term: Term,
    /// Bytes of the file: its id, or what stands for it.
    pub span: Range<usize>,
    /// Where the file says what.
    pub places: Vec<(Field, Range<usize>)>,
}

impl Imported {
    /// The bytes that say something about a field, else those of the id.
    pub fn place(&self, field: Field) -> Range<usize> {
        let found = self.places.iter().find(|(own, _)| *own == field);
        found.map_or(&self.span, |(_, span)| span).clone()
    }
}

/// The terms of a file in its order, and what is wrong with it.
pub type Read = (Vec<Imported>, Vec<Diagnostic>);
