//! Whether terms of the glossary are rendered as the glossary says, in rows whose sides belong together.
//!
//! A row, not a sentence, has to have a rendering: what is named once in a paragraph is “it” in the next
//! sentence.

mod names;
mod renderings;

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use super::unit::{Both, Piece, Unit, both, code_ranges, sure};
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::model::glossary::Glossary;
use crate::model::segment;
use crate::model::site::Site;
use crate::msg;
use crate::parse::cjk::is_han;
use crate::parse::term::Term;
use names::{Text, first_of, is_said};
use renderings::Renderings;

/// Looks at every text that has both versions.
pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    let confidence = sure(site);
    let texts: Vec<(Vec<Diagnostic>, Renderings)> =
        both(site).par_iter().map(|both| of_text(both, confidence)).collect();
    let mut all = Renderings::default();
    let mut found = Vec::new();
    for (problems, renderings) in texts {
        found.extend(problems);
        all.add(renderings);
    }
    found.extend(all.inconsistent());
    found
}

/// How many terms a text mentions in one version, and how many of them the other version renders at
/// every mention: the ids of the terms, each with whether it is.
pub(super) fn covered(both: &Both<'_>, confidence: f32) -> BTreeMap<String, bool> {
    let mut terms = BTreeMap::new();
    let glossary = &both.text.words.glossary;
    for (_, row) in both.pairs(confidence) {
        for unit in both.units(row) {
            for lang in Lang::ALL {
                let other = LazyCell::new(|| Text::of(unit.sides.get(lang.other())));
                for mention in mentions(&unit, lang) {
                    let term = &glossary.terms[mention.term].term;
                    let said = is_said(term, &other)
                        || by_hand(&unit, lang.other(), &term.id)
                        || !is_word(&unit.sides.get(lang)[mention.sentence], &mention.range);
                    *terms.entry(term.id.clone()).or_insert(true) &= said;
                }
            }
        }
    }
    terms
}

/// A term in a sentence of a side.
struct Mention {
    term: usize,
    sentence: usize,
    /// Its bytes in the sentence.
    range: Range<usize>,
}

/// The first mention of each term in a side, but for those that the other language has no name for.
fn mentions(unit: &Unit<'_>, lang: Lang) -> Vec<Mention> {
    let words = &unit.both.text.words;
    let mut found: Vec<Mention> = Vec::new();
    for (sentence, piece) in unit.sides.get(lang).iter().enumerate() {
        let code = code_ranges(piece.block);
        let start = piece.sentence.range.start;
        for one in words.matcher.find(piece.text()) {
            let term = &words.glossary.terms[one.term].term;
            let inside = code.iter().any(|code| code.contains(&(start + one.range.start)));
            // A character is a part of many words.
            let short = piece.text()[one.range.clone()].chars().count() < 2;
            let known = found.iter().any(|known| known.term == one.term);
            let shown = &piece.text()[one.range.clone()];
            let vague = lang == Lang::En && names::is_vague(term, shown);
            if !(inside || short || known || vague) && first_of(term, lang.other()).is_some() {
                found.push(Mention { term: one.term, sentence, range: one.range });
            }
        }
    }
    found
}

fn of_text(both: &Both<'_>, confidence: f32) -> (Vec<Diagnostic>, Renderings) {
    let mut found = Vec::new();
    let mut renderings = Renderings::default();
    // Terms that the English renders somewhere, and the findings of terms that it may mean otherwise.
    let mut rendered: HashSet<usize> = HashSet::new();
    let mut doubtful: Vec<(usize, Diagnostic)> = Vec::new();
    let glossary = &both.text.words.glossary;
    if glossary.terms.is_empty() {
        return (found, renderings);
    }
    for (at, row) in both.pairs(confidence) {
        for unit in both.units(row) {
            // Most units mention no term.
            let texts = LazyCell::new(|| PerLang::from_fn(|lang| Text::of(unit.sides.get(lang))));
            for lang in Lang::ALL {
                for mention in mentions(&unit, lang) {
                    let (own, other) = (texts.get(lang), texts.get(lang.other()));
                    let term = &glossary.terms[mention.term].term;
                    let forbidden = avoided(&unit, lang.other(), term);
                    if is_said(term, other) || by_hand(&unit, lang.other(), &term.id) {
                        rendered.insert(mention.term);
                        renderings.note(&unit, lang, mention.sentence, term, own, other);
                    } else if forbidden.is_empty()
                        && is_word(&unit.sides.get(lang)[mention.sentence], &mention.range)
                        && !refers_back(&unit, lang.other(), term, at)
                    {
                        let problem = lost(&unit, lang, &mention, glossary, own);
                        match is_common(term) && lang == Lang::Zh {
                            true => doubtful.extend(problem.map(|problem| (mention.term, problem))),
                            false => found.extend(problem),
                        }
                    }
                    for (sentence, range) in forbidden {
                        found.push(forbids(&unit, lang.other(), sentence, &range, term));
                    }
                }
            }
        }
    }
    let certain = |(term, problem): &(usize, Diagnostic)| {
        rendered.contains(term) || problem.code == "confused-term"
    };
    found.extend(doubtful.into_iter().filter(certain).map(|(_, problem)| problem));
    found.sort_by(|a, b| {
        (&a.path, a.span.as_ref().map(|s| s.start))
            .cmp(&(&b.path, b.span.as_ref().map(|s| s.start)))
    });
    (found, renderings)
}

