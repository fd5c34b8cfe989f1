//! Marks that stand several times over, and letters and digits of full width.

use super::line::{Line, is_cjk, is_word};
use crate::diag::Diagnostic;
use crate::msg;
use crate::parse::cjk::half_width;

/// How many question and exclamation marks may stand together (GB/T 15834—2011, 4.2.3.3 and 4.3.3.3).
const TOGETHER: usize = 3;

pub(super) fn check(line: &Line<'_>, found: &mut Vec<Diagnostic>) {
    let mut index = 0;
    while let Some(c) = line.at(index) {
        let length = match c {
            '!' | '?' | '！' | '？' => line.run(index, |c| matches!(c, '！' | '？')),
            _ => line.run(index, |own| own == c),
        };
        let run = index..index + length.max(1);
        match c {
            '，' | '、' | '；' | '：' if length > 1 => {
                found.push(repeated(line, index, length, 1));
            }
            '。' if length == 2 => found.push(repeated(line, index, length, 1)),
            '！' | '？' if length > TOGETHER => {
                found.push(repeated(line, index, length, TOGETHER));
            }
            '。' if length > 2 => found.push(ellipsis(line, index, length)),
            '.' if length > 2 && is_beside_chinese(line, index, length) => {
                found.push(ellipsis(line, index, length));
            }
            '…' if length == 1 && is_beside_chinese(line, index, length) => {
                found.push(ellipsis(line, index, length));
            }
            '-' if matches!(length, 2 | 3) && is_dash(line, index, length) => {
                found.push(dash(line, index, length));
            }
            _ => {}
        }
        index = run.end;
    }
}

fn repeated(line: &Line<'_>, index: usize, length: usize, kept: usize) -> Diagnostic {
    let run = index..index + length;
    let (shown, right) = (line.shown(run.clone()), line.shown(index..index + kept));
    let message = msg!("“{shown}”: the mark is repeated", "“{shown}”：标点重复了");
    line.warn("repeated-punctuation", run.clone(), message)
        .help(msg!("write “{right}”", "请写成“{right}”"))
        .fix(line.remove(index + kept..run.end).collect())
}

/// Whether a run has Chinese right before it or behind it, or behind a space.
fn is_beside_chinese(line: &Line<'_>, index: usize, length: usize) -> bool {
    let quoted = |c: char| is_cjk(c) || "“”‘’".contains(c);
    line.before(index).is_some_and(quoted) || line.at(index + length).is_some_and(quoted)
}

fn ellipsis(line: &Line<'_>, index: usize, length: usize) -> Diagnostic {
    let run = index..index + length;
    let shown = line.shown(run.clone());
    let mut fix = vec![line.replace(index, "……")];
    fix.extend(line.remove(index + 1..run.end));
    let message =
        msg!("“{shown}” is not how Chinese writes an ellipsis", "中文的省略号不写作“{shown}”");
    line.warn("wrong-ellipsis", run, message).help(msg!("write “……”", "请写成“……”")).fix(fix)
}

/// Whether hyphens stand for a dash: directly beside Chinese, or between spaces. Not the option of a
/// program (`--fix`).
fn is_dash(line: &Line<'_>, index: usize, length: usize) -> bool {
    let (before, after) = (line.before(index), line.at(index + length));
    let edge = |c: Option<char>| c.is_some_and(|c| is_cjk(c) || "“”".contains(c));
    // 传递--http=8080
    let option = after.is_some_and(|c| c.is_ascii_lowercase())
        || before.is_none() && after.is_some_and(is_word);
    if edge(before) || edge(after) {
        return !option;
    }
    before == Some(' ')
        && after == Some(' ')
        && line.solid_before(index).is_some_and(is_cjk)
        && line.solid_from(index + length).is_some_and(is_cjk)
}

fn dash(line: &Line<'_>, index: usize, length: usize) -> Diagnostic {
    let run = index..index + length;
    let shown = line.shown(run.clone());
    let (before, after) = line.spaces_around(run.clone());
    let mut fix = vec![line.replace(index, "——")];
    fix.extend(line.remove(index + 1..run.end).chain(line.remove(before)));
    if after.end < line.len() {
        fix.extend(line.remove(after));
    }
    let message = msg!("“{shown}” is not how Chinese writes a dash", "中文的破折号不写作“{shown}”");
    line.warn("wrong-dash", run, message).help(msg!("write “——”", "请写成“——”")).fix(fix)
}

/// Letters and digits of full width, in either language.
pub(super) fn letters(line: &Line<'_>, found: &mut Vec<Diagnostic>) {
    let mut index = 0;
    while index < line.len() {
        let length = line.run(index, |c| half(c).is_some());
        if length == 0 {
            index += 1;
            continue;
        }
        let run = index..index + length;
        let shown = line.shown(run.clone());
        let right: String = shown.chars().filter_map(half).collect();
        let fix =
            run.clone().filter_map(|at| Some(line.replace(at, half(line.at(at)?)?))).collect();
        let message =
            msg!("“{shown}” is of full-width letters or digits", "“{shown}”是全角的字母或数字");
        let problem = line.warn("fullwidth-letters", run.clone(), message);
        found.push(problem.help(msg!("write “{right}”", "请写成“{right}”")).fix(fix));
        index = run.end;
    }
}

/// The ASCII form of a letter or digit of full width.
fn half(c: char) -> Option<char> {
    let half = half_width(c);
    (half != c && half.is_ascii_alphanumeric()).then_some(half)
}
