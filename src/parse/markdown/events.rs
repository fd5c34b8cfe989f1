//! A Markdown text into events, grouped by top-level block; footnotes apart.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::emit::{Spanned, end_of};
use super::expand::{Expand, Expanded, expand};
use super::languages::{Attributes, take_attributes};
use super::places::Pieces;
use super::rules::Rules;
use super::{BlockKind, around};
use crate::config::RawHtml;
use crate::lang::Lang;
use crate::parse::cjk::{Joined, join};

/// A top-level block as events.
pub(super) struct Group<'a> {
    pub events: Vec<Spanned<'a>>,
    pub attributes: Attributes,
    /// Whether it stands inside an element of raw HTML that an earlier block has opened; the two
    /// are written as one.
    pub inside: bool,
    /// An element of its raw HTML that nothing closes.
    pub unclosed: Option<String>,
}

/// A footnote's text as events.
pub(super) struct Note<'a> {
    pub groups: Vec<Group<'a>>,
    pub span: Range<usize>,
    pub used: bool,
    /// Where further footnotes of its label stand. They are not shown.
    pub again: Vec<Range<usize>>,
}

/// A text in groups.
pub(super) struct Groups<'a> {
    pub groups: Vec<Group<'a>>,
    /// Its footnotes, by label.
    pub notes: HashMap<String, Note<'a>>,
    pub pieces: Pieces,
    pub calls: Expanded,
}

impl Group<'_> {
    /// Where it stands in the file, in bytes.
    pub fn span(&self) -> Range<usize> {
        let start = self.events.first().map_or(0, |(_, span)| span.start);
        start..self.events.iter().map(|(_, span)| span.end).max().unwrap_or(start)
    }
}

/// The top-level blocks of a file's text from `base` on, its footnotes by label, and what its texts are
/// made of. `with` answers the calls of shortcodes; without it they stay comments.
pub(super) fn groups<'a>(
    source: &str,
    joined: &'a Joined<'_>,
    base: usize,
    (rules, lang): (Rules, Lang),
    with: Option<Expand<'_>>,
) -> Groups<'a> {
    let place =
        |span: &Range<usize>| joined.original(span.start) + base..joined.original(span.end) + base;
    let length = |text: &str| match joined.is_plain() || joined.is_own(text) {
        true => text.len(),
        false => joined.restore(text).len(),
    };
    let mut pieces = Pieces::default();
    let parser = Parser::new_ext(&joined.text, rules.options(lang)).into_offset_iter();
    let parser = parser.inspect(|(event, span)| pieces.see(event, place(span), length));
    let events = TextMergeWithOffset::new(parser)
        .map(|(event, span)| {
            (if joined.is_plain() { event } else { restored(event, joined) }, place(&span))
        })
        // What only keeps a call of a shortcode inside a text.
        .filter(|(event, _)| !matches!(event, Event::Text(text) if text.is_empty()))
        .collect();
    let (events, calls) = match with {
        Some(with) => expand(events, with, rules, lang),
        None => (events, Expanded::default()),
    };
    let mut notes = HashMap::new();
    let events = take_notes(source, events, &mut notes);
    let mut groups = split_groups(source, events);
    // Other policies balance each piece of raw HTML by itself, or show it as text.
    if rules.extensions && rules.html == RawHtml::Keep {
        around::mark(&mut groups);
    }
    Groups { groups, notes, pieces, calls }
}

/// How often a text is read to find its prices. Those set aside may uncover others.
const READS: usize = 16;

/// A text with word joiners put in, and with the dollars set aside that would begin a formula which is
/// none: two prices in a sentence, `$5，那本$6`.
///
/// pulldown-cmark wants no white space inside the dollars. Pandoc wants that too, and no digit behind
/// the closing one (User's Guide, “Extension: tex_math_dollars”), which this adds. Unlike Pandoc, it
/// sets both dollars aside: a digit stands behind the second, which so is a price too.
pub(super) fn joined(source: &str, rules: Rules, lang: Lang) -> Joined<'_> {
    let mut joined = join(source);
    if !rules.math || joined.text.matches('$').nth(1).is_none() {
        return joined;
    }
    for _ in 0..READS {
        let text = &joined.text;
        let is_price = |(event, span): Spanned<'_>| {
            let digit = text[span.end..].starts_with(|c: char| c.is_ascii_digit());
            (digit && matches!(event, Event::InlineMath(_))).then_some([span.start, span.end - 1])
        };
        let parser = Parser::new_ext(text, rules.options(lang)).into_offset_iter();
        let prices: Vec<usize> = parser.filter_map(is_price).flatten().collect();
        if prices.is_empty() {
            break;
        }
        joined.set_dollars_aside(&prices);
    }
    joined
}

/// Takes the footnote definitions out of a stream of events.
fn take_notes<'a>(
    source: &str,
    events: Vec<Spanned<'a>>,
    notes: &mut HashMap<String, Note<'a>>,
) -> Vec<Spanned<'a>> {
    let is_note =
        |(event, _): &Spanned<'a>| matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
    if !events.iter().any(is_note) {
        return events;
    }
    let mut kept = Vec::new();
    let mut rest = events.into_iter();
    while let Some((event, span)) = rest.next() {
        let Event::Start(Tag::FootnoteDefinition(label)) = event else {
            kept.push((event, span));
            continue;
        };
        let inside = rest
            .by_ref()
            .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::FootnoteDefinition)));
        let groups = split_groups(source, inside.collect());
        match notes.entry(label.to_string()) {
            Entry::Occupied(mut first) => first.get_mut().again.push(span),
            Entry::Vacant(place) => {
                place.insert(Note { groups, span, used: false, again: Vec::new() });
            }
        }
    }
    kept
}

