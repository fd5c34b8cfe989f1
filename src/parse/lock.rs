//! `translations.lock`: which pairs of blocks were accepted as translations of each other.
//!
//! A line is a pair: the page, and the fingerprints of its two sides, `-` for a side that there is not. Where
//! a side has several sentences, three digits for each follow behind a colon, so that it can be told
//! which of them has changed. Lines mean the same in whatever order and however often they stand there, so
//! that git may merge two versions of the file by keeping the lines of both.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::lang::PerLang;
use crate::msg;

/// The file's path, from the folder of book.toml.
pub const PATH: &str = "translations.lock";

/// The fingerprint of some blocks. Only those of one page are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Of all that they are: twelve hexadecimal digits, 48 bits.
    pub whole: String,
    /// Of each sentence: three digits, 12 bits, one behind the other; nothing if there is but one.
    pub sentences: String,
}

impl Mark {
    fn read(text: &str) -> Option<Mark> {
        let (whole, sentences) = text.split_once(':').unwrap_or((text, ""));
        let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let right = whole.len() == 12 && sentences.len() % 3 == 0 && hex(whole) && hex(sentences);
        right.then(|| Mark { whole: whole.to_owned(), sentences: sentences.to_owned() })
    }

    fn print(&self) -> String {
        match self.sentences.as_str() {
            "" => self.whole.clone(),
            sentences => format!("{}:{sentences}", self.whole),
        }
    }
}

/// The two sides of a pair.
pub type Pair = PerLang<Option<Mark>>;

/// The pairs of each page that were accepted, by the page's key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// In the order of the file.
    pub pages: BTreeMap<String, Vec<Pair>>,
}

impl Lock {
    /// Reads the file. What is no pair is reported and left out.
    pub fn parse(text: &str) -> (Lock, Vec<Diagnostic>) {
        let mut lock = Lock::default();
        let mut diagnostics = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match pair(line) {
                Some((page, pair)) => lock.pages.entry(page.to_owned()).or_default().push(pair),
                None => {
                    let message =
                        msg!("this line is not a pair of blocks", "这一行不是一对段落的指纹");
                    let span = start..start + line.len();
                    let problem = Diagnostic::warning("bad-lock", PATH, span, message);
                    diagnostics.push(problem.help(msg!(
                        "remove it, and write gen status --accept once the translation is right",
                        "请删去；确认译文无误之后运行 gen status --accept"
                    )));
                }
            }
        }
        (lock, diagnostics)
    }

    /// The file's text: pages in order, the pairs of each in the order of its text.
    pub fn print(&self) -> String {
        let mut out = String::from(
            "# Which blocks were accepted as translations of each other.\n\
             # Written by `gen status --accept`; git may merge it by keeping the lines of both sides.\n",
        );
        for (page, pairs) in &self.pages {
            let mut seen = BTreeSet::new();
            for pair in pairs {
                let side = |side: &Option<Mark>| side.as_ref().map_or("-".to_owned(), Mark::print);
                let line = format!("{page} {} {}\n", side(&pair.zh), side(&pair.en));
                if seen.insert(line.clone()) {
                    out += &line;
                }
            }
        }
        out
    }
}

/// A line as the page's key and the pair.
fn pair(line: &str) -> Option<(&str, Pair)> {
    let mut parts = line.rsplitn(3, ' ');
    let (en, zh, page) = (parts.next()?, parts.next()?, parts.next()?);
    let mark = |text: &str| match text {
        "-" => Some(None),
        _ => Mark::read(text).map(Some),
    };
    let pair = PerLang { zh: mark(zh)?, en: mark(en)? };
    (pair.zh.is_some() || pair.en.is_some()).then_some((page.trim(), pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_again() {
        let text = "2025/momo 0123456789ab:001fff ba9876543210\n2025/猫 税 - 0123456789ab\n / x\n";
        let (lock, problems) = Lock::parse(text);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].span, Some(text.len() - 5..text.len() - 2));
        assert_eq!(lock.pages.keys().collect::<Vec<_>>(), ["2025/momo", "2025/猫 税"]);
        assert_eq!(Lock::parse(&lock.print()).0, lock);
    }
}
