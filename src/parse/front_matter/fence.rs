//! Finds front matter between its fences.

use std::ops::Range;

use crate::diag::Diagnostic;
use crate::msg;

/// The language of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML, between `+++` lines.
    Toml,
    /// YAML, between `---` lines.
    Yaml,
}

/// The format and the bytes of the data, where the body starts, and what is wrong.
pub type Split = (Option<(Format, Range<usize>)>, usize, Vec<Diagnostic>);

/// Splits a file into its front matter and its body. A byte order mark belongs to neither.
pub fn split(path: &str, text: &str) -> Split {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    let fence = opening.trim_end();
    let format = match fence {
        "+++" => Format::Toml,
        "---" => Format::Yaml,
        _ => return (None, start, Vec::new()),
    };
    let data = start + opening.len();
    let mut at = data;
    for line in lines {
        if line.trim_end() == fence {
            return (Some((format, data..at)), at + line.len(), Vec::new());
        }
        at += line.len();
    }
    let problem = Diagnostic::error(
        "unclosed-front-matter",
        path,
        start..start + fence.len(),
        msg!("the front matter is not closed", "头部信息没有结束"),
    )
    .help(msg!(
        "add a line {fence} after it (if it is a line across the page, put an empty line before it)",
        "请在它后面加一行 {fence}（如果这是分隔线，请在前面空一行）"
    ));
    (None, text.len(), vec![problem])
}
