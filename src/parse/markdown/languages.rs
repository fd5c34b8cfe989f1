//! The single-file form: which language a block belongs to, told by its script or by an attribute.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};
use serde::Serialize;

use super::emit::{Spanned, plain_text};
use super::events::{Group, groups, joined};
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

/// The language of each top-level block of a file that holds both; none belongs to both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blocks(Vec<Option<Lang>>);

impl Blocks {
    /// Reads the languages of the blocks of a text.
    pub fn of(text: &str, body_start: usize, rules: Rules) -> Blocks {
        let joined = joined(&text[body_start..], rules, Lang::Zh);
        let (groups, _) = groups(&joined, body_start, rules, Lang::Zh);
        Blocks(groups.iter().map(language).collect())
    }

    /// Whether the block of an index is shown in a language.
    pub(super) fn belongs(&self, index: usize, lang: Lang) -> bool {
        self.0.get(index).copied().flatten().is_none_or(|own| own == lang)
    }

    /// Whether a block inside a footnote is shown in a language.
    pub(super) fn allows(group: &Group<'_>, lang: Lang) -> bool {
        language(group).is_none_or(|own| own == lang)
    }

    /// The languages that blocks were found in.
    pub fn has(&self, lang: Lang) -> bool {
        self.0.contains(&Some(lang))
    }
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
fn prose(events: &[Spanned<'_>]) -> String {
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
fn by_script(text: &str) -> Option<Lang> {
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
pub(super) fn take_attributes(events: &mut Vec<Spanned<'_>>) -> Attributes {
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
        Some((Event::Start(Tag::Paragraph), _)) => take_trailing(events),
        _ => Attributes::default(),
    }
}

fn take_trailing(events: &mut Vec<Spanned<'_>>) -> Attributes {
    let last = events.len().saturating_sub(2);
    let Some((Event::Text(text), span)) = events.get(last) else { return Attributes::default() };
    let Some(at) = text.rfind('{') else { return Attributes::default() };
    let Some(attributes) = read(&text[at..], span) else { return Attributes::default() };
    let kept = text[..at].trim_end().to_owned();
    if kept.is_empty() && last == 1 {
        events.clear();
    } else {
        events[last].0 = Event::Text(CowStr::from(kept));
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
mod tests {
    use super::*;

    #[test]
    fn blocks_know_their_language() {
        let cases = [
            ("KFC 的 Crazy Thursday 是什么？", Some(Lang::Zh)),
            ("The phrase 疯狂星期四 (Crazy Thursday) stuck.", Some(Lang::En)),
            ("momo {lang=zh}", Some(Lang::Zh)),
            ("momo", Some(Lang::En)),
            ("![猫](cat.jpg)", None),
            ("```rust\nfn 你好() {}\n```", None),
            ("```text {lang=en}\nhello\n```", Some(Lang::En)),
            ("## V50 {lang=zh}", Some(Lang::Zh)),
            ("| 词 | 意思 |\n|---|---|\n| V50 | 转我五十 |", Some(Lang::Zh)),
            ("---", None),
            ("1984", None),
        ];
        for (text, lang) in cases {
            let Blocks(found) = Blocks::of(text, 0, Rules::ALL);
            assert_eq!(found, [lang], "{text}");
        }
        let Blocks(found) = Blocks::of("{lang=en}\n\n- momo\n- 你好", 0, Rules::ALL);
        assert_eq!(found, [Some(Lang::En)]);
    }
}
