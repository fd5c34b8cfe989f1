//! Whether the two versions of a text say the same, block by block and sentence by sentence.
//!
//! What is compared is a [`unit`](super::unit): a row, or an item of a list in it. A number may stand in
//! the sentence before in the other language, but hardly in another paragraph.

mod code;
mod count;
mod language;
mod links;
mod missing;
mod names;
mod numbers;
mod omissions;
mod quantity;
pub(super) mod said;
mod structure;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::unit::{both, sure};
use super::written::Written;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::model::pages::Page;
use crate::model::site::Site;

/// Looks at every page and every text.
pub(super) fn check(site: &Site<'_>, written: &[Written<'_>]) -> Vec<Diagnostic> {
    let confidence = sure(site);
    let base = site.config.output.html.site_url.as_deref().unwrap_or_default();
    let mut found = missing::check(site);
    found.extend(said::of_terms(written));
    let own = |page: &'_ Arc<Page>| Some((page.docs.zh.as_ref()?.path.clone(), page.clone()));
    let pages: HashMap<Arc<str>, Arc<Page>> = site.pages.iter().filter_map(own).collect();
    let texts: Vec<Vec<Diagnostic>> = both(site)
        .par_iter()
        .map(|both| {
            let mut found = language::check(both);
            found.extend(links::check(both, base, confidence));
            let names = names::Names::of(both);
            for (at, row) in both.pairs(confidence) {
                found.extend(structure::check(both, row));
                for unit in both.units(row) {
                    found.extend(numbers::check(&unit.sides));
                    found.extend(names.check(&unit.sides, Some(at)));
                }
            }
            found.extend(omissions::check(both, confidence));
            found.extend(said::of_footnotes(both, &names));
            let page = pages.get(&both.zh.path).filter(|page| page.has(Lang::En));
            found.extend(page.into_iter().flat_map(|page| said::of_page(page, &names)));
            found
        })
        .collect();
    found.extend(texts.into_iter().flatten());
    found
}
