//! The text of a file as readers see it, each character with its bytes: for whoever looks at how the
//! text is written, and mends it.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::Rules;
use super::emit::Spanned;
use super::events::{Group, Groups, groups, joined};
use super::languages::Blocks;
use crate::lang::Lang;
use crate::parse::leaf::{Glyph, Leaf, OBJECT};
use crate::parse::raw_html::{Piece, attributes, piece};

/// A piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// Its language, as that of a leaf.
    pub lang: Option<Lang>,
    /// Its bytes in the file.
    pub at: Range<usize>,
}

/// Where a footnote stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteAt {
    /// Its label.
    pub label: String,
    /// Its bytes in the file.
    pub at: Range<usize>,
    /// Where further footnotes of its label stand.
    pub again: Vec<Range<usize>>,
}

/// A file's text, read for its characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaves {
    /// Its leaves, those of footnotes last.
    pub leaves: Vec<Leaf>,
    /// Its raw HTML.
    pub html: Vec<Html>,
    /// Its footnotes, in the order of the file.
    pub notes: Vec<NoteAt>,
    /// Its links without a text.
    pub empty_links: Vec<Range<usize>>,
    /// Its images without a description.
    pub empty_images: Vec<Range<usize>>,
}

/// In which language blocks are: that of the file, or as found in a file of both.
#[derive(Debug, Clone, Copy)]
pub enum Spoken<'a> {
    /// All in one.
    One(Lang),
    /// Each in its own.
    Each(&'a Blocks),
}

/// Elements of raw HTML whose content is no text of the author's.
const CLOSED: &[&str] =
    &["code", "kbd", "samp", "var", "tt", "pre", "script", "style", "textarea", "math", "svg"];

/// Reads the text of a file from `body_start` on, by the rules by which it is built; but marks are
/// left as they are written.
pub fn leaves(text: &str, body_start: usize, spoken: Spoken<'_>, rules: Rules) -> Leaves {
    let rules = Rules { smart: false, ..rules };
    let joined = joined(&text[body_start..], rules, Lang::Zh);
    let Groups { groups, notes, .. } = groups(text, &joined, body_start, (rules, Lang::Zh), None);
    let groups = groups.into_iter().flat_map(|group| match spoken {
        Spoken::Each(blocks) => blocks.parts(text, group),
        Spoken::One(_) => vec![group],
    });
    let mut reader = Reader {
        text,
        lang: None,
        out: Leaves::default(),
        leaf: Vec::new(),
        gap: 0,
        unclosed: Vec::new(),
    };
    for group in groups {
        reader.group(&group, spoken);
    }
    let mut notes: Vec<_> = notes.into_iter().collect();
    notes.sort_by_key(|(_, note)| note.span.start);
    for (label, note) in notes {
        for group in &note.groups {
            reader.group(group, spoken);
        }
        reader.out.notes.push(NoteAt { label, at: note.span, again: note.again });
    }
    reader.out
}

/// What a text is but for its words: every element, in order, with its addresses, code and raw HTML.
/// Two texts of one frame differ in what leaves have in them, and in nothing else.
pub fn frame(text: &str, body_start: usize, rules: Rules) -> Vec<String> {
    let joined = joined(&text[body_start..], rules, Lang::Zh);
    let mut frame: Vec<String> = Vec::new();
    let mut code = false;
    for event in Parser::new_ext(&joined.text, rules.options(Lang::Zh)) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            _ => {}
        }
        let piece = match event {
            Event::Text(_) if !code => String::new(),
            event => joined.restore(&format!("{event:?}")),
        };
        // A text may come in several pieces.
        if !(piece.is_empty() && frame.last().is_some_and(String::is_empty)) {
            frame.push(piece);
        }
    }
    frame
}

struct Reader<'t> {
    text: &'t str,
    lang: Option<Lang>,
    out: Leaves,
    leaf: Vec<Glyph>,
    /// Where a character put before the next one would go.
    gap: usize,
    /// Elements of raw HTML that the block does not close: looked for once.
    unclosed: Vec<String>,
}

