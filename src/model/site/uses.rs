//! Where terms are used: the sentence, with its counterpart.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::Outline;
use super::prepared::Prepared;
use crate::lang::{Lang, PerLang};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::glossary::Glossary;
use crate::model::marking::{Marked, TermUse};
use crate::model::pages::Page;
use crate::model::per_page::PerPage;
use crate::model::texts::{Text, Words};
use crate::parse::html::escape_text;

/// A use of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// The row of the page's text, from 0.
    pub row: usize,
    /// The sentences of the use, which count from 1 through the row.
    pub sentences: PerLang<Option<usize>>,
    /// The sentence and its counterpart, as HTML with the term in `<mark>`.
    pub html: PerLang<Option<String>>,
    /// Whether there is a counterpart, and it is sure.
    pub sure: bool,
}

/// The uses of all terms in a page, by term.
pub(super) type OfPage = Vec<OfTerm>;

/// The uses of a term in a page, from its beginning.
#[derive(Debug)]
pub(super) struct OfTerm {
    term: usize,
    uses: Vec<Use>,
    fingerprint: Fingerprint,
}

/// The uses of a term in a batch of pages.
#[derive(Debug)]
pub(super) struct Partial {
    term: usize,
    count: usize,
    /// Of the uses, with what is shown of their pages.
    fingerprint: Fingerprint,
}

/// For each term the pages that use it, with its place among the terms of the page.
type Pages = Vec<Vec<(u32, u32)>>;

/// The uses of all terms.
pub struct Uses {
    /// What each page uses.
    pages: PerPage<Arc<OfPage>>,
    terms: Arc<Pages>,
    /// For each term how many uses it has.
    counts: Vec<usize>,
    /// For each term the fingerprint of its uses, with what is shown of their pages.
    keys: Vec<Fingerprint>,
}

impl Uses {
    /// How many uses a term has.
    pub fn count(&self, term: usize) -> usize {
        self.counts[term]
    }

    /// How many uses each page that uses a term has of it.
    pub fn by_page(&self, term: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.all(term).map(|(page, all)| (page, all.uses.len()))
    }

    /// The uses of a term, each with its page: those of the newest article first.
    pub fn of(&self, term: usize) -> impl Iterator<Item = (usize, &Use)> + '_ {
        self.all(term).flat_map(|(page, all)| all.uses.iter().map(move |one| (page, one)))
    }

    fn all(&self, term: usize) -> impl Iterator<Item = (usize, &OfTerm)> + '_ {
        let pages = self.terms[term].iter();
        pages.map(|&(page, at)| (page as usize, &self.pages[page as usize][at as usize]))
    }

    /// The fingerprint of all that a term's page shows of its uses.
    pub fn key(&self, term: usize) -> Fingerprint {
        self.keys[term]
    }

    /// The fingerprint of all uses.
    pub fn all_keys(&self) -> Fingerprint {
        self.keys.iter().copied().fold(Hasher::new().str("uses"), Hasher::with).finish()
    }
}

/// Where a use stands: its row and the group of sentences in it.
type Place = (usize, usize);

/// The uses of all terms of the glossary, those of the newest article first.
pub(super) fn collect(
    prepared: &[Arc<Prepared>],
    outline: &Outline,
    words: &Words,
    memo: &Memo,
) -> Uses {
    let numbering = outline.numbering.clone();
    let pages = PerPage::new(prepared.iter().map(|batch| batch.uses.clone()), numbering);
    let count = words.glossary.terms.len();
    let key = Hasher::new().str("users").with(outline.order).value(&count);
    let key = prepared.iter().fold(key, |key, batch| key.with(batch.used)).finish();
    let terms = memo.get(Stage::Batch, key, || users(&pages, &outline.articles, count));
    let mut counts = vec![0; count];
    let mut keys: Vec<Hasher> = (0..count).map(|_| Hasher::new().with(outline.order)).collect();
    for (at, batch) in prepared.iter().enumerate() {
        for &Partial { term, count, fingerprint } in &batch.terms {
            counts[term] += count;
            keys[term].add(Fingerprint::numbered(at as u64));
            keys[term].add(fingerprint);
        }
    }
    let keys = keys.iter().map(Hasher::finish).collect();
    Uses { pages, terms, counts, keys }
}

/// The pages that use each of `count` terms, in the order of `articles`.
fn users(pages: &PerPage<Arc<OfPage>>, articles: &[usize], count: usize) -> Pages {
    let mut terms = vec![Vec::new(); count];
    for &page in articles {
        for (at, of) in pages[page].iter().enumerate() {
            terms[of.term].push((page as u32, at as u32));
        }
    }
    terms
}

