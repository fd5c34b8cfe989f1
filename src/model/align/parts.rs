//! The parts of a block: what a list, a table or a quote is made of.

use std::ops::Range;

use crate::parse::markdown::Block;

/// A part of a block with its text.
pub struct Part<'a> {
    /// What readers see, empty where it is code or a tag.
    pub text: String,
    /// Its HTML.
    pub html: &'a str,
    /// Its sentences, counted through the group of blocks.
    pub sentences: Range<usize>,
}

/// The parts of a group of blocks.
pub fn of(blocks: &[Block]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut before = 0;
    for block in blocks {
        for (at, part) in block.parts.iter().enumerate() {
            let next = block.parts.get(at + 1);
            let leaves = part.leaf..next.map_or(block.leaves, |next| next.leaf);
            let html = part.html..next.map_or(block.html.len(), |next| next.html);
            let first = block.sentences.partition_point(|s| s.leaf < leaves.start);
            let end = block.sentences.partition_point(|s| s.leaf < leaves.end);
            let texts = block.sentences[first..end].iter().map(|s| &block.text[s.range.clone()]);
            parts.push(Part {
                text: texts.collect::<Vec<_>>().join(" "),
                html: &block.html[html],
                sentences: before + first..before + end,
            });
        }
        before += block.sentences.len();
    }
    parts
}

/// The sentences of a range of parts.
pub fn sentences(parts: &[Part<'_>], range: &Range<usize>) -> Range<usize> {
    match &parts[range.clone()] {
        [] => 0..0,
        [first, ..] => first.sentences.start..parts[range.end - 1].sentences.end,
    }
}
