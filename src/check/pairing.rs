//! Where the two versions of a text drift apart: blocks without a counterpart or in another place,
//! and pairs that are not sure.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Message};
use crate::lang::{Lang, PerLang};
use crate::model::align::{Bead, Row};
use crate::model::site::Site;
use crate::model::texts::{Text, Version};
use crate::msg;
use crate::parse::markdown::{Block, BlockKind};

/// How many blocks without a counterpart may stand between two that were moved together.
const APART: usize = 2;

/// How much of a sentence a message shows, in characters.
const SHOWN: usize = 24;

/// Looks at every text that has both versions.
pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    let confidence = site.config.align.confidence;
    let mut terms: Vec<_> = site.term_texts.iter().collect();
    terms.sort_by_key(|(index, _)| **index);
    let texts = site.texts.iter().chain(terms.into_iter().map(|(_, text)| text));
    texts.flat_map(|text| of_text(text, confidence)).collect()
}

fn of_text(text: &Text, confidence: f32) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let (Some(zh), Some(en)) = (&text.versions.zh, &text.versions.en) else { return found };
    let versions = PerLang { zh: zh.clone(), en: en.clone() };
    let (mut last, mut moved) = (0, Vec::new());
    for row in &text.alignment.rows {
        match (row.zh.is_empty(), row.en.is_empty()) {
            (false, true) => found.extend(alone(&versions, Lang::Zh, row)),
            (true, false) => found.extend(alone(&versions, Lang::En, row)),
            _ => {
                if row.en.start < last {
                    moved.push(row);
                }
                last = last.max(row.en.end);
                found.extend(unsure(&versions, row, confidence));
            }
        }
    }
    found.extend(together(&moved).map(|rows| self::moved(&versions, rows)));
    found
}

