//! Emphasis beside Chinese punctuation, by the markdown-cjk-friendly amendment.
//!
//! CommonMark decides whether a run of `*`, `_` or `~` may open or close emphasis by the
//! characters beside it, and takes 。 or （ for punctuation like any other, so that
//! `**中文。**中文` stays literal. The amendment looks again at runs beside CJK characters
//! (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>). pulldown-cmark
//! 0.13 does not know it. Where the two disagree on a run, a word joiner (U+2060, neither space
//! nor punctuation) is put beside it so that the plain rules give the amended answer. What stands
//! on the joiner's other side must not be deceived: another run or a straight quotation mark there
//! sees a separator, a symbol that the text does not use, for the delimiter that it saw before.
//! Both are taken out again from every string that the parser returns.

use std::borrow::Cow;

use super::{is_cjk, is_punctuation};

const JOINER: char = '\u{2060}';

/// Symbols of which one may stand for a delimiter: Braille patterns, of the joiner's length.
const SEPARATORS: std::ops::RangeInclusive<char> = '\u{2801}'..='\u{28FF}';

/// A text with word joiners put in, and what is needed to take them out again.
pub struct Joined<'a> {
    /// The text to parse.
    pub text: Cow<'a, str>,
    /// Where joiners and separators begin in `text`, ascending.
    joints: Vec<usize>,
    /// What stands for a delimiter beside a joiner.
    separator: Option<char>,
    /// What stands for the author's own joiners meanwhile (a noncharacter of the same length).
    stand_in: Option<char>,
    /// What stands for the dollars that were set aside.
    dollar: Option<char>,
}

impl Joined<'_> {
    /// Puts something else in place of dollars, for which the parser has a meaning of its own. One
    /// byte for one byte: punctuation without a meaning that the text does not use, else a control
    /// character. No entity may decode to it.
    pub fn set_dollars_aside(&mut self, places: &[usize]) {
        let text = &self.text;
        let marks = ['%', ','].into_iter().filter(|_| !text.contains('&'));
        let free = |c: &char| !text.contains(*c);
        let Some(dollar) = self.dollar.or_else(|| marks.chain('\u{1}'..='\u{8}').find(free)) else {
            return;
        };
        self.dollar = Some(dollar);
        let text = self.text.to_mut();
        for at in places {
            text.replace_range(at..&(at + 1), dollar.encode_utf8(&mut [0; 4]));
        }
    }

    /// The place in the author's text of a place in [`Joined::text`].
    pub fn original(&self, offset: usize) -> usize {
        offset - JOINER.len_utf8() * self.joints.partition_point(|&joint| joint < offset)
    }

    /// Whether strings of the parser need [`Joined::restore`] at all.
    pub fn is_plain(&self) -> bool {
        self.joints.is_empty() && self.dollar.is_none()
    }

    /// Whether a string of the parser is as the author wrote it.
    pub fn is_own(&self, text: &str) -> bool {
        text.is_ascii() && self.dollar.is_none_or(|dollar| !text.contains(dollar))
    }

    /// A string of the parser with the joiners taken out, and the author's own and dollars put back.
    pub fn restore(&self, text: &str) -> String {
        // Without joints every joiner is the author's.
        let put_in = |c| c == JOINER && !self.joints.is_empty() || Some(c) == self.separator;
        let kept = text.chars().filter(|&c| !put_in(c));
        kept.map(|c| match Some(c) {
            c if c == self.stand_in => JOINER,
            c if c == self.dollar => '$',
            _ => c,
        })
        .collect()
    }
}

/// A text with a line feed for each carriage return that stands alone, which ends a line too
/// (CommonMark 0.31, section 2.1). pulldown-cmark 0.13 looks for the end of a heading with attributes by
/// line feeds only, and loses what stands between.
fn line_ends(text: &str) -> Cow<'_, str> {
    let alone = |at: usize| !text[at + 1..].starts_with('\n');
    if !text.match_indices('\r').any(|(at, _)| alone(at)) {
        return Cow::Borrowed(text);
    }
    let ends = |(at, c)| if c == '\r' && alone(at) { '\n' } else { c };
    text.char_indices().map(ends).collect()
}

/// What a comment begins with.
const OPEN: &str = "<!--";

/// Puts word joiners beside the delimiter runs of a Markdown text that the amendment reads
/// otherwise than CommonMark does. In linear time.
pub fn join(text: &str) -> Joined<'_> {
    let text = line_ends(text);
    let mut joints = find_joints(&text);
    add_calls(&text, &mut joints);
    if joints.is_empty() {
        return Joined { text, joints: vec![], separator: None, stand_in: None, dollar: None };
    }
    let separates = joints.iter().any(|(_, mark)| *mark == Mark::Separator);
    let separator = separates.then(|| SEPARATORS.rev().find(|&c| !text.contains(c))).flatten();
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
    for (at, mark) in joints {
        out += &author(&text[from..at]);
        from = at;
        let mark = if mark == Mark::Joiner { Some(JOINER) } else { separator };
        if let Some(mark) = mark {
            moved.push(out.len());
            out.push(mark);
        }
    }
    out += &author(&text[from..]);
    Joined { text: Cow::Owned(out), joints: moved, separator, stand_in, dollar: None }
}

