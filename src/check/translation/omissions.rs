//! Sentences that one version leaves out or adds, and pairs whose lengths do not fit.

use std::ops::Range;

use crate::check::unit::{Both, Piece, is_prose};
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::model::align::{Bead, Row, length};
use crate::msg;
use crate::parse::markdown::BlockKind;

/// How far the logarithm of a ratio of lengths may lie from what is expected, in deviations. The
/// deviation is that of hand-aligned sentences, which real translations of whole paragraphs keep well
/// within.
const FAR: f64 = 3.5;

/// How far a paragraph as a whole has to lie in the same direction for one of its sentences to
/// count: what one sentence lacks may stand in the next.
const LEANING: f64 = 1.0;

/// The least that a sentence has to say to be missed, in Han characters.
const LEAST: f64 = 5.0;

pub(super) fn check(both: &Both<'_>, confidence: f32) -> Vec<Diagnostic> {
    let whole = PerLang::from_fn(|lang| {
        let blocks = both.version(lang).body.blocks.iter().filter(|block| is_prose(block));
        blocks.map(|block| size(&block.text, lang)).sum::<f64>()
    });
    let ratio = length::ratio(whole.zh, whole.en);
    let mut found = Vec::new();
    for (_, row) in both.pairs(confidence) {
        let heading = |lang| {
            both.blocks(row, lang)
                .iter()
                .any(|block| matches!(block.kind, BlockKind::Heading(_)) || !is_prose(block))
        };
        if !heading(Lang::Zh) && !heading(Lang::En) {
            found.extend(of_row(both, row, ratio, confidence));
        }
    }
    found
}

fn size(text: &str, lang: Lang) -> f64 {
    match lang {
        Lang::Zh => length::chinese(text),
        Lang::En => length::english(text),
    }
}

fn of_row(both: &Both<'_>, row: &Row, ratio: f64, confidence: f32) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for unit in both.units(row) {
        let sizes = PerLang::from_fn(|lang| {
            unit.sides.get(lang).iter().map(|piece| size(piece.text(), lang)).collect::<Vec<f64>>()
        });
        let sum = |lang: Lang| sizes.get(lang).iter().sum::<f64>();
        let (zh, en) = (sum(Lang::Zh), sum(Lang::En));
        let lean = length::deviation(zh, en, ratio);
        let first = PerLang::from_fn(|lang| {
            unit.sides.beads.first().map_or(0, |bead| side(bead, lang).start)
        });
        let before = found.len();
        for bead in &unit.sides.beads {
            let own = PerLang::from_fn(|lang| {
                let (range, first) = (side(bead, lang), *first.get(lang));
                range.start - first..range.end - first
            });
            let length_of = |lang: Lang| sizes.get(lang)[own.get(lang).clone()].iter().sum::<f64>();
            let (a, b) = (length_of(Lang::Zh), length_of(Lang::En));
            let alone = match (own.zh.is_empty(), own.en.is_empty()) {
                (true, false) => Some((Lang::En, b / ratio)),
                (false, true) => Some((Lang::Zh, a)),
                _ => None,
            };
            match alone {
                Some((lang, says)) => {
                    // The paragraph is the longer for it, or at least not much shorter.
                    let leans = (lang == Lang::En) == (lean > 0.0) || lean.abs() < LEANING;
                    if leans && says >= LEAST && bead.confidence >= confidence {
                        let pieces = &unit.sides.get(lang)[own.get(lang).clone()];
                        found.push(unpaired(&unit, lang, pieces, own.get(lang).start));
                    }
                }
                None => {
                    let off = length::deviation(a, b, ratio);
                    let same = off * lean > 0.0 && lean.abs() >= LEANING;
                    let enough = a.max(b / ratio) >= 2.0 * LEAST;
                    if off.abs() >= FAR && same && enough && !own.zh.is_empty() {
                        found.push(different(&unit, &own, off));
                    }
                }
            }
        }
        if found.len() == before && lean.abs() >= FAR && zh.max(en / ratio) >= 2.0 * LEAST {
            let own = PerLang::from_fn(|lang| 0..unit.sides.get(lang).len());
            found.push(different(&unit, &own, lean));
        }
    }
    found
}

fn side(bead: &Bead, lang: Lang) -> Range<usize> {
    match lang {
        Lang::Zh => bead.zh.clone(),
        Lang::En => bead.en.clone(),
    }
}

fn unpaired(
    unit: &crate::check::unit::Unit<'_>,
    lang: Lang,
    pieces: &[Piece<'_>],
    sentence: usize,
) -> Diagnostic {
    let message = match lang {
        Lang::Zh => msg!("this sentence has no counterpart in English", "这一句没有对应的英文"),
        Lang::En => msg!("this sentence has no counterpart in Chinese", "这一句没有对应的中文"),
    };
    let span = pieces.first().map_or(0..0, Piece::whole);
    let counterpart = unit.sides.counterpart(lang, sentence);
    let problem = unit.sides.finding("unpaired-sentence", lang, span, counterpart, message);
    problem.help(msg!("translate it, or remove it", "请译出来，或者删去"))
}

fn different(
    unit: &crate::check::unit::Unit<'_>,
    own: &PerLang<Range<usize>>,
    off: f64,
) -> Diagnostic {
    let span = |lang: Lang| {
        let pieces = &unit.sides.get(lang)[own.get(lang).clone()];
        match (pieces.first(), pieces.last()) {
            (Some(first), Some(last)) => {
                let start = first.whole().start;
                start..last.whole().end.max(start)
            }
            _ => 0..0,
        }
    };
    let message = if off < 0.0 {
        msg!("the English is much shorter than this", "英文比这里短得多")
    } else {
        msg!("the English is much longer than this", "英文比这里长得多")
    };
    let problem =
        unit.sides.finding("different-length", Lang::Zh, span(Lang::Zh), span(Lang::En), message);
    problem.help(msg!("see whether something was left out or added", "请看看有没有漏译或多译"))
}
