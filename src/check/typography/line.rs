//! A text, as the rules look at it.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Edit, Message};
use crate::parse::cjk::is_han;
use crate::parse::leaf::{Glyph, OBJECT};

/// A text with its neighbourhoods.
pub(super) struct Line<'a> {
    path: &'a Arc<str>,
    glyphs: &'a [Glyph],
    /// What is part of an address.
    addresses: Vec<Range<usize>>,
}

/// How addresses begin that stand in a text without mark-up.
const SCHEMES: [&str; 4] = ["http://", "https://", "www.", "mailto:"];

impl<'a> Line<'a> {
    pub fn of(path: &'a Arc<str>, glyphs: &'a [Glyph]) -> Self {
        let mut line = Line { path, glyphs, addresses: Vec::new() };
        line.addresses = line.find_addresses();
        line
    }

    pub fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// A character; none beyond the ends.
    pub fn at(&self, index: usize) -> Option<char> {
        self.glyphs.get(index).map(|glyph| glyph.c)
    }

    /// The character before.
    pub fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|index| self.at(index))
    }

    /// The nearest character before that is no white space.
    pub fn solid_before(&self, index: usize) -> Option<char> {
        self.glyphs[..index].iter().rev().map(|glyph| glyph.c).find(|c| !c.is_whitespace())
    }

    /// The nearest character from `index` on that is no white space.
    pub fn solid_from(&self, index: usize) -> Option<char> {
        let rest = self.glyphs.get(index..)?;
        rest.iter().map(|glyph| glyph.c).find(|c| !c.is_whitespace())
    }

    /// Whether a character may be mended: it is text, and no part of an address.
    pub fn is_own(&self, index: usize) -> bool {
        self.glyphs.get(index).is_some_and(|glyph| glyph.own) && !self.in_address(index)
    }

    /// Whether a character is this one, and may be mended.
    pub fn has(&self, index: usize, c: char) -> bool {
        self.at(index) == Some(c) && self.is_own(index)
    }

    pub fn in_address(&self, index: usize) -> bool {
        let at = self.addresses.partition_point(|address| address.end <= index);
        self.addresses.get(at).is_some_and(|address| address.start <= index)
    }

    /// Whether no mark-up stands between some characters.
    pub fn is_plain(&self, range: Range<usize>) -> bool {
        self.glyphs[range].windows(2).all(|pair| pair[0].at.end == pair[1].at.start)
    }

    /// How many times a character that may be mended stands from `index` on.
    pub fn run(&self, index: usize, is: impl Fn(char) -> bool) -> usize {
        let own = (index..self.len()).take_while(|&at| self.is_own(at));
        own.take_while(|&at| self.at(at).is_some_and(&is)).count()
    }

    /// Whether it is Chinese that was written here: at least as many characters as Latin words. A
    /// quotation in English may stand in a Chinese file.
    pub fn is_chinese(&self) -> bool {
        let han = self.glyphs.iter().filter(|glyph| is_han(glyph.c)).count();
        let mut words = 0;
        let mut inside = false;
        for (index, glyph) in self.glyphs.iter().enumerate() {
            let letter = is_latin(glyph.c) && !self.in_address(index);
            words += usize::from(letter && !inside);
            inside = letter;
        }
        han > 0 && han >= words
    }

    /// The spaces around `index` that may be removed, nearest line breaks excluded.
    pub fn spaces_around(&self, range: Range<usize>) -> (Range<usize>, Range<usize>) {
        let space = |index: &usize| self.has(*index, ' ');
        let before = (0..range.start).rev().take_while(space).count();
        let after = (range.end..self.len()).take_while(space).count();
        (range.start - before..range.start, range.end..range.end + after)
    }

    pub fn replace(&self, index: usize, text: impl Into<String>) -> Edit {
        Edit { span: self.glyphs[index].at.clone(), text: text.into() }
    }

    pub fn remove(&self, range: Range<usize>) -> impl Iterator<Item = Edit> {
        range.map(|index| self.replace(index, ""))
    }

    /// A change that puts something before a character.
    pub fn insert(&self, index: usize, text: &str) -> Edit {
        let gap = self.glyphs[index].gap;
        Edit { span: gap..gap, text: text.to_owned() }
    }

    /// A problem with some characters.
    pub fn warn(&self, code: &'static str, range: Range<usize>, message: Message) -> Diagnostic {
        let last = range.end.max(range.start + 1) - 1;
        let span = self.glyphs[range.start].at.start..self.glyphs[last].at.end;
        Diagnostic::warning(code, self.path.clone(), span, message)
    }

    /// The characters of a range, with … for what is no text.
    pub fn shown(&self, range: Range<usize>) -> String {
        let shown = |glyph: &Glyph| if glyph.c == OBJECT { '…' } else { glyph.c };
        self.glyphs[range].iter().map(shown).collect()
    }

    fn find_addresses(&self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < self.len() {
            let begins = |scheme: &str| {
                scheme
                    .chars()
                    .enumerate()
                    .all(|(i, c)| self.at(at + i).is_some_and(|own| own.eq_ignore_ascii_case(&c)))
            };
            let word = self.before(at).is_some_and(|c| c.is_ascii_alphanumeric());
            match SCHEMES.into_iter().find(|scheme| begins(scheme)).filter(|_| !word) {
                Some(scheme) => {
                    let end = self.address_end(at + scheme.len());
                    found.push(at..end);
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }

    /// Where an address ends: at white space or what is Chinese. Chinese right behind a sign that an
    /// address has inside belongs to it, and then more of it. Punctuation at its end does not.
    fn address_end(&self, start: usize) -> usize {
        let (mut end, mut chinese) = (start, false);
        while let Some(c) = self.at(end).filter(|c| !c.is_whitespace() && *c != OBJECT) {
            let sign = self.before(end).is_some_and(|c| matches!(c, '/' | '=' | '_' | '-' | '%'));
            if !(c.is_ascii() || is_han(c) && (chinese || sign)) {
                break;
            }
            chinese |= is_han(c);
            end += 1;
        }
        while end > start && self.before(end).is_some_and(|c| ",.;:!?)\"'*_".contains(c)) {
            end -= 1;
        }
        end
    }
}

/// Whether a character is a Latin letter.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}') && c.is_alphabetic()
}

/// Whether a character is a Latin letter or a digit.
pub(super) fn is_word(c: char) -> bool {
    is_latin(c) || c.is_ascii_digit()
}

/// Whether a character is punctuation that fills a full square.
pub(super) fn is_full(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '（'
            | '）'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '「'
            | '」'
            | '『'
            | '』'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '［'
            | '］'
    )
}

/// Whether a character is Chinese, or punctuation of Chinese.
pub(super) fn is_cjk(c: char) -> bool {
    is_han(c) || is_full(c)
}
