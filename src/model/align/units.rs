//! A version of a text cut into units, with the features and the length of each: blocks, their
//! parts and their sentences.

use std::ops::Range;

use super::length;
use super::reading::{Chinese, English, Reading, Source, join};
use crate::memo::Fingerprint;
use crate::parse::markdown::{Block, BlockKind, Body, HoleKind, LinkKind};

/// What stands for a unit when it is compared: [`Chinese`] or [`English`] features.
pub trait Features: Sized + Default {
    /// Reads a text.
    fn read(source: &Source<'_>, reading: &mut Reading<'_>) -> Self;
    /// The features of units together.
    fn join<'a>(units: impl IntoIterator<Item = &'a Self>) -> Self
    where
        Self: 'a;
    /// The length of a text.
    fn size(text: &str) -> f64;
}

impl Features for Chinese {
    fn read(source: &Source<'_>, reading: &mut Reading<'_>) -> Self {
        reading.chinese(source)
    }
    fn join<'a>(units: impl IntoIterator<Item = &'a Self>) -> Self {
        Chinese::join(units)
    }
    fn size(text: &str) -> f64 {
        length::chinese(text)
    }
}

impl Features for English {
    fn read(source: &Source<'_>, reading: &mut Reading<'_>) -> Self {
        reading.english(source)
    }
    fn join<'a>(units: impl IntoIterator<Item = &'a Self>) -> Self {
        join(units)
    }
    fn size(text: &str) -> f64 {
        length::english(text)
    }
}

/// A version of a text.
pub struct Version<'a, F> {
    /// Its blocks.
    pub blocks: &'a [Block],
    /// The features of each sentence, through the whole text.
    pub sentences: Vec<F>,
    /// The length of each sentence.
    pub sizes: Vec<f64>,
    /// How many sentences stand before each block, and in all.
    pub before: Vec<usize>,
    /// What each block has beside its sentences.
    beside: Vec<F>,
    /// What the parts of each block have that hold no sentence.
    parts: Vec<Vec<F>>,
}

impl<'a, F: Features> Version<'a, F> {
    /// Reads a version; the English one comes first.
    pub fn read(body: &'a Body, reading: &mut Reading<'_>) -> Self {
        let blocks = body.blocks.as_slice();
        let texts =
            blocks.iter().flat_map(|b| b.sentences.iter().map(|s| &b.text[s.range.clone()]));
        let texts: Vec<&str> = texts.collect();
        let mut before = vec![0];
        for block in blocks {
            before.push(before[before.len() - 1] + block.sentences.len());
        }
        let plain = |text: &&'a str| Source { text, ..Source::default() };
        let sentences = texts.iter().map(|text| F::read(&plain(text), reading)).collect();
        let mut read = |source: Source<'_>| match source.is_empty() {
            true => F::default(),
            false => F::read(&source, reading),
        };
        let beside = blocks.iter().map(|block| read(beside(block, body))).collect();
        let parts = blocks.iter().map(|block| of_parts(block, reading)).collect();
        let sizes = texts.iter().map(|text| F::size(text)).collect();
        Version { blocks, sentences, sizes, before, beside, parts }
    }

    /// The features and the length of a block.
    pub fn block(&self, block: usize) -> (F, f64) {
        let range = self.before[block]..self.before[block + 1];
        let size = self.sizes[range.clone()].iter().sum();
        (F::join(self.sentences[range].iter().chain([&self.beside[block]])), size)
    }

    /// The sentences of a range of parts of a block, through the whole text.
    pub fn sentences_of(&self, block: usize, parts: &Range<usize>) -> Range<usize> {
        let own = &self.blocks[block];
        let leaf = |part: usize| own.parts.get(part).map_or(own.leaves, |part| part.leaf);
        let at = |leaf: u32| own.sentences.partition_point(|sentence| sentence.leaf < leaf);
        let before = self.before[block];
        before + at(leaf(parts.start))..before + at(leaf(parts.end))
    }

    /// The features and the length of a part of a block, and whether it holds sentences.
    pub fn part(&self, block: usize, part: usize) -> (F, f64, bool) {
        let range = self.sentences_of(block, &(part..part + 1));
        let size = self.sizes[range.clone()].iter().sum();
        let own = self.sentences[range.clone()].iter().chain([&self.parts[block][part]]);
        (F::join(own), size, !range.is_empty())
    }
}

/// What a block has beside its sentences: the addresses of links and images, code, its id.
fn beside<'a>(block: &Block, body: &Body) -> Source<'a> {
    let mut source = Source::default();
    for hole in &block.holes {
        let (HoleKind::LinkOpen(link) | HoleKind::Image(link) | HoleKind::Wikilink(link)) =
            hole.kind
        else {
            continue;
        };
        let link = &body.links[link];
        if link.kind != LinkKind::NamedWikilink {
            source.same.push(format!("link {}", language_free(&link.target)));
        }
    }
    if matches!(block.kind, BlockKind::Code | BlockKind::Math | BlockKind::Html) {
        code(&block.html, &mut source);
    }
    source.same.extend(block.id.iter().map(|id| format!("id {id}")));
    source
}

/// What the parts of a block have that hold no sentence: code and tags.
fn of_parts<F: Features>(block: &Block, reading: &mut Reading<'_>) -> Vec<F> {
    if block.parts.len() < 2 {
        return block.parts.iter().map(|_| F::default()).collect();
    }
    let part = |at: usize| {
        let (own, next) = (&block.parts[at], block.parts.get(at + 1));
        let mut source = Source::default();
        if own.leaf == next.map_or(block.leaves, |next| next.leaf) {
            let end = next.map_or(block.html.len(), |next| next.html);
            code(&block.html[own.html..end], &mut source);
        }
        F::read(&source, reading)
    };
    (0..block.parts.len()).map(part).collect()
}

/// Takes in HTML that must stand alike in both versions.
fn code(html: &str, source: &mut Source<'_>) {
    source.same.push(format!("code {}", Fingerprint::of(html.as_bytes())));
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => source.code.push(c),
            _ => {}
        }
    }
}

/// A link's target without what tells the languages apart: `momo.zh.md` and `momo.en.md`, and
/// `/zh-cn/docs/` and `/docs/`, are one.
fn language_free(target: &str) -> String {
    let mut free = target.replace(".zh.md", ".md").replace(".en.md", ".md");
    for folder in ["zh-cn", "zh-hans", "zh", "en", "en-us"] {
        free = free.replacen(&format!("/{folder}/"), "/", 1);
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_free_of_languages() {
        for (zh, en) in [
            ("momo.zh.md#a", "momo.en.md#a"),
            ("/zh-cn/docs/x/", "/docs/x/"),
            ("https://example.org/zh/x", "https://example.org/en/x"),
        ] {
            assert_eq!(language_free(zh), language_free(en));
        }
    }

    #[test]
    fn code_is_read_without_its_tags() {
        let mut source = Source::default();
        code("<pre><code class=\"x\">cargo build</code></pre>", &mut source);
        assert_eq!(source.code, "cargo build");
    }
}
