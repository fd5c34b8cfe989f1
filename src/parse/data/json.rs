//! Reads JSON.

use std::ops::Range;

use serde_json::error::Category;
use serde_json::{Error, Value};

use super::{Entry, Kind, Node, bounded};
use crate::diag::{Diagnostic, Message};
use crate::msg;

/// Reads a file of JSON. Every value has the whole file for its bytes.
pub(super) fn parse_json(path: &str, text: &str) -> Result<Node, Vec<Diagnostic>> {
    bounded(path, text, 0)?;
    match serde_json::from_str::<Value>(text) {
        Ok(value) => Ok(node(value, &(0..text.len()))),
        Err(error) => Err(vec![problem(path, text, &error)]),
    }
}

fn node(value: Value, span: &Range<usize>) -> Node {
    let kind = match value {
        Value::Null => Kind::Null,
        Value::Bool(value) => Kind::Bool(value),
        Value::Number(number) => match number.as_i64() {
            Some(int) => Kind::Int(int),
            None => Kind::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Kind::Str(text),
        Value::Array(items) => {
            Kind::Array(items.into_iter().map(|item| node(item, span)).collect())
        }
        Value::Object(entries) => {
            let entry =
                |(key, value)| Entry { key, key_span: span.clone(), value: node(value, span) };
            Kind::Table(entries.into_iter().map(entry).collect())
        }
    };
    Node { span: span.clone(), kind }
}

fn problem(path: &str, text: &str, error: &Error) -> Diagnostic {
    let at = place(text, error.line(), error.column());
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let message = match error.classify() {
        Category::Eof => msg!("the JSON ends in the middle: {said}", "JSON 没有写完"),
        _ => {
            let zh = in_chinese(said);
            msg!("this is not JSON: {said}", "不是正确的 JSON：{zh}")
        }
    };
    let problem = Diagnostic::error("json-syntax", path, at, message);
    match help(said) {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// What serde_json says, in Chinese, where people are likely to read it.
fn in_chinese(said: &str) -> &str {
    match said {
        "trailing comma" => "末尾多了一个逗号",
        "key must be a string" => "键没有加引号",
        "expected value" => "这里应当是一个值",
        "trailing characters" => "后面还有别的内容",
        "expected `:`" => "键的后面没有冒号",
        "expected `,` or `}`" | "expected `,` or `]`" => "少了逗号，或者括号没有闭合",
        other => other,
    }
}

/// What to do about what serde_json says.
fn help(said: &str) -> Option<Message> {
    Some(match said {
        "trailing comma" => {
            msg!("delete the comma behind the last value", "请删去最后一个值后面的逗号")
        }
        "key must be a string" => {
            msg!("put keys in double quotes: \"key\"", "键要加双引号：\"key\"")
        }
        "expected value" => msg!(
            "texts stand in double quotes; JSON has no comments",
            "文本要加双引号；JSON 里不能写注释"
        ),
        "trailing characters" => msg!(
            "a file holds one value: put several into a list [ … ]",
            "一个文件只能有一个值：有几个值就写成列表 [ … ]"
        ),
        _ => return None,
    })
}

/// The character that serde_json names by its line and its byte in the line, both from 1.
fn place(text: &str, line: usize, column: usize) -> Range<usize> {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at..text[at..].chars().next().map_or(at, |c| at + c.len_utf8())
}
