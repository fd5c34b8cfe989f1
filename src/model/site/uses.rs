//! Where terms are used: the sentence, with its counterpart.

use std::ops::Range;

use rayon::prelude::*;

use crate::lang::{Lang, PerLang};
use crate::model::glossary::Glossary;
use crate::model::marking::{Marked, TermUse};
use crate::model::pages::{Page, PageKind};
use crate::model::texts::Text;
use crate::parse::html::escape_text;

/// A use of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The page.
    pub page: usize,
    /// The row of the page's text, from 0.
    pub row: usize,
    /// The sentences of the use, which count from 1 through the row.
    pub sentences: PerLang<Option<usize>>,
    /// The sentence and its counterpart, as HTML with the term in `<mark>`.
    pub html: PerLang<Option<String>>,
}

/// Where a use stands: its row and the group of sentences in it.
type Place = (usize, usize);

/// The uses of each term of the glossary, those of the newest article first. A term that an
/// article defines for itself has no page, and no uses here.
pub(super) fn collect(
    pages: &[Page],
    texts: &[Text<'_>],
    listed: &[usize],
    glossary: &Glossary,
) -> Vec<Vec<Use>> {
    // What introduces a list is no article.
    let undated = (0..pages.len())
        .filter(|&page| pages[page].kind == PageKind::Article && !pages[page].is_listed());
    let order: Vec<usize> = listed.iter().copied().chain(undated).collect();
    let found: Vec<Vec<(usize, Use)>> =
        order.par_iter().map(|&page| of_page(page, &texts[page], glossary)).collect();
    let mut uses = vec![Vec::new(); glossary.terms.len()];
    for (term, one) in found.into_iter().flatten() {
        uses[term].push(one);
    }
    uses
}

fn of_page(page: usize, text: &Text<'_>, glossary: &Glossary) -> Vec<(usize, Use)> {
    // Local terms shift the indexes of a page's own glossary: go by id.
    let index = |term: usize| {
        let entry = &text.words.glossary.terms[term];
        if entry.local { None } else { glossary.get(&entry.term.id).map(|(index, _)| index) }
    };
    let mut seen: Vec<(usize, Place)> = Vec::new();
    let rows = PerLang::from_fn(|lang| rows_of(text, lang));
    for (lang, marked) in text.marked.present() {
        for used in &marked.uses {
            let Some(term) = index(used.term) else { continue };
            let place = place(text, lang, rows.get(lang), marked, used);
            if let Some(place) = place
                && !seen.contains(&(term, place))
            {
                seen.push((term, place));
            }
        }
    }
    seen.sort_unstable();
    seen.into_iter()
        .map(|(term, place)| {
            let id = &glossary.terms[term].term.id;
            let own = text.words.glossary.get(id).map(|(index, _)| index);
            (term, at(page, text, place, own.unwrap_or(term)))
        })
        .collect()
}

/// The row of each block of a version.
fn rows_of(text: &Text<'_>, lang: Lang) -> Vec<usize> {
    let count = text.marked.get(lang).as_ref().map_or(0, |marked| marked.blocks.len());
    let mut rows = vec![0; count];
    for (index, row) in text.alignment.rows.iter().enumerate() {
        let blocks = if lang == Lang::Zh { row.zh.clone() } else { row.en.clone() };
        rows[blocks].fill(index);
    }
    rows
}

/// The blocks of a row in a language.
fn blocks_of(text: &Text<'_>, row: usize, lang: Lang) -> Range<usize> {
    let row = &text.alignment.rows[row];
    if lang == Lang::Zh { row.zh.clone() } else { row.en.clone() }
}

/// The row of a use and the group of sentences that it stands in.
fn place(
    text: &Text<'_>,
    lang: Lang,
    rows: &[usize],
    marked: &Marked,
    used: &TermUse,
) -> Option<Place> {
    let row = *rows.get(used.block)?;
    let before = blocks_of(text, row, lang).take_while(|block| *block < used.block);
    let sentence = used.sentence + before.map(|b| marked.blocks[b].sentences.len()).sum::<usize>();
    let bead = text.alignment.rows[row].beads.iter().position(|bead| {
        let range = if lang == Lang::Zh { &bead.zh } else { &bead.en };
        range.contains(&sentence)
    });
    Some((row, bead?))
}

fn at(page: usize, text: &Text<'_>, (row, bead): Place, term: usize) -> Use {
    let bead = &text.alignment.rows[row].beads[bead];
    let range = |lang| if lang == Lang::Zh { bead.zh.clone() } else { bead.en.clone() };
    let html = PerLang::from_fn(|lang| {
        let marked = text.marked.get(lang).as_ref()?;
        let html = sentences(text, lang, marked, row, range(lang), term);
        (!html.is_empty()).then_some(html)
    });
    let sentences = PerLang::from_fn(|lang| {
        let range = range(lang);
        (!range.is_empty()).then_some(range.start + 1)
    });
    Use { page, row, sentences, html }
}

/// Sentences of a row as HTML, with the term in `<mark>`.
fn sentences(
    text: &Text<'_>,
    lang: Lang,
    marked: &Marked,
    row: usize,
    wanted: Range<usize>,
    term: usize,
) -> String {
    let mut out = String::new();
    let mut number = 0;
    for block in blocks_of(text, row, lang) {
        let of_block = &marked.blocks[block];
        for (index, sentence) in of_block.sentences.iter().enumerate() {
            if wanted.contains(&number) {
                if !out.is_empty() && lang == Lang::En {
                    out.push(' ');
                }
                let places = marked
                    .uses
                    .iter()
                    .filter(|u| (u.block, u.sentence, u.term) == (block, index, term));
                let mut from = sentence.start;
                for place in places.map(|u| u.range.clone()).filter(|r| r.end <= sentence.end) {
                    escape_text(&mut out, &of_block.text[from..place.start]);
                    out += "<mark>";
                    escape_text(&mut out, &of_block.text[place.clone()]);
                    out += "</mark>";
                    from = place.end;
                }
                escape_text(&mut out, &of_block.text[from..sentence.end]);
            }
            number += 1;
        }
    }
    out.replace('\n', " ")
}
