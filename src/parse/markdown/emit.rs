//! The events of a block into HTML with holes.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::reader::Reader;
use super::{Block, BlockKind, Heading, Hole, HoleKind, Inline, Link, LinkKind, Sentence};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::msg;
use crate::parse::html::{escape_attribute, escape_text};
use crate::parse::raw_html::{Opened, Piece, piece, write_block};
use crate::parse::{cjk, math, sentences};

/// An event with its place in the file.
pub(super) type Spanned<'a> = (Event<'a>, Range<usize>);

/// Stands in the text of a block for what has no text of its own yet.
const OBJECT: char = '\u{FFFC}';

/// Writes one top-level block.
pub(super) struct Emitter<'r, 'a> {
    reader: &'r mut Reader<'a>,
    block: Block,
    /// The index of the block in its body, for the headings in it.
    index: usize,
    newline: bool,
    leaf: Option<Leaf>,
    /// How deep in links, headings and the like text stands that is shown as it is.
    verbatim: usize,
    /// The link that is open; links do not nest.
    link: Option<usize>,
    /// What raw HTML has opened in the leaf.
    opened: Opened,
    table: Vec<Alignment>,
    cell: usize,
    in_head: bool,
}

/// The leaf being written.
struct Leaf {
    start: usize,
    /// Ranges of text that no sentence may end inside.
    whole: Vec<Range<usize>>,
    /// Where the outermost link or raw HTML element that is still open began, and how many are.
    open: Option<(usize, usize)>,
}

impl<'r, 'a> Emitter<'r, 'a> {
    pub fn new(
        reader: &'r mut Reader<'a>,
        kind: BlockKind,
        span: Range<usize>,
        index: usize,
    ) -> Self {
        let block = Block {
            kind,
            span,
            html: String::new(),
            holes: Vec::new(),
            text: String::new(),
            sentences: Vec::new(),
            leaves: 0,
            id: None,
        };
        Emitter {
            reader,
            block,
            index,
            newline: true,
            leaf: None,
            verbatim: 0,
            link: None,
            opened: Opened::default(),
            table: Vec::new(),
            cell: 0,
            in_head: false,
        }
    }

    /// Writes the events of the block, from its start tag to its end tag.
    pub fn run(mut self, events: &[Spanned<'_>]) -> Block {
        let mut at = 0;
        while let Some((event, span)) = events.get(at) {
            at += match event {
                Event::Start(tag) => self.start(tag, span, &events[at..]),
                Event::End(tag) => {
                    self.end(*tag);
                    1
                }
                _ => {
                    self.inline(event, span, &events[at + 1..]);
                    1
                }
            };
        }
        self.close_leaf();
        self.block
    }

    // Output.

    fn write(&mut self, html: &str) {
        self.block.html += html;
        if !html.is_empty() {
            self.newline = html.ends_with('\n');
        }
    }

    /// Starts a block-level tag on a line of its own.
    fn fresh(&mut self, html: &str) {
        self.close_leaf();
        if !self.newline {
            self.write("\n");
        }
        self.write(html);
    }

    /// Ends a block-level element.
    fn finish(&mut self, html: &str) {
        self.close_leaf();
        self.write(html);
    }

    fn hole(&mut self, kind: HoleKind) {
        self.block.holes.push(Hole { at: self.block.html.len(), kind });
        self.newline = false;
    }

    // Leaves and text.

    fn open_leaf(&mut self) -> &mut Leaf {
        if self.leaf.is_none() {
            let newline = self.newline;
            self.hole(HoleKind::LeafOpen);
            self.newline = newline;
        }
        let start = self.block.text.len();
        self.leaf.get_or_insert_with(|| Leaf { start, whole: Vec::new(), open: None })
    }

    /// Notes that a sentence may begin before the mark-up that follows.
    fn mark(&mut self) {
        self.open_leaf();
        let newline = self.newline;
        self.hole(HoleKind::Mark);
        self.newline = newline;
    }

    fn close_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        self.opened.close(&mut self.block.html);
        let newline = self.newline;
        self.hole(HoleKind::LeafClose);
        self.newline = newline;
        let text = &self.block.text[leaf.start..];
        let mut whole = leaf.whole;
        whole.extend(leaf.open.map(|(from, _)| from..self.block.text.len()));
        let whole: Vec<_> =
            whole.iter().map(|r| r.start - leaf.start..r.end - leaf.start).collect();
        let number = self.block.leaves;
        let found = match self.block.kind {
            BlockKind::Heading(_) => {
                let trimmed = text.trim();
                let start = text.len() - text.trim_start().len();
                (!trimmed.is_empty()).then(|| start..start + trimmed.len()).into_iter().collect()
            }
            _ => sentences::split(text, &whole),
        };
        let found = found.into_iter().map(|range| Sentence {
            leaf: number,
            range: range.start + leaf.start..range.end + leaf.start,
        });
        self.block.sentences.extend(found);
        self.block.leaves += 1;
    }

