//! The words in Latin letters of a sentence, with their places; what is code is left out.

use std::ops::Range;

use crate::check::unit::{Piece, code_ranges};

/// A word as it is written: letters, digits, and what joins them inside (`Lemon8`, `k8s`, `v1.26`, `@momo`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    /// Its bytes in the sentence.
    pub range: Range<usize>,
}

/// The words of a sentence outside code.
pub(super) fn of_piece<'a>(piece: &Piece<'a>) -> Vec<Word<'a>> {
    let text = piece.text();
    let masked = masked(piece);
    of(&masked)
        .into_iter()
        .map(|word| Word { text: &text[word.range.clone()], range: word.range })
        .collect()
}

/// A sentence with spaces in place of code, a space for each byte.
pub(super) fn masked(piece: &Piece<'_>) -> String {
    let mut text = piece.text().to_owned();
    let own = piece.sentence.range.clone();
    for code in code_ranges(piece.block) {
        let (start, end) = (code.start.max(own.start), code.end.min(own.end));
        if start < end {
            text.replace_range(start - own.start..end - own.start, &" ".repeat(end - start));
        }
    }
    text
}

/// The words of a text. An address (`https://…`) is one word.
pub(super) fn of(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if !is_word(c) {
            at += c.len_utf8();
            continue;
        }
        // `@momo` and `#momo` begin with their mark.
        let start = if text[..at].ends_with(['@', '#']) { at - 1 } else { at };
        at = end_of(text, at);
        found.push(Word { text: &text[start..at], range: start..at });
    }
    found
}

/// Where the word ends that begins at a byte.
fn end_of(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    if rest.starts_with("https://") || rest.starts_with("http://") {
        let ends = |c: char| c.is_whitespace() || is_wide(c) || "<>\"'()[]{}，。；、".contains(c);
        return start + rest.find(ends).unwrap_or(rest.len());
    }
    let mut before = ' ';
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let between = |test: fn(char) -> bool| test(before) && next.is_some_and(test);
        let joins = match c {
            '.' | '_' | '-' | '@' | '+' | '\'' | '’' => between(is_word),
            ',' => between(|c| c.is_ascii_digit()),
            _ => false,
        };
        if !is_word(c) && !joins {
            return start + at;
        }
        before = c;
    }
    text.len()
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.is_alphanumeric() && !is_wide(c)
}

pub(super) fn is_wide(c: char) -> bool {
    c >= '\u{1100}'
        && (crate::parse::cjk::is_han(c)
            || matches!(c, '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF00}'..='\u{FFEF}'))
}

impl Word<'_> {
    /// Whether it is a number, with what is written behind numbers: 30,000, 19th, 1990s, 30k, 100MB.
    pub fn is_number(&self) -> bool {
        let rest =
            self.text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        let dots = self.text.matches('.').count();
        let begins = self.text.starts_with(|c: char| c.is_ascii_digit());
        begins && dots < 2 && rest.len() <= 3 && rest.bytes().all(|b| b.is_ascii_alphabetic())
    }

    /// Whether it names a thing by letters and digits together, or is an address or a handle: what
    /// translations leave as it is.
    pub fn is_identifier(&self) -> bool {
        let has = |test: fn(&u8) -> bool| self.text.as_bytes().iter().any(test);
        let letters = has(u8::is_ascii_alphabetic);
        // 4-day, 5-8pm.
        let counts = self.text.starts_with(|c: char| c.is_ascii_digit());
        let joined = self.text.contains("://") || self.text.contains(['_', '@', '/']);
        let mixed = letters && has(u8::is_ascii_digit) && !counts;
        let dotted = self.text.matches('.').count() >= 2 && has(u8::is_ascii_digit);
        (joined || mixed || dotted) && !self.is_number()
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn words_keep_what_joins_them() {
        let cases = [
            ("用户 @Lauren Elizabeth 的 Lemon8，还有V50。", "@Lauren! Elizabeth Lemon8! V50!"),
            (
                "v1.26 and 1.26.3, 30,000 people; k8s. 16:29",
                "v1.26! and 1.26.3! 30,000# people k8s! 16# 29#",
            ),
            (
                "see https://example.org/a-b?c=1 (e.g. don't)",
                "see https://example.org/a-b?c=1! e.g don't",
            ),
            ("5%，19th、1990s、30k、100MB", "5# 19th# 1990s# 30k# 100MB#"),
        ];
        for (text, expected) in cases {
            let words: Vec<String> = of(text)
                .iter()
                .map(|word| {
                    assert_eq!(&text[word.range.clone()], word.text);
                    let mark = match (word.is_number(), word.is_identifier()) {
                        (true, _) => "#",
                        (_, true) => "!",
                        _ => "",
                    };
                    format!("{}{mark}", word.text)
                })
                .collect();
            assert_eq!(words.join(" "), expected, "{text}");
        }
    }
}
