//! Problems found in a site, as data: built anywhere, sorted and printed once at the edge.

mod cause;
pub mod codes;
mod places;
mod printer;
mod sarif;
mod window;

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

pub use places::position;
pub use printer::{Format, Printer, printable};

use crate::lang::Lang;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site cannot be published as it is: nothing is written.
    Error,
    /// The site is built, but the author should look.
    Warning,
    /// Nothing is wrong, but it could be better: what many sites have on purpose.
    Hint,
}

/// A text of the program in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// The English text: lower case, no full stop, as compilers write.
    pub en: String,
    /// The Chinese text.
    pub zh: String,
}

impl Message {
    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Formats a [`Message`]: the English text, then the Chinese one, with captured variables.
#[macro_export]
macro_rules! msg {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::diag::Message { en: format!($en), zh: format!($zh) }
    };
}

/// Another place that belongs to a problem, with a note.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Related {
    /// The file, relative to the site's root, with `/` on every system.
    pub path: Arc<str>,
    /// Bytes of that file.
    pub span: Option<Range<usize>>,
    /// What is there.
    pub note: Message,
}

/// A change to a file that mends a problem.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The bytes of the file that are replaced; none of them to put something in.
    pub span: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

/// A problem: where it is, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name in kebab case, such as `broken-link`: one of [`codes::CODES`].
    pub code: &'static str,
    /// The file, relative to the site's root, with `/` on every system.
    pub path: Arc<str>,
    /// Bytes of that file (counted from its first byte, front matter included), or none when the
    /// whole file is meant.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub help: Option<Message>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The changes to its file that mend it, all together, where that is mechanical.
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// An error at some bytes of a file.
    pub fn error(
        code: &'static str,
        path: impl Into<Arc<str>>,
        span: impl Into<Option<Range<usize>>>,
        message: Message,
    ) -> Self {
        Self::new(Severity::Error, code, path.into(), span.into(), message)
    }

    /// A warning at some bytes of a file.
    pub fn warning(
        code: &'static str,
        path: impl Into<Arc<str>>,
        span: impl Into<Option<Range<usize>>>,
        message: Message,
    ) -> Self {
        Self::new(Severity::Warning, code, path.into(), span.into(), message)
    }

    /// A hint at some bytes of a file.
    pub fn hint(
        code: &'static str,
        path: impl Into<Arc<str>>,
        span: impl Into<Option<Range<usize>>>,
        message: Message,
    ) -> Self {
        Self::new(Severity::Hint, code, path.into(), span.into(), message)
    }

    fn new(
        severity: Severity,
        code: &'static str,
        path: Arc<str>,
        span: Option<Range<usize>>,
        message: Message,
    ) -> Self {
        debug_assert!(
            codes::code(code).is_some_and(|known| known.severity == severity),
            "{code} is not in the table of codes, or of another severity there"
        );
        Diagnostic {
            severity,
            code,
            path,
            span,
            message,
            help: None,
            related: Vec::new(),
            fix: Vec::new(),
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(
        mut self,
        path: impl Into<Arc<str>>,
        span: impl Into<Option<Range<usize>>>,
        note: Message,
    ) -> Self {
        self.related.push(Related { path: path.into(), span: span.into(), note });
        self
    }

    /// Adds the changes that mend it.
    #[must_use]
    pub fn fix(mut self, edits: Vec<Edit>) -> Self {
        self.fix = edits;
        self
    }

    /// The order in which problems are printed: by file, by place, errors first.
    fn key(&self) -> impl Ord + '_ {
        let start = self.span.as_ref().map_or(0, |span| span.start);
        (&self.path, start, self.severity, self.code, &self.message)
    }
}

/// A text in quotation marks, for a message; in backticks if it has quotation marks of its own, so that it is
/// seen where it begins and ends.
pub fn quoted(text: &str) -> String {
    match text.contains(['“', '”', '‘', '’', '"', '\'', '「', '」', '『', '』']) {
        true => format!("`{text}`"),
        false => format!("“{text}”"),
    }
}

/// Sorts problems into their printed order and drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.key().cmp(&b.key()));
    diagnostics.dedup();
}

/// Whether any of the problems is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// The known word nearest to an unknown one, if it is near enough to be what was meant:
/// Damerau–Levenshtein distance of at most a third of the length, at least one.
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    if word.len() > LONGEST {
        return None;
    }
    let own = signs(word);
    let possible = known.into_iter().filter(|k| k.len() <= 2 * LONGEST && apart(&own, k) <= limit);
    let near = possible.map(|k| (strsim::damerau_levenshtein(word, k), k));
    near.filter(|(distance, _)| *distance <= limit).min().map(|(_, k)| k)
}

/// The longest word, in bytes, that may be meant to be another: nobody mistypes more.
const LONGEST: usize = 200;

/// How often a word holds the characters of each of 64 groups.
fn signs(word: &str) -> [i16; 64] {
    let mut signs = [0; 64];
    word.chars().for_each(|c| signs[c as usize % 64] += 1);
    signs
}

/// How many characters one of two words has and the other has not, at least: their distance is no
/// smaller, and takes a hundred times as long to find.
fn apart(own: &[i16; 64], other: &str) -> usize {
    let pairs = own.iter().zip(signs(other));
    let (more, less) = pairs.fold((0, 0), |(more, less), (a, b)| {
        let difference = i32::from(*a) - i32::from(b);
        (more + difference.max(0), less + (-difference).max(0))
    });
    more.max(less).unsigned_abs() as usize
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn suggests_the_nearest_word_or_nothing() {
        let known = ["title", "date", "tags", "summary"];
        assert_eq!(suggest("titel", known), Some("title"));
        assert_eq!(suggest("tag", known), Some("tags"));
        assert_eq!(suggest("zzz", known), None);
    }
}
