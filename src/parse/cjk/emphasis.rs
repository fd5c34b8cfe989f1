//! Emphasis beside Chinese punctuation, by the markdown-cjk-friendly amendment.
//!
//! CommonMark decides whether a run of `*`, `_` or `~` may open or close emphasis by the
//! characters beside it, and takes 。 or （ for punctuation like any other, so that
//! `**中文。**中文` stays literal. The amendment looks again at runs beside CJK characters
//! (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>). pulldown-cmark
//! 0.13 does not know it. Where the two disagree on a run, a word joiner (U+2060, neither space
//! nor punctuation) is put beside it so that the plain rules give the amended answer; it is taken
//! out again from every string that the parser returns.

use std::borrow::Cow;

use super::{is_cjk, is_punctuation};

const JOINER: char = '\u{2060}';

/// A text with word joiners put in, and what is needed to take them out again.
pub struct Joined<'a> {
    /// The text to parse.
    pub text: Cow<'a, str>,
    /// Where joiners begin in `text`, ascending.
    joints: Vec<usize>,
    /// What stands for the author's own joiners meanwhile (a noncharacter of the same length).
    stand_in: Option<char>,
}

impl Joined<'_> {
    /// The place in the author's text of a place in [`Joined::text`].
    pub fn original(&self, offset: usize) -> usize {
        offset - JOINER.len_utf8() * self.joints.partition_point(|&joint| joint < offset)
    }

    /// Whether strings of the parser need [`Joined::restore`] at all.
    pub fn is_plain(&self) -> bool {
        self.joints.is_empty()
    }

    /// A string of the parser with the joiners taken out, and the author's own put back.
    pub fn restore(&self, text: &str) -> String {
        let kept = text.chars().filter(|&c| c != JOINER);
        kept.map(|c| if Some(c) == self.stand_in { JOINER } else { c }).collect()
    }
}

/// Puts word joiners beside the delimiter runs of a Markdown text that the amendment reads
/// otherwise than CommonMark does. In linear time.
pub fn join(text: &str) -> Joined<'_> {
    let joints = find_joints(text);
    if joints.is_empty() {
        return Joined { text: Cow::Borrowed(text), joints, stand_in: None };
    }
    let stand_in = text
        .contains(JOINER)
        .then(|| ('\u{FDD0}'..='\u{FDEF}').find(|&c| !text.contains(c)))
        .flatten();
    let author = |part: &str| match stand_in {
        Some(c) => part.replace(JOINER, c.encode_utf8(&mut [0; 4])),
        None => part.to_owned(),
    };
    let mut out = String::with_capacity(text.len() + joints.len() * JOINER.len_utf8());
    let mut moved = Vec::with_capacity(joints.len());
    let mut from = 0;
    for at in joints {
        out += &author(&text[from..at]);
        moved.push(out.len());
        out.push(JOINER);
        from = at;
    }
    out += &author(&text[from..]);
    Joined { text: Cow::Owned(out), joints: moved, stand_in }
}

/// The places where a joiner is needed, ascending.
fn find_joints(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut joints = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
            delimiter @ (b'*' | b'_' | b'~') => {
                let length = bytes[at..].iter().take_while(|&&b| b == delimiter).count();
                let end = at + length;
                if let Some((before, after)) = joints_of_run(text, at, end) {
                    joints.extend(before.then_some(at));
                    joints.extend(after.then_some(end));
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    joints
}

/// Whether the run `text[start..end]` needs a joiner before it and after it.
fn joints_of_run(text: &str, start: usize, end: usize) -> Option<(bool, bool)> {
    let mut back = text[..start].chars().rev();
    let before = back.next().unwrap_or('\n');
    let before_that = back.next().unwrap_or('\n');
    let after = text[end..].chars().next().unwrap_or('\n');
    if before.is_ascii() && after.is_ascii() {
        return None;
    }
    let (left, right) = amended_flanks(before_that, before, after);
    let class_of_before = class_through_selector(before_that, before);
    match text.as_bytes()[start] {
        b'~' if end - start == 2 => {
            let closes = !before.is_whitespace()
                && (!is_punctuation(before) || after.is_whitespace() || is_punctuation(after));
            (right && !closes).then_some((true, false))
        }
        b'~' => None,
        delimiter => {
            let underscore = delimiter == b'_';
            let wanted = if underscore {
                let opens = left && (!right || is_punctuation(class_of_before));
                (opens, right && (!left || is_punctuation(after)))
            } else {
                (left, right)
            };
            [(false, false), (false, true), (true, false), (true, true)]
                .into_iter()
                .find(|&(joint_before, joint_after)| {
                    let before = if joint_before { JOINER } else { before };
                    let after = if joint_after { JOINER } else { after };
                    plain_roles(before, after, underscore) == wanted
                })
                .filter(|joints| *joints != (false, false))
        }
    }
}

/// Whether a run is left- and right-flanking by the amendment (its rules 2a and 2b).
fn amended_flanks(before_that: char, before: char, after: char) -> (bool, bool) {
    let cjk_before = is_cjk_before(before_that, before);
    let base = class_through_selector(before_that, before);
    let left = !after.is_whitespace()
        && (!is_punctuation(after)
            || is_cjk(after)
            || before.is_whitespace()
            || cjk_before
            || is_punctuation(base));
    let right = !before.is_whitespace()
        && (!is_punctuation(base)
            || cjk_before
            || is_cjk(after)
            || after.is_whitespace()
            || is_punctuation(after));
    (left, right)
}

/// The character that decides the class of what stands before a run: the one before a
/// non-emoji variation selector (U+FE00–U+FE0E), else the character itself.
fn class_through_selector(before_that: char, before: char) -> char {
    if matches!(before, '\u{FE00}'..='\u{FE0E}') { before_that } else { before }
}

/// Whether what stands before a run counts as a CJK character: one, or one with a variation
/// selector behind it, or a quotation mark made full-width by U+FE01.
fn is_cjk_before(before_that: char, before: char) -> bool {
    match before {
        '\u{FE01}' if matches!(before_that, '‘' | '’' | '“' | '”') => true,
        '\u{FE00}'..='\u{FE0E}' => is_cjk(before_that),
        '\u{E0100}'..='\u{E01EF}' => true,
        _ => is_cjk(before),
    }
}

/// Whether CommonMark 0.31 lets a run open and close emphasis (section 6.2, rules 1 to 8).
fn plain_roles(before: char, after: char, underscore: bool) -> (bool, bool) {
    let (space_before, space_after) = (before.is_whitespace(), after.is_whitespace());
    let (mark_before, mark_after) = (is_punctuation(before), is_punctuation(after));
    let left = !space_after && (!mark_after || space_before || mark_before);
    let right = !space_before && (!mark_before || space_after || mark_after);
    if underscore {
        (left && (!right || mark_before), right && (!left || mark_after))
    } else {
        (left, right)
    }
}
