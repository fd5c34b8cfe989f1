//! Prints problems: for people (the line with a caret), as JSON lines, as GitHub annotations, as SARIF.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::places::{Places, Position, position, without_blank_end};
use super::window::Window;
use super::{Diagnostic, Severity, sarif};
use crate::lang::Lang;

/// The form in which problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// The line with a caret, for people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// GitHub Actions workflow commands.
    Github,
    /// One SARIF 2.1.0 document.
    Sarif,
}

/// Prints problems in one format and language.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    /// The form.
    pub format: Format,
    /// The language of messages.
    pub lang: Lang,
    /// Whether to colour the human form.
    pub color: bool,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Json<'a> {
    severity: Severity,
    code: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<JsonPlace<'a>>,
}

impl Printer {
    /// The printed form of problems, with a final newline. `source` returns the text of a file, for
    /// the lines that are shown.
    pub fn print<'s>(
        &self,
        diagnostics: &[&Diagnostic],
        source: &dyn Fn(&str) -> Option<&'s str>,
    ) -> String {
        let each = diagnostics.iter();
        let places = Places::new(source);
        match self.format {
            Format::Human => each.map(|d| self.human(d, source)).collect(),
            Format::Json => each.map(|d| self.json(d, &places)).collect(),
            Format::Github => each.map(|d| self.github(d, &places)).collect(),
            Format::Sarif => sarif::print(diagnostics, self.lang, &places),
        }
    }

    fn human<'s>(&self, d: &Diagnostic, source: &dyn Fn(&str) -> Option<&'s str>) -> String {
        let (level, help) = match (d.severity, self.lang) {
            (Severity::Error, Lang::En) => (Level::ERROR, "help"),
            (Severity::Error, Lang::Zh) => (Level::ERROR.with_name("错误"), "建议"),
            (Severity::Warning, Lang::En) => (Level::WARNING, "help"),
            (Severity::Warning, Lang::Zh) => (Level::WARNING.with_name("警告"), "建议"),
            (Severity::Hint, Lang::En) => (Level::INFO.with_name("hint"), "help"),
            (Severity::Hint, Lang::Zh) => (Level::INFO.with_name("提示"), "建议"),
        };
        let title = level.primary_title(printable(d.message.get(self.lang))).id(d.code);
        let mut group = Group::with_title(title);
        let mut cut = Vec::new();
        group = place(group, &d.path, d.span.as_ref(), None, source, &mut cut);
        for related in &d.related {
            let note = Some(related.note.get(self.lang));
            group = place(group, &related.path, related.span.as_ref(), note, source, &mut cut);
        }
        if let Some(text) = &d.help {
            let message = Level::HELP.with_name(help).message(printable(text.get(self.lang)));
            group = group.element(message);
        }
        let renderer = if self.color { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        of_file(renderer.render(&[group]), &cut) + "\n\n"
    }

    fn json(&self, d: &Diagnostic, at: &Places<'_, '_>) -> String {
        fn json_place<'a>(
            file: &'a str,
            places: Option<(Position, Position)>,
            note: Option<&'a str>,
        ) -> JsonPlace<'a> {
            let (start, end) = places.unzip();
            JsonPlace {
                file,
                line: start.map(|p| p.0),
                column: start.map(|p| p.1),
                end_line: end.map(|p| p.0),
                end_column: end.map(|p| p.1),
                note,
            }
        }
        let related = d.related.iter().map(|r| {
            let note = Some(r.note.get(self.lang));
            json_place(&r.path, at.of(&r.path, r.span.as_ref()), note)
        });
        let json = Json {
            severity: d.severity,
            code: d.code,
            place: json_place(&d.path, at.of(&d.path, d.span.as_ref()), None),
            message: d.message.get(self.lang),
            help: d.help.as_ref().map(|help| help.get(self.lang)),
            related: related.collect(),
        };
        serde_json::to_string(&json).unwrap_or_default() + "\n"
    }

    /// The `::error file=…` form, with the escapes that GitHub's toolkit documents for workflow
    /// commands.
    fn github(&self, d: &Diagnostic, at: &Places<'_, '_>) -> String {
        let data = |s: &str| s.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let property = |s: &str| data(s).replace(':', "%3A").replace(',', "%2C");
        let severity = match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let mut out = format!("::{severity} file={}", property(&d.path));
        if let Some(places) = at.of(&d.path, d.span.as_ref()) {
            let ((line, column), (end_line, end_column)) = places;
            out += &format!(",line={line},endLine={end_line},col={column},endColumn={end_column}");
        }
        let mut message = d.message.get(self.lang).to_owned();
        if let Some(help) = &d.help {
            message = format!("{message} ({})", help.get(self.lang));
        }
        format!("{out},title={}::{}\n", property(d.code), data(&message))
    }
}

/// Puts in the columns of the file where a line was cut: the renderer tells those of what it shows.
fn of_file(mut text: String, cut: &[(String, String)]) -> String {
    let mut from = text.find("-->").unwrap_or(text.len());
    for (shown, right) in cut {
        let Some(at) = text[from..].find(shown.as_str()).map(|at| from + at) else { break };
        text.replace_range(at..at + shown.len(), right);
        from = at + right.len();
    }
    text
}

/// Adds a place to a printed problem: the line with its caret where the text is known, else the
/// path alone. `cut` gets the place as it is told of what is shown, and as it is in the file.
fn place<'a, 's: 'a>(
    group: Group<'a>,
    path: &'a str,
    span: Option<&Range<usize>>,
    note: Option<&'a str>,
    source: &dyn Fn(&str) -> Option<&'s str>,
    cut: &mut Vec<(String, String)>,
) -> Group<'a> {
    let (Some(span), Some(text)) = (span, source(path)) else {
        let group = group.element(annotate_snippets::Origin::path(one_line(path)));
        return match note {
            Some(note) => group.element(Level::NOTE.no_name().message(printable(note))),
            None => group,
        };
    };
    let span = &without_blank_end(text, span);
    let window = Window::of(text, span);
    let start = window.span.start;
    let kind = if note.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let mut annotation = kind.span(window.span);
    if let Some(note) = note {
        annotation = annotation.label(printable(note));
    }
    let (line, column) = position(text, span.start);
    let before = &window.shown[..start];
    let shown = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    if shown != column {
        cut.push((format!("{path}:{line}:{shown}"), format!("{path}:{line}:{column}")));
    }
    let snippet = Snippet::source(without_c1(window.shown))
        .path(one_line(path))
        .line_start(window.first_line);
    group.element(snippet.annotation(annotation))
}

/// A text for a terminal, without what could steer it: control characters but for line feeds, and
/// those that turn the direction of what follows (Unicode Annex 9, section 2). Texts, names and paths of
/// files may hold anything.
pub fn printable(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    match text.contains(steers) {
        true => Cow::Owned(text.replace(steers, "\u{FFFD}")),
        false => Cow::Borrowed(text),
    }
}

/// Lines of a file for a terminal. The printer shows most control characters as pictures of them; of
/// those that it leaves, from U+0080 to U+009F, each becomes a character of the same length in bytes.
fn without_c1(lines: String) -> String {
    let left = |c: char| matches!(c, '\u{80}'..='\u{9F}');
    if lines.contains(left) { lines.replace(left, "¿") } else { lines }
}

/// A path for a terminal, which is one line.
fn one_line(path: &str) -> Cow<'_, str> {
    match path.contains('\n') {
        true => Cow::Owned(printable(&path.replace('\n', "\u{FFFD}")).into_owned()),
        false => printable(path),
    }
}
