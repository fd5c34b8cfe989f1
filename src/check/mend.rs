//! The changes that problems carry, made in a file: only those that leave all else as it is.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Diagnostic, Edit};
use crate::lang::Lang;
use crate::parse::data::{self, Kind, Node};
use crate::parse::doc::Form;
use crate::parse::front_matter::{self, Format};
use crate::parse::markdown::{Blocks, Rules, Spoken, frame, leaves};

/// A file with problems mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// All of it.
    pub text: String,
    /// Which of the problems are mended, by their place in the list.
    pub problems: Vec<usize>,
}

/// Makes the changes of problems in the file that they are of. A change is left out where another one
/// touches the same bytes, and where it would make something else of the mark-up or the data around
/// the text: the text is read again and held to that.
pub fn mend(path: &str, text: &str, problems: &[&Diagnostic], rules: Rules) -> Mended {
    let mut order: Vec<usize> =
        (0..problems.len()).filter(|&at| !problems[at].fix.is_empty()).collect();
    order.sort_by_key(|&at| problems[at].fix.iter().map(|edit| edit.span.start).min());
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    order.retain(|&at| {
        let edits = &problems[at].fix;
        let sound = edits.iter().all(|edit| text.get(edit.span.clone()).is_some());
        let free = edits.iter().all(|edit| is_free(&taken, &edit.span));
        if sound && free {
            taken.extend(edits.iter().map(|edit| (edit.span.start, edit.span.end)));
        }
        sound && free
    });
    let Some(before) = Frame::of(path, text, rules) else {
        return Mended { text: text.to_owned(), problems: Vec::new() };
    };
    let mut work = Work { path, text, problems, rules, before, kept: Vec::new() };
    work.take(&order);
    let mut kept = work.kept.clone();
    let text = work.with(&[]);
    kept.sort_unstable();
    Mended { text, problems: kept }
}

/// Whether nothing that is changed touches a span. `taken` has the ends of changes by their starts; none
/// overlaps another.
fn is_free(taken: &BTreeMap<usize, usize>, span: &Range<usize>) -> bool {
    let before = taken.range(..=span.start).next_back();
    let after = taken.range(span.start..).next();
    before.is_none_or(|(start, end)| *end <= span.start && *start < span.start)
        && after.is_none_or(|(start, _)| *start >= span.end && *start > span.start)
}

struct Work<'a> {
    path: &'a str,
    text: &'a str,
    problems: &'a [&'a Diagnostic],
    rules: Rules,
    before: Frame,
    kept: Vec<usize>,
}

impl Work<'_> {
    /// Keeps those of the problems whose changes leave the frame as it is: all, or by halves.
    fn take(&mut self, wanted: &[usize]) {
        if wanted.is_empty() {
            return;
        }
        let text = self.with(wanted);
        if Frame::of(self.path, &text, self.rules).as_ref() == Some(&self.before) {
            self.kept.extend(wanted);
        } else if wanted.len() > 1 {
            let (first, second) = wanted.split_at(wanted.len() / 2);
            self.take(first);
            self.take(second);
        }
    }

    /// The text with the changes that are kept, and some more.
    fn with(&self, more: &[usize]) -> String {
        let all = self.kept.iter().chain(more).flat_map(|&at| &self.problems[at].fix);
        let mut edits: Vec<&Edit> = all.collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut out = String::with_capacity(self.text.len());
        let mut from = 0;
        for edit in edits {
            out += &self.text[from..edit.span.start];
            out += &edit.text;
            from = edit.span.end;
        }
        out + &self.text[from..]
    }
}

/// A file but for its words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Frame {
    data: String,
    body: Vec<String>,
    /// The languages of its leaves.
    langs: Vec<Option<Lang>>,
}

impl Frame {
    fn of(path: &str, text: &str, rules: Rules) -> Option<Frame> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some((_, form)) = Form::of(name) else {
            let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
            let node = data::parse_toml(path, &text[start..], start).ok()?;
            return Some(Frame { data: shape(&node), body: Vec::new(), langs: Vec::new() });
        };
        let (data, start, problems) = front_matter::split(path, text);
        let data = match data {
            Some((format, range)) => {
                let (at, inside) = (range.start, &text[range]);
                let node = match format {
                    Format::Toml => data::parse_toml(path, inside, at),
                    Format::Yaml => data::parse_yaml(path, inside, at),
                };
                shape(&node.ok()?)
            }
            None => String::new(),
        };
        if !problems.is_empty() {
            return None;
        }
        let read = match form {
            Form::One(lang) => leaves(text, start, Spoken::One(lang), rules),
            Form::Both => leaves(text, start, Spoken::Each(&Blocks::of(text, start, rules)), rules),
        };
        let langs = read.leaves.iter().map(|leaf| leaf.lang).collect();
        Some(Frame { data, body: frame(text, start, rules), langs })
    }
}

/// The keys and values of data, texts left out.
fn shape(node: &Node) -> String {
    match &node.kind {
        Kind::Str(_) => "text".to_owned(),
        Kind::Array(items) => {
            let items: Vec<String> = items.iter().map(shape).collect();
            format!("[{}]", items.join(","))
        }
        Kind::Table(entries) => {
            let entries =
                entries.iter().map(|entry| format!("{:?}:{}", entry.key, shape(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        other => format!("{other:?}"),
    }
}
