//! What checks compare: a row of a text, or an item of a list or a row of a table in it, with both sides.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Message};
use crate::lang::{Lang, PerLang};
use crate::model::align::{Bead, Row};
use crate::model::site::Site;
use crate::model::texts::{Text, Version};
use crate::msg;
use crate::parse::markdown::{Block, BlockKind, Sentence};

/// A text that has both versions.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub text: &'a Text,
    pub zh: &'a Version,
    pub en: &'a Version,
}

/// How sure it has to be that two sides belong together for what they say to be compared. What is less sure
/// is told as such, or is a pair of two blocks that have both lost their counterparts.
const SURE: f32 = 0.9;

/// How sure a row has to be to be compared, in a site.
pub(super) fn sure(site: &Site<'_>) -> f32 {
    site.config.align.confidence.max(SURE)
}

/// Every text of a site that has both versions: of pages in their order, then of terms.
pub(super) fn both<'a>(site: &'a Site<'_>) -> Vec<Both<'a>> {
    let mut terms: Vec<_> = site.term_texts.iter().collect();
    terms.sort_by_key(|(index, _)| **index);
    let texts = site.texts.iter().chain(terms.into_iter().map(|(_, text)| text));
    texts.filter_map(|text| Both::of(text)).collect()
}

impl<'a> Both<'a> {
    pub fn of(text: &'a Text) -> Option<Both<'a>> {
        let (Some(zh), Some(en)) = (&text.versions.zh, &text.versions.en) else { return None };
        Some(Both { text, zh, en })
    }

    pub fn version(&self, lang: Lang) -> &'a Version {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The rows with both sides that belong together at least as surely as `confidence` says.
    pub fn pairs(&self, confidence: f32) -> impl Iterator<Item = (usize, &'a Row)> {
        let rows = self.text.alignment.rows.iter().enumerate();
        let paired = |row: &Row| !row.zh.is_empty() && !row.en.is_empty();
        rows.filter(move |(_, row)| paired(row) && row.confidence >= confidence)
    }

    pub fn blocks(&self, row: &Row, lang: Lang) -> &'a [Block] {
        &self.version(lang).body.blocks[row.blocks(lang)]
    }

    /// What of a row is compared: its paired items, or the row as a whole.
    pub fn units(&self, row: &'a Row) -> Vec<Unit<'a>> {
        let paths = PerLang::from_fn(|lang| self.version(lang).path.clone());
        let places = PerLang::from_fn(|lang| {
            self.blocks(row, lang).first().map_or(0..0, |block| block.span.clone())
        });
        let sides =
            |beads, texts| Sides { paths: paths.clone(), places: places.clone(), beads, texts };
        let beads = row.beads.iter().collect();
        let texts = PerLang::from_fn(|lang| sentences(self.blocks(row, lang)).collect());
        let whole = Unit { both: *self, row, sides: sides(beads, texts) };
        let items = row.parts.iter().filter(|part| !part.zh.is_empty() && !part.en.is_empty());
        let item = |part: &crate::model::align::PartPair| {
            let beads: Vec<&Bead> = row.beads[part.beads.clone()].iter().collect();
            let side = |lang: Lang| {
                let mut own = beads.iter().map(|bead| bead_side(bead, lang));
                let Some(first) = own.next() else { return Vec::new() };
                let end = own.next_back().map_or(first.end, |last| last.end);
                whole.sides.get(lang)[first.start..end.max(first.start)].to_vec()
            };
            let texts = PerLang::from_fn(side);
            Unit { both: *self, row, sides: sides(beads, texts) }
        };
        let mut items: Vec<Unit<'a>> = items.map(item).collect();
        items.retain(|unit| unit.sides.texts.iter().all(|(_, side)| !side.is_empty()));
        if items.is_empty() { vec![whole] } else { items }
    }
}

fn bead_side(bead: &Bead, lang: Lang) -> Range<usize> {
    match lang {
        Lang::Zh => bead.zh.clone(),
        Lang::En => bead.en.clone(),
    }
}

fn sentences(blocks: &[Block]) -> impl Iterator<Item = Piece<'_>> {
    let of = |block| move |sentence| Piece { block, sentence };
    blocks.iter().flat_map(move |block| block.sentences.iter().map(of(block)))
}

