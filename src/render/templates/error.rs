//! Tera's errors as diagnostics: the template, the place in it, and how it was reached.

use std::collections::HashMap;
use std::sync::Arc;

use tera::{Error, ErrorKind};

use crate::diag::Diagnostic;
use crate::msg;

type Files = HashMap<String, (Arc<str>, Arc<str>)>;

/// Whether a template is wrong in itself, whatever the others are.
pub(super) fn is_syntax(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::SyntaxError(_))
}

/// An error of the engine, in the template that it names (else in `name`). `page` is the address
/// of the page that was rendered.
pub(super) fn diagnostic(
    error: &Error,
    name: &str,
    files: &Files,
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
        ErrorKind::MissingParent { current, parent } => (
            "template-error",
            current.as_str(),
            None,
            format!("it extends “{parent}”, which does not exist"),
        ),
        other => ("template-error", name, None, other.to_string()),
    };
    let path = files.get(name).map_or_else(|| Arc::from(name), |(path, _)| path.clone());
    let mut diagnostic =
        Diagnostic::error(code, path, span, msg!("the template fails: {text}", "模板出错：{text}"));
    for (label, place) in callers(error) {
        let path = files.get(&place.0).map_or_else(|| Arc::from(place.0.as_str()), |f| f.0.clone());
        let span = files.get(&place.0).and_then(|(_, text)| line_span(text, place.1));
        diagnostic = diagnostic.related(path, span, msg!("{label}", "由此处调用（{label}）"));
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
