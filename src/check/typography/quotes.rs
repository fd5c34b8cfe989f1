//! Quotation marks in Chinese: straight ones, those of the other convention, and those without a
//! partner.

use super::line::{Line, is_word};
use crate::config::Quotes;
use crate::diag::{Diagnostic, quoted};
use crate::msg;
use crate::parse::cjk::is_han;

/// Curly and corner marks: outer opening, outer closing, inner opening, inner closing.
const CURLY: [char; 4] = ['“', '”', '‘', '’'];
const CORNER: [char; 4] = ['「', '」', '『', '』'];

/// The marks that are usual for a language tag: corner marks with traditional characters (BCP 47 has
/// them by script, or by region).
pub(super) fn usual(tag: &str) -> Quotes {
    let traditional = ["hant", "tw", "hk", "mo"];
    let says = |part: &str| traditional.iter().any(|known| known.eq_ignore_ascii_case(part));
    // zh-Hans-HK is written in simplified characters.
    let simplified = tag.split('-').any(|part| part.eq_ignore_ascii_case("hans"));
    if !simplified && tag.split('-').any(says) { Quotes::Corner } else { Quotes::Curly }
}

pub(super) fn check(line: &Line<'_>, quotes: Quotes, found: &mut Vec<Diagnostic>) {
    straight(line, quotes, found);
    single(line, quotes, found);
    convention(line, quotes, found);
    unpaired(line, found);
}

fn marks(quotes: Quotes) -> [char; 4] {
    if quotes == Quotes::Corner { CORNER } else { CURLY }
}

/// Straight double quotation marks, by pairs.
fn straight(line: &Line<'_>, quotes: Quotes, found: &mut Vec<Diagnostic>) {
    let inches = |index: usize| line.before(index).is_some_and(|c| c.is_ascii_digit());
    let all: Vec<usize> = (0..line.len()).filter(|&at| line.has(at, '"')).collect();
    // 5" alone is a length.
    let all: Vec<usize> = match all.len() % 2 {
        0 => all,
        _ => all.into_iter().filter(|&at| !inches(at)).collect(),
    };
    let [open, close, ..] = marks(quotes);
    let paired = all.len().is_multiple_of(2)
        && all.chunks(2).all(|pair| matches!(pair, [a, b] if is_pair(line, *a, *b)));
    for (number, &index) in all.iter().enumerate() {
        let mark = if number % 2 == 0 { open } else { close };
        let problem = line.warn(
            "straight-quotes",
            index..index + 1,
            msg!("a straight quotation mark, in Chinese text", "中文里用了直引号"),
        );
        let shown = quoted(&mark.to_string());
        found.push(match paired {
            true => problem
                .help(msg!("write {shown}", "请写成{shown}"))
                .fix(vec![line.replace(index, mark)]),
            false => {
                problem.help(msg!("write `{open}` and `{close}`", "请写成`{open}`和`{close}`"))
            }
        });
    }
}

/// Whether two marks are the beginning and the end of a quotation, and not the reverse.
fn is_pair(line: &Line<'_>, open: usize, close: usize) -> bool {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    close > open + 1 && !blank(line.at(open + 1)) && !blank(line.before(close))
}

/// Straight single quotation marks around Chinese. Others are apostrophes, or feet.
fn single(line: &Line<'_>, quotes: Quotes, found: &mut Vec<Diagnostic>) {
    let [.., open, close] = marks(quotes);
    let all: Vec<usize> = (0..line.len()).filter(|&at| line.has(at, '\'')).collect();
    let mut at = 0;
    while let [first, second, ..] = all[at..] {
        let around = (first + 1..second).filter_map(|at| line.at(at)).any(is_han);
        let word = line.before(first).is_some_and(is_word);
        if word || !around || !is_pair(line, first, second) {
            at += 1;
            continue;
        }
        for (index, mark) in [(first, open), (second, close)] {
            let problem = line.warn(
                "straight-quotes",
                index..index + 1,
                msg!("a straight quotation mark, in Chinese text", "中文里用了直引号"),
            );
            let shown = quoted(&mark.to_string());
            let help = msg!("write {shown}", "请写成{shown}");
            found.push(problem.help(help).fix(vec![line.replace(index, mark)]));
        }
        at += 2;
    }
}

/// Marks of the other convention.
fn convention(line: &Line<'_>, quotes: Quotes, found: &mut Vec<Diagnostic>) {
    let (wrong, right) = match quotes {
        Quotes::Any => return,
        Quotes::Curly => (CORNER, CURLY),
        Quotes::Corner => (CURLY, CORNER),
    };
    for index in (0..line.len()).filter(|&index| line.is_own(index)) {
        let Some(c) = line.at(index) else { continue };
        let Some(at) = wrong.iter().position(|mark| *mark == c) else { continue };
        // An apostrophe, or English in quotation marks.
        let word = |c: Option<char>| c.is_some_and(is_word);
        if c == '’' && word(line.before(index)) {
            continue;
        }
        let mark = right[at];
        let (c, shown) = (quoted(&c.to_string()), quoted(&mark.to_string()));
        let message =
            msg!("{c} is not the quotation mark of this site's Chinese", "本站的中文不用{c}作引号");
        found.push(
            line.warn("other-quotes", index..index + 1, message)
                .help(msg!(
                    "write {shown}; [typography] quotes in book.toml chooses the marks",
                    "请写成{shown}；用哪种引号由 book.toml 的 [typography] quotes 决定"
                ))
                .fix(vec![line.replace(index, mark)]),
        );
    }
}

/// Marks without a partner. A quotation of several paragraphs opens each and closes the last.
fn unpaired(line: &Line<'_>, found: &mut Vec<Diagnostic>) {
    for [open, close] in [['“', '”'], ['「', '」'], ['『', '』'], ['《', '》'], ['（', '）']]
    {
        let mut opened: Vec<usize> = Vec::new();
        let mut alone = Vec::new();
        for index in 0..line.len() {
            match line.at(index) {
                Some(c) if c == open => opened.push(index),
                // A half-width partner is another problem.
                Some(c) if c == close || c == ')' && open == '（' => {
                    let partner = opened.pop();
                    alone.extend((partner.is_none() && c == close).then_some(index));
                }
                Some('(') if open == '（' => opened.push(index),
                _ => {}
            }
        }
        let first = line.solid_before(opened.first().copied().unwrap_or_default()).is_none();
        let quote = matches!(open, '“' | '「');
        let opened = opened.into_iter().skip(usize::from(first && quote));
        alone.extend(opened.filter(|&at| line.at(at) == Some(open)));
        for index in alone.into_iter().filter(|&index| line.is_own(index)) {
            if line.at(index) == Some('）') && is_numbering(line, index) {
                continue;
            }
            let c = quoted(&line.shown(index..index + 1));
            let message = msg!("{c} has no partner", "{c}没有配对");
            found.push(line.warn("unpaired-mark", index..index + 1, message).help(msg!(
                "write `{open}` and `{close}` around what belongs together",
                "请在前后各写一个：`{open}`和`{close}`"
            )));
        }
    }
}

/// Whether a parenthesis closes a number at the beginning: `一）`, `1）`.
fn is_numbering(line: &Line<'_>, index: usize) -> bool {
    index <= 3 && (0..index).filter_map(|at| line.at(at)).all(|c| is_han(c) || is_word(c))
}
