//! What stands inside a text: code, formulas, links, images, line breaks.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Emitter, OBJECT, Spanned, end_of};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::msg;
use crate::parse::address::unsafe_scheme;
use crate::parse::html::{escape_attribute, escape_text};
use crate::parse::markdown::{HoleKind, Inline, Link, LinkKind};
use crate::parse::raw_html::{Piece, piece};
use crate::parse::{cjk, math};

impl Emitter<'_, '_> {
    pub(super) fn open_inline(&mut self, inline: Inline) {
        self.open_leaf();
        self.hole(HoleKind::Open(inline));
    }

    pub(super) fn code(&mut self, code: &str, span: &Range<usize>) {
        self.mark();
        self.open_whole();
        self.write("<code>");
        self.verbatim += 1;
        self.text(code, &self.inside(code, span));
        self.verbatim -= 1;
        self.write("</code>");
        self.close_whole();
    }

    /// Where code is written between its delimiters, which are alike on both sides; if it is not found there, all
    /// of it.
    fn inside(&self, code: &str, span: &Range<usize>) -> Range<usize> {
        let margin = span.len().saturating_sub(code.len()) / 2;
        let inside = span.start + margin..span.end - margin;
        let written = self.reader.text.get(inside.clone()).unwrap_or_default();
        // Line breaks are read as spaces.
        let same = |(a, b): (u8, u8)| a == b || b == b' ';
        let found = written.len() == code.len() && written.bytes().zip(code.bytes()).all(same);
        if found { inside } else { span.clone() }
    }

    pub(super) fn math(&mut self, latex: &str, display: bool, span: &Range<usize>) {
        self.open_whole();
        let source = latex.split_whitespace().collect::<Vec<_>>().join(" ");
        self.hole(HoleKind::Formula(self.block.text.len(), source));
        self.push_char(OBJECT, span);
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
    pub(super) fn inline_html(&mut self, html: &str) {
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
    pub(super) fn soft_break(&mut self, span: &Range<usize>, rest: &[Spanned<'_>]) {
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
            self.text("\n", span);
        }
    }

    pub(super) fn link(
        &mut self,
        tag: &Tag<'_>,
        span: &Range<usize>,
        events: &[Spanned<'_>],
    ) -> usize {
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
            self.push_char(OBJECT, span);
            self.close_whole();
            return end_of(events);
        }
        self.link = Some(index);
        self.hole(HoleKind::LinkOpen(index));
        self.verbatim += 1;
        1
    }

    pub(super) fn image(
        &mut self,
        target: &str,
        title: &str,
        span: &Range<usize>,
        events: &[Spanned<'_>],
    ) {
        let index = self.add_link(LinkKind::Image, target, title, span);
        self.mark();
        let film = is_film(target);
        self.write(if film {
            "<video controls preload=\"metadata\" src=\""
        } else {
            "<img src=\""
        });
        self.hole(HoleKind::Image(index));
        self.write(if film { "\" aria-label=\"" } else { "\" alt=\"" });
        escape_attribute(&mut self.block.html, &alternative_text(events, self.reader.lang));
        if !title.is_empty() {
            self.write("\" title=\"");
            escape_attribute(&mut self.block.html, title);
        }
        self.write(if film { "\"></video>" } else { "\" />" });
    }

    pub(super) fn add_link(
        &mut self,
        kind: LinkKind,
        target: &str,
        title: &str,
        span: &Range<usize>,
    ) -> usize {
        let unsafe_scheme = unsafe_scheme(target, kind == LinkKind::Image);
        let scheme = unsafe_scheme.filter(|_| kind != LinkKind::Email);
        if let Some(scheme) = scheme {
            self.report_unsafe(scheme, span);
        }
        // Nobody gets to click on it, even in what `gen render` prints beside the problem.
        let target = if scheme.is_some() { "#" } else { target }.to_owned();
        let title = title.to_owned();
        self.reader.links.push(Link { kind, target, title, span: span.clone() });
        self.reader.links.len() - 1
    }

    fn report_unsafe(&mut self, scheme: &str, span: &Range<usize>) {
        let problem = Diagnostic::error(
            "unsafe-link",
            self.reader.path.clone(),
            span.clone(),
            msg!(
                "an address that begins with “{scheme}:” can run a program in the reader's browser",
                "以“{scheme}:”开头的地址能在读者的浏览器里运行程序"
            ),
        );
        self.reader.report(problem.help(msg!(
            "link to a page or a file; of data: addresses, only data:image/… is allowed, and only for images",
            "请链接到网页或文件；data: 地址只允许 data:image/…，且只能用于图片"
        )));
    }
}

/// Whether what is shown as a picture is a film: a file of the site in a format that browsers play
/// (MDN, “Media container formats”).
fn is_film(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let ours = !path.contains("://") && !path.starts_with("//");
    ours && [".mp4", ".m4v", ".webm", ".ogv", ".mov"].iter().any(|ending| path.ends_with(ending))
}

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

fn name_stand_in(lang: Lang) -> char {
    if lang == Lang::Zh { '名' } else { 'n' }
}

pub(in crate::parse::markdown) fn plain_text(events: &[Spanned<'_>], lang: Lang) -> String {
    let mut out = String::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => out += text,
            _ => push_break(&mut out, &events[at..], lang),
        }
    }
    out
}

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
