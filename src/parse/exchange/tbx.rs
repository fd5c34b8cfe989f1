//! The glossary from TBX (ISO 30042), as terminology tools write it.
//!
//! Reads version 3 in both of its styles, DCA (`<descrip type="definition">`) and DCT
//! (`<basic:definition>`), and the elements of version 2, which older tools still write. What the
//! glossary has no place for is reported, a kind once; example sentences (`context`) come from the
//! articles and are left out without a word.

mod concept;
mod tree;

use std::collections::BTreeMap;
use std::ops::Range;

use super::Read;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::msg;
use tree::Element;

/// The notes that stand for what TBX-Basic has no data category for: `pinyin: māo shuì`.
pub const NOTES: [&str; 4] = ["pinyin", "part_of_speech", "first_seen", "known"];

/// The parts of speech that TBX-Basic knows.
pub const PARTS_OF_SPEECH: [&str; 5] = ["noun", "verb", "adjective", "adverb", "other"];

/// The first letter of an id in XML where ours has a digit: an XML name cannot begin with one.
pub const DIGIT: char = '_';

/// Reads a termbase.
pub fn read(path: &str, text: &str) -> Read {
    let root = match tree::parse(path, text) {
        Ok(root) => root,
        Err(problem) => return (Vec::new(), vec![*problem]),
    };
    if !matches!(root.name.as_str(), "tbx" | "martif") {
        let name = &root.name;
        let text =
            msg!("the file begins with <{name}>: it is no TBX", "文件以 <{name}> 开头，不是 TBX");
        let help = msg!(
            "export the termbase as TBX, version 3 or 2",
            "请把术语库导出为 TBX 第 3 版或第 2 版"
        );
        return (Vec::new(), vec![Diagnostic::error("bad-tbx", path, root.span, text).help(help)]);
    }
    let mut found = Found { path, problems: Vec::new(), left_out: BTreeMap::new() };
    let default = root.attribute("xml:lang").and_then(language);
    let mut entries = Vec::new();
    concepts(&root, &mut entries);
    let terms =
        entries.iter().filter_map(|entry| concept::read(entry, default, &mut found)).collect();
    let Found { mut problems, left_out, .. } = found;
    problems.extend(
        left_out.into_iter().map(|(kind, (count, span))| unknown(path, &kind, count, span)),
    );
    (terms, problems)
}

/// What is found beside the terms.
struct Found<'a> {
    path: &'a str,
    problems: Vec<Diagnostic>,
    /// The kinds of statements that the glossary has no place for: how many, and where the first is.
    left_out: BTreeMap<String, (usize, Range<usize>)>,
}

impl Found<'_> {
    fn leave_out(&mut self, kind: &str, span: &Range<usize>) {
        self.left_out.entry(kind.to_owned()).or_insert_with(|| (0, span.clone())).0 += 1;
    }
}

fn unknown(path: &str, kind: &str, count: usize, span: Range<usize>) -> Diagnostic {
    let (times, times_zh) = match count {
        1 => (String::new(), String::new()),
        _ => (format!(" ({count} times)"), format!("（{count} 处）")),
    };
    let text = msg!(
        "the glossary has no place for “{kind}”, which is left out{times}",
        "词汇表里没有“{kind}”的位置，已略去{times_zh}"
    );
    Diagnostic::warning("unknown-category", path, span, text)
}

/// The entries below an element, from the top.
fn concepts<'a>(element: &'a Element, out: &mut Vec<&'a Element>) {
    for child in &element.children {
        match child.name.as_str() {
            "conceptEntry" | "termEntry" => out.push(child),
            _ => concepts(child, out),
        }
    }
}

/// The language that a BCP 47 tag is of, by its first subtag.
fn language(tag: &str) -> Option<Lang> {
    let first = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    Lang::ALL.into_iter().find(|lang| lang.key() == first)
}

#[cfg(test)]
mod tests;
