//! What a schema without alternatives says.

use serde_json::Value;

use super::super::data::Kind;
use crate::date;
use crate::diag::Message;
use crate::msg;

/// Known words are listed in help when there are at most so many.
const FEW: usize = 12;

/// The known words, if they are few.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Option<Message> {
    let names: Vec<&str> = names.collect();
    if names.is_empty() || names.len() > FEW {
        return None;
    }
    let (en, zh) = (names.join(", "), names.join("、"));
    Some(msg!("known here: {en}", "这里可以写：{zh}"))
}

/// The types that a schema names; none means any.
pub(super) fn types(leaf: &Value) -> impl Iterator<Item = &str> {
    let one = leaf["type"].as_str();
    one.into_iter().chain(leaf["type"].as_array().into_iter().flatten().filter_map(Value::as_str))
}

/// The words of an enumeration.
pub(super) fn words(leaf: &Value) -> Option<Vec<&str>> {
    match (leaf.get("const"), leaf.get("enum")) {
        (Some(word), _) => Some(word.as_str().into_iter().collect()),
        (_, Some(list)) => Some(list.as_array()?.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

/// Whether a value is of a type that a schema names.
pub(super) fn fits(kind: &Kind, leaf: &Value) -> bool {
    let mut types = types(leaf).peekable();
    types.peek().is_none()
        || types.any(|name| match kind {
            Kind::Null => name == "null",
            Kind::Bool(_) => name == "boolean",
            Kind::Int(_) => name == "integer" || name == "number",
            Kind::Float(_) => name == "number",
            Kind::Str(_) => name == "string",
            Kind::Date(_) => name == "string" && leaf["format"] == date::FORMAT,
            Kind::Array(_) => name == "array",
            Kind::Table(_) => name == "object",
        })
}

/// What a type is called in messages.
pub(super) fn expected(name: &str, leaf: &Value) -> Option<Message> {
    Some(match name {
        "boolean" => msg!("true or false", "布尔值"),
        "integer" => msg!("a whole number", "整数"),
        "number" => msg!("a number", "数"),
        "string" if leaf["format"] == date::FORMAT => msg!("a date", "日期"),
        "string" => msg!("a text", "文本"),
        "array" => msg!("a list", "列表"),
        "object" => msg!("a table", "表"),
        _ => return None,
    })
}
