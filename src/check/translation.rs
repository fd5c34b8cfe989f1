//! Whether the two versions of a text say the same, block by block and sentence by sentence.
//!
//! What is compared is a [`unit`](super::unit): a row, or an item of a list in it. A number may stand in
//! the sentence before in the other language, but hardly in another paragraph.

mod code;
mod language;
mod links;
mod missing;
mod names;
mod numbers;
mod omissions;
mod quantity;
mod structure;
mod words;

use rayon::prelude::*;

use super::unit::{both, sure};
use crate::diag::Diagnostic;
use crate::model::site::Site;

/// Looks at every page and every text.
pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    let confidence = sure(site);
    let base = site.config.output.html.site_url.as_deref().unwrap_or_default();
    let mut found = missing::check(site);
    let texts: Vec<Vec<Diagnostic>> = both(site)
        .par_iter()
        .map(|both| {
            let mut found = language::check(both);
            found.extend(links::check(both, base, confidence));
            let names = names::Names::of(both);
            for (at, row) in both.pairs(confidence) {
                found.extend(structure::check(both, row));
                for unit in both.units(row) {
                    found.extend(numbers::check(&unit));
                    found.extend(names.check(&unit, at));
                }
            }
            found.extend(omissions::check(both, confidence));
            found
        })
        .collect();
    found.extend(texts.into_iter().flatten());
    found
}
