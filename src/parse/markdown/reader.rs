//! A Markdown text into a [`Body`]: events, grouped by block, written by the emitter.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::anchors::Anchors;
use super::emit::{Emitter, is_more_marker};
use super::events::{Group, Groups, Note, groups, joined, kind_of};
use super::expand::Expand;
use super::languages::Blocks;
use super::places::Pieces;
use super::rules::Rules;
use super::{Block, BlockKind, Body, Footnote, Heading, Link, Parsed};
use super::{silences, warnings};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::memo::{Hasher, Memo, Stage};
use crate::msg;
use crate::parse::counts::Counts;
use crate::parse::highlight::{Highlighted, highlight};
use crate::parse::silence::Silence;

/// What is gathered while the blocks of a text are written.
pub(super) struct Reader<'a> {
    pub path: Arc<str>,
    pub lang: Lang,
    pub rules: Rules,
    pub anchors: Anchors,
    pub headings: Vec<Heading>,
    pub links: Vec<Link>,
    /// The file.
    pub text: &'a str,
    /// What its texts are made of.
    pub pieces: Pieces,
    memo: &'a Memo,
    diagnostics: Vec<Diagnostic>,
    /// What its comments silence.
    pub silences: Vec<Silence>,
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
                    "不认识代码语言“{language}”，这段代码没有高亮"
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

/// What is to be read.
#[derive(Clone, Copy)]
pub struct Written<'t> {
    /// The file, for problems.
    pub path: &'t Arc<str>,
    /// All of it.
    pub text: &'t str,
    /// Where its front matter ends, in bytes.
    pub body_start: usize,
    /// The language of the text.
    pub lang: Lang,
    /// How it is read.
    pub rules: Rules,
    /// With these, only blocks that belong to the language are kept (the single-file form).
    pub blocks: Option<&'t Blocks>,
    /// What answers the calls of shortcodes; without it they are left out as comments are.
    pub with: Option<Expand<'t>>,
}

/// Reads the text of a file from `body_start` on, without shortcodes. With `blocks`, only those that
/// belong to the language are kept.
pub fn parse(
    path: &Arc<str>,
    text: &str,
    body_start: usize,
    lang: Lang,
    rules: Rules,
    blocks: Option<&Blocks>,
    memo: &Memo,
) -> Parsed {
    parse_written(Written { path, text, body_start, lang, rules, blocks, with: None }, memo)
}

/// Reads the text of a file of a site.
pub fn parse_written(written: Written<'_>, memo: &Memo) -> Parsed {
    let Written { path, text, body_start, lang, rules, blocks, with } = written;
    let source = &text[body_start..];
    let joined = joined(source, rules, lang);
    let read = groups(text, &joined, body_start, (rules, lang), with);
    let Groups { mut groups, mut notes, pieces, calls } = read;
    let labels: BTreeSet<String> = notes.keys().cloned().collect();
    let mut reader = Reader {
        path: path.clone(),
        lang,
        rules,
        anchors: Anchors::default(),
        headings: Vec::new(),
        links: Vec::new(),
        text,
        pieces,
        memo,
        diagnostics: calls.problems,
        silences: Vec::new(),
        notes: HashMap::new(),
        note_order: Vec::new(),
    };
    if !rules.comments {
        silences::take(&mut reader, text, &mut groups, &mut notes);
    }
    let mut written: Vec<Block> = Vec::new();
    let mut inside: Vec<_> = notes.values().collect();
    inside.sort_by_key(|note| note.span.start);
    for group in groups.iter().chain(inside.iter().flat_map(|note| &note.groups)) {
        warnings::of_group(&mut reader, group, text, &labels);
    }
    let groups = groups.into_iter().flat_map(|group| match blocks {
        Some(blocks) => blocks.parts(text, group),
        None => vec![group],
    });
    let kept = groups.filter(|group| {
        let dropped = !rules.comments && is_comment(group);
        !dropped && blocks.is_none_or(|blocks| blocks.belongs(group, lang))
    });
    for group in joined_groups(kept) {
        if blocks.is_some_and(|blocks| blocks.is_unclear(&group)) {
            reader.report(mixed(path, &group));
        }
        if let Some(name) = &group.unclosed {
            reader.report(unclosed(path, group.span(), name));
        }
        for (name, span) in super::around::unclosed_inline(&group) {
            reader.report(unclosed(path, span, &name));
        }
        written.push(write_group(&mut reader, &group, written.len()));
    }
    let footnotes = write_notes(&mut reader, &mut notes, blocks, written.len());
    let unused = unused(&notes);
    if blocks.is_none() {
        reader.diagnostics.extend(unused.iter().map(|note| nothing_refers(path, note)));
    }
    let mut counts = Counts::default();
    for block in written.iter().chain(footnotes.iter().flat_map(|note| &note.blocks)) {
        counts.add(&block.text);
    }
    let answers = with.and_then(|with| with.key);
    let fingerprint =
        Hasher::new().str(source).value(&(body_start, lang, rules, blocks, answers)).finish();
    let more = written.iter().position(|block| block.more);
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
    Parsed { body, diagnostics: reader.diagnostics, silences: reader.silences, unused }
}

