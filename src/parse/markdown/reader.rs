//! A Markdown text into a [`Body`]: events, grouped by block, written by the emitter.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use serde::Serialize;

use super::anchors::Anchors;
use super::emit::{Emitter, Spanned, end_of, is_more_marker};
use super::languages::{Attributes, Blocks, take_attributes};
use super::{Block, BlockKind, Body, Footnote, Heading, Link, Parsed};
use crate::config::RawHtml;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::memo::{Hasher, Memo, Stage};
use crate::msg;
use crate::parse::cjk::{Joined, join};
use crate::parse::counts::Counts;
use crate::parse::highlight::{Highlighted, highlight};

/// By which rules a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// The extensions to CommonMark, all together.
    pub extensions: bool,
    /// Straight quotation marks, `--` and `...` made typographic in English text.
    pub smart: bool,
    /// Formulas between dollar signs.
    pub math: bool,
    /// Code in colour.
    pub highlight: bool,
    /// Anchors on headings.
    pub heading_ids: bool,
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// HTML comments that stand alone, kept in what is written.
    pub comments: bool,
}

impl Rules {
    /// CommonMark alone, as its specification has it, but for emphasis beside Chinese.
    pub const COMMONMARK: Rules = Rules {
        extensions: false,
        smart: false,
        math: false,
        highlight: false,
        heading_ids: false,
        html: RawHtml::Keep,
        comments: true,
    };

    /// All that `gen` adds.
    pub const ALL: Rules = Rules {
        extensions: true,
        smart: true,
        math: true,
        highlight: true,
        heading_ids: true,
        html: RawHtml::Keep,
        comments: true,
    };

    fn options(self, lang: Lang) -> Options {
        let mut options = Options::empty();
        if self.extensions {
            options |= Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_GFM
                | Options::ENABLE_DEFINITION_LIST
                | Options::ENABLE_HEADING_ATTRIBUTES
                | Options::ENABLE_WIKILINKS;
        }
        options.set(Options::ENABLE_MATH, self.math);
        options.set(Options::ENABLE_SMART_PUNCTUATION, self.smart && lang == Lang::En);
        options
    }
}

/// What is gathered while the blocks of a text are written.
pub(super) struct Reader<'a> {
    pub path: Arc<str>,
    pub lang: Lang,
    pub rules: Rules,
    pub anchors: Anchors,
    pub headings: Vec<Heading>,
    pub links: Vec<Link>,
    memo: &'a Memo,
    diagnostics: Vec<Diagnostic>,
    /// Footnotes by label: their index in the order of first reference, and their references.
    notes: HashMap<String, (usize, usize)>,
    note_order: Vec<String>,
}

impl Reader<'_> {
    /// Counts a reference to a footnote: the footnote's index and the number of the reference.
    pub fn refer(&mut self, label: &str) -> (usize, usize) {
        let next = self.note_order.len();
        let note = self.notes.entry(label.to_owned()).or_insert((next, 0));
        note.1 += 1;
        if note.0 == next {
            self.note_order.push(label.to_owned());
        }
        *note
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Highlights a code block; a language without a grammar is reported.
    pub fn highlight(
        &mut self,
        code: &str,
        language: &str,
        span: &Range<usize>,
    ) -> Arc<Highlighted> {
        let key = Hasher::new().str(language).str(code).finish();
        let found = self.memo.get(Stage::Highlight, key, || highlight(code, language));
        if let Highlighted::Unknown { suggestion } = found.as_ref() {
            let problem = Diagnostic::warning(
                "unknown-language",
                self.path.clone(),
                span.clone(),
                msg!(
                    "no grammar is known for code in “{language}”; it is shown without colour",
                    "没有“{language}”的语法高亮，代码按原样显示"
                ),
            );
            let help = match suggestion {
                Some(name) => msg!("did you mean “{name}”?", "是不是“{name}”？"),
                None => msg!("use “text” for plain text", "纯文本请写“text”"),
            };
            self.report(problem.help(help));
        }
        found
    }
}

/// A top-level block as events.
pub(super) struct Group<'a> {
    pub events: Vec<Spanned<'a>>,
    pub attributes: Attributes,
}

/// Reads the text of a file from `body_start` on. With `blocks`, only those that belong to the
/// language are kept (the single-file form).
pub fn parse(
    path: &Arc<str>,
    text: &str,
    body_start: usize,
    lang: Lang,
    rules: Rules,
    blocks: Option<&Blocks>,
    memo: &Memo,
) -> Parsed {
    let source = &text[body_start..];
    let joined = join(source);
    let (groups, mut notes) = groups(&joined, body_start, rules, lang);
    let mut reader = Reader {
        path: path.clone(),
        lang,
        rules,
        anchors: Anchors::default(),
        headings: Vec::new(),
        links: Vec::new(),
        memo,
        diagnostics: Vec::new(),
        notes: HashMap::new(),
        note_order: Vec::new(),
    };
    let mut written: Vec<Block> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let dropped = !rules.comments && is_comment(group);
        if !dropped && blocks.is_none_or(|blocks| blocks.belongs(index, lang)) {
            written.push(write_group(&mut reader, group, written.len()));
        }
    }
    let footnotes = write_notes(&mut reader, &mut notes, blocks, written.len());
    if blocks.is_none() {
        report_unused(&mut reader, &notes);
    }
    let mut counts = Counts::default();
    for block in written.iter().chain(footnotes.iter().flat_map(|note| &note.blocks)) {
        counts.add(&block.text);
    }
    let fingerprint = Hasher::new().str(source).value(&(body_start, lang, rules, blocks)).finish();
    let more = more_marker(&written);
    let body = Body {
        lang,
        blocks: written,
        footnotes,
        links: reader.links,
        headings: reader.headings,
        counts,
        more,
        fingerprint,
    };
    Parsed { body, diagnostics: reader.diagnostics }
}

