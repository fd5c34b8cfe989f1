//! Tera's errors as diagnostics: the template, the place in it, and how it was reached.

use std::collections::HashMap;
use std::sync::Arc;

use tera::{Error, ErrorKind};

use super::limits::{self, Guarded};
use super::said::said;
use crate::diag::{Diagnostic, Message};
use crate::msg;

/// The files that templates come from, by name: their path for readers of an error, their text.
pub(in crate::render) type Files = HashMap<String, (Arc<str>, Arc<str>)>;

/// A problem that the engine only prints: where several are found at once, in one text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Report<'t> {
    pub message: &'t str,
    /// The name of the template.
    pub file: &'t str,
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
    /// In characters.
    width: usize,
}

/// The problems in a text of the engine: `error: message`, ` --> name:line:column`, the line of
/// the template, and what is wrong in it underlined.
pub(super) fn reports(text: &str) -> Vec<Report<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let report = |at: usize| {
        let message = lines[at].strip_prefix("error: ")?;
        let place = lines.get(at + 1)?.trim_start().strip_prefix("--> ")?;
        let mut parts = place.rsplitn(3, ':');
        let (column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
        let width = lines.get(at + 4).map_or(1, |line| line.matches('^').count().max(1));
        let (line, column) = (line.parse().ok()?, column.parse().ok()?);
        Some(Report { message, file, line, column, width })
    };
    (0..lines.len()).filter_map(report).collect()
}

impl Report<'_> {
    /// What is unknown, where that is the problem: its kind and its name.
    pub fn unknown(&self) -> Option<(&str, &str)> {
        let (kind, name) = self.message.strip_prefix("Unknown ")?.split_once(" `")?;
        Some((kind, name.strip_suffix('`')?))
    }

    /// What is wrong, for readers.
    pub fn text(&self) -> Message {
        let text = self.message;
        match self.unknown() {
            Some(("filter", name)) => msg!("there is no filter “{name}”", "没有过滤器“{name}”"),
            Some(("test", name)) => msg!("there is no test “{name}”", "没有测试“{name}”"),
            Some(("function", name)) => msg!("there is no function “{name}”", "没有函数“{name}”"),
            Some(("component", name)) => msg!("there is no component “{name}”", "没有组件“{name}”"),
            Some(("template", name)) => msg!("there is no template “{name}”", "没有模板“{name}”"),
            _ => said(text),
        }
    }

    /// The bytes of the place in the template.
    pub fn span(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let line = text.split('\n').nth(self.line.checked_sub(1)?)?;
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let byte = |at: usize| line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte);
        let first = self.column.checked_sub(1)?;
        Some(start + byte(first)..start + byte(first + self.width))
    }
}

/// The component and the two templates of the engine's “Component `a` is defined in both `b` and
/// `c`”.
pub(super) fn twice(text: &str) -> Option<(&str, [&str; 2])> {
    let (component, files) =
        text.strip_prefix("Component `")?.split_once("` is defined in both `")?;
    let (first, second) = files.strip_suffix('`')?.split_once("` and `")?;
    Some((component, [first, second]))
}

/// A text of the engine without its drawing.
pub(super) fn one_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The path of a template, for readers.
pub(super) fn path(name: &str, files: &Files) -> Arc<str> {
    files.get(name).map_or_else(|| Arc::from(name), |(path, _)| path.clone())
}

/// An error of the engine, in the template that it names (else in `name`). `page` is the address
/// of the page that was rendered.
pub(super) fn diagnostic(
    error: &Error,
    name: &str,
    files: &Files,
    guarded: &HashMap<String, Guarded>,
    page: Option<&str>,
) -> Diagnostic {
    let (code, name, span, text) = match error.kind() {
        ErrorKind::SyntaxError(report) => (
            "template-syntax",
            report.filename(),
            Some(report.span().range.clone()),
            report.message().to_owned(),
        ),
        ErrorKind::RenderingError(report) => (
            "template-error",
            report.filename(),
            Some(report.span().range.clone()),
            report.message().to_owned(),
        ),
        other => ("template-error", name, None, one_line(&other.to_string()).to_owned()),
    };
    let span = match guarded.get(name) {
        Some(guarded) => span.map(|span| guarded.place(span)),
        None => span,
    };
    let too_long = matches!(error.kind(), ErrorKind::Io(limits::TOO_LONG));
    if let Some((message, help)) = limits::exceeded(&text, too_long) {
        return Diagnostic::error("template-limit", path(name, files), span, message).help(help);
    }
    let mut diagnostic = Diagnostic::error(code, path(name, files), span, said(&text));
    for (label, place) in callers(error) {
        let span = files.get(&place.0).and_then(|(_, text)| line_span(text, place.1));
        diagnostic = diagnostic.related(
            path(&place.0, files),
            span,
            msg!("{label}", "由此处调用（{label}）"),
        );
    }
    match page {
        Some(page) => diagnostic.help(msg!(
            "it was rendered for {page}; docs/templates.md lists what each template sees",
            "渲染的页面是 {page}；每个模板能用的变量见 docs/templates.md"
        )),
        None => diagnostic,
    }
}

/// The chain of templates that led to an error, innermost first. Tera keeps it to itself and only
/// prints it, a line `note: called from name:line:column` each.
fn callers(error: &Error) -> Vec<(String, (String, usize))> {
    let printed = error.kind().to_string();
    let notes = printed.lines().filter_map(|line| line.strip_prefix("note: "));
    notes
        .filter_map(|note| {
            let (label, place) = note.rsplit_once(' ')?;
            let mut parts = place.rsplitn(3, ':');
            let (_column, line, name) = (parts.next()?, parts.next()?, parts.next()?);
            Some((label.to_owned(), (name.to_owned(), line.parse().ok()?)))
        })
        .collect()
}

/// The bytes of a line of a text, without the white space around.
fn line_span(text: &str, number: usize) -> Option<std::ops::Range<usize>> {
    let line = text.lines().nth(number.checked_sub(1)?)?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    let indent = line.len() - line.trim_start().len();
    Some(start + indent..start + line.trim_end().len().max(indent))
}
