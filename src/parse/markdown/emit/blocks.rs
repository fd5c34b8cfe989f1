//! Blocks that are more than a pair of tags.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag};

use super::{Emitter, Spanned, is_more_marker, plain_text};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::msg;
use crate::parse::highlight::Highlighted;
use crate::parse::html::{escape_attribute, escape_text};
use crate::parse::markdown::anchors::is_reserved;
use crate::parse::markdown::{BlockKind, Heading};
use crate::parse::raw_html::write_block;

impl Emitter<'_, '_> {
    pub(super) fn html_block(&mut self, html: &str) {
        self.close_leaf();
        if is_more_marker(html) {
            self.block.more = self.block.kind == BlockKind::Html;
        } else {
            write_block(&mut self.block.html, html, self.reader.rules.html);
            self.newline = self.block.html.ends_with('\n');
        }
    }

    pub(super) fn heading(&mut self, level: u8, tag: &Tag<'_>, events: &[Spanned<'_>]) {
        let text = plain_text(events, self.reader.lang);
        let Tag::Heading { id, classes, .. } = tag else { return };
        let anchor = match id {
            Some(id) if is_reserved(id) => {
                let span = events.first().map_or(0..0, |(_, span)| span.clone());
                let path = self.reader.path.clone();
                self.reader.report(reserved(id, path, span));
                self.reader.anchors.assign(id)
            }
            Some(id) => self.reader.anchors.claim(id.to_string()),
            None => self.reader.anchors.assign(&text),
        };
        let heading = Heading { block: self.index, level, id: anchor.clone(), text };
        self.reader.headings.push(heading);
        if matches!(self.block.kind, BlockKind::Heading(_)) {
            self.block.id = Some(anchor);
            self.block.pinned = id.is_some();
            self.block.classes = classes.join(" ");
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

    pub(super) fn alert(&mut self, kind: BlockQuoteKind) {
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

    pub(super) fn table_cell(&mut self) {
        self.write(if self.in_head { "<th" } else { "<td" });
        match self.table.get(self.cell) {
            Some(Alignment::Left) => self.write(" style=\"text-align: left\">"),
            Some(Alignment::Center) => self.write(" style=\"text-align: center\">"),
            Some(Alignment::Right) => self.write(" style=\"text-align: right\">"),
            _ => self.write(">"),
        }
    }

    pub(super) fn code_block(
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
        let highlighted =
            self.reader.rules.highlight.then(|| self.reader.highlight(&code, language, span));
        let marked = match highlighted.as_deref() {
            Some(Highlighted::Html(html)) => Some(html),
            _ => None,
        };
        self.fresh(if marked.is_some() { "<pre tabindex=\"0\"" } else { "<pre" });
        if let Some(name) = info.split([' ', '\t', ',']).find_map(|word| word.strip_prefix("name="))
        {
            self.write(" data-name=\"");
            escape_attribute(&mut self.block.html, name);
            self.write("\"");
        }
        self.write("><code");
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
}

/// An id that an author gives a heading and that the page itself uses. Only headings show theirs:
/// the id of another block pins it, and is not written.
fn reserved(id: &str, path: Arc<str>, span: Range<usize>) -> Diagnostic {
    let text = msg!("“{id}” is an id that the page itself uses", "“{id}”是页面自己要用的 id");
    Diagnostic::error("reserved-id", path, span, text)
        .help(msg!("choose another one: {{#section-{id}}}", "请换一个：{{#section-{id}}}"))
}
