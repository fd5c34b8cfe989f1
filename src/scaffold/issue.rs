//! A new issue of the digest: its name in book.toml.

use serde::Serialize;
use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::archetype::Archetypes;
use super::{Made, Names, taken};
use crate::config::Config;
use crate::diag::{Diagnostic, has_errors};
use crate::lang::PerLang;
use crate::msg;

/// Where issues have their names in book.toml.
const TABLES: [&str; 3] = ["taxonomies", "issues", "terms"];

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewIssue<'a> {
    /// Its id, as articles write it; the next number where it is left out.
    pub id: Option<&'a str>,
    /// Its name in each language in which it was given.
    pub names: Names,
    /// The archetype's name.
    pub kind: &'a str,
}

/// What the archetype of issues may use.
#[derive(Serialize)]
struct Values<'a> {
    id: &'a str,
    title: &'a Names,
    given: PerLang<bool>,
}

/// Adds an issue to the text of book.toml, with its comments and its order kept. Returns the id with the
/// file.
pub fn issue(
    new: &NewIssue<'_>,
    book: &str,
    archetypes: &Archetypes,
) -> Result<(String, Made), Box<Diagnostic>> {
    const PATH: &str = "book.toml";
    let (config, problems) = Config::parse(PATH, book);
    if let Some(error) = first_error(problems) {
        return Err(error);
    }
    let known = &config.taxonomies.issues.terms;
    let numbers = known.keys().filter_map(|id| id.parse::<u32>().ok());
    let next = numbers.max().unwrap_or(0).saturating_add(1).to_string();
    let id = new.id.map_or(next, |id| id.trim().to_owned());
    if known.contains_key(&id) {
        let text = msg!("there is an issue “{id}” already", "已经有“{id}”这一期");
        let node = Config::parse_tree(PATH, book).1;
        let span = node.as_ref().and_then(|node| node.at(&TABLES)?.key_span(&id));
        return Err(Box::new(taken(PATH, span, text)));
    }
    if id.is_empty() || id.chars().any(char::is_control) {
        let text = msg!("an issue needs a name, such as 2", "期数需要一个名字，例如 2");
        return Err(Box::new(Diagnostic::error("no-slug", PATH, None, text)));
    }
    let given = PerLang::from_fn(|lang| new.names.get(lang).is_some());
    let values = Values { id: &id, title: &new.names, given };
    let entry = archetypes.fill(new.kind, ".toml", PATH.to_owned(), &values)?;
    let text = with_entries(book, &entry.text)?;
    // Settings that cannot be read again are never written.
    match first_error(Config::parse(PATH, &text).1) {
        Some(error) => Err(error),
        None => Ok((id, Made { path: PATH.into(), text })),
    }
}

fn first_error(problems: Vec<Diagnostic>) -> Option<Box<Diagnostic>> {
    problems.into_iter().find(|one| has_errors(std::slice::from_ref(one))).map(Box::new)
}

/// Puts the keys of a piece of TOML behind the names of issues.
fn with_entries(book: &str, entries: &str) -> Result<String, Box<Diagnostic>> {
    let body = book.strip_prefix('\u{feff}').unwrap_or(book);
    let mut doc = body.parse::<DocumentMut>().map_err(|error| unreadable(&error))?;
    let entries = entries.parse::<DocumentMut>().map_err(|error| unreadable(&error))?;
    let mut table: &mut dyn TableLike = doc.as_table_mut();
    for name in TABLES {
        let item = table.entry(name).or_insert_with(|| {
            let mut table = Table::new();
            // Only the innermost has a header of its own.
            table.set_implicit(name != TABLES[2]);
            Item::Table(table)
        });
        table = item.as_table_like_mut().ok_or_else(|| unreadable(&name))?;
    }
    for (key, value) in entries.iter() {
        table.insert(key, value.clone());
    }
    let text = doc.to_string();
    let text = match book.contains("\r\n") {
        true => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => text,
    };
    Ok(if book.len() > body.len() { format!("\u{feff}{text}") } else { text })
}

fn unreadable(error: &impl std::fmt::Display) -> Box<Diagnostic> {
    let message = msg!("the file cannot be edited: {error}", "这个文件无法改动：{error}");
    Box::new(Diagnostic::error("bad-toml", "book.toml", None, message))
}
