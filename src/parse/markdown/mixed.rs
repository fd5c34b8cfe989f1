//! The single-file form: lists and quotes whose parts are written in different languages. A Chinese
//! list with an English one right behind it is one list to Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::emit::{Spanned, end_of};
use super::events::Group;
use super::languages::{by_script, prose};
use crate::lang::Lang;

/// What a list or a quote is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mixture {
    /// One language, or an author's word for it.
    None,
    /// Both, one after the other: a part of the other language begins at each of these bytes.
    Parts(Vec<usize>),
    /// Both, but it is not clear that one is the translation of the other.
    Unclear,
}

/// A run of items in one language.
struct Run {
    lang: Lang,
    items: usize,
    start: usize,
    /// Whether an item is a sentence, and no name or title from the other language.
    clear: bool,
    /// Whether a blank line stands before it, and whether one stands inside.
    blank: (bool, bool),
}

/// Finds the parts of a list or a quote.
pub(super) fn mixture(source: &str, group: &Group<'_>) -> Mixture {
    if group.attributes.lang.is_some() {
        return Mixture::None;
    }
    let quote = matches!(group.events.first(), Some((Event::Start(Tag::BlockQuote(_)), _)));
    let mut runs: Vec<Run> = Vec::new();
    for unit in units(group) {
        let events = &group.events[unit];
        let text = prose(events);
        let start = events[0].1.start;
        let blank = after_blank_line(source, start);
        let lang = by_script(&text);
        let clear = lang.is_some_and(|lang| is_clear(&text, lang, quote));
        match (runs.last_mut(), lang) {
            (Some(run), own) if own.is_none_or(|own| own == run.lang) => {
                run.items += 1;
                run.clear |= clear;
                run.blank.1 |= blank;
            }
            (_, Some(lang)) => {
                runs.push(Run { lang, items: 1, start, clear, blank: (blank, false) });
            }
            (_, None) => {}
        }
    }
    if runs.len() < 2 {
        return Mixture::None;
    }
    let count = |lang| runs.iter().filter(|r| r.lang == lang).map(|r| r.items).sum::<usize>();
    let clear = Lang::ALL.iter().all(|&lang| runs.iter().any(|r| r.lang == lang && r.clear));
    let even = count(Lang::Zh) == count(Lang::En);
    let parts = match &runs[..] {
        [first, second] => {
            let apart = second.blank.0 && !first.blank.1 && !second.blank.1;
            let several = first.items > 1 && second.items > 1;
            clear || !quote && several && (apart || even)
        }
        _ => clear && even,
    };
    if parts {
        return Mixture::Parts(runs.iter().skip(1).map(|run| run.start).collect());
    }
    let doubtful = clear || !quote && runs.len() == 2 && runs.iter().all(|run| run.items > 1);
    if doubtful { Mixture::Unclear } else { Mixture::None }
}

fn is_clear(text: &str, lang: Lang, quote: bool) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’）)」』".contains(c));
    let sentence = end.ends_with(['.', '?', '!', '…', '。', '？', '！', '；', ';']);
    let long = match lang {
        Lang::Zh => text.chars().filter(|c| crate::parse::cjk::is_han(*c)).count() >= 8,
        Lang::En => text.split_whitespace().count() >= 5,
    };
    // The source of a quotation is no sentence, however long it is.
    sentence || long && !quote
}

/// Cuts a list or a quote where parts of it begin.
pub(super) fn cut<'a>(
    source: &str,
    group: Group<'a>,
    begins: impl Fn(usize) -> bool,
) -> Vec<Group<'a>> {
    let units = units(&group);
    // What a shortcode makes stands all in one place.
    let first = group.span().start;
    let start = |unit: &Range<usize>| group.events[unit.start].1.start;
    let is_cut = |unit: &Range<usize>| start(unit) > first && begins(start(unit));
    if !units.iter().skip(1).any(is_cut) {
        return vec![group];
    }
    let mut parts: Vec<Vec<Range<usize>>> = Vec::new();
    for unit in units {
        match parts.last_mut().filter(|_| !is_cut(&unit)) {
            Some(part) => part.push(unit),
            None => parts.push(vec![unit]),
        }
    }
    let part = |(at, part): (usize, &Vec<Range<usize>>)| {
        let start = group.events[if at == 0 { 0 } else { part[0].start }].1.start;
        let end = part.last().map_or(start, |unit| group.events[unit.start].1.end);
        let number = || {
            let rest = &source[start..];
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest[..digits].parse().unwrap_or(1)
        };
        let open = match &group.events[0].0 {
            Event::Start(Tag::List(Some(_))) if at > 0 => Event::Start(Tag::List(Some(number()))),
            open => open.clone(),
        };
        let close = group.events[group.events.len() - 1].0.clone();
        let tight = is_tight(source, &group.events, part);
        let mut events = vec![(open, start..end)];
        for unit in part {
            let mut depth = 0usize;
            for (event, span) in &group.events[unit.clone()] {
                depth -= usize::from(matches!(event, Event::End(_)));
                let paragraph =
                    matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
                if !(tight && paragraph && depth == 1) {
                    events.push((event.clone(), span.clone()));
                }
                depth += usize::from(matches!(event, Event::Start(_)));
            }
        }
        events.push((close, start..end));
        let mut attributes = group.attributes.clone();
        attributes.id = attributes.id.filter(|_| at == 0);
        Group { events, attributes, inside: group.inside, unclosed: None }
    };
    parts.iter().enumerate().map(part).collect()
}

/// Whether a part of a list, standing alone, has no blank lines between or in its items.
fn is_tight(source: &str, events: &[Spanned<'_>], part: &[Range<usize>]) -> bool {
    let list = matches!(events[0].0, Event::Start(Tag::List(_)));
    list && part.iter().enumerate().all(|(at, unit)| {
        let span = events[unit.start].1.clone();
        let inside = source[span.clone()].trim().lines().all(|line| !line.trim().is_empty());
        inside && (at == 0 || !after_blank_line(source, span.start))
    })
}

fn after_blank_line(source: &str, start: usize) -> bool {
    let mut lines = source[..start].rsplit('\n').skip(1);
    lines.next().is_some_and(|line| line.trim_matches([' ', '\t', '\r', '>']).is_empty())
}

/// The items of a list, the words of a definition list with what is said of them, the blocks of a
/// quote: as ranges of the block's events.
fn units(group: &Group<'_>) -> Vec<Range<usize>> {
    let events = &group.events;
    let container = matches!(
        events.first(),
        Some((Event::Start(Tag::List(_) | Tag::DefinitionList | Tag::BlockQuote(_)), _))
    );
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 1;
    let mut titles = false;
    while container && at + 1 < events.len() {
        let end = at + end_of(&events[at..]).max(1);
        let title = matches!(events[at].0, Event::Start(Tag::DefinitionListTitle));
        let definition = matches!(events[at].0, Event::Start(Tag::DefinitionListDefinition));
        match found.last_mut().filter(|_| definition || title && titles) {
            Some(unit) => unit.end = end,
            None => found.push(at..end),
        }
        titles = title;
        at = end;
    }
    found
}
