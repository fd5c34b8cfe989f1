//! Which articles have most in common.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::memo::{Hasher, Memo, Stage};
use crate::model::site::Site;

use super::shelf::Shelf;

/// How many articles a tag or a term may have before it says nothing of what they share.
const COMMON: usize = 64;

/// For each page its candidates, nearest first.
pub struct Related {
    near: Vec<Vec<usize>>,
    wanted: usize,
}

impl Related {
    /// The related articles of all, remembered while nothing changes that they turn on.
    pub fn remembered(site: &Site<'_>, memo: &Memo) -> Arc<Related> {
        let mut key = Hasher::new().str("related").value(&site.config.output.html.related);
        key = key.value(&(site.pages.len(), &site.outline.listed));
        for &page in &site.outline.listed {
            key = key.with(site.traits[page]);
        }
        memo.get(Stage::Prepare, key.finish(), || Related::new(site))
    }

    /// Finds the related articles of all. What two articles share weighs the more the rarer it is
    /// (the logarithm of inverse document frequency); things that very many share are left out,
    /// so that the cost stays in proportion to the site.
    fn new(site: &Site<'_>) -> Self {
        let wanted = site.config.output.html.related;
        let mut traits: HashMap<(u8, &str), Vec<usize>> = HashMap::new();
        for &page in &site.outline.listed {
            let facts = &site.pages[page].facts;
            let tags = facts.tags.iter().map(|tag| (0, tag.as_str()));
            let categories = facts.categories.iter().map(|category| (1, category.as_str()));
            let glossary = &site.texts[page].words.glossary;
            let words = site.texts[page].linked_words(|_| true);
            let terms = words.into_iter().map(|word| (2, glossary.terms[word].term.id.as_str()));
            for shared in tags.chain(categories).chain(terms) {
                traits.entry(shared).or_default().push(page);
            }
        }
        traits.retain(|_, pages| (2..=COMMON).contains(&pages.len()));
        let mut of: Vec<Vec<&[usize]>> = vec![Vec::new(); site.pages.len()];
        let mut ordered: Vec<_> = traits.iter().collect();
        ordered.sort_unstable();
        for (_, pages) in ordered {
            for &page in pages {
                of[page].push(pages);
            }
        }
        let total = site.outline.listed.len() as f64;
        // Some more than wanted, for the views that leave some out.
        let kept = wanted * 3;
        let near = of
            .par_iter()
            .enumerate()
            .map(|(page, groups)| {
                let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
                for group in groups {
                    let weight = (total / group.len() as f64).ln() + 0.1;
                    for &other in group.iter().filter(|&&other| other != page) {
                        *scores.entry(other).or_default() += weight;
                    }
                }
                let mut found: Vec<_> = scores.into_iter().collect();
                found.sort_by(|a, b| {
                    let newer = || site.place_of(a.0).cmp(&site.place_of(b.0));
                    b.1.total_cmp(&a.1).then_with(newer)
                });
                found.truncate(kept);
                found.into_iter().map(|(other, _)| other).collect()
            })
            .collect();
        Related { near, wanted }
    }

    /// The related articles of a page that a view lists, but for those that the page shows
    /// already.
    pub fn of(
        &self,
        shelf: &Shelf<'_>,
        page: usize,
        shown: &[Option<usize>],
    ) -> impl Iterator<Item = usize> {
        let near = self.near[page].iter().copied();
        let near = near.filter(|&page| shelf.lists(page));
        near.filter(|&page| !shown.contains(&Some(page))).take(self.wanted)
    }
}
