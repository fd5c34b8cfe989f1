//! Full-width punctuation in English.

use super::line::{Line, is_word};
use crate::diag::{Diagnostic, Edit};
use crate::msg;
use crate::parse::cjk::is_han;

/// Each mark with its English form, and whether a space stands behind it (before it, of an opening
/// one).
const HALF: [(char, char); 9] = [
    ('，', ','),
    ('。', '.'),
    ('、', ','),
    ('；', ';'),
    ('：', ':'),
    ('？', '?'),
    ('！', '!'),
    ('（', '('),
    ('）', ')'),
];

pub(super) fn check(line: &Line<'_>, found: &mut Vec<Diagnostic>) {
    for index in (0..line.len()).filter(|&index| line.is_own(index)) {
        let Some(c) = line.at(index) else { continue };
        let Some(&(_, half)) = HALF.iter().find(|(full, _)| *full == c) else { continue };
        // Chinese that is quoted has its own punctuation.
        let (before, after) = (line.solid_before(index), line.solid_from(index + 1));
        let chinese = |c: Option<char>| c.is_some_and(is_han);
        if chinese(before) || chinese(after) {
            continue;
        }
        let message = msg!("“{c}” is full-width, in English text", "英文里用了全角的“{c}”");
        found.push(
            line.warn("fullwidth-punctuation", index..index + 1, message)
                .help(msg!("write “{half}”", "请写成“{half}”"))
                .fix(vec![replacement(line, index, half)]),
        );
    }
}

/// The mark with the space that English has beside it.
fn replacement(line: &Line<'_>, index: usize, half: char) -> Edit {
    let word = |c: Option<char>| c.is_some_and(is_word);
    let text = match half {
        '(' if word(line.before(index)) => " (".to_owned(),
        '(' => "(".to_owned(),
        half if word(line.at(index + 1)) => format!("{half} "),
        half => half.to_string(),
    };
    line.replace(index, text)
}