/// Adds joiners before calls of shortcodes that begin a line and have text behind them, as CommonMark
/// would take the whole line for a block of HTML (section 4.6, start condition 2).
fn add_calls(text: &str, joints: &mut Vec<(usize, Mark)>) {
    let before = joints.len();
    let marks = |c: char| c.is_ascii_digit() || " \t>-+*.)".contains(c);
    let mut from = 0;
    while let Some(at) = text[from..].find(OPEN).map(|at| from + at) {
        let line = text[from..at].rfind('\n').map_or(from, |end| from + end + 1);
        // A line that was looked at already begins with more than marks.
        let first = line > from || from == 0;
        let inside = text[at + OPEN.len()..].trim_start();
        if !inside.strip_prefix('/').unwrap_or(inside).starts_with("gen:") {
            from = at + OPEN.len();
            continue;
        }
        let Some(end) = text[at..].find("-->").map(|end| at + end + 3) else { break };
        if first && text[line..at].chars().all(marks) {
            let rest = text[end..].split('\n').next().unwrap_or_default();
            if !rest.trim().is_empty() {
                joints.push((at, Mark::Joiner));
            }
        }
        from = end;
    }
    if joints.len() > before {
        joints.sort_by_key(|(at, _)| *at);
    }
}

/// What is put beside a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Joiner,
    Separator,
}

/// The places where joiners and separators are needed, in the order of the text.
fn find_joints(text: &str) -> Vec<(usize, Mark)> {
    let bytes = text.as_bytes();
    let is_quote = |at: usize| matches!(bytes.get(at), Some(b'"' | b'\''));
    let mut joints = Vec::new();
    // Where the last run ended, and what it needs there.
    let mut behind: Option<(usize, Option<Mark>)> = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
            delimiter @ (b'*' | b'_' | b'~') => {
                let length = bytes[at..].iter().take_while(|&&b| b == delimiter).count();
                let (before, after) = joints_of_run(text, at, at + length).unwrap_or_default();
                match behind.take() {
                    Some((end, mark)) if end == at => put(&mut joints, at, [mark, before]),
                    last => {
                        put_behind(&mut joints, last, is_quote);
                        let quote = at.checked_sub(1).is_some_and(is_quote);
                        put(&mut joints, at, [before.filter(|_| !quote), before]);
                    }
                }
                at += length;
                behind = Some((at, after));
            }
            _ => at += 1,
        }
    }
    put_behind(&mut joints, behind, is_quote);
    joints
}

fn put_behind(
    joints: &mut Vec<(usize, Mark)>,
    behind: Option<(usize, Option<Mark>)>,
    is_quote: impl Fn(usize) -> bool,
) {
    if let Some((end, mark)) = behind {
        put(joints, end, [mark, mark.filter(|_| !is_quote(end))]);
    }
}

/// Puts between two neighbours what each of them needs to see. One that needs nothing sees a
/// delimiter or a quotation mark, which a separator stands for.
fn put(joints: &mut Vec<(usize, Mark)>, at: usize, [left, right]: [Option<Mark>; 2]) {
    if left.is_none() && right.is_none() {
        return;
    }
    let left = left.unwrap_or(Mark::Separator);
    let right = right.unwrap_or(Mark::Separator);
    joints.push((at, left));
    joints.extend((left != right).then_some((at, right)));
}

/// What the run `text[start..end]` needs before it and after it.
fn joints_of_run(text: &str, start: usize, end: usize) -> Option<(Option<Mark>, Option<Mark>)> {
    const CHOICES: [Option<Mark>; 3] = [None, Some(Mark::Joiner), Some(Mark::Separator)];
    let mut back = text[..start].chars().rev();
    let before = back.next().unwrap_or('\n');
    let before_that = back.next().unwrap_or('\n');
    let after = text[end..].chars().next().unwrap_or('\n');
    if before.is_ascii() && after.is_ascii() {
        return None;
    }
    let (left, right) = amended_flanks(before_that, before, after);
    match text.as_bytes()[start] {
        b'~' if end - start == 2 => {
            let closes = !before.is_whitespace()
                && (!is_punctuation(before) || after.is_whitespace() || is_punctuation(after));
            let mark = if right { Mark::Joiner } else { Mark::Separator };
            (right != closes).then_some((Some(mark), None))
        }
        b'~' => None,
        delimiter => {
            let underscore = delimiter == b'_';
            let wanted = if underscore {
                let class_of_before = class_through_selector(before_that, before);
                let opens = left && (!right || is_punctuation(class_of_before));
                (opens, right && (!left || is_punctuation(after)))
            } else {
                (left, right)
            };
            let seen = |mark: Option<Mark>, c| match mark {
                None => c,
                Some(Mark::Joiner) => JOINER,
                Some(Mark::Separator) => *SEPARATORS.start(),
            };
            let pairs = CHOICES.iter().flat_map(|&b| CHOICES.iter().map(move |&a| (b, a)));
            pairs.min_by_key(|&(mark_before, mark_after)| {
                let roles =
                    plain_roles(seen(mark_before, before), seen(mark_after, after), underscore);
                let marks = usize::from(mark_before.is_some()) + usize::from(mark_after.is_some());
                (roles != wanted, marks)
            })
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
