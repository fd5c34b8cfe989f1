//! A new term: at the end of glossary.toml, or in a file of its own.

use std::sync::Arc;

use serde::Serialize;

use super::archetype::Archetypes;
use super::name;
use super::{Made, Names, taken};
use crate::diag::{Diagnostic, has_errors};
use crate::model::glossary::fold::fold;
use crate::model::glossary::{Entry, Glossary, reading_of};
use crate::msg;
use crate::parse::term::{is_id, parse_glossary, parse_term_file};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewTerm<'a> {
    /// The term, in the language of its script.
    pub name: Option<&'a str>,
    /// The term in each language in which it was given.
    pub names: Names,
    /// Its id, where it is not to be made of the names.
    pub id: Option<&'a str>,
    /// Its group.
    pub category: Option<&'a str>,
    /// What it means.
    pub definition: Names,
    /// The archetype's name.
    pub kind: &'a str,
    /// The content folder.
    pub src: &'a str,
    /// Whether it gets a file of its own.
    pub own_file: bool,
}

/// What archetypes of terms may use.
#[derive(Serialize)]
struct Values<'a> {
    id: &'a str,
    zh: Option<&'a str>,
    en: Option<&'a str>,
    /// How the Chinese is read.
    pinyin: Option<String>,
    /// The characters whose reading the author should look at.
    unsure: String,
    category: Option<&'a str>,
    definition: &'a Names,
}

/// The id of a new term, and the file with it. `glossary` is that of the site, `text` that of glossary.toml, empty
/// where there is none.
pub fn term(
    new: &NewTerm<'_>,
    glossary: &Glossary,
    text: &str,
    archetypes: &Archetypes,
) -> Result<(String, Made), Box<Diagnostic>> {
    let mut names = new.names.clone();
    if let Some(name) = new.name {
        names.get_mut(name::lang_of(name)).get_or_insert_with(|| name.trim().to_owned());
    }
    let path = match new.own_file {
        true => format!("{}/glossary/", new.src),
        false => format!("{}/glossary.toml", new.src),
    };
    let id = match new.id {
        Some(id) if is_id(id) => id.to_owned(),
        Some(id) => return Err(Box::new(bad_id(&path, id))),
        None => name::slug(&names)?,
    };
    if let Some(problem) = in_use(&id, &names, glossary) {
        return Err(Box::new(problem));
    }
    let read = names.zh.as_deref().and_then(reading_of);
    let (pinyin, unsure) = read.map_or((None, String::new()), |read| (Some(read.0), read.1));
    let values = Values {
        id: &id,
        zh: names.zh.as_deref(),
        en: names.en.as_deref(),
        pinyin,
        unsure,
        category: new.category,
        definition: &new.definition,
    };
    if new.own_file {
        let made = archetypes.fill(new.kind, ".md", format!("{path}{id}.md"), &values)?;
        return match parse_term_file(&made.path, &made.text).diagnostics {
            problems if has_errors(&problems) => Err(first(problems)),
            _ => Ok((id, made)),
        };
    }
    let made = archetypes.fill(new.kind, ".toml", path, &values)?;
    let whole = Made { text: appended(text, &made.text), path: made.path };
    // A glossary that cannot be read again is never written.
    let problems = |text: &str| parse_glossary(&whole.path, text).1;
    match problems(&whole.text) {
        found if !has_errors(&found) => Ok((id, whole)),
        // The term is right, and so is the list: but it is `term = […]`, which has an end.
        _ if !has_errors(&problems(&made.text)) => Err(Box::new(closed(&whole.path))),
        found => Err(first(found)),
    }
}

fn closed(path: &Arc<str>) -> Diagnostic {
    let text = msg!(
        "nothing can be added at the end of this list of terms",
        "这个词条列表的末尾不能再添词条"
    );
    Diagnostic::error("bad-toml", path.clone(), None, text)
        .help(msg!("write each term as a table, [[term]]", "请把每个词条写成 [[term]] 表"))
}

/// Puts a text behind another, with a blank line between and the line ends of the other.
fn appended(text: &str, more: &str) -> String {
    let (text, more) = (text.trim_end(), more.trim());
    let gap = if text.trim_start_matches('\u{feff}').is_empty() { "" } else { "\n\n" };
    let whole = format!("{text}{gap}{more}\n");
    match text.contains("\r\n") {
        true => whole.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => whole,
    }
}

/// Why the glossary has no room for a term: its id, or one of its names, is that of another.
fn in_use(id: &str, names: &Names, glossary: &Glossary) -> Option<Diagnostic> {
    let problem = |entry: &Entry, text| taken(entry.path.clone(), entry.span.clone(), text);
    if let Some((_, entry)) = glossary.get(id) {
        let text = msg!("there is a term `{id}` already", "已经有词条 `{id}`");
        return Some(problem(entry, text));
    }
    let alike = |a: &str, b: &str| a.chars().map(fold).eq(b.chars().map(fold));
    let bears = |entry: &Entry, name: &str| entry.names().any(|other| alike(other, name));
    names.present().find_map(|(_, name)| {
        let entry = glossary.terms.iter().find(|entry| bears(entry, name))?;
        let other = &entry.term.id;
        let text =
            msg!("“{name}” is a name of the term `{other}`", "“{name}”已经是词条 `{other}` 的名称");
        Some(problem(entry, text))
    })
}

fn bad_id(path: &str, id: &str) -> Diagnostic {
    let text = msg!(
        "“{id}” cannot be an id: lower-case letters a–z, digits and single hyphens",
        "“{id}”不能作为 id：只能用小写字母 a–z、数字和单个连字符"
    );
    Diagnostic::error("bad-term-id", path, None, text)
}

/// The first error of several problems.
fn first(problems: Vec<Diagnostic>) -> Box<Diagnostic> {
    let error = problems.into_iter().find(|one| has_errors(std::slice::from_ref(one)));
    Box::new(error.unwrap_or_else(|| {
        let text = msg!("the file cannot be read", "这个文件无法读取");
        Diagnostic::error("unreadable-file", ".", None, text)
    }))
}