/// The blocks, with those that stand inside an element of raw HTML put behind its start.
fn joined_groups<'a>(groups: impl Iterator<Item = Group<'a>>) -> Vec<Group<'a>> {
    let mut out: Vec<Group<'a>> = Vec::new();
    for mut group in groups {
        match out.last_mut().filter(|_| group.inside) {
            Some(last) => {
                last.events.append(&mut group.events);
                last.unclosed = last.unclosed.take().or(group.unclosed);
            }
            None => out.push(group),
        }
    }
    out
}

fn mixed(path: &Arc<str>, group: &Group<'_>) -> Diagnostic {
    let (code, message) = match kind_of(&group.events) {
        BlockKind::Quote | BlockKind::Alert => (
            "mixed-quote",
            msg!(
                "this quote holds both languages; one page shows it",
                "这段引文有两种语言，只显示在一个页面上"
            ),
        ),
        _ => (
            "mixed-list",
            msg!(
                "this list holds both languages; one page shows it",
                "这个列表有两种语言，只显示在一个页面上"
            ),
        ),
    };
    Diagnostic::warning(code, path.clone(), group.span(), message).help(msg!(
        "write <!-- --> on a line of its own where the language changes, or {{lang=zh}} or \
         {{lang=en}} on a line before all if it is in one",
        "请在换语言的地方另起一行写上 <!-- -->；如果其实是一种语言，请在前面另起一行写上 \
         {{lang=zh}} 或 {{lang=en}}"
    ))
}

fn unclosed(path: &Arc<str>, span: Range<usize>, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "unclosed-html",
        path.clone(),
        span,
        msg!("nothing closes <{name}>", "<{name}> 没有结束标签"),
    )
    .help(msg!(
        "write </{name}> where it ends, or &lt;{name}> if no HTML is meant",
        "请在它结束的地方写上 </{name}>；如果不是 HTML，请写 &lt;{name}>"
    ))
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

fn write_group(reader: &mut Reader<'_>, group: &Group<'_>, index: usize) -> Block {
    let mut block =
        Emitter::new(reader, kind_of(&group.events), group.span(), index).run(&group.events);
    let own =
        matches!(group.events.first(), Some((Event::Start(Tag::Heading { id: Some(_), .. }), _)));
    if let Some(id) = group.attributes.id.as_ref().filter(|_| !own) {
        block.id = Some(reader.anchors.claim(id.clone()));
        block.pinned = true;
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
            if blocks.is_none_or(|blocks| blocks.belongs(&group, reader.lang)) {
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

/// A footnote: its label and its bytes.
type Labelled = (String, Range<usize>);

fn unused(notes: &HashMap<String, Note<'_>>) -> Vec<Labelled> {
    let unused = notes.iter().filter(|(_, note)| !note.used);
    let mut unused: Vec<_> =
        unused.map(|(label, note)| (label.clone(), note.span.clone())).collect();
    unused.sort_by_key(|(_, span)| span.start);
    unused
}

/// The footnotes of a file of both languages that neither refers to. `unused` has those of each
/// language that the file holds.
pub fn unused_in_all(path: &Arc<str>, unused: &[Vec<Labelled>]) -> Vec<Diagnostic> {
    let Some((first, others)) = unused.split_first() else { return Vec::new() };
    let everywhere = first.iter().filter(|note| others.iter().all(|other| other.contains(note)));
    everywhere.map(|note| nothing_refers(path, note)).collect()
}

fn nothing_refers(path: &Arc<str>, (label, span): &Labelled) -> Diagnostic {
    Diagnostic::warning(
        "unused-footnote",
        path.clone(),
        span.clone(),
        msg!("nothing refers to the footnote “{label}”", "脚注“{label}”没有被引用"),
    )
    .help(msg!("refer to it with [^{label}], or delete it", "请用 [^{label}] 引用它，或者删去"))
}