    /// Adds text that readers see.
    fn text(&mut self, text: &str) {
        self.open_leaf();
        let start = self.block.text.len();
        self.block.text += text;
        let range = start..self.block.text.len();
        let at = self.block.html.len();
        let verbatim = self.verbatim > 0;
        match self.block.holes.last_mut() {
            Some(Hole { at: before, kind: HoleKind::Text(last) })
                if !verbatim && *before == at && last.end == start =>
            {
                last.end = range.end;
            }
            _ if verbatim => self.hole(HoleKind::Verbatim(range)),
            _ => self.hole(HoleKind::Text(range)),
        }
        self.newline = text.ends_with('\n');
    }

    /// Begins something that no sentence may end inside.
    fn open_whole(&mut self) {
        let at = self.block.text.len();
        let leaf = self.open_leaf();
        leaf.open = Some(leaf.open.map_or((at, 1), |(from, depth)| (from, depth + 1)));
    }

    fn close_whole(&mut self) {
        let end = self.block.text.len();
        if let Some(leaf) = &mut self.leaf {
            match leaf.open {
                Some((from, 1)) => {
                    leaf.whole.push(from..end);
                    leaf.open = None;
                }
                Some((from, depth)) => leaf.open = Some((from, depth - 1)),
                None => {}
            }
        }
    }

    // Events.