/// The uses of terms in a page, or what the memo has of them. What introduces a list is no article, and has
/// none. A term that an article defines for itself has no page, and no uses here. `sure` is how sure a
/// counterpart has to be to count as one.
pub(super) fn in_page(
    page: &Page,
    text: &Text,
    (glossary, sure): (&Glossary, f32),
    memo: &Memo,
) -> Arc<OfPage> {
    if !page.is_article() {
        return Arc::default();
    }
    let key = Hasher::new().str("uses").with(text.fingerprint).finish();
    memo.get(Stage::Prepare, key, || of_page(text, glossary, sure))
}

/// The uses of each term in the pages of a batch. `cards` is what lists show of each.
pub(super) fn partials(pages: &[Arc<OfPage>], cards: &[Fingerprint]) -> Vec<Partial> {
    let mut terms: BTreeMap<usize, (usize, Hasher)> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        for of in page.iter() {
            let (count, key) = terms.entry(of.term).or_default();
            *count += of.uses.len();
            key.add(Fingerprint::numbered(at as u64));
            key.add(cards[at]);
            key.add(of.fingerprint);
        }
    }
    let partial = |(term, (count, key)): (usize, (usize, Hasher))| Partial {
        term,
        count,
        fingerprint: key.finish(),
    };
    terms.into_iter().map(partial).collect()
}

/// The fingerprint of which pages of a batch use which terms.
pub(super) fn used(pages: &[Arc<OfPage>]) -> Fingerprint {
    let terms = |page: &Arc<OfPage>| page.iter().map(|of| of.term).collect::<Vec<usize>>();
    Fingerprint::of_value(&pages.iter().map(terms).collect::<Vec<_>>())
}

fn of_page(text: &Text, glossary: &Glossary, sure: f32) -> OfPage {
    // Local terms shift the indexes of a page's own glossary: go by id.
    let index = |term: usize| {
        let entry = &text.words.glossary.terms[term];
        if entry.local { None } else { glossary.get(&entry.term.id).map(|(index, _)| index) }
    };
    let sides = PerLang::from_fn(|lang| Side::of(text, lang));
    let places = places(text, &sides);
    let by_term = places.chunk_by(|a, b| a.0 == b.0);
    let of = |same: &[(usize, Place)]| {
        let own = same[0].0;
        let term = index(own)?;
        let uses = same.iter().map(|(_, place)| at(text, &sides, *place, own, sure));
        let uses: Vec<Use> = uses.collect();
        Some(OfTerm { term, fingerprint: Fingerprint::of_value(&uses), uses })
    };
    by_term.filter_map(of).collect()
}

/// The uses of a term in a text from its beginning, by the term's index in the text's own glossary.
/// `sure` is how sure a counterpart has to be to count as one.
pub fn uses_in(text: &Text, term: usize, sure: f32) -> impl Iterator<Item = Use> {
    let sides = PerLang::from_fn(|lang| Side::of(text, lang));
    let own = places(text, &sides).into_iter().filter(move |(own, _)| *own == term);
    own.map(move |(own, place)| at(text, &sides, place, own, sure))
}

/// The places of all terms in a text, by the term's index in the text's own glossary, each once.
fn places(text: &Text, sides: &PerLang<Side<'_>>) -> Vec<(usize, Place)> {
    let mut seen: Vec<(usize, Place)> = Vec::new();
    for (lang, marked) in text.marked.present() {
        let side = sides.get(lang);
        let uses = marked.uses.iter();
        seen.extend(uses.filter_map(|used| Some((used.term, side.place(used)?))));
    }
    seen.sort_unstable();
    seen.dedup();
    seen
}

/// Where the blocks, sentences and terms of a version stand.
struct Side<'t> {
    /// The row of each block.
    rows: Vec<usize>,
    /// How many sentences of its row stand before each block.
    before: Vec<usize>,
    /// For each row the group of each of its sentences.
    beads: Vec<Vec<Option<usize>>>,
    /// The uses of terms by block, sentence and term.
    uses: Vec<&'t TermUse>,
}

