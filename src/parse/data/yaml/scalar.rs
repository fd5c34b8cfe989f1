//! What a YAML scalar means.

use granit_parser::{ScalarStyle, Tag};

use super::super::Kind;
use crate::date::Date;

/// Resolves a scalar: text in quotes and blocks is text, plain text follows the core schema of
/// YAML 1.2, where `yes` and `no` are text, and dates are dates.
pub(super) fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Kind {
    let plain = style == ScalarStyle::Plain && tag.and_then(Tag::core_suffix) != Some("str");
    if !plain {
        return Kind::Str(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ => {}
    }
    if Date::looks_like(text)
        && let Ok(date) = Date::parse(text)
    {
        return Kind::Date(date);
    }
    number(text).unwrap_or_else(|| Kind::Str(text.to_owned()))
}

fn number(text: &str) -> Option<Kind> {
    let radix = [("0o", 8), ("0x", 16)];
    for (prefix, radix) in radix {
        if let Some(digits) = text.strip_prefix(prefix).filter(|d| !d.starts_with(['+', '-'])) {
            return i64::from_str_radix(digits, radix).ok().map(Kind::Int);
        }
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
            return Some(Kind::Float(sign * f64::INFINITY));
        }
        ".nan" | ".NaN" | ".NAN" => return Some(Kind::Float(f64::NAN)),
        _ => {}
    }
    let shape = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        || !unsigned.bytes().all(shape)
    {
        return None;
    }
    text.parse().map(Kind::Int).ok().or_else(|| text.parse().map(Kind::Float).ok())
}
