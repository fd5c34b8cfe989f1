//! The translation memory: the pairs of sentences that are sure, from all articles.

use rayon::prelude::*;

use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::align::Bead;
use crate::model::site::Site;
use crate::render::job::Work;
use crate::render::machine::tmx::{self, Unit};

use super::scope::Scope;
use super::terms::languages;

/// The memory as TMX.
pub fn memory_tmx(site: &Site<'_>) -> Vec<u8> {
    tmx::memory(&units(site), &languages(site))
}

/// The memory as a table. `bom` begins it with a byte order mark.
pub fn memory_csv(site: &Site<'_>, bom: bool) -> Vec<u8> {
    tmx::csv(&units(site), bom)
}

fn units(site: &Site<'_>) -> Vec<Unit> {
    Scope::Site.articles(site).into_iter().flat_map(|page| of_page(site, page)).collect()
}

/// How the memory is made for publishing: from pieces, one for each article, that are remembered.
pub(super) fn work<'a>(site: &'a Site<'a>, memo: &Memo) -> Work<'a> {
    let tags = languages(site);
    let around = Fingerprint::of_value(&(&tags, &site.urls, site.config.align.confidence));
    let pieces: Vec<_> = Scope::Site
        .articles(site)
        .into_par_iter()
        .map(|page| {
            let key = Hasher::new().str("memory").with(around).with(site.wholes[page]).finish();
            memo.get(Stage::Machine, key, || {
                let units = of_page(site, page);
                units.iter().map(|unit| tmx::written(unit, &tags)).collect::<String>()
            })
        })
        .collect();
    let key = Hasher::new().str("memory").value(&tags);
    let key = pieces.iter().fold(key, |key, piece| key.str(piece)).finish();
    let make = move || {
        let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
        tmx::around(&pieces, &tags)
    };
    Work::Machine(key, Box::new(make))
}

/// The pairs of a page that are sure.
fn of_page(site: &Site<'_>, index: usize) -> Vec<Unit> {
    let page = &site.pages[index];
    let text = &site.texts[index];
    let (Some(zh), Some(en)) = (&text.marked.zh, &text.marked.en) else { return Vec::new() };
    let marked = PerLang { zh, en };
    let mut pairs = Vec::new();
    for row in &text.alignment.rows {
        let all = PerLang::from_fn(|lang| {
            let blocks = marked.get(lang).blocks[row.blocks(lang)].iter();
            let texts = blocks.flat_map(|b| b.sentences.iter().map(move |s| &b.text[s.clone()]));
            texts.collect::<Vec<_>>()
        });
        let sure = |bead: &&Bead| bead.is_pair() && bead.confidence >= site.config.align.confidence;
        // The heading that is the page's title is no part of the text, and has no sentences.
        let pair = |bead: &Bead| {
            let (zh, en) = (all.zh.get(bead.zh.clone())?, all.en.get(bead.en.clone())?);
            Some(PerLang { zh: segment(zh, Lang::Zh), en: segment(en, Lang::En) })
        };
        pairs.extend(row.beads.iter().filter(sure).filter_map(pair));
    }
    // Sentences of pictures alone say nothing.
    pairs.retain(|pair| !pair.zh.is_empty() && !pair.en.is_empty());
    let ids = tmx::unit_ids(&page.key, &pairs);
    let url = site.urls.absolute(&site.urls.page(page.view_from(View::Both), &page.key));
    let unit = |(id, text)| Unit { id, text, url: Some(url.clone()) };
    ids.into_iter().zip(pairs).map(unit).collect()
}

/// Sentences in one line, without the marks of pictures and notes.
fn segment(sentences: &[&str], lang: Lang) -> String {
    let line = |text: &&str| {
        let text = text.replace('\u{FFFC}', "");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let lines: Vec<String> = sentences.iter().map(line).collect();
    lines.join(if lang == Lang::Zh { "" } else { " " })
}
