//! The words of the home page.

use std::sync::Arc;

use crate::lang::View;
use crate::memo::{Hasher, Memo, Stage};
use crate::model::site::Site;

/// A few words of the glossary for the home page: those that the newest articles turn on. A word
/// counts by its uses in the article that has most of them, and the more the fewer articles use it
/// at all (tf–idf).
pub(super) fn featured(site: &Site<'_>, memo: &Memo) -> Arc<Vec<usize>> {
    let key = Hasher::new().str("featured").with(site.common).with(site.outline.order);
    let key = key.with(site.uses.all_keys()).finish();
    memo.get(Stage::Prepare, key, || most_telling(site))
}

fn most_telling(site: &Site<'_>) -> Vec<usize> {
    const WORDS: usize = 8;
    const ARTICLES: usize = 10;
    let recent = &site.outline.listed[..site.outline.listed.len().min(ARTICLES)];
    let mut scored: Vec<(f64, usize)> = Vec::new();
    for (term, entry) in site.words.glossary.terms.iter().enumerate() {
        if !entry.is_explained_in(View::Both) {
            continue;
        }
        let (mut most, mut pages) = (0, 0_usize);
        for (page, uses) in site.uses.by_page(term) {
            pages += 1;
            if recent.contains(&page) {
                most = most.max(uses);
            }
        }
        if most > 0 {
            let rarity = (1.0 + site.outline.listed.len() as f64 / pages as f64).ln();
            scored.push((most as f64 * rarity, term));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.into_iter().take(WORDS).map(|(_, term)| term).collect()
}
