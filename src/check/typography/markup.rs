//! Mark-up that readers see, because it is none.

use super::line::{Line, is_word};
use crate::diag::Diagnostic;
use crate::msg;

pub(super) fn check(line: &Line<'_>, found: &mut Vec<Diagnostic>) {
    let count = |wanted: char| (0..line.len()).filter(|&at| line.at(at) == Some(wanted)).count();
    let (stars, hashes) = (count('*'), count('#'));
    let first = (0..line.len()).find(|&at| line.at(at) == Some('['));
    let mut index = 0;
    while let Some(c) = line.at(index) {
        let length = line.run(index, |own| own == c).max(1);
        let shown = match (c, length) {
            ('*', 2 | 3) | ('_', 2) | ('~', 2) if is_emphasis(line, index, length, stars) => {
                Some(length)
            }
            (']', 1) if first.is_some_and(|at| at < index) && is_link(line, index) => Some(2),
            ('#', 2..=6) if hashes == length && is_heading(line, index, length) => Some(length),
            _ => None,
        };
        if let Some(length) = shown {
            let range = index..index + length;
            let shown = line.shown(range.clone());
            let message = msg!("readers see this “{shown}”", "读者会看到这个“{shown}”");
            let help = match c {
                ']' => msg!(
                    "write the address right behind the text, without a space in it: [text](address)",
                    "地址要紧跟在文字后面，里面不能有空格：[文字](地址)"
                ),
                '#' => msg!("write a space behind it", "请在它后面加一个空格"),
                _ => msg!(
                    "close what it opens, with no space inside; or write \\{c} for the mark itself",
                    "请前后成对，里面不留空格；如果要写的就是这个符号，请写 \\{c}"
                ),
            };
            found.push(line.warn("literal-markup", range, message).help(help));
        }
        index += length;
    }
}

/// Whether a run was meant as emphasis: not between spaces (2 ** 3), not inside a word (f**k).
fn is_emphasis(line: &Line<'_>, index: usize, length: usize, stars: usize) -> bool {
    let (before, after) = (line.before(index), line.at(index + length));
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii() && is_word(c));
    if blank(before) && blank(after) || ascii(before) && ascii(after) {
        return false;
    }
    // **kwargs, __init__
    let c = line.at(index);
    let again = stars > length;
    let identifier = after.is_some_and(|c| c.is_ascii_lowercase() || c == '_') || ascii(before);
    c == Some('*') && (again || !identifier) || !(ascii(before) || ascii(after))
}

/// How far behind `](` a parenthesis closes the address.
const ADDRESS: usize = 2000;

/// Whether `](` was meant as a link: an address behind it.
fn is_link(line: &Line<'_>, index: usize) -> bool {
    let inside = index + 2..line.len().min(index + ADDRESS);
    let close = inside.into_iter().find(|&at| line.at(at) == Some(')'));
    line.at(index + 1) == Some('(') && close.is_some_and(|close| close > index + 2)
}

/// Whether the marks of a heading stand at the beginning without a space behind them.
fn is_heading(line: &Line<'_>, index: usize, length: usize) -> bool {
    let begins = index == 0 || line.before(index) == Some('\n');
    begins && line.at(index + length).is_some_and(|c| !c.is_whitespace())
}
