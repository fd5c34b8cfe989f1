use std::sync::Arc;

use digest_gen::config::RawHtml;
use digest_gen::lang::Lang;
use digest_gen::memo::Memo;
use digest_gen::parse::markdown::{
    Block, Blocks, Body, HoleKind, Parsed, Rules, Spoken, frame, leaves, parse, render_fragment,
};
use pulldown_cmark::Options;

use crate::visible::{self, Counts};
use crate::{PATH, problems};

/// Stands before every text, so that a place counted from the body's start is found out.
const FRONT: &str = "+++\n中\n+++\n";

/// Markdown is read by the rules that the first character picks: every place is one of the file, all
/// elements are closed, and no text is lost.
pub fn markdown(input: &str) {
    let Some(first) = input.chars().next() else { return };
    let (bits, text) = (u32::from(first), &input[first.len_utf8()..]);
    let lang = if bits & 1 == 0 { Lang::Zh } else { Lang::En };
    let html = match bits >> 1 & 3 {
        0 => RawHtml::Keep,
        1 => RawHtml::Sanitize,
        _ => RawHtml::Escape,
    };
    let set = |bit: u32| bits >> bit & 1 == 0;
    let rules = Rules {
        extensions: set(3),
        math: !set(4),
        comments: set(5),
        smart: !set(6),
        highlight: !set(7),
        heading_ids: true,
        html,
    };
    let file = format!("{FRONT}{text}");
    let whole = read(&file, lang, rules, None);
    let blocks = Blocks::of(&file, FRONT.len(), rules);
    let versions = Lang::ALL.map(|lang| read(&file, lang, rules, Some(&blocks)));
    characters(&file, Spoken::One(lang), rules);
    characters(&file, Spoken::Each(&blocks), rules);
    frame(&file, FRONT.len(), rules);

    let (shown, _) = render_fragment(PATH, &file, FRONT.len(), lang, rules);
    // Of a formula the symbols are seen, and other rules for raw HTML take text away.
    if rules.html != RawHtml::Escape || rules.math {
        return;
    }
    let shown = visible::of_html(&shown);
    // Attributes in braces and, without `comments`, comments are no text.
    if text.contains("{#") || text.contains("lang=") || !rules.comments {
        return;
    }
    let written = visible::of_markdown(text, options(rules, lang));
    assert_eq!(shown, written, "{text:?}");
    if !text.contains("[^") {
        both(&whole, &versions);
    }
}

fn read(file: &str, lang: Lang, rules: Rules, blocks: Option<&Blocks>) -> Body {
    let memo = Memo::new();
    let path = Arc::from(PATH);
    let parsed = parse(&path, file, FRONT.len(), lang, rules, blocks, &memo);
    let Parsed { body, diagnostics, silences: _, unused } = parsed;
    problems::check(file, &diagnostics);
    unused.iter().for_each(|(_, span)| problems::span(file, span));
    for link in &body.links {
        problems::span(file, &link.span);
        assert!(link.span.start >= FRONT.len());
    }
    for heading in &body.headings {
        assert!(heading.block <= body.blocks.len() && (1..=6).contains(&heading.level));
    }
    assert!(body.more.is_none_or(|more| more < body.blocks.len()));
    for two in body.blocks.windows(2) {
        let (first, next) = (&two[0].span, &two[1].span);
        assert!(first.end <= next.start, "{first:?} {next:?} of {file:?}");
    }
    body.blocks.iter().for_each(|block| places(file, &body, block));
    let notes = body.footnotes.iter().flat_map(|note| &note.blocks);
    notes.for_each(|block| places(file, &body, block));
    body
}

/// The places that a block names, in the file, in its text and in its HTML.
fn places(file: &str, body: &Body, block: &Block) {
    problems::span(file, &block.span);
    assert!(block.span.start >= FRONT.len());
    let mut end = 0;
    for sentence in &block.sentences {
        problems::span(&block.text, &sentence.range);
        problems::span(file, &block.source_span(&sentence.range));
        assert!(end <= sentence.range.start && sentence.leaf < block.leaves);
        end = sentence.range.end;
    }
    let mut at = 0;
    for hole in &block.holes {
        assert!(at <= hole.at && block.html.is_char_boundary(hole.at));
        at = hole.at;
        match &hole.kind {
            HoleKind::Text(range) | HoleKind::Verbatim(range) => {
                problems::span(&block.text, range);
                problems::span(file, &block.source_span(range));
            }
            HoleKind::LinkOpen(index) | HoleKind::LinkClose(index) => {
                assert!(*index < body.links.len());
            }
            HoleKind::Image(index) | HoleKind::Wikilink(index) => {
                assert!(*index < body.links.len());
            }
            HoleKind::FootnoteRef(index, number) => {
                assert!((1..=body.footnotes[*index].references).contains(number));
            }
            HoleKind::Formula(at, _) => assert!(block.text[*at..].starts_with('\u{FFFC}')),
            _ => {}
        }
    }
    let mut html = 0;
    for part in &block.parts {
        problems::span(file, &part.span);
        assert!(html <= part.html && block.html.is_char_boundary(part.html));
        assert!(part.leaf <= block.leaves);
        html = part.html;
    }
}

/// The characters of the text with their bytes.
fn characters(file: &str, spoken: Spoken<'_>, rules: Rules) {
    let found = leaves(file, FRONT.len(), spoken, rules);
    for glyph in found.leaves.iter().flat_map(|leaf| &leaf.glyphs) {
        problems::span(file, &glyph.at);
        problems::span(file, &(glyph.gap..file.len()));
        if glyph.own && !glyph.c.is_whitespace() {
            assert!(file[glyph.at.clone()].starts_with(glyph.c), "{glyph:?}: {file:?}");
        }
    }
    let notes = found.notes.iter().flat_map(|note| note.again.iter().chain([&note.at]));
    let others = found.empty_links.iter().chain(&found.empty_images);
    let html = found.html.iter().map(|html| &html.at);
    notes.chain(others).chain(html).for_each(|at| problems::span(file, at));
}

/// What stands in a file of both languages stands in one of the versions at least.
fn both(whole: &Body, versions: &[Body; 2]) {
    let all = letters(whole);
    let [zh, en] = versions.each_ref().map(letters);
    for (c, count) in all {
        let shown = zh.get(&c).unwrap_or(&0) + en.get(&c).unwrap_or(&0);
        assert!(shown >= count, "{c:?}: {shown} of {count}");
    }
}

fn letters(body: &Body) -> Counts {
    let mut found = Counts::new();
    for c in body.blocks.iter().flat_map(|block| block.text.chars()) {
        if c.is_alphanumeric() {
            *found.entry(c).or_default() += 1;
        }
    }
    found
}

/// What pulldown-cmark must know to read a text by the same rules.
fn options(rules: Rules, lang: Lang) -> Options {
    let mut options = Options::empty();
    if rules.extensions {
        options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_WIKILINKS;
    }
    options.set(Options::ENABLE_SMART_PUNCTUATION, rules.smart && lang == Lang::En);
    options
}
