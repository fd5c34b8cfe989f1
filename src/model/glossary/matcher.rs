//! Finds the names of terms in texts.
use super::Glossary;
use std::ops::Range;
/// A name of a term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The term, as a place in [`Glossary::terms`].
    pub term: usize,
}
/// Finds.
pub struct Matcher {}
impl Matcher {
    /// Builds the matcher of a glossary.
    pub fn new(_glossary: &Glossary) -> Self {
        Matcher {}
    }
    /// The names in a text.
    pub fn find(&self, _text: &str) -> Vec<Match> {
        Vec::new()
    }
}
