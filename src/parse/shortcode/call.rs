//! A call of a shortcode, as an author writes it: an HTML comment.
//!
//! `<!-- gen:figure src="cat.jpg" -->` alone, or with a text between it and `<!-- /gen:figure -->`.
//! Every reader of Markdown knows comments, and leaves them alone; in code they are code.

use std::ops::Range;

use serde_json::Value;

/// What begins a call, and the end of one, inside a comment.
const MARK: &str = "gen:";

/// A call with its places in the file, in bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The shortcode.
    pub name: String,
    /// Where its name stands.
    pub at: Range<usize>,
    /// Its arguments, in order.
    pub arguments: Vec<Argument>,
    /// The whole comment.
    pub span: Range<usize>,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// A text, a number or a truth value.
    pub value: Value,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a comment is.
#[derive(Debug, Clone, PartialEq)]
pub enum Comment {
    /// A call, or the beginning of one with a text.
    Open(Call),
    /// Its end: the shortcode's name.
    Close(String),
    /// Meant as a call, but not understood from these bytes on.
    Bad(Range<usize>),
}

impl Call {
    /// The text of an argument.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|one| one.name == name)?.value.as_str()
    }
}

impl Comment {
    /// The same with its places moved.
    pub fn placed(self, place: impl Fn(usize) -> usize) -> Comment {
        let moved = |span: &Range<usize>| place(span.start)..place(span.end);
        match self {
            Comment::Open(mut call) => {
                call.at = moved(&call.at);
                call.span = moved(&call.span);
                for argument in &mut call.arguments {
                    argument.span = moved(&argument.span);
                }
                Comment::Open(call)
            }
            Comment::Close(name) => Comment::Close(name),
            Comment::Bad(span) => Comment::Bad(moved(&span)),
        }
    }
}

/// Reads a comment that stands from the byte `start` on, if it is a call or the end of one.
pub fn read(html: &str, start: usize) -> Option<Comment> {
    let whole = html.trim();
    let first = start + (html.len() - html.trim_start().len());
    let inside = whole.strip_prefix("<!--")?.strip_suffix("-->")?;
    let mut rest = inside.trim_start();
    let at = |rest: &str| first + 4 + inside.len() - rest.len();
    let closes = rest.starts_with('/');
    let name = rest.strip_prefix('/').unwrap_or(rest).strip_prefix(MARK)?;
    let length = name.find(|c: char| !is_name(c)).unwrap_or(name.len());
    let span = first..first + whole.len();
    rest = &name[length..];
    let here = at(name)..at(rest);
    let name = name[..length].to_owned();
    if name.is_empty() {
        return Some(Comment::Bad(span));
    }
    if closes {
        let fine = rest.trim().is_empty();
        return Some(if fine { Comment::Close(name) } else { Comment::Bad(span) });
    }
    let mut arguments = Vec::new();
    loop {
        let trimmed = rest.trim_start();
        if trimmed.is_empty() {
            return Some(Comment::Open(Call { name, at: here, arguments, span }));
        }
        let apart = trimmed.len() < rest.len();
        match argument(trimmed).filter(|_| apart) {
            Some((key, value, left)) => {
                let span = at(trimmed)..at(left);
                arguments.push(Argument { name: key.to_owned(), value, span });
                rest = left;
            }
            None => return Some(Comment::Bad(at(trimmed)..at("").max(at(trimmed) + 1))),
        }
    }
}

/// The calls that a text may hold, wherever they stand in it: more than there are, as some may be code.
pub fn possible(text: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    // Where the next comment ends; it is looked for once, however many seem to begin before it.
    let mut end = 0;
    for (at, _) in text.match_indices("<!--") {
        if end < at + 3 {
            let Some(next) = text[at..].find("-->") else { break };
            end = at + next + 3;
        }
        if let Some(Comment::Open(call)) = read(&text[at..end], at) {
            calls.push(call);
        }
    }
    calls
}

/// Whether a file may hold calls.
pub fn has_calls(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, MARK.as_bytes()).is_some()
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `name=value` at the start of a text: its name, its value, what is left.
fn argument(text: &str) -> Option<(&str, Value, &str)> {
    let (name, rest) = text.split_at(text.find(|c| !is_name(c))?);
    let rest = rest.strip_prefix('=').filter(|_| !name.is_empty())?;
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let (value, left) = quoted(&rest[1..], quote)?;
        return Some((name, Value::String(value), left));
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, left) = rest.split_at(end);
    let value = match word {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => serde_json::from_str::<serde_json::Number>(word).ok().map(Value::Number)?,
    };
    Some((name, value, left))
}

/// A text up to its closing quotation mark, and what is left. A backslash stands before a mark, or
/// before another backslash, that is meant as it is.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if text[at + 1..].starts_with([quote, '\\']) => {
                out.extend(chars.next().map(|(_, c)| c));
            }
            _ if c == quote => return Some((out, &text[at + 1..])),
            '\r' => {}
            '\n' => out.push(' '),
            _ => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Comment, possible, read};

    #[test]
    fn calls_are_read() {
        let call = |html: &str| match read(html, 100) {
            Some(Comment::Open(call)) => {
                for argument in &call.arguments {
                    let written = &html[argument.span.start - 100..argument.span.end - 100];
                    assert!(written.starts_with(&argument.name), "{written}");
                }
                assert_eq!(&html[call.at.start - 100..call.at.end - 100], call.name);
                let arguments = call.arguments.iter().map(|one| json!([one.name, one.value]));
                Some((call.name.clone(), serde_json::Value::Array(arguments.collect())))
            }
            _ => None,
        };
        for (html, name, arguments) in [
            ("<!-- gen:figure -->", "figure", json!([])),
            ("<!--gen:figure-->\n", "figure", json!([])),
            ("<!-- gen:a b=\"猫 \\\"税\\\"\" -->", "a", json!([["b", "猫 \"税\""]])),
            (
                "<!-- gen:a b='it\"s'\n  c=12 d=true e=-1.5 -->",
                "a",
                json!([["b", "it\"s"], ["c", 12], ["d", true], ["e", -1.5]]),
            ),
            ("<!-- gen:a b=\"one\ntwo\" -->", "a", json!([["b", "one two"]])),
            ("<!-- gen:a b=\"c\\d\" -->", "a", json!([["b", "c\\d"]])),
        ] {
            assert_eq!(call(html), Some((name.to_owned(), arguments)), "{html}");
        }
        assert_eq!(read("<!-- /gen:details -->", 0), Some(Comment::Close("details".to_owned())));
        for bad in [
            "<!-- gen: -->",
            "<!-- gen:a b -->",
            "<!-- gen:a b=c -->",
            "<!-- gen:a b=\"c -->",
            "<!-- gen:a b=\"c\"d=\"e\" -->",
            "<!-- /gen:a b=\"c\" -->",
            "<!-- gen:a-b -->",
            "<!-- gen:猫 -->",
        ] {
            assert!(matches!(read(bad, 0), Some(Comment::Bad(_))), "{bad}");
        }
        for none in ["<!-- more -->", "<!-- gen-check: off a -->", "<!-- see gen:a -->", "<b>"] {
            assert_eq!(read(none, 0), None, "{none}");
        }
        assert_eq!(possible("`<!-- gen:b x=1 -->` <!-- a <!-- gen:a --> <!--").len(), 2);
    }
}