    /// Writes a start tag, and for what is written in one go all up to its end tag; returns how
    /// many events that took.
    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>, events: &[Spanned<'_>]) -> usize {
        match tag {
            Tag::Paragraph => self.fresh("<p>"),
            Tag::Heading { level, .. } => {
                let length = end_of(events);
                self.heading(*level as u8, tag, &events[..length]);
                return 1;
            }
            Tag::BlockQuote(None) => self.fresh("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::CodeBlock(info) => {
                let length = end_of(events);
                self.code_block(info, span, &events[1..length]);
                return length;
            }
            Tag::List(Some(1)) => self.fresh("<ol>\n"),
            Tag::List(Some(first)) => self.fresh(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.fresh("<ul>\n"),
            Tag::Item => self.fresh("<li>"),
            Tag::DefinitionList => self.fresh("<dl>\n"),
            Tag::DefinitionListTitle => self.fresh("<dt>"),
            Tag::DefinitionListDefinition => self.fresh("<dd>"),
            Tag::Table(alignments) => {
                self.table.clone_from(alignments);
                self.fresh("<div class=\"scroll\" tabindex=\"0\"><table>");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.write("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.write("<tr>");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.open_inline(Inline::Emphasis),
            Tag::Strong => self.open_inline(Inline::Strong),
            Tag::Strikethrough => self.open_inline(Inline::Deleted),
            Tag::Superscript => self.open_inline(Inline::Superscript),
            Tag::Subscript => self.open_inline(Inline::Subscript),
            Tag::Link { .. } => return self.link(tag, span, events),
            Tag::Image { dest_url, title, .. } => {
                let length = end_of(events);
                self.image(dest_url, title, span, &events[1..length]);
                return length;
            }
            Tag::HtmlBlock => {
                let length = end_of(events);
                let lines = events[..length].iter().filter_map(|(event, _)| match event {
                    // pulldown-cmark gives indentation as text.
                    Event::Html(html) | Event::Text(html) => Some(html.as_ref()),
                    _ => None,
                });
                self.html_block(&lines.collect::<String>());
                return length;
            }
            // Footnotes are taken out before; metadata blocks are not enabled.
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => {}
        }
        1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.finish("</p>\n"),
            TagEnd::Heading(level) => {
                self.verbatim -= 1;
                match self.block.kind {
                    BlockKind::Heading(_) => self.close_leaf(),
                    _ => self.finish(&format!("</{level}>\n")),
                }
            }
            TagEnd::BlockQuote(None) => self.finish("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.finish("</div>\n"),
            TagEnd::List(true) => self.finish("</ol>\n"),
            TagEnd::List(false) => self.finish("</ul>\n"),
            TagEnd::Item => self.finish("</li>\n"),
            TagEnd::DefinitionList => self.finish("</dl>\n"),
            TagEnd::DefinitionListTitle => self.finish("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.finish("</dd>\n"),
            TagEnd::Table => self.finish("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.finish("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.finish("</tr>\n"),
            TagEnd::TableCell => {
                self.finish(if self.in_head { "</th>" } else { "</td>" });
                self.cell += 1;
            }
            TagEnd::Emphasis => self.hole(HoleKind::Close(Inline::Emphasis)),
            TagEnd::Strong => self.hole(HoleKind::Close(Inline::Strong)),
            TagEnd::Strikethrough => self.hole(HoleKind::Close(Inline::Deleted)),
            TagEnd::Superscript => self.hole(HoleKind::Close(Inline::Superscript)),
            TagEnd::Subscript => self.hole(HoleKind::Close(Inline::Subscript)),
            TagEnd::Link => {
                if let Some(index) = self.link.take() {
                    self.hole(HoleKind::LinkClose(index));
                }
                self.verbatim -= 1;
                self.close_whole();
            }
            TagEnd::CodeBlock
            | TagEnd::Image
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn inline(&mut self, event: &Event<'_>, span: &Range<usize>, rest: &[Spanned<'_>]) {
        match event {
            Event::Text(text) => self.text(text),
            Event::Code(code) => self.code(code),
            Event::InlineMath(latex) => self.math(latex, false, span),
            Event::DisplayMath(latex) => self.math(latex, true, span),
            Event::Html(html) => self.html_block(html),
            Event::InlineHtml(html) => self.inline_html(html),
            Event::SoftBreak => self.soft_break(rest),
            Event::HardBreak => {
                self.open_leaf();
                self.write("<br />\n");
                self.block.text.push('\n');
            }
            Event::Rule => self.fresh("<hr />\n"),
            Event::FootnoteReference(label) => {
                self.open_leaf();
                let (index, number) = self.reader.refer(label);
                self.hole(HoleKind::FootnoteRef(index, number));
            }
            Event::TaskListMarker(done) => {
                self.open_leaf();
                let (state, label) = match (done, self.reader.lang) {
                    (true, Lang::Zh) => (" checked=\"\"", "已完成"),
                    (true, Lang::En) => (" checked=\"\"", "done"),
                    (false, Lang::Zh) => ("", "未完成"),
                    (false, Lang::En) => ("", "to do"),
                };
                self.write(&format!(
                    "<input type=\"checkbox\" disabled=\"\"{state} aria-label=\"{label}\" /> "
                ));
            }
            Event::Start(_) | Event::End(_) => {}
        }
    }

    fn html_block(&mut self, html: &str) {
        self.close_leaf();
        if !is_more_marker(html) {
            write_block(&mut self.block.html, html, self.reader.rules.html);
            self.newline = self.block.html.ends_with('\n');
        }
    }

    fn open_inline(&mut self, inline: Inline) {
        self.open_leaf();
        self.hole(HoleKind::Open(inline));
    }

    fn code(&mut self, code: &str) {
        self.mark();
        self.open_whole();
        self.write("<code>");
        self.verbatim += 1;
        self.text(code);
        self.verbatim -= 1;
        self.write("</code>");
        self.close_whole();
    }

    fn math(&mut self, latex: &str, display: bool, span: &Range<usize>) {
        self.mark();
        self.open_whole();
        self.block.text.push(OBJECT);
        self.close_whole();
        match math::to_mathml(latex, display) {
            Ok(html) => self.write(&html),
            Err(error) => {
                let shown = if display { "math math-display" } else { "math math-inline" };
                self.write(&format!("<code class=\"{shown}\">"));
                escape_text(&mut self.block.html, latex);
                self.write("</code>");
                self.reader.report(Diagnostic::error(
                    "bad-math",
                    self.reader.path.clone(),
                    span.clone(),
                    msg!("this formula cannot be read: {error}", "无法识别这个公式：{error}"),
                ));
            }
        }
    }

    /// Raw HTML inside a text: no sentence may end between a tag and its end tag.
    fn inline_html(&mut self, html: &str) {
        let piece = piece(html);
        match piece {
            Piece::Start(_) => {
                self.mark();
                self.open_whole();
            }
            Piece::Alone => self.mark(),
            Piece::End(_) => {
                self.open_leaf();
            }
        }
        let policy = self.reader.rules.html;
        self.opened.write(&mut self.block.html, html, policy);
        self.newline = self.block.html.ends_with('\n');
        if let Piece::End(_) = piece {
            self.close_whole();
        }
    }

    /// A line break in the source: nothing between Chinese characters, else white space.
    fn soft_break(&mut self, rest: &[Spanned<'_>]) {
        self.open_leaf();
        let at = self.block.html.len();
        let last =
            self.block.holes.iter().rev().find(|hole| !matches!(hole.kind, HoleKind::Close(_)));
        let wikilink =
            last.is_some_and(|hole| hole.at == at && matches!(hole.kind, HoleKind::Wikilink(_)));
        let before = match wikilink {
            true => Some(name_stand_in(self.reader.lang)),
            false => self.block.text.chars().next_back(),
        };
        if is_space(before, rest, self.reader.lang) {
            self.text("\n");
        }
    }

    fn heading(&mut self, level: u8, tag: &Tag<'_>, events: &[Spanned<'_>]) {
        let text = plain_text(events, self.reader.lang);
        let Tag::Heading { id, classes, .. } = tag else { return };
        let anchor = match id {
            Some(id) => self.reader.anchors.claim(id.to_string()),
            None => self.reader.anchors.assign(&text),
        };
        let heading = Heading { block: self.index, level, id: anchor.clone(), text };
        self.reader.headings.push(heading);
        if matches!(self.block.kind, BlockKind::Heading(_)) {
            self.block.id = Some(anchor);
        } else {
            self.fresh(&format!("<h{level}"));
            if self.reader.rules.heading_ids || id.is_some() {
                self.write(" id=\"");
                escape_attribute(&mut self.block.html, &anchor);
                self.write("\"");
            }
            if !classes.is_empty() {
                self.write(" class=\"");
                escape_attribute(&mut self.block.html, &classes.join(" "));
                self.write("\"");
            }
            self.write(">");
        }
        self.verbatim += 1;
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, zh, en) = match kind {
            BlockQuoteKind::Note => ("note", "说明", "Note"),
            BlockQuoteKind::Tip => ("tip", "提示", "Tip"),
            BlockQuoteKind::Important => ("important", "重要", "Important"),
            BlockQuoteKind::Warning => ("warning", "注意", "Warning"),
            BlockQuoteKind::Caution => ("caution", "当心", "Caution"),
        };
        let title = if self.reader.lang == Lang::Zh { zh } else { en };
        self.fresh(&format!("<div class=\"alert alert-{class}\" role=\"note\">\n"));
        self.write(&format!("<p class=\"alert-title\">{title}</p>\n"));
    }

    fn table_cell(&mut self) {
        self.write(if self.in_head { "<th" } else { "<td" });
        match self.table.get(self.cell) {
            Some(Alignment::Left) => self.write(" style=\"text-align: left\">"),
            Some(Alignment::Center) => self.write(" style=\"text-align: center\">"),
            Some(Alignment::Right) => self.write(" style=\"text-align: right\">"),
            _ => self.write(">"),
        }
    }

    fn code_block(
        &mut self,
        info: &CodeBlockKind<'_>,
        span: &Range<usize>,
        events: &[Spanned<'_>],
    ) {
        let code: String = events
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Text(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let info = match info {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let language = info.split([' ', '\t', ',']).next().unwrap_or_default();
        let highlighted: Option<Arc<_>> =
            self.reader.rules.highlight.then(|| self.reader.highlight(&code, language, span));
        let marked = highlighted.as_deref().and_then(Option::as_ref);
        self.fresh(if marked.is_some() { "<pre tabindex=\"0\"><code" } else { "<pre><code" });
        if !language.is_empty() {
            self.write(" class=\"language-");
            escape_attribute(&mut self.block.html, language);
            self.write("\"");
        }
        self.write(">");
        match marked {
            Some(html) => self.write(html),
            None => escape_text(&mut self.block.html, &code),
        }
        self.write("</code></pre>\n");
    }

    fn link(&mut self, tag: &Tag<'_>, span: &Range<usize>, events: &[Spanned<'_>]) -> usize {
        let Tag::Link { link_type, dest_url, title, .. } = tag else { return 1 };
        let kind = match link_type {
            LinkType::WikiLink { has_pothole: false } => LinkKind::Wikilink,
            LinkType::WikiLink { has_pothole: true } => LinkKind::NamedWikilink,
            LinkType::Email => LinkKind::Email,
            _ => LinkKind::Link,
        };
        let index = self.add_link(kind, dest_url, title, span);
        self.open_whole();
        if kind == LinkKind::Wikilink {
            self.hole(HoleKind::Wikilink(index));
            self.block.text.push(OBJECT);
            self.close_whole();
            return end_of(events);
        }
        self.link = Some(index);
        self.hole(HoleKind::LinkOpen(index));
        self.verbatim += 1;
        1
    }

    fn image(&mut self, target: &str, title: &str, span: &Range<usize>, events: &[Spanned<'_>]) {
        let index = self.add_link(LinkKind::Image, target, title, span);
        self.mark();
        self.write("<img src=\"");
        self.hole(HoleKind::Image(index));
        self.write("\" alt=\"");
        escape_attribute(&mut self.block.html, &alternative_text(events, self.reader.lang));
        if !title.is_empty() {
            self.write("\" title=\"");
            escape_attribute(&mut self.block.html, title);
        }
        self.write("\" />");
    }

    fn add_link(
        &mut self,
        kind: LinkKind,
        target: &str,
        title: &str,
        span: &Range<usize>,
    ) -> usize {
        let (target, title) = (target.to_owned(), title.to_owned());
        self.reader.links.push(Link { kind, target, title, span: span.clone() });
        self.reader.links.len() - 1
    }
}

/// How many events the element takes that begins with the first one.
pub(super) fn end_of(events: &[Spanned<'_>]) -> usize {
    let mut depth = 0usize;
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    events.len()
}

/// Whether a line break in the source stands for a space, after a character and before events.
fn is_space(before: Option<char>, rest: &[Spanned<'_>], lang: Lang) -> bool {
    let after = rest.iter().find_map(|(event, _)| match event {
        Event::Start(Tag::Link {
            link_type: LinkType::WikiLink { has_pothole: false }, ..
        }) => Some(Some(name_stand_in(lang))),
        // A reference to a footnote belongs to what stands before it.
        Event::FootnoteReference(_) => Some(before),
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {
            None
        }
        Event::Text(text) | Event::Code(text) => Some(text.chars().next()),
        _ => Some(None),
    });
    match (before, after.flatten()) {
        (Some(before), Some(after)) => cjk::break_is_space(before, after, lang),
        _ => true,
    }
}

/// A character like those of the name that a wikilink will show, which the glossary holds.
fn name_stand_in(lang: Lang) -> char {
    if lang == Lang::Zh { '名' } else { 'n' }
}

/// Whether an HTML comment marks the end of the summary, as in Hugo and Zola.
pub(super) fn is_more_marker(html: &str) -> bool {
    let inside = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inside.is_some_and(|word| word.trim() == "more")
}

/// The text of events without mark-up.
pub(super) fn plain_text(events: &[Spanned<'_>], lang: Lang) -> String {
    let mut out = String::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => out += text,
            _ => push_break(&mut out, &events[at..], lang),
        }
    }
    out
}

/// The alternative text of an image, as pulldown-cmark writes it but for line breaks.
fn alternative_text(events: &[Spanned<'_>], lang: Lang) -> String {
    let mut out = String::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => out += text,
            Event::InlineMath(text) | Event::DisplayMath(text) => out += text,
            _ => push_break(&mut out, &events[at..], lang),
        }
    }
    out
}

/// Adds the space that the first event stands for, if it is a line break that does.
fn push_break(out: &mut String, events: &[Spanned<'_>], lang: Lang) {
    let space = match events {
        [(Event::HardBreak, _), ..] => true,
        [(Event::SoftBreak, _), rest @ ..] => is_space(out.chars().next_back(), rest, lang),
        _ => false,
    };
    if space {
        out.push(' ');
    }
}