/// What was moved in one go: rows that follow one another in English too, but for what stands alone.
fn together<'r>(moved: &'r [&'r Row]) -> impl Iterator<Item = &'r [&'r Row]> {
    let follows = |a: &&Row, b: &&Row| {
        a.en.end <= b.en.start && b.en.start - a.en.end <= APART && b.zh.start - a.zh.end <= APART
    };
    moved.chunk_by(follows)
}

/// A block that only one version has. Rules and the like say nothing.
fn alone(versions: &PerLang<Version>, lang: Lang, row: &Row) -> Vec<Diagnostic> {
    let version = versions.get(lang);
    let blocks = &version.body.blocks[row.blocks(lang)];
    let says = |block: &&Block| !matches!(block.kind, BlockKind::Rule | BlockKind::Html);
    let problem = |block: &Block| {
        let message = match lang {
            Lang::Zh => msg!("this has no counterpart in English", "这一段没有对应的英文"),
            Lang::En => msg!("this has no counterpart in Chinese", "这一段没有对应的中文"),
        };
        Diagnostic::warning("unpaired-block", version.path.clone(), block.span.clone(), message)
            .help(msg!(
                "translate it, or give both blocks one id if its counterpart was not found",
                "请译出来；如果另一边其实有，请给两段写上同一个 id"
            ))
    };
    blocks.iter().filter(says).map(problem).collect()
}

/// Pairs that cross the order, as one finding at the first.
fn moved(versions: &PerLang<Version>, rows: &[&Row]) -> Diagnostic {
    let more = rows.len() - 1;
    let message = match more {
        0 => msg!(
            "this stands in another place in the other version",
            "这一段在另一种语言里不在这个位置"
        ),
        1 => msg!(
            "this and the block behind it stand in another place in the other version",
            "这一段和后面一段在另一种语言里不在这个位置"
        ),
        _ => msg!(
            "this and the {more} blocks behind it stand in another place in the other version",
            "这一段和后面 {more} 段在另一种语言里不在这个位置"
        ),
    };
    place(versions, rows[0], "moved-block", message)
}

/// Pairs of blocks and of sentences that are not sure.
fn unsure(versions: &PerLang<Version>, row: &Row, confidence: f32) -> Vec<Diagnostic> {
    if row.confidence < confidence {
        let message = msg!("it is not sure that these belong together", "没有把握这两段是对应的");
        return vec![place(versions, row, "uncertain-pair", message).help(pin())];
    }
    // One sentence that is not sure between others that are is short, or freely translated.
    let unsure: Vec<&Bead> = row.beads.iter().filter(|bead| bead.confidence < confidence).collect();
    let sentences =
        |beads: &[&Bead]| -> usize { beads.iter().map(|bead| bead.zh.len() + bead.en.len()).sum() };
    let all: Vec<&Bead> = row.beads.iter().collect();
    if row.beads.len() < 2 || 2 * sentences(&unsure) <= sentences(&all) {
        return Vec::new();
    }
    unsure.iter().map(|bead| self::sentences(versions, row, bead)).collect()
}

fn pin() -> Message {
    msg!(
        "translate sentence by sentence, or give both blocks one id",
        "请逐句翻译，或者给两段写上同一个 id"
    )
}

/// A problem of the blocks of a row, with both places.
fn place(
    versions: &PerLang<Version>,
    row: &Row,
    code: &'static str,
    message: Message,
) -> Diagnostic {
    let span = |lang: Lang| versions.get(lang).body.blocks[row.blocks(lang).start].span.clone();
    let path = |lang: Lang| versions.get(lang).path.clone();
    Diagnostic::warning(code, path(Lang::Zh), span(Lang::Zh), message).related(
        path(Lang::En),
        span(Lang::En),
        msg!("the counterpart", "另一种语言"),
    )
}

/// A group of sentences that is not sure, with the beginning of each side.
fn sentences(versions: &PerLang<Version>, row: &Row, bead: &Bead) -> Diagnostic {
    let zh = side(versions, Lang::Zh, row, bead.zh.clone());
    let en = side(versions, Lang::En, row, bead.en.clone());
    let shown =
        |side: &Option<Side>| side.as_ref().map_or("–".to_owned(), |side| side.shown.clone());
    let (zh_text, en_text) = (shown(&zh), shown(&en));
    let message = msg!(
        "it is not sure that these say the same: “{zh_text}”, “{en_text}”",
        "没有把握这两处说的是同一件事：“{zh_text}”，“{en_text}”"
    );
    let mut sides = [zh, en].into_iter().flatten();
    let Some(first) = sides.next() else {
        return place(versions, row, "uncertain-sentences", message);
    };
    let problem = Diagnostic::warning("uncertain-sentences", first.path, first.span, message);
    match sides.next() {
        Some(other) => {
            problem.related(other.path, other.span, msg!("the counterpart", "另一种语言"))
        }
        None => problem,
    }
}

/// One side of a group of sentences.
struct Side {
    path: Arc<str>,
    /// Its sentences, up to the end of the block in which the first stands.
    span: Range<usize>,
    shown: String,
}

fn side(versions: &PerLang<Version>, lang: Lang, row: &Row, wanted: Range<usize>) -> Option<Side> {
    let version = versions.get(lang);
    let blocks = version.body.blocks[row.blocks(lang)].iter();
    let all =
        blocks.flat_map(|block| block.sentences.iter().map(move |sentence| (block, sentence)));
    let mut own = all.skip(wanted.start).take(wanted.len());
    let (block, sentence) = own.next()?;
    let same = own.take_while(|(other, _)| std::ptr::eq(*other, block));
    let end = same.last().map_or(sentence.range.end, |(_, last)| last.range.end);
    let span = block.source_span(&(sentence.range.start..end));
    let text = &block.text[sentence.range.clone()];
    let mut shown: String =
        text.chars().take(SHOWN).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    // Quotation marks inside of others are single ones.
    let shown = shown.replace(['“', '「'], "‘").replace(['”', '」'], "’").replace('"', "'");
    Some(Side { path: version.path.clone(), span, shown })
}
