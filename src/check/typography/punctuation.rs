//! Half-width punctuation in Chinese: `,` `.` `;` `:` `?` `!` and parentheses beside Chinese characters.

use super::line::{Line, is_cjk, is_full, is_word};
use crate::diag::{Diagnostic, Edit};
use crate::msg;
use crate::parse::cjk::is_han;
use crate::parse::leaf::OBJECT;

const CODE: &str = "halfwidth-punctuation";

/// Each mark with its full-width form.
const FULL: [(char, char); 8] = [
    (',', '，'),
    ('.', '。'),
    (';', '；'),
    (':', '：'),
    ('?', '？'),
    ('!', '！'),
    ('(', '（'),
    (')', '）'),
];

fn full(c: char) -> Option<char> {
    FULL.iter().find(|(half, _)| *half == c).map(|(_, full)| *full)
}

pub(super) fn check(line: &Line<'_>, found: &mut Vec<Diagnostic>) {
    for index in (0..line.len()).filter(|&index| line.is_own(index)) {
        let Some(c) = line.at(index) else { continue };
        if !matches!(c, '(' | ')')
            && let Some(full) = full(c)
            && is_chinese(line, index, c)
        {
            found.push(mark(line, index, c, full));
        }
    }
    parentheses(line, found);
}

/// Whether a mark is one of the Chinese around it.
fn is_chinese(line: &Line<'_>, index: usize, c: char) -> bool {
    let (before, after) = (line.before(index), line.at(index + 1));
    let behind = |end: char| is_han(end) || is_full(end) && !opens(end) || "”’％".contains(end);
    let digits =
        before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
    let part_of_run = c == '.' && (before == Some(c) || after == Some(c));
    if digits || part_of_run || is_face(line, index, c) || is_emoji(line, index, c) {
        return false;
    }
    let word_after = after.is_some_and(is_word);
    if before.is_some_and(behind) {
        // 中文.com, 中文.md
        return !(c == '.' && (word_after || after == Some('/')));
    }
    if before == Some(' ') && line.solid_before(index).is_some_and(behind) {
        // 用 .md 文件
        return matches!(c, ',' | ';' | '!' | '?') && !word_after
            || matches!(c, '.' | ':') && after.is_none_or(char::is_whitespace);
    }
    let word = before.is_some_and(|c| is_word(c) || matches!(c, OBJECT | ')' | '%' | '”' | '"'));
    let directly = after.is_some_and(|c| is_han(c) || opens(c));
    let spaced = after == Some(' ') && line.solid_from(index + 1).is_some_and(is_han);
    match c {
        ',' | ';' | ':' => word && (directly || spaced),
        '?' | '!' => word && directly,
        '.' => ends_sentence(line, index) && (directly || line.solid_from(index + 1).is_none()),
        _ => false,
    }
}

/// Words that a full stop belongs to.
const ABBREVIATED: [&str; 22] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "Inc", "Ltd", "Co", "Corp", "Jr", "Sr", "vs",
    "etc", "al", "Fig", "Vol", "pp", "ed", "eds", "cf",
];

/// Whether a full stop behind a Latin word ends the sentence: the word is longer than an initial, and
/// written out.
fn ends_sentence(line: &Line<'_>, index: usize) -> bool {
    let letters = (0..index).rev().take_while(|&at| line.at(at).is_some_and(is_word)).count();
    let word = line.shown(index - letters..index);
    let initials = line.before(index - letters) == Some('.');
    letters > 1
        && !initials
        && !word.ends_with(|c: char| c.is_ascii_digit())
        && !ABBREVIATED.contains(&word.as_str())
}

fn opens(c: char) -> bool {
    "（《〈「『【〔［“‘".contains(c)
}

/// Whether a mark is part of a face: `:)`, `;-)`, `:D`.
fn is_face(line: &Line<'_>, index: usize, c: char) -> bool {
    if !matches!(c, ':' | ';') {
        return false;
    }
    let nose = usize::from(line.at(index + 1) == Some('-'));
    let mouth = line.at(index + 1 + nose);
    let end = line.at(index + 2 + nose).is_none_or(|c| !is_word(c));
    mouth.is_some_and(|c| ")(]".contains(c) || "DPpOo3".contains(c) && end)
}

