//! Lines and columns of many problems: each text is gone through once, not once for each problem.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// A line and a column, both from 1.
pub(super) type Position = (usize, usize);

/// The line (from 1) and column (from 1, in characters) of a byte of a text.
pub fn position(text: &str, offset: usize) -> Position {
    Index::default().position(text, offset)
}

/// How many bytes stand between two marks of an index.
const STEP: usize = 1024;

/// Marks in a text, so that a place in it is found from the nearest one before.
#[derive(Debug, Default)]
struct Index {
    /// For each [`STEP`] what stands before it.
    marks: Vec<Mark>,
}

/// What stands before a byte of a text.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// How many lines have ended.
    lines: usize,
    /// Where the line begins that is not ended.
    start: usize,
    /// How many characters there are.
    characters: usize,
}

impl Mark {
    /// The same behind some bytes that begin at a place.
    fn behind(self, bytes: &[u8], at: usize) -> Mark {
        let ends = bytes.iter().filter(|byte| **byte == b'\n').count();
        let last = bytes.iter().rposition(|byte| *byte == b'\n');
        // All but the continuation bytes of UTF-8.
        let characters = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Mark {
            lines: self.lines + ends,
            start: last.map_or(self.start, |last| at + last + 1),
            characters: self.characters + characters,
        }
    }
}

impl Index {
    fn of(text: &str) -> Index {
        let mut mark = Mark::default();
        let steps = text.as_bytes().chunks(STEP).enumerate();
        let marks = steps.map(|(step, bytes)| {
            let next = mark.behind(bytes, step * STEP);
            std::mem::replace(&mut mark, next)
        });
        Index { marks: marks.collect() }
    }

    fn before(&self, text: &str, offset: usize) -> Mark {
        let step = (offset / STEP).min(self.marks.len().saturating_sub(1));
        let mark = self.marks.get(step).copied().unwrap_or_default();
        let at = if self.marks.is_empty() { 0 } else { step * STEP };
        mark.behind(&text.as_bytes()[at..offset], at)
    }

    fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let here = self.before(text, offset);
        (here.lines + 1, here.characters - self.before(text, here.start).characters + 1)
    }
}

/// Finds the places of problems.
pub(super) struct Places<'f, 's> {
    source: &'f dyn Fn(&str) -> Option<&'s str>,
    /// The text of each file that had one, with its marks.
    texts: RefCell<HashMap<String, Option<(&'s str, Index)>>>,
}

impl<'f, 's> Places<'f, 's> {
    /// `source` returns the text of a file.
    pub(super) fn new(source: &'f dyn Fn(&str) -> Option<&'s str>) -> Self {
        Places { source, texts: RefCell::default() }
    }

    /// Where a span begins and ends (behind its last character), without blank space at its end; none
    /// if the whole file is meant or its text is not known.
    pub(super) fn of(
        &self,
        path: &str,
        span: Option<&Range<usize>>,
    ) -> Option<(Position, Position)> {
        let span = span?;
        let mut texts = self.texts.borrow_mut();
        if !texts.contains_key(path) {
            let text = (self.source)(path).map(|text| (text, Index::of(text)));
            texts.insert(path.to_owned(), text);
        }
        let (text, index) = texts.get(path)?.as_ref()?;
        let span = without_blank_end(text, span);
        Some((index.position(text, span.start), index.position(text, span.end)))
    }
}

/// A span without the white space at its end, which parsers count to a block.
pub(super) fn without_blank_end(text: &str, span: &Range<usize>) -> Range<usize> {
    let inside = text.get(span.clone()).map(str::trim_end).filter(|inside| !inside.is_empty());
    inside.map_or_else(|| span.clone(), |inside| span.start..span.start + inside.len())
}

#[cfg(test)]
mod tests {
    use super::{Places, position};

    #[test]
    fn places_are_those_of_each_alone() {
        let text = "一\n二三 \n\nfour\n";
        let source = |_: &str| Some(text);
        let places = Places::new(&source);
        for start in [0, 4, 7, 9, 12, 4, 17, 99] {
            for end in [start, start + 3, 99] {
                let (from, to) = places.of("a", Some(&(start..end))).unwrap();
                assert_eq!(from, position(text, start), "{start}");
                assert!(to >= from || end < start, "{start}..{end}");
            }
        }
        assert_eq!(places.of("a", Some(&(4..11))), Some(((2, 1), (2, 3))));
        let long = format!("{}\n{}猫\n", "字词\n".repeat(700), "长".repeat(5_000));
        let source = |_: &str| Some(long.as_str());
        let places = Places::new(&source);
        for start in (0..long.len()).step_by(311).rev() {
            let before = &long[..long.floor_char_boundary(start)];
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            let place = (before.matches('\n').count() + 1, column);
            assert_eq!(places.of("a", Some(&(start..start))).unwrap().0, place, "{start}");
            assert_eq!(position(&long, start), place, "{start}");
        }
        assert_eq!(position(text, 5), (2, 1));
        assert_eq!(places.of("a", None), None);
    }
}
