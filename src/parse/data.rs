//! TOML, YAML, JSON and CSV as one kind of tree, in which keys and values know their bytes.

mod json;
mod leaf;
mod table;
mod toml;
mod yaml;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::{Map, Value};

pub use self::toml::parse_toml;
pub use self::yaml::parse_yaml;
use crate::date::Date;
use crate::diag::{Diagnostic, Message};
use crate::msg;

/// The longest text that is read as data.
const MAX_BYTES: usize = 16 << 20;

/// A value with the bytes of the file that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its bytes, counted from the first byte of the file.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Nothing (YAML only).
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// A text.
    Str(String),
    /// A date.
    Date(Date),
    /// A list.
    Array(Vec<Node>),
    /// A table, in the order of the file.
    Table(Vec<Entry>),
}

/// A key of a table with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The bytes of the key.
    pub key_span: Range<usize>,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The entries of a table; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::Array(items) => items,
            _ => &[],
        }
    }

    /// The tables among the items of a list.
    pub fn tables(&self) -> impl Iterator<Item = &Node> {
        self.items().iter().filter(|item| matches!(item.kind, Kind::Table(_)))
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value at a path of keys.
    pub fn at(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The bytes of a key.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.entry(key).map(|entry| entry.key_span.clone())
    }

    /// The text, or the whole number as a text.
    pub fn word(&self) -> Option<String> {
        match &self.kind {
            Kind::Str(text) => Some(text.clone()),
            Kind::Int(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The value as JSON: dates as strings, keys sorted.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::from(*value),
            Kind::Int(value) => Value::from(*value),
            Kind::Float(value) => Value::from(*value),
            Kind::Str(text) => Value::from(text.as_str()),
            Kind::Date(date) => Value::from(date.iso()),
            Kind::Array(items) => items.iter().map(Node::to_json).collect(),
            Kind::Table(entries) => {
                let mut sorted: Vec<&Entry> = entries.iter().collect();
                sorted.sort_by(|a, b| a.key.cmp(&b.key));
                let pairs = sorted.into_iter().map(|e| (e.key.clone(), e.value.to_json()));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
        }
    }

    /// The value as JSON in the order of the file.
    pub fn in_order(&self) -> Value {
        match &self.kind {
            Kind::Array(items) => items.iter().map(Node::in_order).collect(),
            Kind::Table(entries) => {
                let pairs = entries.iter().map(|e| (e.key.clone(), e.value.in_order()));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
            _ => self.to_json(),
        }
    }

    /// What it is, for messages.
    pub fn describe(&self) -> Message {
        match &self.kind {
            Kind::Null => msg!("nothing", "空值"),
            Kind::Bool(_) => msg!("true or false", "布尔值"),
            Kind::Int(_) => msg!("a whole number", "整数"),
            Kind::Float(_) => msg!("a number", "小数"),
            Kind::Str(_) => msg!("a text", "文本"),
            Kind::Date(_) => msg!("a date", "日期"),
            Kind::Array(_) => msg!("a list", "列表"),
            Kind::Table(_) => msg!("a table", "表"),
        }
    }
}

/// Reads a file in the format that the ending of its name says; none where that is no format of data.
/// Characters that pages cannot hold are left out, with warnings.
pub fn parse_file(path: &str, text: &str, out: &mut Vec<Diagnostic>) -> Option<Node> {
    let (_, ending) = path.rsplit_once('.')?;
    let read = match ending {
        "toml" => parse_toml(path, text, 0),
        "yaml" | "yml" => parse_yaml(path, text, 0),
        "json" => json::parse_json(path, text),
        "csv" => table::parse_csv(path, text),
        _ => return None,
    };
    match read {
        Ok(mut node) => {
            clean(path, &mut node, out);
            Some(node)
        }
        Err(problems) => {
            out.extend(problems);
            None
        }
    }
}

/// The endings that [`parse_file`] knows.
pub const ENDINGS: [&str; 5] = ["toml", "yaml", "yml", "json", "csv"];

/// Drops the characters that HTML forbids from the texts of data, each text with a warning at its
/// value: control characters, which are mostly written as escapes, and noncharacters. Tabs and
/// line ends stay.
pub fn clean(path: &str, node: &mut Node, out: &mut Vec<Diagnostic>) {
    match &mut node.kind {
        Kind::Str(text) => {
            let Some(first) = text.chars().find(|c| is_forbidden(*c)) else { return };
            let code = first as u32;
            text.retain(|c| !is_forbidden(c));
            let message = msg!(
                "the text holds the character U+{code:04X}, which pages cannot hold; it is left out",
                "文本里有网页不能使用的字符 U+{code:04X}，已略去"
            );
            let problem =
                Diagnostic::warning("control-character", path, node.span.clone(), message);
            out.push(problem.help(msg!("delete it here", "请在这里删去它")));
        }
        Kind::Array(items) => items.iter_mut().for_each(|item| clean(path, item, out)),
        Kind::Table(entries) => {
            entries.iter_mut().for_each(|entry| clean(path, &mut entry.value, out));
        }
        _ => {}
    }
}

/// A text in which spaces stand for the characters that HTML forbids, from a byte on, with a warning at the
/// first. The spaces are as long, so that every place stays what it was.
pub fn blank<'t>(
    path: &str,
    text: &'t str,
    start: usize,
    out: &mut Vec<Diagnostic>,
) -> Cow<'t, str> {
    let body = text.get(start..).unwrap_or_default();
    let Some((at, first)) = body.char_indices().find(|(_, c)| is_forbidden(*c)) else {
        return Cow::Borrowed(text);
    };
    let code = first as u32;
    let message = msg!(
        "the text holds the character U+{code:04X}, which pages cannot hold; a space stands for it",
        "文本里有网页不能使用的字符 U+{code:04X}，以空格代替"
    );
    let span = start + at..start + at + first.len_utf8();
    let problem = Diagnostic::warning("control-character", path, span, message);
    out.push(problem.help(msg!("delete it here", "请在这里删去它")));
    let mut blanked = text[..start].to_owned();
    for c in body.chars() {
        match (is_forbidden(c), c.len_utf8()) {
            (false, _) => blanked.push(c),
            (true, 1) => blanked.push(' '),
            (true, 2) => blanked.push('\u{a0}'),
            (true, 3) => blanked.push('\u{3000}'),
            (true, _) => blanked += "\u{3000} ",
        }
    }
    Cow::Owned(blanked)
}

/// Whether HTML forbids a character in texts (HTML Standard, “Text”; Infra, “noncharacter”).
fn is_forbidden(c: char) -> bool {
    let code = c as u32;
    let noncharacter = (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe;
    noncharacter || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// Refuses a text that is too long to be written by hand.
fn bounded(path: &str, text: &str, offset: usize) -> Result<(), Vec<Diagnostic>> {
    if text.len() <= MAX_BYTES {
        return Ok(());
    }
    let megabytes = MAX_BYTES >> 20;
    Err(vec![
        Diagnostic::error(
            "too-large",
            path,
            offset..offset,
            msg!("more than {megabytes} MiB of data", "数据超过 {megabytes} MiB"),
        )
        .help(msg!("split it into several files", "请拆成几个文件")),
    ])
}

#[cfg(test)]
mod tests;