/// Whether a colon is part of the name of an emoji: `:smile:`.
fn is_emoji(line: &Line<'_>, index: usize, c: char) -> bool {
    let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(c);
    let length = |mut at: usize, step: fn(usize) -> Option<usize>| {
        let mut count = 0usize;
        while let Some(next) = step(at)
            && line.at(next).is_some_and(inside)
        {
            (at, count) = (next, count + 1);
        }
        (count > 1 && step(at).is_some_and(|next| line.at(next) == Some(':'))).then_some(())
    };
    c == ':'
        && (length(index, |at| at.checked_add(1)).is_some()
            || length(index, |at| at.checked_sub(1)).is_some())
}

fn mark(line: &Line<'_>, index: usize, c: char, full: char) -> Diagnostic {
    let (before, after) = line.spaces_around(index..index + 1);
    let mut fix = vec![line.replace(index, full)];
    fix.extend(line.remove(before));
    if after.end < line.len() {
        fix.extend(line.remove(after));
    }
    let message = msg!("“{c}” is half-width, in Chinese text", "中文里用了半角的“{c}”");
    line.warn(CODE, index..index + 1, message)
        .help(msg!("write “{full}”", "请写成“{full}”"))
        .fix(fix)
}

/// Parentheses by pairs: around Chinese, or right behind it; and those of two widths.
fn parentheses(line: &Line<'_>, found: &mut Vec<Diagnostic>) {
    let mut open: Vec<usize> = Vec::new();
    // How many characters before each place are Chinese, and how many are words.
    let mut counts = vec![(0usize, 0usize)];
    for index in 0..line.len() {
        let (chinese, words) = counts[index];
        let is = |of: fn(char) -> bool| usize::from(line.at(index).is_some_and(of));
        counts.push((chinese + is(is_cjk), words + is(is_word)));
        match line.at(index) {
            Some('(' | '（') => open.push(index),
            Some(')' | '）') => {
                if let Some(start) = open.pop() {
                    let (before, after) = (counts[start + 1], counts[index]);
                    let holds = (after.0 > before.0, after.1 > before.1);
                    found.extend(pair(line, start, index, holds));
                }
            }
            _ => {}
        }
    }
}

/// A pair of parentheses; `holds` says whether there is Chinese inside, and whether there are words.
fn pair(
    line: &Line<'_>,
    start: usize,
    end: usize,
    (around_chinese, around_words): (bool, bool),
) -> Option<Diagnostic> {
    let half: Vec<usize> =
        [start, end].into_iter().filter(|&at| line.has(at, '(') || line.has(at, ')')).collect();
    let (first, before) = (*half.first()?, line.before(start));
    let mixed = half.len() == 1 && [start, end].iter().any(|&at| line.at(at).is_some_and(is_full));
    // f(值), and a link that is none: [文字](地址)
    let call = before.is_some_and(is_word)
        && start.checked_sub(2).is_none_or(|at| !line.at(at).is_some_and(is_word));
    let behind_chinese = before.is_some_and(is_cjk) && around_words;
    if half.len() == 1 && !mixed || before == Some(']') || call && !mixed {
        return None;
    }
    if !(mixed || around_chinese || behind_chinese) {
        return None;
    }
    let mut fix: Vec<Edit> = Vec::new();
    for &at in &half {
        fix.extend(line.at(at).and_then(full).map(|full| line.replace(at, full)));
        let (before, after) = line.spaces_around(at..at + 1);
        fix.extend(line.remove(before));
        if after.end < line.len() {
            fix.extend(line.remove(after));
        }
    }
    let shown = line.shown(start..start + 1) + &line.shown(end..end + 1);
    let message = match mixed {
        true => msg!("“{shown}” are of two widths", "括号“{shown}”一个全角，一个半角"),
        false => msg!("“()” are half-width, in Chinese text", "中文里用了半角的括号“()”"),
    };
    Some(
        line.warn(CODE, first..first + 1, message)
            .help(msg!("write “（）”", "请写成“（）”"))
            .fix(fix),
    )
}
