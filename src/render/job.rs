//! What is to be made: one job for each file of the output.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::body::Html;
use super::context::{Archive, Article, Glossary, Head, List, Taxonomy, Term};
use crate::diag::Message;
use crate::lang::View;
use crate::memo::Fingerprint;
use crate::output::Output;

/// A file to be made.
pub struct Job<'a> {
    /// Where it goes, relative to the output folder.
    pub output: String,
    /// What it comes from: for problems with its address.
    pub origin: Arc<Origin>,
    /// How it is made.
    pub work: Work<'a>,
}

/// What a file of the output comes from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The source file, where there is one.
    pub path: Option<Arc<str>>,
    /// The bytes of the source that ask for it, where it is not the whole file.
    pub span: Option<Range<usize>>,
    /// What it is.
    pub what: Message,
    /// The word for all of its kind, where it is the page of a tag, a category or an issue.
    pub group: Option<Message>,
}

impl Origin {
    /// Of what no file stands for.
    pub fn made(what: Message) -> Origin {
        Origin { path: None, span: None, what, group: None }
    }

    /// Of what a whole file stands for.
    pub fn of(path: Arc<str>, what: Message) -> Origin {
        Origin { path: Some(path), ..Origin::made(what) }
    }
}

/// How a file is made.
pub enum Work<'a> {
    /// Through a template.
    Page(PageJob<'a>),
    /// By a function of what the key names.
    Machine(Fingerprint, Box<dyn Fn() -> Vec<u8> + Send + Sync + 'a>),
    /// A small file that gen writes where the author has put none of their own (`robots.txt`).
    Bytes(Vec<u8>),
    /// A small file that gen writes likewise, made already.
    Made(Output),
    /// A file that is made already.
    Ready(Output),
    /// A source file, by its path, as it is.
    Copy(Arc<str>),
    /// A way to another page. It never replaces anything.
    Redirect(Vec<u8>),
}

impl Work<'_> {
    /// Whose address it is where two share one: files of the author's come first, redirects last.
    pub fn rank(&self) -> u8 {
        match self {
            Work::Copy(_) => 0,
            Work::Redirect(_) => 2,
            _ => 1,
        }
    }

    /// Whether it is left out without a word where its address is taken.
    pub fn gives_way(&self) -> bool {
        matches!(self, Work::Bytes(_) | Work::Made(_))
    }
}

/// A page to be rendered.
pub struct PageJob<'a> {
    /// The template.
    pub template: Cow<'a, str>,
    /// The view.
    pub view: View,
    /// Whether it may stand in the site map.
    pub mapped: bool,
    /// The fingerprint of all that [`PageJob::make`] reads.
    pub key: Fingerprint,
    /// Gathers what the template is given.
    pub make: Box<dyn Fn() -> Given + Send + Sync + 'a>,
}

/// What the template of a page is given beside what all pages share.
pub struct Given {
    /// Its head.
    pub head: Head,
    /// Its own variable.
    pub part: Part,
    /// Its `content`.
    pub content: Option<Arc<Html>>,
}

/// The variable that belongs to a kind of page.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Part {
    /// `article`.
    Article(Box<Article>),
    /// `list`.
    List(Box<List>),
    /// `taxonomy`.
    Taxonomy(Taxonomy),
    /// `archive`.
    Archive(Archive),
    /// `glossary`.
    Glossary(Glossary),
    /// `term`.
    Term(Box<Term>),
    /// None.
    Nothing,
}

impl Part {
    /// The name of the variable.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Part::Article(_) => Some("article"),
            Part::List(_) => Some("list"),
            Part::Taxonomy(_) => Some("taxonomy"),
            Part::Archive(_) => Some("archive"),
            Part::Glossary(_) => Some("glossary"),
            Part::Term(_) => Some("term"),
            Part::Nothing => None,
        }
    }
}

impl Job<'_> {
    /// The template of a page.
    pub fn template(&self) -> Option<&str> {
        match &self.work {
            Work::Page(page) => Some(&page.template),
            _ => None,
        }
    }

    /// Whether it makes a page for readers.
    pub fn is_page(&self) -> bool {
        matches!(self.work, Work::Page(_))
    }
}
