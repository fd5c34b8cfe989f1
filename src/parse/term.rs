//! Terms of the glossary: `content/glossary.toml`, and one file a term in `content/glossary/`.

use std::ops::Range;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::data::{self, Kind, Node};
use super::front_matter;
use super::schema::Schema;
use crate::date::Date;
use crate::diag::{Diagnostic, Message};
use crate::lang::{Lang, PerLang};
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
    /// The languages whose readers know it untold, as a brand or an everyday word: `["zh"]`.
    /// Articles do not explain it to them.
    pub known: Vec<Lang>,
}

/// A term and the bytes of its id (of the whole term, where the id is left out).
#[derive(Debug, Clone, PartialEq)]
pub struct SpannedTerm {
    /// The term.
    pub term: Term,
    /// Where it is defined.
    pub span: Range<usize>,
    /// Where each id of `see` stands.
    pub see: Vec<Range<usize>>,
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
    let mut node = match data::parse_toml(path, &text[start..], start) {
        Ok(node) => node,
        Err(diagnostics) => return (Vec::new(), diagnostics),
    };
    let mut diagnostics = Vec::new();
    data::clean(path, &mut node, &mut diagnostics);
    let (file, problems) = GLOSSARY.decode(path, &node);
    diagnostics.extend(problems);
    let terms = file.unwrap_or_default().term.into_iter();
    let tables = node.get("term").into_iter().flat_map(Node::tables);
    let spanned = |(term, table): (Term, &Node)| {
        check(path, table, &term, &mut diagnostics);
        SpannedTerm { span: place(table), see: see(table), term }
    };
    (terms.zip(tables).map(spanned).collect(), diagnostics)
}

/// Reads the front matter of `content/glossary/<id>.md`, whose id is the file's name where it is
/// left out.
pub fn parse_term_file(path: &str, text: &str) -> TermFile {
    let (node, body_start, mut diagnostics) = front_matter::read(path, text);
    let Some(node) = node else {
        if diagnostics.is_empty() {
            diagnostics.push(
                Diagnostic::error(
                    "missing-front-matter",
                    path,
                    0..0,
                    msg!("a term needs front matter", "词条需要头部信息"),
                )
                .help(msg!(
                    "begin the file with +++, zh = \"…\", en = \"…\", +++, a line each",
                    "请在文件开头写 +++、zh = \"…\"、en = \"…\"、+++，各占一行"
                )),
            );
        }
        return TermFile { term: None, body_start, diagnostics };
    };
    let (term, problems) = TERM.decode(path, &node);
    diagnostics.extend(problems);
    let term = term.map(|mut term| {
        if node.get("id").is_none() {
            let name = path.rsplit('/').next().unwrap_or(path);
            term.id = name.strip_suffix(".md").unwrap_or(name).to_owned();
        }
        check(path, &node, &term, &mut diagnostics);
        SpannedTerm { span: place(&node), see: see(&node), term }
    });
    TermFile { term, body_start, diagnostics }
}

/// The bytes of a term's id, else those of the term.
fn place(node: &Node) -> Range<usize> {
    node.get("id").unwrap_or(node).span.clone()
}

/// The bytes of each id of a term's `see`.
pub fn see(node: &Node) -> Vec<Range<usize>> {
    let items = node.get("see").into_iter().flat_map(Node::items);
    items.map(|item| item.span.clone()).collect()
}

/// Adds what a schema cannot say about a term.
pub(super) fn check(path: &str, node: &Node, term: &Term, out: &mut Vec<Diagnostic>) {
    let written = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    if !written(&term.zh) && !written(&term.en) {
        let message = msg!("the term has neither zh nor en", "词条既没有 zh 也没有 en");
        out.push(
            Diagnostic::error("missing-key", path, place(node), message)
                .help(msg!("write at least one of them", "请至少写一个")),
        );
    }
    let help = id_help(term);
    if node.get("id").is_none() && term.id.is_empty() {
        let message = msg!("the term has no id", "词条没有 id");
        out.push(Diagnostic::error("missing-key", path, node.span.clone(), message).help(help));
    } else if !is_id(&term.id) && node.get("id").is_none_or(|id| matches!(id.kind, Kind::Str(_))) {
        let message = bad_id(&term.id);
        out.push(Diagnostic::error("bad-term-id", path, place(node), message).help(help));
    }
}

fn bad_id(id: &str) -> Message {
    msg!(
        "“{id}” cannot be an id: lower-case letters a–z, digits and single hyphens",
        "“{id}”不能作为 id：只能用小写字母 a–z、数字和单个连字符"
    )
}

/// What to write as the id of a term that has none, or a wrong one.
fn id_help(term: &Term) -> Message {
    let form = suggested_id(term).unwrap_or_else(|| "cat-tax".to_owned());
    msg!("write id = \"{form}\"", "请写成 id = \"{form}\"")
}

/// The id that a term's own id or its English name suggests.
pub fn suggested_id(term: &Term) -> Option<String> {
    let form = Some(slug(&term.id)).filter(|form| !form.is_empty());
    form.or_else(|| term.en.as_deref().map(slug)).filter(|form| !form.is_empty())
}

/// What is wrong with the id of a term, and what to do.
pub fn id_problem(term: &Term) -> Option<(Message, Message)> {
    let message = match term.id.as_str() {
        "" => msg!("the term has no id", "词条没有 id"),
        id if is_id(id) => return None,
        id => bad_id(id),
    };
    Some((message, id_help(term)))
}

/// Whether a text can name a term in links and URLs.
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && slug(id) == id
}

/// The id that a text suggests: its ASCII letters and digits, with hyphens for what is between.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests;