/// Whether a block is an HTML comment alone: a note to other authors, or what keeps two lists
/// apart. It is no block of the text, which the other version would have to have too.
fn is_comment(group: &Group<'_>) -> bool {
    let mut html = String::new();
    for (event, _) in &group.events {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Html(text) => html += text,
            _ => return false,
        }
    }
    let inside = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inside.is_some_and(|text| !text.contains("-->") && !is_more_marker(&html))
}

/// The index of the block that holds `<!-- more -->`, where the summary ends.
fn more_marker(blocks: &[Block]) -> Option<usize> {
    blocks.iter().position(|block| block.kind == BlockKind::Html && block.html.trim().is_empty())
}

fn write_group(reader: &mut Reader<'_>, group: &Group<'_>, index: usize) -> Block {
    let span = group.events.first().map_or(0..0, |(_, span)| span.clone());
    let mut block = Emitter::new(reader, kind_of(&group.events), span, index).run(&group.events);
    let own =
        matches!(group.events.first(), Some((Event::Start(Tag::Heading { id: Some(_), .. }), _)));
    if let Some(id) = group.attributes.id.as_ref().filter(|_| !own) {
        block.id = Some(reader.anchors.claim(id.clone()));
    }
    block
}

/// Writes the footnotes that were referred to, in that order; a footnote may refer to others.
fn write_notes<'a>(
    reader: &mut Reader<'_>,
    notes: &mut HashMap<String, Note<'a>>,
    blocks: Option<&Blocks>,
    index: usize,
) -> Vec<Footnote> {
    let mut written = Vec::new();
    let mut at = 0;
    while let Some(label) = reader.note_order.get(at).cloned() {
        at += 1;
        let note = notes.get_mut(&label);
        let groups = note.map(|note| {
            note.used = true;
            std::mem::take(&mut note.groups)
        });
        let mut inside = Vec::new();
        for group in groups.into_iter().flatten() {
            if blocks.is_none_or(|_| Blocks::allows(&group, reader.lang)) {
                inside.push(write_group(reader, &group, index));
            }
        }
        written.push(Footnote { label, blocks: inside, references: 0 });
    }
    for note in &mut written {
        note.references = reader.notes.get(&note.label).map_or(0, |(_, count)| *count);
    }
    written
}

fn report_unused(reader: &mut Reader<'_>, notes: &HashMap<String, Note<'_>>) {
    let mut unused: Vec<_> = notes.iter().filter(|(_, note)| !note.used).collect();
    unused.sort_by_key(|(_, note)| note.span.start);
    for (label, note) in unused {
        let problem = Diagnostic::warning(
            "unused-footnote",
            reader.path.clone(),
            note.span.clone(),
            msg!("nothing refers to the footnote “{label}”", "没有地方引用脚注“{label}”"),
        );
        reader.report(problem.help(msg!(
            "refer to it with [^{label}], or delete it",
            "用 [^{label}] 引用它，或者删去"
        )));
    }
}

/// A footnote's text as events.
pub(super) struct Note<'a> {
    groups: Vec<Group<'a>>,
    span: Range<usize>,
    used: bool,
}

/// The top-level blocks of a text, and its footnotes by label.
pub(super) fn groups<'a>(
    joined: &'a Joined<'_>,
    base: usize,
    rules: Rules,
    lang: Lang,
) -> (Vec<Group<'a>>, HashMap<String, Note<'a>>) {
    let parser = Parser::new_ext(&joined.text, rules.options(lang)).into_offset_iter();
    let events = TextMergeWithOffset::new(parser)
        .map(|(event, span)| {
            let span = joined.original(span.start) + base..joined.original(span.end) + base;
            (if joined.is_plain() { event } else { restored(event, joined) }, span)
        })
        .collect();
    let mut notes = HashMap::new();
    let events = take_notes(events, &mut notes);
    (split_groups(events), notes)
}

/// Takes the footnote definitions out of a stream of events.
fn take_notes<'a>(
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
        let groups = split_groups(inside.collect());
        notes.entry(label.to_string()).or_insert(Note { groups, span, used: false });
    }
    kept
}

/// Splits events into top-level blocks, with the attributes that the author gave them.
fn split_groups<'a>(events: Vec<Spanned<'a>>) -> Vec<Group<'a>> {
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
        let attributes = take_attributes(&mut events);
        if events.is_empty() {
            pending = attributes;
            continue;
        }
        let attributes = std::mem::take(&mut pending).or(attributes);
        groups.push(Group { events, attributes });
    }
    groups
}

fn kind_of(events: &[Spanned<'_>]) -> BlockKind {
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
fn restored<'a>(event: Event<'a>, joined: &Joined<'_>) -> Event<'a> {
    let fix = |text: CowStr<'a>| match text.is_ascii() {
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
