//! Reads TOML.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};
use ::toml::value::Datetime;

use super::{Entry, Kind, Node, bounded};
use crate::date::Date;
use crate::diag::{Diagnostic, Message};
use crate::msg;

/// How many mistakes are reported: what follows so many is noise.
const MAX_ERRORS: usize = 100;

/// Reads TOML that starts at a byte of a file. All mistakes are returned, one a line.
pub fn parse_toml(path: &str, text: &str, offset: usize) -> Result<Node, Vec<Diagnostic>> {
    bounded(path, text, offset)?;
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let span = offset..offset + text.len();
        return Ok(Node { span, kind: entries(table.get_ref(), text, offset) });
    }
    let mut errors: Vec<&Error> = errors.iter().collect();
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut lines = Vec::new();
    let mut out = Vec::new();
    for error in errors.into_iter().take(MAX_ERRORS) {
        let span = visible(text, error.span().unwrap_or_else(|| deep_line(text)));
        let line = text[..span.start].matches('\n').count();
        if !lines.contains(&line) {
            lines.push(line);
            out.push(problem(path, error, offset + span.start..offset + span.end));
        }
    }
    Err(out)
}

/// The first line that nests deeper than the parser goes, for its error that has no place.
fn deep_line(text: &str) -> Range<usize> {
    let depth = |line: &str| line.matches(['.', '[', '{']).count();
    let line = text.lines().find(|line| depth(line) > 70).unwrap_or_default();
    let start = if line.is_empty() { 0 } else { line.as_ptr() as usize - text.as_ptr() as usize };
    start..start
}

fn shift(span: Range<usize>, offset: usize) -> Range<usize> {
    span.start + offset..span.end + offset
}

/// The span inside the text, on whole characters.
fn visible(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn entries(table: &DeTable<'_>, text: &str, offset: usize) -> Kind {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| Entry {
        key: AsRef::<str>::as_ref(key.get_ref()).to_owned(),
        key_span: shift(key.span(), offset),
        value: node(value, text, offset),
    };
    Kind::Table(table.iter().map(entry).collect())
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, offset: usize) -> Node {
    let raw = || text.get(value.span()).unwrap_or_default().to_owned();
    let kind = match value.get_ref() {
        DeValue::String(string) => Kind::Str(string.clone().into_owned()),
        DeValue::Integer(int) => match i64::from_str_radix(int.as_str(), int.radix()) {
            Ok(int) => Kind::Int(int),
            Err(_) => int.as_str().parse().map_or_else(|_| Kind::Str(raw()), Kind::Float),
        },
        DeValue::Float(float) => Kind::Float(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Kind::Bool(*value),
        DeValue::Datetime(datetime) => date(datetime).map_or_else(|| Kind::Str(raw()), Kind::Date),
        DeValue::Array(items) => {
            Kind::Array(items.iter().map(|item| node(item, text, offset)).collect())
        }
        DeValue::Table(table) => entries(table, text, offset),
    };
    Node { span: shift(value.span(), offset), kind }
}

/// A date of TOML; none for a time without a day.
fn date(datetime: &Datetime) -> Option<Date> {
    datetime.date?;
    let text = datetime.to_string();
    Date::parse(&text).ok()
}

/// What the `toml` crate says (the start of it), in Chinese, and what to do.
type Known = (&'static str, &'static str, Option<(&'static str, &'static str)>);

const QUOTE_KEY: (&str, &str) = (
    "put the key in quotes: keys without quotes are of letters a–z, digits, - and _",
    "请给键加引号：不加引号的键只能由英文字母、数字、- 和 _ 组成",
);
const QUOTE_VALUE: (&str, &str) =
    ("put the text in double quotes: \"…\"", "请给文本加双引号：\"…\"");

const WRITE_DATE: (&str, &str) = (
    "write 2025-01-14, or 2025-01-14T16:29:00+08:00",
    "请写成 2025-01-14 或 2025-01-14T16:29:00+08:00",
);

const KNOWN: &[Known] = &[
    ("string values must be quoted", "文本没有加引号", Some(QUOTE_VALUE)),
    ("invalid unquoted key", "不加引号的键里有不能用的字符", Some(QUOTE_KEY)),
    ("unquoted keys cannot be empty", "键是空的", Some(QUOTE_KEY)),
    ("duplicate key", "键重复了", Some(("remove one of them", "请删去其中一个"))),
    ("missing opening quote", "缺少开头的引号", Some(QUOTE_VALUE)),
    (
        "invalid basic string",
        "文本的引号没有配对，或里面有不能用的字符",
        Some(("close the text with \" on the same line", "请在同一行用 \" 结束文本")),
    ),
    ("invalid literal string", "文本的引号没有配对，或里面有不能用的字符", None),
    (
        "missing escaped value",
        "反斜杠后面的转义不对",
        Some(("write \\\\ for a backslash", "反斜杠本身写作 \\\\")),
    ),
    ("missing comma between array elements", "列表的两项之间缺少逗号", None),
    ("missing comma between key-value pairs", "两个键值之间缺少逗号", None),
    ("missing assignment between key-value pairs", "键和值之间缺少 =", None),
    ("key with no value", "键没有值", Some(("write key = value", "请写成“键 = 值”"))),
    ("missing value", "缺少值", None),
    ("extra comma", "多了一个逗号", None),
    ("extra `=`", "多了一个 =", None),
    ("extra assignment", "多了一个 =", None),
    ("unclosed array table", "[[表]] 没有结束", Some(("close it with ]]", "请用 ]] 结束"))),
    ("unclosed array", "列表没有结束", Some(("close it with ]", "请用 ] 结束"))),
    ("unclosed inline table", "表没有结束", Some(("close it with }", "请用 } 结束"))),
    ("unclosed table", "[表] 没有结束", Some(("close it with ]", "请用 ] 结束"))),
    (
        "unexpected key or value",
        "这一行后面多了内容",
        Some(("begin a new line for each key", "请让每个键各占一行")),
    ),
    ("invalid date", "日期写法不对", Some(WRITE_DATE)),
    ("invalid time", "时间写法不对", Some(WRITE_DATE)),
    ("unexpected leading zero", "数字不能以 0 开头", Some(QUOTE_VALUE)),
];

fn problem(path: &str, error: &Error, span: Range<usize>) -> Diagnostic {
    let said = error.message();
    let known = KNOWN.iter().find(|(start, ..)| said.starts_with(start));
    let code = if said.starts_with("duplicate key") { "duplicate-key" } else { "toml-syntax" };
    let too_deep =
        ["recursion limit", "cannot recurse further"].iter().any(|s| said.starts_with(s));
    let message = match known {
        _ if too_deep => msg!("lists and tables nest too deep", "列表和表嵌套太深"),
        Some((_, zh, _)) => Message { en: said.to_owned(), zh: (*zh).to_owned() },
        None => msg!("this is not TOML: {said}", "不是正确的 TOML：{said}"),
    };
    let diagnostic = Diagnostic::error(code, path, span, message);
    match known.and_then(|(.., help)| *help) {
        Some((en, zh)) => diagnostic.help(Message { en: en.to_owned(), zh: zh.to_owned() }),
        None => diagnostic,
    }
}
