//! A text as an HTML fragment by the Markdown rules alone: no glossary, no template, no site.

use std::sync::Arc;

use super::{Block, BlockKind, Body, HoleKind, Link, LinkKind, Rules, parse};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::memo::Memo;
use crate::parse::html::{escape_attribute, escape_text, escape_url};

/// The HTML of a Markdown text by the given rules, and the problems found in it. Links stay as
/// they are written.
pub fn render_fragment(
    path: &str,
    text: &str,
    body_start: usize,
    lang: Lang,
    rules: Rules,
) -> (String, Vec<Diagnostic>) {
    let memo = Memo::new();
    let parsed = parse(&Arc::from(path), text, body_start, lang, rules, None, &memo);
    let mut out = String::new();
    write_blocks(&mut out, &parsed.body, &parsed.body.blocks, rules);
    if !parsed.body.footnotes.is_empty() {
        out += "<section class=\"footnotes\">\n<ol>\n";
        for note in &parsed.body.footnotes {
            out += "<li id=\"fn-";
            escape_attribute(&mut out, &note.label);
            out += "\">\n";
            write_blocks(&mut out, &parsed.body, &note.blocks, rules);
            out += "</li>\n";
        }
        out += "</ol>\n</section>\n";
    }
    (out, parsed.diagnostics)
}

fn write_blocks(out: &mut String, body: &Body, blocks: &[Block], rules: Rules) {
    for block in blocks {
        let raw = block.kind == BlockKind::Html;
        if !raw && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        let BlockKind::Heading(level) = block.kind else {
            write_block(out, body, block);
            continue;
        };
        *out += &format!("<h{level}");
        if let Some(id) = block.id.as_ref().filter(|_| rules.heading_ids) {
            *out += " id=\"";
            escape_attribute(out, id);
            *out += "\"";
        }
        if !block.classes.is_empty() {
            *out += " class=\"";
            escape_attribute(out, &block.classes);
            *out += "\"";
        }
        *out += ">";
        write_block(out, body, block);
        *out += &format!("</h{level}>\n");
    }
}

fn write_block(out: &mut String, body: &Body, block: &Block) {
    let mut from = 0;
    for hole in &block.holes {
        *out += &block.html[from..hole.at];
        from = hole.at;
        match &hole.kind {
            HoleKind::Text(range) | HoleKind::Verbatim(range) => {
                escape_text(out, &block.text[range.clone()]);
            }
            HoleKind::LeafOpen
            | HoleKind::LeafClose
            | HoleKind::Mark
            | HoleKind::Break
            | HoleKind::Formula(..) => {}
            HoleKind::Open(inline) => *out += &format!("<{}>", inline.tag()),
            HoleKind::Close(inline) => *out += &format!("</{}>", inline.tag()),
            HoleKind::LinkOpen(index) => open_link(out, &body.links[*index]),
            HoleKind::LinkClose(_) => *out += "</a>",
            HoleKind::Image(index) => escape_url(out, &body.links[*index].target),
            HoleKind::Wikilink(index) => {
                let link = &body.links[*index];
                open_link(out, link);
                escape_text(out, &link.target);
                *out += "</a>";
            }
            HoleKind::FootnoteRef(index, _) => {
                let label = &body.footnotes[*index].label;
                *out += "<sup class=\"footnote-ref\"><a href=\"#fn-";
                escape_attribute(out, label);
                *out += &format!("\">{}</a></sup>", index + 1);
            }
        }
    }
    *out += &block.html[from..];
}

fn open_link(out: &mut String, link: &Link) {
    *out += "<a href=\"";
    if link.kind == LinkKind::Email {
        *out += "mailto:";
    }
    escape_url(out, &link.target);
    if !link.title.is_empty() {
        *out += "\" title=\"";
        escape_attribute(out, &link.title);
    }
    *out += "\">";
}
