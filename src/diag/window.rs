//! What is shown of a text around a place: its lines, cut where they are too long for a terminal.

use std::ops::Range;

/// How many columns of a line are shown, a Chinese character taking two: most windows are at least as wide.
const COLUMNS: usize = 90;

/// How many of them stand before the place.
const BEFORE: usize = 24;

/// The lines of a text that a span touches; its first one alone when there are more than three.
pub(super) struct Window {
    /// The lines.
    pub shown: String,
    /// The number of the first, from 1.
    pub first_line: usize,
    /// Where the span lies in what is shown.
    pub span: Range<usize>,
}

impl Window {
    pub fn of(text: &str, span: &Range<usize>) -> Window {
        let start = boundary(text, span.start);
        let mut end = span.end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        if text[start..end].matches('\n').count() > 2 {
            end = start;
        }
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let first_line = text[..line_start].matches('\n').count() + 1;
        let mut window = Window { shown: String::new(), first_line, span: 0..0 };
        let mut at = line_start;
        for line in text[line_start..line_end].split('\n') {
            if at > line_start {
                window.shown.push('\n');
            }
            window.push(line, at, start..end);
            at += line.len() + 1;
        }
        window
    }

    /// Adds a line that begins at a byte of the text, without the carriage return at its end.
    fn push(&mut self, line: &str, at: usize, span: Range<usize>) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let inside = |byte: usize| byte.saturating_sub(at).min(line.len());
        let own = inside(span.start)..inside(span.end);
        let kept = kept(line, &own);
        if kept.start > 0 {
            self.shown.push('…');
        }
        let base = self.shown.len();
        let place = |byte: usize| base + byte.clamp(kept.start, kept.end) - kept.start;
        if (at..=at + line.len() + 1).contains(&span.start) {
            self.span = place(own.start)..place(own.start);
        }
        if span.end >= at {
            self.span.end = place(own.end).max(self.span.start);
        }
        self.shown += &line[kept.clone()];
        if kept.end < line.len() {
            self.shown.push('…');
        }
    }
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The bytes of a line that are shown: all of it if it is short, else what is around a place.
fn kept(line: &str, own: &Range<usize>) -> Range<usize> {
    if columns(line) <= COLUMNS {
        return 0..line.len();
    }
    let mut start = own.start;
    let mut wide = 0;
    for (at, c) in line[..own.start].char_indices().rev() {
        wide += width(c);
        if wide > BEFORE {
            break;
        }
        start = at;
    }
    // At the end of a line there is room for more before the place.
    let rest = columns(&line[start..]);
    if rest < COLUMNS {
        let mut room = COLUMNS - rest;
        for (at, c) in line[..start].char_indices().rev() {
            if width(c) > room {
                break;
            }
            room -= width(c);
            start = at;
        }
    }
    let mut end = start;
    let mut wide = 0;
    for (at, c) in line[start..].char_indices() {
        wide += width(c);
        if wide > COLUMNS {
            break;
        }
        end = start + at + c.len_utf8();
    }
    start..end
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// The columns of a terminal that a character takes.
fn width(c: char) -> usize {
    if c >= '\u{1100}' && c != '…' && !('\u{2000}'..='\u{2E7F}').contains(&c) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(text: &str, place: &str) -> (String, usize, String) {
        let start = text.find(place).unwrap_or(0);
        let window = Window::of(text, &(start..start + place.len()));
        let inside = window.shown[window.span.clone()].to_owned();
        (window.shown, window.first_line, inside)
    }

    #[test]
    fn short_lines_are_whole() {
        assert_eq!(window("一\r\n二猫\r\n三", "猫"), ("二猫".to_owned(), 2, "猫".to_owned()));
        assert_eq!(
            window("a b\r\nc d\r\ne", "b\r\nc"),
            ("a b\nc d".to_owned(), 1, "b\nc".to_owned())
        );
        assert_eq!(window("", ""), (String::new(), 1, String::new()));
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let line = "甲".repeat(50) + "猫" + &"乙".repeat(50);
        let (shown, _, inside) = window(&line, "猫");
        assert_eq!(inside, "猫");
        assert!(shown.starts_with("…甲") && shown.ends_with("乙…"), "{shown}");
        assert!(columns(&shown) <= COLUMNS + 2, "{shown}");
        let (shown, _, _) = window(&line, "甲甲");
        assert!(shown.starts_with("甲") && shown.ends_with('…'));
        let end = "甲".repeat(80) + "猫";
        let (shown, _, inside) = window(&end, "猫");
        assert!(inside == "猫" && shown.starts_with('…') && shown.ends_with('猫'));
        // What is marked may be longer than what is shown.
        let (shown, _, inside) = window(&line, &line);
        assert!(shown.ends_with('…') && inside.starts_with('甲'));
    }
}
