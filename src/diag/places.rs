//! Lines and columns of many problems: each text is gone through once, not once for each problem.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// A line and a column, both from 1.
pub(super) type Position = (usize, usize);

/// The line (from 1) and column (from 1, in characters) of a byte of a text.
pub fn position(text: &str, offset: usize) -> Position {
    Cursor { text, at: 0, line: 1, column: 1 }.to(offset).position()
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
struct Cursor<'s> {
    text: &'s str,
    at: usize,
    line: usize,
    column: usize,
}

impl Cursor<'_> {
    /// The same further on, or from the start where that lies before.
    fn to(self, offset: usize) -> Self {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let from =
            if offset < self.at { Cursor { at: 0, line: 1, column: 1, ..self } } else { self };
        let between = &self.text[from.at..offset];
        let (line, column) = match between.rfind('\n') {
            Some(end) => {
                (from.line + between.matches('\n').count(), between[end + 1..].chars().count() + 1)
            }
            None => (from.line, from.column + between.chars().count()),
        };
        Cursor { at: offset, line, column, ..from }
    }

    fn position(self) -> Position {
        (self.line, self.column)
    }
}

/// Finds the places of problems, in the order of files and of their places in them at best.
pub(super) struct Places<'f, 's> {
    source: &'f dyn Fn(&str) -> Option<&'s str>,
    /// Where the last one of each file began.
    cursors: RefCell<HashMap<String, Option<Cursor<'s>>>>,
}

impl<'f, 's> Places<'f, 's> {
    /// `source` returns the text of a file.
    pub(super) fn new(source: &'f dyn Fn(&str) -> Option<&'s str>) -> Self {
        Places { source, cursors: RefCell::default() }
    }

    /// Where a span begins and ends (behind its last character), without blank space at its end; none
    /// if the whole file is meant or its text is not known.
    pub(super) fn of(
        &self,
        path: &str,
        span: Option<&Range<usize>>,
    ) -> Option<(Position, Position)> {
        let span = span?;
        let mut cursors = self.cursors.borrow_mut();
        if !cursors.contains_key(path) {
            let text = (self.source)(path);
            let cursor = text.map(|text| Cursor { text, at: 0, line: 1, column: 1 });
            cursors.insert(path.to_owned(), cursor);
        }
        let cursor = cursors.get_mut(path)?.as_mut()?;
        let span = without_blank_end(cursor.text, span);
        *cursor = cursor.to(span.start);
        Some((cursor.position(), cursor.to(span.end).position()))
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
        assert_eq!(position(text, 5), (2, 1));
        assert_eq!(places.of("a", None), None);
    }
}
