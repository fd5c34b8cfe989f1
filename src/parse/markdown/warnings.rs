//! What stands in a text as if it were mark-up, and is none: a reference to a footnote that is not
//! there, a language that the site does not have.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::Group;
use super::reader::Reader;
use crate::diag::{Diagnostic, suggest};
use crate::msg;

/// Reports what is wrong in a block of `text`, whose footnotes have the `labels`.
pub(super) fn of_group(
    reader: &mut Reader<'_>,
    group: &Group<'_>,
    text: &str,
    labels: &BTreeSet<String>,
) {
    if let Some((lang, span)) = &group.attributes.unknown {
        unknown_lang(reader, lang, span, text);
    }
    let mut code = false;
    for (event, span) in &group.events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) if !code => {
                for reference in references(text, span) {
                    undefined(reader, &text[reference.clone()], reference, labels);
                }
            }
            _ => {}
        }
    }
}

/// The bytes of each `[^label]` in a range of a text, where no backslash stands before it.
fn references(text: &str, span: &Range<usize>) -> Vec<Range<usize>> {
    let written = text.get(span.clone()).unwrap_or_default();
    let mut found = Vec::new();
    for (at, _) in written.match_indices("[^") {
        let escapes =
            text[..span.start + at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        let label = written[at + 2..].split(']').next().unwrap_or_default();
        let closed = written[at + 2 + label.len()..].starts_with(']');
        let sound = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
        if escapes % 2 == 0 && closed && sound {
            let start = span.start + at;
            found.push(start..start + label.len() + 3);
        }
    }
    found
}

fn undefined(
    reader: &mut Reader<'_>,
    reference: &str,
    span: Range<usize>,
    labels: &BTreeSet<String>,
) {
    let label = reference.trim_start_matches("[^").trim_end_matches(']');
    let problem = Diagnostic::warning(
        "undefined-footnote",
        reader.path.clone(),
        span,
        msg!("there is no footnote “{label}”", "没有脚注“{label}”"),
    );
    // A label of one or two characters is near to any other.
    let known = labels.iter().map(String::as_str).filter(|_| label.chars().count() > 2);
    let help = match suggest(label, known) {
        Some(near) => msg!("did you mean [^{near}]?", "是不是 [^{near}]？"),
        None => msg!(
            "write it as a paragraph of its own: [^{label}]: …; or \\[^{label}] for the mark itself",
            "请另起一段写上 [^{label}]: …；如果要写的就是这个记号，请写 \\[^{label}]"
        ),
    };
    reader.report(problem.help(help));
}

fn unknown_lang(reader: &mut Reader<'_>, lang: &str, span: &Range<usize>, text: &str) {
    let inside = text.get(span.clone()).unwrap_or_default();
    let written = format!("lang={lang}");
    let found = inside.find(&written).map(|at| span.start + at);
    let span = found.map_or_else(|| span.clone(), |start| start..start + written.len());
    let problem = Diagnostic::warning(
        "unknown-block-language",
        reader.path.clone(),
        span,
        msg!("texts are in zh or en, not in “{lang}”", "文字的语言是 zh 或 en，没有“{lang}”"),
    );
    reader.report(problem.help(msg!(
        "write {{lang=zh}} or {{lang=en}}, or leave it out",
        "请写 {{lang=zh}} 或 {{lang=en}}，或者删去"
    )));
}
