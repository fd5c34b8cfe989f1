//! New files for authors: a whole site to start with, an article, a section, a term, an issue.
//!
//! Pure: texts in, texts out. The command line reads what is there and writes what is made. An
//! archetype is the text of a file with places to fill, in Tera's language; the built-in ones stand
//! in `archetypes/` of this repository, and a site's folder of that name has its own in their place.

mod archetype;
mod issue;
mod name;
mod page;
mod starter;
mod term;

use std::ops::Range;
use std::sync::Arc;

pub use archetype::{Archetypes, FOLDER};
pub use issue::{NewIssue, issue};
pub use page::{Form, NewPage, article, section};
pub use starter::{Answers, Starter, repository, starter};
pub use term::{NewTerm, term};

use crate::diag::{Diagnostic, Message};
use crate::lang::PerLang;
use crate::msg;

/// A file as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its path from the site's root.
    pub path: Arc<str>,
    /// Its text.
    pub text: String,
}

/// A title or a name, in each language in which it was given.
pub type Names = PerLang<Option<String>>;

/// Why something cannot be made: what it was to be called is in use, at a place.
fn taken(
    path: impl Into<Arc<str>>,
    span: impl Into<Option<Range<usize>>>,
    text: Message,
) -> Diagnostic {
    let help = msg!("choose another name", "请换一个名字");
    Diagnostic::error("name-taken", path, span, text).help(help)
}
