//! Where the plain text of a block stands in its file.
//!
//! The text lacks the mark-up, and some of it is written otherwise: `&amp;`, `\*`, `--`. A block
//! remembers the stretches in which text and file agree byte for byte, and what lies between.

use std::ops::Range;

use pulldown_cmark::Event;

/// Where each byte of a text stands in its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// In the order of the text, which they cover.
    stretches: Vec<Stretch>,
    /// How long the text is.
    length: u32,
}

/// A stretch of text and where it is written. Files are shorter than 4 GB: four bytes hold a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    /// Where it begins in the text.
    text: u32,
    /// Where it begins and ends in the file.
    start: u32,
    end: u32,
}

impl Places {
    /// Notes that the next `length` bytes of the text are written at `source`: byte for byte if that is
    /// as long, else as a whole.
    pub(super) fn push(&mut self, length: usize, source: &Range<usize>) {
        let (length, start, end) = (length as u32, source.start as u32, source.end as u32);
        let text = self.length;
        self.length += length;
        if let Some(last) = self.stretches.last_mut() {
            let agrees = text - last.text == last.end - last.start && length == end - start;
            if agrees && last.end == start {
                last.end = end;
                return;
            }
        }
        self.stretches.push(Stretch { text, start, end });
    }

    /// Where a range of the text is written in the file: from its first character to its last, with the
    /// mark-up between. None if the text is empty.
    pub fn source(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let at = |byte: usize| {
            let next = self.stretches.partition_point(|stretch| stretch.text as usize <= byte);
            let own = *self.stretches.get(next.checked_sub(1)?)?;
            let end = self.stretches.get(next).map_or(self.length, |next| next.text);
            let (text, start) = (own.text as usize, own.start as usize);
            Some((text, start..own.end as usize, end - own.text == own.end - own.start))
        };
        let (text, first, agrees) = at(range.start)?;
        let start = first.start + if agrees { range.start - text } else { 0 };
        let (text, last, agrees) = at(range.end.saturating_sub(1).max(range.start))?;
        let end = if agrees { last.start + (range.end - text) } else { last.end };
        Some(start..end.max(start))
    }
}

/// The pieces of the texts that pulldown-cmark gives in several, as around an entity, and that are
/// merged into one event: where each stands in the file, and how long it is as text.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pieces: Vec<(Range<usize>, usize)>,
    /// The text that came last, and whether it is noted.
    last: Option<(Range<usize>, usize, bool)>,
}

impl Pieces {
    /// Takes in an event in the order of the file; `length` is how long a text is.
    pub fn see(&mut self, event: &Event<'_>, span: Range<usize>, length: impl Fn(&str) -> usize) {
        let Event::Text(text) = event else {
            self.last = None;
            return;
        };
        let length = length(text);
        let noted = self.last.is_some();
        if let Some((span, length, false)) = self.last.take() {
            self.pieces.push((span, length));
        }
        if noted {
            self.pieces.push((span.clone(), length));
        }
        self.last = Some((span, length, noted));
    }

    /// The pieces of the text that stands in a range of the file; none if it was given in one.
    pub fn of(&self, span: &Range<usize>) -> &[(Range<usize>, usize)] {
        let at = |end: usize| self.pieces.partition_point(|(piece, _)| piece.start < end);
        &self.pieces[at(span.start)..at(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use crate::lang::Lang;
    use crate::memo::Memo;
    use crate::parse::markdown::{Body, Rules, parse};

    fn body(source: &str, lang: Lang) -> Body {
        parse(&Arc::from("a.md"), source, 0, lang, Rules::ALL, None, &Memo::new()).body
    }

    #[test]
    fn a_text_is_found_in_its_file() {
        for (source, text, written) in [
            ("One. Two.", "Two.", "Two."),
            ("# A *b* c", "A b c", "A *b* c"),
            ("A *b*. C **d**.", "A b.", "A *b*."),
            ("A *b*. C **d**.", "C d.", "C **d**."),
            ("A &amp; b. C.", "A & b.", "A &amp; b."),
            ("A &amp; b. C.", "C.", "C."),
            ("A \\*b. C.", "*b. C.", "*b. C."),
            ("\"A\" -- b. \"C\" d.", "b. “C”", "b. \"C\""),
            ("A `b c` d.", "b c", "b c"),
            ("A `` b`c `` d.", "b`c", "b`c"),
            ("A <https://b.c/d>. E.", "https://b.c/d", "https://b.c/d"),
            ("A [b][c]. D.\n\n[c]: /e", "b. D.", "b][c]. D."),
            ("A [[b]] c. D.", "\u{FFFC}", "[[b]]"),
            ("A $b^2$ c. D.", "\u{FFFC}", "$b^2$"),
            ("A b  \nc d.", "\n", "  \n"),
            ("> A b\n> c d. E.", "b\nc d.", "b\n> c d."),
            ("- A\n- b. *C* d.\n", "C d.", "C* d."),
            ("| A | b |\n|---|---|\n| c | d. E |\n", "E", "E"),
            ("**“甲。”**乙。丙。", "乙。", "乙。"),
            ("**“甲。”**乙。丙。", "“甲。”乙。", "“甲。”**乙。"),
            ("甲乙\n丙丁。戊。", "乙丙", "乙\n丙"),
            ("书$5，那本$6。戊。", "戊。", "戊。"),
            ("A b. C. {#d}", "C.", "C."),
            ("A &lt; b. C. {#d}", "C.", "C."),
            ("$甲$1\u{2060}乙", "乙", "乙"),
        ] {
            let body = body(source, if source.is_ascii() { Lang::En } else { Lang::Zh });
            let find = |text: &str| {
                body.blocks.iter().find_map(|block| Some((block, block.text.find(text)?)))
            };
            let (block, at) = find(text).expect(source);
            assert_eq!(&source[block.source_span(&(at..at + text.len()))], written, "{source}");
        }
        assert_eq!(body("A\n\n---\n", Lang::En).blocks[1].source_span(&(0..0)), 3..7);
    }

    proptest! {
        /// Letters and digits are written as they are read, so that each has a place of its own.
        #[test]
        fn every_letter_has_its_place(pieces in proptest::collection::vec(prop::sample::select(vec![
            "中", "a", "1", "&amp;", "&#35;", "\\*", "*", "**", "_", "`", "``", "\n", "\n\n", "> ", "- ", "[",
            "](b)", "[[", "]]", "|", "\"", "'", "--", "...", "。", "！", "“", "”", "$", " ", "  \n", "<b>", "~",
            "[^1]", "\n[^1]: ", "{#c}", "\u{2060}", "\r\n", "    ", "😀",
        ]), 0..24), zh: bool) {
            let source = pieces.concat();
            let body = body(&source, if zh { Lang::Zh } else { Lang::En });
            let notes = body.footnotes.iter().flat_map(|note| &note.blocks);
            for block in body.blocks.iter().chain(notes) {
                prop_assert_eq!(block.places.length as usize, block.text.len());
                for (at, c) in block.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                    let end = at + c.len_utf8();
                    let span = block.source_span(&(at..end));
                    prop_assert_eq!(&source[span], &block.text[at..end], "{:?}", source);
                    let whole = block.source_span(&(0..end));
                    prop_assert!(whole.start >= block.span.start && whole.end <= source.len());
                }
            }
        }
    }
}
