//! Front matter: TOML between `+++` or YAML between `---` at the start of a page.

mod check;
mod fence;
mod lists;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use fence::{Format, Split, split};

use super::data::{self, Node};
use super::schema::Schema;
use super::term::Term;
use crate::config::{GlossaryLink, Pinyin};
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::text::Text;

/// What a page says about itself before its text. Every key may be left out: the file in the
/// other language may have it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FrontMatter {
    /// The title.
    pub title: Option<Text>,
    /// When it was published.
    pub date: Option<Date>,
    /// When it was last changed in substance.
    pub updated: Option<Date>,
    /// Whether it is left out unless `--drafts` asks for it.
    pub draft: Option<bool>,
    /// The last part of its URL, instead of the file's name.
    pub slug: Option<String>,
    /// What it says, in a sentence or two: for lists, feeds and search engines.
    pub summary: Option<Text>,
    /// Who wrote it: a name or a list of names.
    #[serde(deserialize_with = "lists::texts")]
    #[schemars(with = "Option<lists::OneOrMany<Text>>")]
    pub authors: Option<Vec<Text>>,
    /// Who translated it: a name or a list of names.
    #[serde(deserialize_with = "lists::texts")]
    #[schemars(with = "Option<lists::OneOrMany<Text>>")]
    pub translators: Option<Vec<Text>>,
    /// Who edited it: a name or a list of names.
    #[serde(deserialize_with = "lists::texts")]
    #[schemars(with = "Option<lists::OneOrMany<Text>>")]
    pub editors: Option<Vec<Text>>,
    /// What it talks about.
    #[serde(deserialize_with = "lists::words")]
    #[schemars(with = "Option<lists::OneOrMany<lists::Word>>")]
    pub tags: Option<Vec<String>>,
    /// Which kind of article it is.
    #[serde(deserialize_with = "lists::words")]
    #[schemars(with = "Option<lists::OneOrMany<lists::Word>>")]
    pub categories: Option<Vec<String>>,
    /// The number of the digest in which it appeared.
    #[serde(deserialize_with = "lists::word")]
    #[schemars(with = "Option<lists::Word>")]
    pub issue: Option<String>,
    /// The picture for its head and for link previews: a file beside it, a path of the site, or an
    /// address elsewhere.
    pub cover: Option<String>,
    /// Paths where it used to be, which lead to it.
    #[serde(deserialize_with = "lists::words")]
    #[schemars(with = "Option<lists::OneOrMany<String>>")]
    pub aliases: Option<Vec<String>>,
    /// The template that renders it.
    pub template: Option<String>,
    /// Whether it has a table of contents.
    pub toc: Option<bool>,
    /// Its place among its neighbours: small numbers first.
    pub weight: Option<i64>,
    /// Where the original was published.
    pub source: Option<Source>,
    /// Terms of this page alone.
    pub terms: Option<Vec<Term>>,
    /// How terms of the glossary are linked in it.
    pub glossary: Option<PageGlossary>,
    /// What pinyin is written over in its Chinese text, instead of what book.toml says.
    pub pinyin: Option<Pinyin>,
    /// How words of it are read, where that is not as in the glossary or the dictionary.
    pub readings: Option<BTreeMap<String, String>>,
    /// What `gen check` says nothing of in this file.
    pub check: Option<PageCheck>,
    /// Anything else, for templates.
    pub extra: Option<BTreeMap<String, Value>>,
}

/// Where the original of a page was published.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Source {
    /// The newspaper, site or account.
    pub name: Option<Text>,
    /// The address of the original.
    pub url: Option<String>,
    /// Who wrote the original.
    pub author: Option<Text>,
    /// Who edited the original.
    pub editor: Option<Text>,
    /// When the original was published.
    pub published: Option<Date>,
    /// The title of the original.
    pub original_title: Option<Text>,
    /// The terms of reprinting, or what the publisher wants said.
    pub statement: Option<Text>,
}

/// How terms of the glossary are linked in a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PageGlossary {
    /// The ids of terms that are not linked.
    pub skip: Vec<String>,
    /// Which occurrences become links, instead of what book.toml says.
    pub link: Option<GlossaryLink>,
}

/// What `gen check` says nothing of in a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PageCheck {
    /// The codes of the warnings that are silenced.
    pub silence: Vec<String>,
}

/// The front matter of a file, read.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatterFile {
    /// What is right of it.
    pub front: FrontMatter,
    /// The data with its bytes, to point at; none without front matter or when it cannot be read.
    pub node: Option<Node>,
    /// The first byte of the body.
    pub body_start: usize,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

static SCHEMA: LazyLock<Schema<FrontMatter>> = LazyLock::new(Schema::new);

/// Reads the front matter of a page.
pub fn parse(path: &str, text: &str) -> FrontMatterFile {
    let (node, body_start, mut diagnostics) = read(path, text);
    let mut front = FrontMatter::default();
    if let Some(node) = &node {
        let (decoded, problems) = SCHEMA.decode(path, node);
        diagnostics.extend(problems);
        front = decoded.unwrap_or_default();
        check::check(path, node, &front, &mut diagnostics);
    }
    FrontMatterFile { front, node, body_start, diagnostics }
}

/// Reads the front matter of any file as a tree.
pub(super) fn read(path: &str, text: &str) -> (Option<Node>, usize, Vec<Diagnostic>) {
    let (data, body_start, mut diagnostics) = split(path, text);
    let parsed = data.map(|(format, range)| {
        let (start, text) = (range.start, &text[range]);
        match format {
            Format::Toml => data::parse_toml(path, text, start),
            Format::Yaml => data::parse_yaml(path, text, start),
        }
    });
    let node = match parsed {
        Some(Ok(mut node)) => {
            data::clean(path, &mut node, &mut diagnostics);
            Some(node)
        }
        Some(Err(problems)) => {
            diagnostics.extend(problems);
            None
        }
        None => None,
    };
    (node, body_start, diagnostics)
}

#[cfg(test)]
mod tests;
