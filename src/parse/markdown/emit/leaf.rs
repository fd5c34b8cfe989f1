//! Writing itself: tags, holes, and the leaves that hold the text.

use std::ops::Range;

use super::Emitter;
use crate::parse::markdown::{BlockKind, Hole, HoleKind, Part, Sentence};
use crate::parse::sentences;

/// The leaf being written.
pub(super) struct Leaf {
    start: usize,
    /// Ranges of text that no sentence may end inside.
    whole: Vec<Range<usize>>,
    /// Where the outermost link or raw HTML element that is still open began, and how many are.
    open: Option<(usize, usize)>,
}

impl Emitter<'_, '_> {
    pub(super) fn write(&mut self, html: &str) {
        self.block.html += html;
        if !html.is_empty() {
            self.newline = html.ends_with('\n');
        }
    }

    /// Starts a block-level tag on a line of its own.
    pub(super) fn fresh(&mut self, html: &str) {
        self.close_leaf();
        if !self.newline {
            self.write("\n");
        }
        self.write(html);
    }

    /// Ends a block-level element.
    pub(super) fn finish(&mut self, html: &str) {
        self.close_leaf();
        self.write(html);
    }

    /// Begins a part of the block where the event stands that is being written.
    pub(super) fn begin_part(&mut self) {
        let (span, leaf, html) = (self.here.clone(), self.block.leaves, self.block.html.len());
        self.block.parts.push(Part { span, leaf, html });
    }

    pub(super) fn hole(&mut self, kind: HoleKind) {
        self.block.holes.push(Hole { at: self.block.html.len(), kind });
        self.newline = false;
    }

    pub(super) fn open_leaf(&mut self) -> &mut Leaf {
        if self.leaf.is_none() {
            if self.depth == 0 {
                self.begin_part();
            }
            let newline = self.newline;
            self.hole(HoleKind::LeafOpen);
            self.newline = newline;
        }
        let start = self.block.text.len();
        self.leaf.get_or_insert_with(|| Leaf { start, whole: Vec::new(), open: None })
    }

    /// Notes that a sentence may begin before the mark-up that follows.
    pub(super) fn mark(&mut self) {
        self.open_leaf();
        let newline = self.newline;
        self.hole(HoleKind::Mark);
        self.newline = newline;
    }

    pub(super) fn close_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        self.opened.close(&mut self.block.html);
        let newline = self.newline;
        self.hole(HoleKind::LeafClose);
        self.newline = newline;
        let text = &self.block.text[leaf.start..];
        let mut whole = leaf.whole;
        whole.extend(leaf.open.map(|(from, _)| from..self.block.text.len()));
        let whole: Vec<_> =
            whole.iter().map(|r| r.start - leaf.start..r.end - leaf.start).collect();
        let number = self.block.leaves;
        let found = match self.block.kind {
            BlockKind::Heading(_) => {
                let trimmed = text.trim();
                let start = text.len() - text.trim_start().len();
                (!trimmed.is_empty()).then(|| start..start + trimmed.len()).into_iter().collect()
            }
            _ => sentences::split(text, &whole),
        };
        let found = found.into_iter().map(|range| Sentence {
            leaf: number,
            range: range.start + leaf.start..range.end + leaf.start,
        });
        self.block.sentences.extend(found);
        self.block.leaves += 1;
    }

    /// Adds a character that stands for what is written at `span`.
    pub(super) fn push_char(&mut self, c: char, span: &Range<usize>) {
        self.block.text.push(c);
        self.block.places.push(c.len_utf8(), span);
    }

    /// Adds text that readers see; it is written at `span`.
    pub(super) fn text(&mut self, text: &str, span: &Range<usize>) {
        self.open_leaf();
        let start = self.block.text.len();
        self.block.text += text;
        self.locate(text, span);
        let range = start..self.block.text.len();
        let at = self.block.html.len();
        let verbatim = self.verbatim > 0;
        match self.block.holes.last_mut() {
            Some(Hole { at: before, kind: HoleKind::Text(last) })
                if !verbatim && *before == at && last.end == start =>
            {
                last.end = range.end;
            }
            _ if verbatim => self.hole(HoleKind::Verbatim(range)),
            _ => self.hole(HoleKind::Text(range)),
        }
        self.newline = text.ends_with('\n');
    }

    /// Notes where a text is written that was just added.
    fn locate(&mut self, text: &str, span: &Range<usize>) {
        let mut rest = text.len();
        for (source, length) in self.reader.pieces.of(span) {
            // Attributes may have been cut off its end.
            let kept = rest.min(*length);
            let end = if source.len() == *length { source.start + kept } else { source.end };
            self.block.places.push(kept, &(source.start..end));
            rest -= kept;
        }
        if rest > 0 {
            self.block.places.push(rest, span);
        }
    }

    /// Begins something that no sentence may end inside.
    pub(super) fn open_whole(&mut self) {
        let at = self.block.text.len();
        let leaf = self.open_leaf();
        leaf.open = Some(leaf.open.map_or((at, 1), |(from, depth)| (from, depth + 1)));
    }

    pub(super) fn close_whole(&mut self) {
        let end = self.block.text.len();
        if let Some(leaf) = &mut self.leaf {
            match leaf.open {
                Some((from, 1)) => {
                    leaf.whole.push(from..end);
                    leaf.open = None;
                }
                Some((from, depth)) => leaf.open = Some((from, depth - 1)),
                None => {}
            }
        }
    }
}
