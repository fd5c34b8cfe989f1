//! The events of a block into HTML with holes.

mod blocks;
mod inlines;
mod leaf;

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::reader::Reader;
use super::{Block, BlockKind, HoleKind, Inline, Places};
use crate::lang::Lang;
use crate::parse::leaf::OBJECT;
use crate::parse::raw_html::Opened;

pub(super) use inlines::plain_text;
use leaf::Leaf;

/// An event with its place in the file.
pub(super) type Spanned<'a> = (Event<'a>, Range<usize>);

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
    /// How many items of lists and rows of tables are open.
    depth: usize,
    /// Where the event stands that is being written.
    here: Range<usize>,
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
            places: Places::default(),
            sentences: Vec::new(),
            leaves: 0,
            parts: Vec::new(),
            id: None,
            pinned: false,
            classes: String::new(),
            more: false,
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
            depth: 0,
            here: 0..0,
        }
    }

    /// Writes the events of the block, from its start tag to its end tag.
    pub fn run(mut self, events: &[Spanned<'_>]) -> Block {
        let mut at = 0;
        while let Some((event, span)) = events.get(at) {
            self.here = span.clone();
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

    /// Writes a start tag, and for what is written in one go all up to its end tag; returns how
    /// many events that took.
    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>, events: &[Spanned<'_>]) -> usize {
        if matches!(tag, Tag::Item | Tag::TableHead | Tag::TableRow) {
            self.close_leaf();
            self.depth += 1;
            self.begin_part();
        } else if matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock) && self.depth == 0 {
            self.close_leaf();
            self.begin_part();
        }
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
        if matches!(tag, TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow) {
            self.close_leaf();
            self.depth = self.depth.saturating_sub(1);
        }
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
            Event::Text(text) => self.text(text, span),
            Event::Code(code) => self.code(code, span),
            Event::InlineMath(latex) => self.math(latex, false, span),
            Event::DisplayMath(latex) => self.math(latex, true, span),
            Event::Html(html) => self.html_block(html),
            Event::InlineHtml(html) => self.inline_html(html),
            Event::SoftBreak => self.soft_break(span, rest),
            Event::HardBreak => {
                self.open_leaf();
                self.hole(HoleKind::Break);
                self.write("<br />\n");
                self.push_char('\n', span);
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
}

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

pub(super) fn is_more_marker(html: &str) -> bool {
    let inside = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inside.is_some_and(|word| word.trim() == "more")
}
