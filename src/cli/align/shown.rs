//! The sentences of a block as they are printed, with what stands open in its text filled.

use crate::lang::Lang;
use crate::model::texts::Words;
use crate::parse::markdown::{Block, Body, HoleKind};

/// The sentences of a block on one line each. A formula is its source; a wikilink without a text of its own is
/// the name of its term, or its target where the glossary does not have it.
pub(super) fn sentences(block: &Block, body: &Body, words: Option<&Words>) -> Vec<String> {
    let open = open_places(block, body, words);
    let sentence = |range: &std::ops::Range<usize>| {
        let mut out = String::new();
        let mut from = range.start;
        for (at, text) in open.iter().filter(|(at, _)| range.contains(at)) {
            out += &block.text[from..*at];
            out += text;
            from = at + OBJECT.len_utf8();
        }
        (out + &block.text[from..range.end]).replace('\n', " ")
    };
    block.sentences.iter().map(|own| sentence(&own.range)).collect()
}

/// Stands in a text for a formula and for a wikilink.
const OBJECT: char = '\u{FFFC}';

/// Where a formula or a wikilink stands in a text, and what is shown of it.
fn open_places(block: &Block, body: &Body, words: Option<&Words>) -> Vec<(usize, String)> {
    let mut open = Vec::new();
    // Where the text goes on behind the hole before.
    let mut at = 0;
    for hole in &block.holes {
        match &hole.kind {
            HoleKind::Text(range) | HoleKind::Verbatim(range) => at = range.end,
            HoleKind::Break => at += 1,
            HoleKind::Formula(place, source) => {
                open.push((*place, source.clone()));
                at = place + OBJECT.len_utf8();
            }
            HoleKind::Wikilink(link) => {
                open.push((at, name(&body.links[*link].target, body.lang, words)));
                at += OBJECT.len_utf8();
            }
            _ => {}
        }
    }
    open
}

fn name(target: &str, lang: Lang, words: Option<&Words>) -> String {
    let term = words.and_then(|words| words.glossary.get(target)).map(|(_, entry)| &entry.term);
    let name = term.and_then(|term| match lang {
        Lang::Zh => term.zh.as_ref().or(term.en.as_ref()),
        Lang::En => term.en.as_ref().or(term.zh.as_ref()),
    });
    name.map_or_else(|| target.to_owned(), String::clone)
}