impl Reader<'_> {
    fn group(&mut self, group: &Group<'_>, spoken: Spoken<'_>) {
        self.lang = match spoken {
            Spoken::One(lang) => Some(lang),
            Spoken::Each(blocks) => {
                let mut own = Lang::ALL.into_iter().filter(|lang| blocks.belongs(group, *lang));
                own.next().filter(|_| own.next().is_none())
            }
        };
        self.unclosed.clear();
        self.events(&group.events);
        self.end_leaf();
    }

    fn events(&mut self, events: &[Spanned<'_>]) {
        let mut at = 0;
        while let Some((event, span)) = events.get(at) {
            match event {
                Event::Text(text) => self.write(text, span),
                Event::SoftBreak | Event::HardBreak => self.push('\n', span.clone(), false),
                Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::FootnoteReference(_) => self.object(span.clone()),
                Event::InlineHtml(html) => {
                    self.out.html.push(Html { lang: self.lang, at: span.clone() });
                    at += self.inline_html(html, &events[at..]);
                }
                Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
                Event::Start(tag) if is_closed(tag) => {
                    let length = super::emit::end_of(&events[at..]);
                    self.closed(tag, &events[at..at + length]);
                    at += length - 1;
                }
                Event::Start(tag) if is_inline(tag) => {
                    if is_empty(tag, &events[at..]) {
                        self.out.empty_links.push(span.clone());
                    }
                }
                Event::End(tag) if ends_inline(*tag) => self.gap = span.end,
                Event::Start(_) | Event::End(_) => self.end_leaf(),
            }
            at += 1;
        }
    }

    /// What stands between two tags and is no text, or one of its own.
    fn closed(&mut self, tag: &Tag<'_>, events: &[Spanned<'_>]) {
        let span = events[0].1.clone();
        let inside = &events[1..events.len() - 1];
        match tag {
            Tag::HtmlBlock => self.out.html.push(Html { lang: self.lang, at: span }),
            Tag::Image { .. } => {
                if inside.is_empty() {
                    self.out.empty_images.push(span.clone());
                }
                self.object(span);
                let around = std::mem::take(&mut self.leaf);
                let gap = self.gap;
                self.events(inside);
                self.end_leaf();
                (self.leaf, self.gap) = (around, gap);
            }
            Tag::Link { .. } => self.object(span),
            _ => {}
        }
    }

    /// A tag inside a text; returns how many events of it were passed over with it.
    fn inline_html(&mut self, html: &str, events: &[Spanned<'_>]) -> usize {
        let span = events[0].1.clone();
        let Piece::Start(name) = piece(html) else {
            if matches!(piece(html), Piece::End(_)) {
                self.gap = span.end;
            }
            return 0;
        };
        let own = attributes(html);
        let foreign = own.iter().any(|found| {
            found.name.eq_ignore_ascii_case("lang") || found.name.eq_ignore_ascii_case("translate")
        });
        if self.unclosed.iter().any(|unclosed| unclosed.eq_ignore_ascii_case(name)) {
            return 0;
        }
        if !foreign && !CLOSED.iter().any(|closed| closed.eq_ignore_ascii_case(name)) {
            return 0;
        }
        let mut depth = 0usize;
        for (at, (event, end)) in events.iter().enumerate() {
            let Event::InlineHtml(html) = event else { continue };
            match piece(html) {
                Piece::Start(inner) if inner.eq_ignore_ascii_case(name) => depth += 1,
                Piece::End(inner) if inner.eq_ignore_ascii_case(name) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.object(span.start..end.end);
                return at;
            }
        }
        self.unclosed.push(name.to_ascii_lowercase());
        0
    }

    fn object(&mut self, span: Range<usize>) {
        self.push(OBJECT, span, false);
    }

    fn push(&mut self, c: char, at: Range<usize>, own: bool) {
        let last = self.leaf.last().map_or(at.start, |last| last.at.end);
        let gap = self.gap.max(last);
        self.gap = at.end;
        self.leaf.push(Glyph { c, at, own, gap });
    }

    /// Adds the characters of an event, found again in the file.
    fn write(&mut self, text: &str, span: &Range<usize>) {
        let source = self.text.get(span.clone()).unwrap_or_default();
        let mut rest = source;
        // The first character may be an escaped one, whose backslash stands before it.
        let before = self.text.get(..span.start).unwrap_or_default().bytes().rev();
        let mut escaped = before.take_while(|byte| *byte == b'\\').count() % 2 == 1;
        for c in text.chars() {
            let at = span.end - rest.len();
            let first = std::mem::take(&mut escaped) && rest.starts_with(c);
            let (length, own) = match first.then_some((c.len_utf8(), false)).or(written(rest, c)) {
                Some(found) => found,
                // An entity of two characters, or something that was not thought of.
                None => {
                    self.object(at..span.end);
                    return;
                }
            };
            self.push(c, at..at + length, own);
            rest = &rest[length..];
        }
    }

    fn end_leaf(&mut self) {
        let glyphs = std::mem::take(&mut self.leaf);
        self.gap = 0;
        if glyphs.iter().any(|glyph| glyph.own) {
            self.out.leaves.push(Leaf { lang: self.lang, glyphs });
        }
    }
}

