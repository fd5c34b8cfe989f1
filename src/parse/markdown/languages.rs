//! The single-file form: which language a block belongs to, told by its script or by an attribute.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};
use serde::Serialize;

use super::emit::{Spanned, plain_text};
use super::events::{Group, Groups, groups, joined};
use super::expand::Expand;
use super::mixed::{Mixture, cut, mixture};
use super::rules::Rules;
use crate::lang::Lang;
use crate::parse::cjk::{is_han, is_punctuation};

/// What an author writes behind a block in braces: `{#id lang=en}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// An id, which pins the block to the one with the same id in the other language.
    pub id: Option<String>,
    /// The language, where the script does not tell it.
    pub lang: Option<Lang>,
    /// A language that is none of the two, and the bytes in which it is written.
    pub unknown: Option<(String, Range<usize>)>,
}

impl Attributes {
    /// These, or where they are silent the others.
    pub fn or(self, other: Attributes) -> Attributes {
        Attributes {
            id: self.id.or(other.id),
            lang: self.lang.or(other.lang),
            unknown: self.unknown.or(other.unknown),
        }
    }
}

/// The language of each block of a file that holds both, by where the block begins; none belongs
/// to both. The place stays the same however the text is read again, with typographic quotation
/// marks or without; a count of blocks might not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blocks {
    /// Those of the text, in order.
    text: Vec<(usize, Option<Lang>)>,
    /// Those inside footnotes, in order.
    notes: Vec<(usize, Option<Lang>)>,
    /// Where lists and quotes begin whose languages are not clear, in order.
    unclear: Vec<usize>,
}

impl Blocks {
    /// Reads the languages of the blocks of a text, in which calls of shortcodes are comments.
    pub fn of(text: &str, body_start: usize, rules: Rules) -> Blocks {
        Blocks::with(text, body_start, rules, None)
    }

    /// Reads the languages of the blocks of a text, and of what calls of shortcodes make in it.
    pub fn with(text: &str, body_start: usize, rules: Rules, with: Option<Expand<'_>>) -> Blocks {
        let joined = joined(&text[body_start..], rules, Lang::Zh);
        let read = groups(text, &joined, body_start, (rules, Lang::Zh), with);
        let Groups { groups, notes, calls, .. } = read;
        let shared = |group: &Group<'_>| calls.shared.binary_search(&group.span().start).is_ok();
        let language = |group: &Group<'_>| if shared(group) { None } else { language(group) };
        let mut unclear = Vec::new();
        let groups: Vec<_> = groups
            .into_iter()
            .flat_map(|group| match mixture(text, &group) {
                _ if shared(&group) => vec![group],
                Mixture::None => vec![group],
                Mixture::Parts(starts) => cut(text, group, |at| starts.binary_search(&at).is_ok()),
                Mixture::Unclear => {
                    unclear.push(group.span().start);
                    vec![group]
                }
            })
            .collect();
        let language = &language;
        let place = |group: &Group<'_>| (group.span().start, language(group));
        let mut notes: Vec<_> = notes.values().flat_map(|n| n.groups.iter().map(place)).collect();
        notes.sort_unstable_by_key(|(start, _)| *start);
        let text = groups.chunk_by(|_, next| next.inside).flat_map(|together| {
            let own = whole(together, language);
            together.iter().map(move |group| (group.span().start, own.or_else(|| language(group))))
        });
        Blocks { text: text.collect(), notes, unclear }
    }

    /// Whether a block, of the text or of a footnote, is shown in a language.
    pub(super) fn belongs(&self, group: &Group<'_>, lang: Lang) -> bool {
        let start = group.span().start;
        let own = [&self.text, &self.notes].into_iter().find_map(|blocks| {
            let at = blocks.binary_search_by_key(&start, |(start, _)| *start).ok()?;
            Some(blocks[at].1)
        });
        own.flatten().is_none_or(|own| own == lang)
    }

    /// Cuts a list or a quote where its parts begin.
    pub(super) fn parts<'a>(&self, source: &str, group: Group<'a>) -> Vec<Group<'a>> {
        cut(source, group, |at| self.text.binary_search_by_key(&at, |(start, _)| *start).is_ok())
    }

    /// Whether both languages were found in a block, and not one after the other.
    pub(super) fn is_unclear(&self, group: &Group<'_>) -> bool {
        self.unclear.binary_search(&group.span().start).is_ok()
    }

    /// The languages that blocks were found in.
    pub fn has(&self, lang: Lang) -> bool {
        self.text.iter().any(|(_, own)| *own == Some(lang))
    }
}

/// The language of all that stands in an element of raw HTML, if the author said it or if it is
/// one. Else the element
/// belongs to both, and each of the blocks in it to its own.
fn whole(together: &[Group<'_>], language: impl Fn(&Group<'_>) -> Option<Lang>) -> Option<Lang> {
    if let Some(said) = together.first().and_then(|group| group.attributes.lang) {
        return Some(said);
    }
    let mut langs = together.iter().filter_map(language);
    let first = langs.next()?;
    langs.all(|lang| lang == first).then_some(first)
}

