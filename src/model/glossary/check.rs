//! Checks.
use super::{Entry, Glossary};
use crate::diag::Diagnostic;
pub(super) fn join(base: &Glossary, new: Vec<Entry>) -> (Glossary, Vec<Diagnostic>) {
    let mut terms = base.terms.clone();
    terms.extend(new);
    terms.sort_by(|a, b| a.term.id.cmp(&b.term.id));
    (Glossary::of(terms), Vec::new())
}