/// Whether all that a term is called in English are common words. Its Chinese name has other meanings then
/// (镜像 is “image” and “to mirror”): where a text never renders it as the term, another one is meant.
fn is_common(term: &Term) -> bool {
    names::of(term, Lang::En).all(names::is_derivable)
}

/// Whether a name in a Chinese sentence is made of whole words of it: 并发 in 高并发 is, in 并发送 it is not.
fn is_word(piece: &Piece<'_>, range: &Range<usize>) -> bool {
    let text = piece.text();
    if !text[range.clone()].chars().any(is_han) {
        return true;
    }
    let words = segment::words(text, &[], false);
    words.iter().all(|word| {
        let crosses = |edge: usize| word.range.start < edge && edge < word.range.end;
        !crosses(range.start) && !crosses(range.end)
    })
}

/// English words that stand for what was named before.
const PRONOUNS: &[&str] =
    &["it", "its", "they", "them", "their", "this", "that", "these", "those", "one", "ones"];

/// How many rows back such a word may refer.
const BACK: usize = 3;

/// Whether an English side may mean a term by a word that stands for it: it has such a word, and a row just
/// before names the term.
fn refers_back(unit: &Unit<'_>, lang: Lang, term: &Term, at: usize) -> bool {
    if lang != Lang::En {
        return false;
    }
    let text = unit.sides.joined(lang).to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| PRONOUNS.contains(&word)) && {
        let rows = &unit.both.text.alignment.rows[at.saturating_sub(BACK)..=at];
        let blocks = rows.iter().flat_map(|row| unit.both.blocks(row, lang));
        let named: Vec<Piece<'_>> = blocks
            .flat_map(|block| block.sentences.iter().map(move |sentence| Piece { block, sentence }))
            .collect();
        is_said(term, &Text::of(&named))
    }
}

/// Whether a side links to a term by hand, in whatever words.
fn by_hand(unit: &Unit<'_>, lang: Lang, id: &str) -> bool {
    use crate::model::links::Target;
    use crate::parse::markdown::HoleKind;
    let targets = unit.both.text.links.targets.get(lang);
    let blocks = unit.both.blocks(unit.row, lang).iter();
    blocks.flat_map(|block| &block.holes).any(|hole| match &hole.kind {
        HoleKind::LinkOpen(index) | HoleKind::Wikilink(index) => {
            matches!(targets.get(*index), Some(Target::Term(term)) if term == id)
        }
        _ => false,
    })
}

/// Where a side has renderings of a term that the house style forbids.
fn avoided(unit: &Unit<'_>, lang: Lang, term: &Term) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    for name in term.avoid.get(lang) {
        for (sentence, piece) in unit.sides.get(lang).iter().enumerate() {
            found.extend(names::find(name, piece.text()).map(|range| (sentence, range)));
        }
    }
    found
}

fn forbids(
    unit: &Unit<'_>,
    lang: Lang,
    sentence: usize,
    range: &Range<usize>,
    term: &Term,
) -> Diagnostic {
    let piece: &Piece<'_> = &unit.sides.get(lang)[sentence];
    let (shown, id) = (&piece.text()[range.clone()], &term.id);
    let wanted = first_of(term, lang).unwrap_or_default();
    let message = msg!(
        "“{shown}” is a rendering of {id} that the glossary forbids",
        "“{shown}”是词汇表不许用的译法（{id}）"
    );
    let counterpart = unit.sides.counterpart(lang, sentence);
    let problem =
        unit.sides.finding("avoided-rendering", lang, piece.span(range), counterpart, message);
    problem.help(msg!("write “{wanted}”", "请写“{wanted}”"))
}

/// A term that the counterpart does not name: rendered as another term, or not at all.
fn lost(
    unit: &Unit<'_>,
    lang: Lang,
    mention: &Mention,
    glossary: &Glossary,
    own: &Text,
) -> Option<Diagnostic> {
    let term = &glossary.terms[mention.term].term;
    let piece = &unit.sides.get(lang)[mention.sentence];
    let shown = &piece.text()[mention.range.clone()];
    let other = lang.other();
    let counterpart = unit.sides.counterpart(lang, mention.sentence);
    let span = piece.span(&mention.range);
    let wanted = first_of(term, other).unwrap_or_default();
    let elsewhere = mentions(unit, other);
    let instead = elsewhere.iter().map(|mention| &glossary.terms[mention.term].term);
    let mut instead = instead.filter(|other| other.id != term.id && !is_said(other, own));
    if let Some(instead) = instead.next() {
        // The Chinese side tells of both terms.
        if lang == Lang::En {
            return None;
        }
        let (wrong, id) = (first_of(instead, other).unwrap_or_default(), &instead.id);
        let message = msg!(
            "“{shown}” is rendered as “{wrong}”, which is another term ({id})",
            "“{shown}”译成了“{wrong}”，那是另一个词条（{id}）"
        );
        let problem = unit.sides.finding("confused-term", lang, span, counterpart, message);
        return Some(problem.help(msg!("write “{wanted}”", "请写“{wanted}”")));
    }
    let message = match lang {
        Lang::Zh => msg!("the English has no rendering of “{shown}”", "英文里没有“{shown}”的译法"),
        Lang::En => msg!("the Chinese has no rendering of “{shown}”", "中文里没有“{shown}”的译法"),
    };
    let problem = unit.sides.finding("lost-term", lang, span, counterpart, message);
    Some(problem.help(msg!(
        "write “{wanted}”, or add what is written to the aliases of the term",
        "请写“{wanted}”，或者把现在的写法加进词条的别名"
    )))
}