/// The language of a block: as its attribute says, else by its script. Code, images and
/// formulas belong to both.
fn language(group: &Group<'_>) -> Option<Lang> {
    if group.attributes.lang.is_some() {
        return group.attributes.lang;
    }
    let prose = match group.events.first().map(|(event, _)| event) {
        Some(Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)) | Some(Event::Rule) => return None,
        _ => prose(&group.events),
    };
    by_script(&prose)
}

/// The text of a block without code, links' addresses and images.
pub(super) fn prose(events: &[Spanned<'_>]) -> String {
    let mut depth = 0usize;
    let kept: Vec<_> = events
        .iter()
        .filter(|(event, _)| {
            match event {
                Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => depth += 1,
                Event::End(pulldown_cmark::TagEnd::Image | pulldown_cmark::TagEnd::CodeBlock) => {
                    depth -= 1;
                }
                _ => {}
            }
            depth == 0 && !matches!(event, Event::Code(_) | Event::InlineMath(_))
        })
        .cloned()
        .collect();
    plain_text(&kept, Lang::Zh)
}

/// The language that most of a text is written in. A Han character weighs as much as four Latin
/// letters (an English word has about five, a Chinese one about two characters), and a
/// punctuation mark, which the sentence around a foreign word decides, as much as two characters.
pub(super) fn by_script(text: &str) -> Option<Lang> {
    let (mut zh, mut en) = (0usize, 0usize);
    for c in text.chars() {
        if is_han(c) {
            zh += 4;
        } else if c.is_alphabetic() {
            en += 1;
        } else if matches!(c, ',' | '.' | '?' | '!' | ';' | ':') {
            en += 8;
        } else if c >= '\u{3000}' && is_punctuation(c) {
            zh += 8;
        }
    }
    let letters = text.chars().any(char::is_alphabetic);
    letters.then_some(if zh >= en { Lang::Zh } else { Lang::En })
}

/// Takes the attributes in braces off the end of a block (`{#id lang=en}`, nothing else in
/// them), off a heading and off a fence. A paragraph of attributes alone is left empty: it
/// speaks of the block after it.
pub(super) fn take_attributes(source: &str, events: &mut Vec<Spanned<'_>>) -> Attributes {
    match events.first() {
        Some((Event::Start(Tag::Heading { id, attrs, .. }), span)) => {
            let mut attributes =
                Attributes { id: id.as_ref().map(ToString::to_string), ..Attributes::default() };
            let lang = attrs.iter().find(|(name, _)| &**name == "lang");
            if let Some(written) = lang.and_then(|(_, value)| value.as_deref()) {
                attributes.set_lang(written, span);
            }
            attributes
        }
        Some((Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), span)) => {
            info.find('{').and_then(|at| read(&info[at..], span)).unwrap_or_default()
        }
        Some((Event::Start(Tag::Paragraph), _)) => take_trailing(source, events),
        _ => Attributes::default(),
    }
}

/// Reads the attributes as they are written: in an event, typographic marks may stand for the
/// quotation marks and the dashes in them.
fn take_trailing(source: &str, events: &mut Vec<Spanned<'_>>) -> Attributes {
    let last = events.len().saturating_sub(2);
    let Some((Event::Text(text), span)) = events.get(last) else { return Attributes::default() };
    let written = source.get(span.clone()).unwrap_or_default();
    let attributes = written.rfind('{').and_then(|at| read(&written[at..], span));
    let (Some(attributes), Some(at)) = (attributes, text.rfind('{')) else {
        return Attributes::default();
    };
    let kept = text[..at].trim_end().to_owned();
    if kept.is_empty() && last == 1 {
        events.clear();
    } else {
        let as_written = text.len() == written.len();
        let cut = if as_written { text.len() - kept.len() } else { 0 };
        events[last] = (Event::Text(CowStr::from(kept)), span.start..span.end - cut);
    }
    attributes
}

/// The attributes in `{…}`, or none if anything else stands in the braces.
fn read(text: &str, span: &Range<usize>) -> Option<Attributes> {
    let inside = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let mut attributes = Attributes::default();
    for word in inside.split_whitespace() {
        if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            attributes.id = Some(id.to_owned());
        } else {
            attributes.set_lang(word.strip_prefix("lang=")?, span);
        }
    }
    (attributes != Attributes::default()).then_some(attributes)
}

impl Attributes {
    /// Reads a language; `span` is where it is written.
    fn set_lang(&mut self, written: &str, span: &Range<usize>) {
        let name = written.trim_matches('"');
        self.lang = Lang::ALL.into_iter().find(|lang| lang.key() == name);
        self.unknown = self.lang.is_none().then(|| (written.to_owned(), span.clone()));
    }
}

#[cfg(test)]
mod tests;