/// Splits events into top-level blocks, with the attributes that the author gave them.
fn split_groups<'a>(source: &str, events: Vec<Spanned<'a>>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut pending = Attributes::default();
    let mut open: Vec<Spanned<'a>> = Vec::new();
    let mut depth = 0usize;
    for (event, span) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        open.push((event, span));
        if depth > 0 {
            continue;
        }
        let mut events = std::mem::take(&mut open);
        let attributes = take_attributes(source, &mut events);
        if events.is_empty() {
            pending = attributes;
            continue;
        }
        let attributes = std::mem::take(&mut pending).or(attributes);
        // pulldown-cmark lets a definition list reach to the end of what follows it.
        let start = events.first().map_or(0, |(_, span)| span.start);
        for (_, span) in groups.last_mut().into_iter().flat_map(|last| &mut last.events) {
            span.end = span.end.min(start);
        }
        groups.push(Group { events, attributes, inside: false, unclosed: None });
    }
    groups
}

pub(super) fn kind_of(events: &[Spanned<'_>]) -> BlockKind {
    let alone = |wanted: fn(&Event<'_>) -> bool| {
        events.len() > 2 && end_of(&events[1..]) == events.len() - 2 && wanted(&events[1].0)
    };
    match events.first().map(|(event, _)| event) {
        Some(Event::Start(Tag::Heading { level, .. })) => BlockKind::Heading(*level as u8),
        Some(Event::Start(Tag::BlockQuote(None))) => BlockKind::Quote,
        Some(Event::Start(Tag::BlockQuote(Some(_)))) => BlockKind::Alert,
        Some(Event::Start(Tag::CodeBlock(_))) => BlockKind::Code,
        Some(Event::Start(Tag::List(first))) => BlockKind::List { ordered: first.is_some() },
        Some(Event::Start(Tag::DefinitionList)) => BlockKind::Definitions,
        Some(Event::Start(Tag::Table(_))) => BlockKind::Table,
        Some(Event::Start(Tag::HtmlBlock) | Event::Html(_)) => BlockKind::Html,
        Some(Event::Rule) => BlockKind::Rule,
        _ if alone(|event| matches!(event, Event::Start(Tag::Image { .. }))) => BlockKind::Image,
        _ if alone(|event| matches!(event, Event::DisplayMath(_))) => BlockKind::Math,
        _ => BlockKind::Paragraph,
    }
}

/// An event with the joiners taken out of its strings.
pub(super) fn restored<'a>(event: Event<'a>, joined: &Joined<'_>) -> Event<'a> {
    let fix = |text: CowStr<'a>| match joined.is_own(&text) {
        true => text,
        false => CowStr::from(joined.restore(&text)),
    };
    match event {
        Event::Text(text) => Event::Text(fix(text)),
        Event::Code(text) => Event::Code(fix(text)),
        Event::Html(text) => Event::Html(fix(text)),
        Event::InlineHtml(text) => Event::InlineHtml(fix(text)),
        Event::InlineMath(text) => Event::InlineMath(fix(text)),
        Event::DisplayMath(text) => Event::DisplayMath(fix(text)),
        Event::FootnoteReference(label) => Event::FootnoteReference(fix(label)),
        Event::Start(tag) => Event::Start(match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: fix(dest_url), title: fix(title), id: fix(id) }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: fix(dest_url), title: fix(title), id: fix(id) }
            }
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(fix(label)),
            Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(fix(info)))
            }
            Tag::Heading { level, id, classes, attrs } => Tag::Heading {
                level,
                id: id.map(fix),
                classes: classes.into_iter().map(fix).collect(),
                attrs: attrs.into_iter().map(|(name, value)| (fix(name), value.map(fix))).collect(),
            },
            other => other,
        }),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;
    use crate::memo::Memo;
    use crate::parse::markdown::{Rules, parse};

    #[test]
    fn no_block_reaches_into_the_next() {
        let cases = [
            ("词\n: 释义。\n\n\nThe next.\n", 2),
            ("词\n: 释义。\n\n> 引\n\n词\n: 又\n\n- 项\n", 4),
            ("- 项\n\n<!-- -->\n\n- 项\n\n文\n", 4),
        ];
        for (text, count) in cases {
            let memo = Memo::new();
            let body = parse(&"a.md".into(), text, 0, Lang::Zh, Rules::ALL, None, &memo).body;
            let spans: Vec<_> = body.blocks.iter().map(|block| block.span.clone()).collect();
            assert_eq!(spans.len(), count, "{text}");
            assert!(spans.windows(2).all(|two| two[0].end <= two[1].start), "{text}: {spans:?}");
        }
    }
    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        let cases = [
            ("# 题 {#x}\r文字\n", vec!["题", "文字"]),
            ("# 题 {#x}\r\r文\r\r尾\r", vec!["题", "文", "尾"]),
            ("# 题 {#x}\r\n文\r\n", vec!["题", "文"]),
            ("# **题，**字\r\0文\0\n", vec!["题，字", "\0文\0"]),
        ];
        for (text, blocks) in cases {
            let memo = Memo::new();
            let body = parse(&"a.md".into(), text, 0, Lang::Zh, Rules::ALL, None, &memo).body;
            let texts: Vec<_> = body.blocks.iter().map(|block| block.text.as_str()).collect();
            assert_eq!(texts, blocks, "{text:?}");
        }
    }
}