/// A sentence in its block.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub block: &'a Block,
    pub sentence: &'a Sentence,
}

impl<'a> Piece<'a> {
    pub fn text(&self) -> &'a str {
        &self.block.text[self.sentence.range.clone()]
    }

    /// Where a range of [`Piece::text`] stands in the file.
    pub fn span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.sentence.range.start;
        self.block.source_span(&(start + range.start..start + range.end))
    }

    pub fn whole(&self) -> Range<usize> {
        self.block.source_span(&self.sentence.range)
    }
}

/// A row, or an item of a list in it.
pub(super) struct Unit<'a> {
    pub both: Both<'a>,
    pub row: &'a Row,
    pub sides: Sides<'a>,
}

/// What is compared: sentences of both languages that belong together as a whole.
pub(super) struct Sides<'a> {
    /// The files of both.
    pub paths: PerLang<Arc<str>>,
    /// Where each side stands, for one without sentences.
    pub places: PerLang<Range<usize>>,
    /// The groups of the sentences, which count through the row; none where they are not paired.
    pub beads: Vec<&'a Bead>,
    pub texts: PerLang<Vec<Piece<'a>>>,
}

impl<'a> Sides<'a> {
    pub fn get(&self, lang: Lang) -> &[Piece<'a>] {
        self.texts.get(lang)
    }

    pub fn path(&self, lang: Lang) -> Arc<str> {
        self.paths.get(lang).clone()
    }

    /// The text of a side, a line for each sentence.
    pub fn joined(&self, lang: Lang) -> String {
        let side = self.get(lang).iter();
        side.map(|piece| format!("{}\n", piece.text())).collect()
    }

    /// The group that a sentence of a side stands in, by their indices.
    pub fn group(&self, lang: Lang, sentence: usize) -> Option<usize> {
        let first = self.beads.first().map_or(0, |bead| bead_side(bead, lang).start);
        self.beads.iter().position(|bead| bead_side(bead, lang).contains(&(first + sentence)))
    }

    /// Where the counterpart of a sentence of a side stands, by its index in the side: the other
    /// sentences of its group, else all of the other side.
    pub fn counterpart(&self, lang: Lang, sentence: usize) -> Range<usize> {
        let other = lang.other();
        let pieces = self.get(other);
        let first = self.beads.first().map_or(0, |bead| bead_side(bead, other).start);
        let bead = self.group(lang, sentence).map(|at| bead_side(self.beads[at], other));
        let range = bead.filter(|range| !range.is_empty());
        let range = range.map_or(0..pieces.len(), |range| range.start - first..range.end - first);
        match (pieces.get(range.start), pieces.get(range.end.saturating_sub(1))) {
            (Some(first), Some(last)) => {
                first.whole().start..last.whole().end.max(first.whole().start)
            }
            _ => self.places.get(other).clone(),
        }
    }

    /// A finding at a place of a side, with the place of its counterpart.
    pub fn finding(
        &self,
        code: &'static str,
        lang: Lang,
        span: Range<usize>,
        counterpart: Range<usize>,
        message: Message,
    ) -> Diagnostic {
        Diagnostic::warning(code, self.path(lang), span, message).related(
            self.path(lang.other()),
            counterpart,
            msg!("the counterpart", "另一种语言"),
        )
    }
}

/// Whether a block is text that is translated.
pub(super) fn is_prose(block: &Block) -> bool {
    !matches!(
        block.kind,
        BlockKind::Code | BlockKind::Math | BlockKind::Html | BlockKind::Rule | BlockKind::Image
    )
}

/// The ranges of a block's text that stand in code.
pub(super) fn code_ranges(block: &Block) -> Vec<Range<usize>> {
    use crate::parse::markdown::HoleKind;
    let inside = block.holes.iter().filter_map(|hole| match &hole.kind {
        HoleKind::Verbatim(range) if block.html[..hole.at].ends_with("<code>") => {
            Some(range.clone())
        }
        _ => None,
    });
    inside.collect()
}