impl<'t> Side<'t> {
    fn of(text: &'t Text, lang: Lang) -> Side<'t> {
        let marked = text.marked.get(lang).as_ref();
        let blocks = marked.map_or(&[][..], |marked| &marked.blocks);
        let (mut rows, mut before) = (vec![0; blocks.len()], vec![0; blocks.len()]);
        let mut beads = Vec::with_capacity(text.alignment.rows.len());
        for (index, row) in text.alignment.rows.iter().enumerate() {
            let mut count = 0;
            for block in blocks_of(text, index, lang) {
                (rows[block], before[block]) = (index, count);
                count += blocks[block].sentences.len();
            }
            let mut of = vec![None; count];
            for (bead, sides) in row.beads.iter().enumerate() {
                let range = if lang == Lang::Zh { sides.zh.clone() } else { sides.en.clone() };
                range.filter(|at| *at < count).for_each(|at| of[at] = Some(bead));
            }
            beads.push(of);
        }
        let mut uses: Vec<&TermUse> = marked.map_or(Vec::new(), |m| m.uses.iter().collect());
        uses.sort_by_key(|used| (used.block, used.sentence, used.term));
        Side { rows, before, beads, uses }
    }

    /// The row of a use and the group of sentences that it stands in.
    fn place(&self, used: &TermUse) -> Option<Place> {
        let row = *self.rows.get(used.block)?;
        let sentence = used.sentence + self.before[used.block];
        Some((row, (*self.beads[row].get(sentence)?)?))
    }

    /// The uses of a term in a sentence.
    fn uses(&self, place: (usize, usize, usize)) -> impl Iterator<Item = &TermUse> {
        let of = |used: &TermUse| (used.block, used.sentence, used.term);
        let from = self.uses.partition_point(|used| of(used) < place);
        self.uses[from..].iter().copied().take_while(move |used| of(used) == place)
    }
}

/// The blocks of a row in a language.
fn blocks_of(text: &Text, row: usize, lang: Lang) -> Range<usize> {
    let row = &text.alignment.rows[row];
    if lang == Lang::Zh { row.zh.clone() } else { row.en.clone() }
}

fn at(text: &Text, sides: &PerLang<Side<'_>>, (row, bead): Place, term: usize, sure: f32) -> Use {
    let bead = &text.alignment.rows[row].beads[bead];
    let range = |lang| if lang == Lang::Zh { bead.zh.clone() } else { bead.en.clone() };
    let html = PerLang::from_fn(|lang| {
        let marked = text.marked.get(lang).as_ref()?;
        let blocks = blocks_of(text, row, lang);
        let html = sentences((marked, lang), sides.get(lang), blocks, range(lang), term);
        (!html.is_empty()).then_some(html)
    });
    let sentences = PerLang::from_fn(|lang| {
        let range = range(lang);
        (!range.is_empty()).then_some(range.start + 1)
    });
    Use { row, sentences, html, sure: bead.is_pair() && bead.confidence >= sure }
}

/// The longest sentence that is shown whole, in bytes. Of a longer one, such as a page without a full
/// stop, every term in it would show all.
const LONGEST: usize = 2_000;
/// How much of a longer one stands before the term.
const BEFORE: usize = 500;

/// Sentences of a row as HTML, with the term in `<mark>`. They count through the row from 0.
fn sentences(
    (marked, lang): (&Marked, Lang),
    side: &Side<'_>,
    blocks: Range<usize>,
    wanted: Range<usize>,
    term: usize,
) -> String {
    let mut out = String::new();
    let from = blocks.start;
    // The block in which they begin: the last one with no more sentences before it.
    let first = side.before[blocks.clone()].partition_point(|before| *before <= wanted.start);
    for block in from + first.saturating_sub(1)..blocks.end {
        let (of_block, before) = (&marked.blocks[block], side.before[block]);
        if before >= wanted.end {
            break;
        }
        let last = (wanted.end - before).min(of_block.sentences.len());
        for index in wanted.start.saturating_sub(before)..last {
            if !out.is_empty() && lang == Lang::En {
                out.push(' ');
            }
            let places = side.uses((block, index, term)).map(|used| used.range.clone());
            sentence(&mut out, &of_block.text, &of_block.sentences[index], places.collect());
        }
    }
    out.replace('\n', " ")
}

/// A sentence of a text, with places in `<mark>`; of a long one the part around the first of them.
fn sentence(out: &mut String, text: &str, sentence: &Range<usize>, places: Vec<Range<usize>>) {
    let mut shown = sentence.clone();
    if shown.len() > LONGEST {
        let start = places.first().map_or(shown.start, |place| place.start.saturating_sub(BEFORE));
        shown.start = text.floor_char_boundary(start.max(shown.start));
        shown.end = text.floor_char_boundary(shown.end.min(shown.start + LONGEST));
    }
    if shown.start > sentence.start {
        out.push('…');
    }
    let mut from = shown.start;
    for place in places.into_iter().filter(|place| place.end <= shown.end) {
        escape_text(out, &text[from..place.start]);
        *out += "<mark>";
        escape_text(out, &text[place.clone()]);
        *out += "</mark>";
        from = place.end;
    }
    escape_text(out, &text[from..shown.end]);
    if shown.end < sentence.end {
        out.push('…');
    }
}
