//! Comments that silence `gen check`, taken out of a text: `<!-- gen-check: off lost-number -->`.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{Group, Note};
use super::reader::Reader;
use crate::diag::Diagnostic;
use crate::msg;
use crate::parse::silence::{Silence, in_comment};

/// Takes the comments out of the blocks of `text`. One that stands alone silences in the block, or the
/// footnote, that comes next; one inside a block in that block.
pub(super) fn take(
    reader: &mut Reader<'_>,
    text: &str,
    groups: &mut Vec<Group<'_>>,
    notes: &mut HashMap<String, Note<'_>>,
) {
    if !text.contains("<!--") {
        return;
    }
    let mut alone = Vec::new();
    groups.retain(|group| {
        let span = group.span();
        let html = matches!(group.events.first(), Some((Event::Start(Tag::HtmlBlock), _)));
        let comment = html && in_comment(&text[span.clone()], span.start).is_some();
        if comment {
            alone.push(span);
        }
        !comment
    });
    let blocks = groups.iter().map(Group::span).chain(notes.values().map(|note| note.span.clone()));
    let blocks: Vec<Range<usize>> = blocks.collect();
    for span in alone {
        let next = blocks.iter().filter(|block| block.start >= span.end);
        let next = next.min_by_key(|block| block.start);
        // With nothing behind it, it covers itself, in which there is nothing to find.
        let covers = span.start..next.map_or(span.end, |block| block.end);
        add(reader, text, span, covers);
    }
    for group in groups.iter_mut() {
        inside(reader, text, group);
    }
    let mut noted: Vec<_> = notes.values_mut().collect();
    noted.sort_by_key(|note| note.span.start);
    for group in noted.into_iter().flat_map(|note| &mut note.groups) {
        inside(reader, text, group);
    }
}

/// Takes the comments out of the inside of a block.
fn inside(reader: &mut Reader<'_>, text: &str, group: &mut Group<'_>) {
    let whole = group.span();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, span) in &group.events {
        let html = matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_));
        if html && in_comment(&text[span.clone()], span.start).is_some() {
            found.push(span.clone());
        }
    }
    if found.is_empty() {
        return;
    }
    group.events.retain(|(event, span)| {
        let html = matches!(
            event,
            Event::Start(Tag::HtmlBlock)
                | Event::End(TagEnd::HtmlBlock)
                | Event::Html(_)
                | Event::InlineHtml(_)
        );
        !(html && found.iter().any(|out| out.start <= span.start && span.end <= out.end))
    });
    for span in found {
        add(reader, text, span, whole.clone());
    }
}

fn add(reader: &mut Reader<'_>, text: &str, span: Range<usize>, covers: Range<usize>) {
    let codes = in_comment(&text[span.clone()], span.start).unwrap_or_default();
    if codes.is_empty() {
        let message =
            msg!("this comment for gen check is not understood", "无法识别这条给 gen check 的注释");
        let problem = Diagnostic::warning("bad-silence", reader.path.clone(), span, message);
        reader.report(problem.help(msg!(
            "write it as <!-- gen-check: off lost-number -->, with nothing else in the line",
            "请写成 <!-- gen-check: off lost-number -->，同一行不要有别的内容"
        )));
        return;
    }
    let silence = |(code, span)| Silence { code, span, covers: Some(covers.clone()) };
    reader.silences.extend(codes.into_iter().map(silence));
}
