//! Raw HTML around Markdown: an element that one block opens and a later one closes makes one block
//! of all from the one to the other.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::events::Group;
use crate::parse::raw_html::{Piece, piece, tags};

/// Elements that may lack their end tag (HTML, section 13.1.2.4).
const OPTIONAL: &[&str] = &[
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Marks the blocks that stand inside an element that an earlier block has opened, and the
/// elements that nothing closes; these reach no further than their own block.
pub(super) fn mark(groups: &mut [Group<'_>]) {
    let mut open: Vec<(String, usize)> = Vec::new();
    // How many elements of a name are open: an end tag without a start tag is found out at once.
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut unclosed: Vec<(String, usize)> = Vec::new();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let html = raw(group);
        for tag in tags(&html) {
            match tag {
                Piece::Alone => {}
                Piece::Start(name) => {
                    let name = name.to_ascii_lowercase();
                    *counts.entry(name.clone()).or_default() += 1;
                    open.push((name, at));
                }
                Piece::End(name) => {
                    let name = name.to_ascii_lowercase();
                    if counts.get(&name).is_none_or(|count| *count == 0) {
                        continue;
                    }
                    while let Some((inner, from)) = open.pop() {
                        counts.entry(inner.clone()).and_modify(|count| *count -= 1);
                        if inner == name {
                            joined.push((from, at));
                            break;
                        }
                        unclosed.push((inner, from));
                    }
                }
            }
        }
    }
    unclosed.extend(open);
    joined.sort_unstable();
    let mut end = 0;
    for (from, to) in joined {
        for group in groups.iter_mut().take(to + 1).skip(end.max(from) + 1) {
            group.inside = true;
        }
        end = end.max(to);
    }
    unclosed.retain(|(name, _)| !OPTIONAL.contains(&name.as_str()));
    for (name, at) in unclosed {
        groups[at].unclosed.get_or_insert(name);
    }
}

/// The inline elements of a block that nothing closes in it, with their start tags' places.
pub(super) fn unclosed_inline(group: &Group<'_>) -> Vec<(String, Range<usize>)> {
    let mut open: Vec<(String, Range<usize>)> = Vec::new();
    let mut found = Vec::new();
    for (event, span) in &group.events {
        let Event::InlineHtml(html) = event else { continue };
        match piece(html) {
            Piece::Start(name) => open.push((name.to_ascii_lowercase(), span.clone())),
            Piece::End(name) => {
                let of_name = |(own, _): &(String, Range<usize>)| own.eq_ignore_ascii_case(name);
                if let Some(at) = open.iter().rposition(of_name) {
                    found.extend(open.drain(at + 1..));
                    open.pop();
                }
            }
            Piece::Alone => {}
        }
    }
    found.extend(open);
    found.retain(|(name, _)| !OPTIONAL.contains(&name.as_str()));
    found
}

/// The raw HTML of a block that is nothing else.
fn raw(group: &Group<'_>) -> String {
    let mut html = String::new();
    if let Some((Event::Start(Tag::HtmlBlock), _)) = group.events.first() {
        for (event, _) in &group.events {
            if let Event::Html(text) | Event::Text(text) = event {
                html += text;
            }
        }
    }
    html
}