/// How many bytes at the start of Markdown stand for a character, and whether it is written as itself.
fn written(source: &str, c: char) -> Option<(usize, bool)> {
    if let Some(rest) = source.strip_prefix('\\')
        && rest.starts_with(|c: char| c.is_ascii_punctuation())
    {
        return rest.starts_with(c).then_some((2, false));
    }
    if source.starts_with('&')
        && let Some(end) = source.find(';').filter(|&end| is_entity(&source[1..end]))
    {
        return Some((end + 1, false));
    }
    source.starts_with(c).then_some((c.len_utf8(), true))
}

/// Whether a text has the shape of an entity's name or number.
fn is_entity(name: &str) -> bool {
    let number = name.strip_prefix('#');
    let word = number.unwrap_or(name);
    !word.is_empty() && word.len() <= 32 && word.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether what stands inside a tag is no text of the leaf around it.
fn is_closed(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } | Tag::MetadataBlock(_) => true,
        Tag::Link { link_type, .. } => matches!(
            link_type,
            LinkType::Autolink | LinkType::Email | LinkType::WikiLink { has_pothole: false }
        ),
        _ => false,
    }
}

/// Whether a tag is that of a link with nothing in it.
fn is_empty(tag: &Tag<'_>, events: &[Spanned<'_>]) -> bool {
    matches!(tag, Tag::Link { .. }) && matches!(events.get(1), Some((Event::End(TagEnd::Link), _)))
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
    )
}

fn ends_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves of a Chinese text: characters that are not their own in brackets.
    fn read(text: &str) -> Vec<String> {
        let found = leaves(text, 0, Spoken::One(Lang::Zh), Rules::ALL);
        for leaf in &found.leaves {
            for glyph in leaf.glyphs.iter().filter(|glyph| glyph.own) {
                assert_eq!(text[glyph.at.clone()], glyph.c.to_string(), "{text}");
            }
        }
        let shown = |glyph: &Glyph| match (glyph.c, glyph.own) {
            (OBJECT, _) => "○".to_owned(),
            (c, true) => c.to_string(),
            (c, false) => format!("[{c}]"),
        };
        found.leaves.iter().map(|leaf| leaf.glyphs.iter().map(shown).collect()).collect()
    }

    #[test]
    fn what_is_text_and_what_is_not() {
        let cases: [(&str, &[&str]); 18] = [
            ("中**文**,`a,b`,x", &["中文,○,x"]),
            ("一\\,二&amp;三&lt;&copy;", &["一[,]二[&]三[<][©]"]),
            ("\\,一\\\\,二", &["[,]一[\\],二"]),
            ("\\\\, 一", &["[\\], 一"]),
            ("`一`\\\\\\, 二", &["○[\\][,] 二"]),
            ("一\n二  \n三", &["一[\n]二[\n]三"]),
            ("见[链接](a,b.md \"t,t\")和<https://a.org/,>", &["见链接和○"]),
            ("图![说明,长](a.jpg)完", &["说明,长", "图○完"]),
            ("| 甲 | 乙\\|丙 |\n|---|---|\n| 丁 | 戊 |", &["甲", "乙[|]丙", "丁", "戊"]),
            ("```\n一,二\n```\n\n    三,四\n\n五", &["五"]),
            ("<p>一,二</p>\n\n三<code>a,b</code>四<b>五</b>", &["三○四五"]),
            ("一<span lang=\"ja\">二</span>三 $a,b$", &["一○三 ○"]),
            ("- 一\n- 二\n\n  三", &["一", "二", "三"]),
            ("一[^n]\n\n[^n]: 注,释", &["一○", "注,释"]),
            ("[[cat-tax]]和[[cat-tax|交税]]", &["○和交税"]),
            ("段落 {#id}\n\n{lang=zh}\n\n# 题 {#x}", &["段落", "题"]),
            ("中\u{2060}文 $5，那本$6", &["中\u{2060}文 $5，那本$6"]),
            ("**中文。**中\u{2060}文 $5，那本$6", &["中文。中\u{2060}文 $5，那本$6"]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_put_between_two_characters_goes_outside() {
        let cases = [
            ("中**a**文", "中^**a**^文"),
            ("中[a](x)文", "中^[a](x)^文"),
            ("*a***中**", "*a*^**中**"),
            ("中<b>a</b>文", "中^<b>a</b>^文"),
        ];
        for (text, expected) in cases {
            let found = leaves(text, 0, Spoken::One(Lang::Zh), Rules::ALL);
            let mut out = text.to_owned();
            for pair in found.leaves[0].glyphs.windows(2).rev() {
                if pair[0].c.is_ascii() != pair[1].c.is_ascii() {
                    out.insert(pair[1].gap, '^');
                }
            }
            assert_eq!(out, expected);
        }
    }
}
