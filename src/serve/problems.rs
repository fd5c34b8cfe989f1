//! The errors of a build, for the panel over the page.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::diag::{Diagnostic, Severity, position};
use crate::lang::Lang;
use crate::source::Sources;

/// How many errors the panel shows.
const SHOWN: usize = 20;

/// What a path of a file escapes in the address that opens an editor.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b':');

/// All that the panel shows.
#[derive(Serialize)]
struct Panel<'a> {
    lang: &'static str,
    title: String,
    more: Option<String>,
    problems: Vec<Shown<'a>>,
}

/// A problem as the panel shows it: plain texts, which the page sets as such.
#[derive(Serialize)]
struct Shown<'a> {
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    /// `content/momo.zh.md:3:7`.
    place: String,
    excerpt: Option<Excerpt<'a>>,
    /// The address that opens the place in an editor.
    editor: Option<String>,
}

/// A line of a file with the part that is meant.
#[derive(Serialize)]
struct Excerpt<'a> {
    line: usize,
    before: &'a str,
    marked: &'a str,
    after: &'a str,
}

/// Who reads the panel, and where.
pub struct Reader<'a> {
    /// The language of messages.
    pub lang: Lang,
    /// The folder of the site.
    pub root: &'a Path,
    /// The address that opens an editor: `[serve] editor`.
    pub editor: Option<&'a str>,
}

/// The errors as JSON; `[]` where there are none.
pub fn json(diagnostics: &[Diagnostic], sources: &Sources, reader: &Reader<'_>) -> String {
    let errors: Vec<&Diagnostic> =
        diagnostics.iter().filter(|problem| problem.severity == Severity::Error).collect();
    if errors.is_empty() {
        return "[]".to_owned();
    }
    let more = errors.len().saturating_sub(SHOWN);
    let panel = Panel {
        lang: reader.lang.key(),
        title: match (reader.lang, errors.len()) {
            (Lang::Zh, count) => format!("{count} 个错误：页面仍是上一次构建成功的样子"),
            (Lang::En, 1) => "1 error: this is the last page that was built without".to_owned(),
            (Lang::En, count) => {
                format!("{count} errors: this is the last page that was built without")
            }
        },
        more: (more > 0).then(|| match reader.lang {
            Lang::Zh => format!("……另有 {more} 个，见终端"),
            Lang::En => format!("… and {more} more, in the terminal"),
        }),
        problems: errors.iter().take(SHOWN).map(|one| shown(one, sources, reader)).collect(),
    };
    serde_json::to_string(&panel).unwrap_or_else(|_| "[]".to_owned())
}

fn shown<'a>(problem: &'a Diagnostic, sources: &'a Sources, reader: &Reader<'_>) -> Shown<'a> {
    let bytes = sources.files.get(&*problem.path).map(|file| &*file.bytes);
    let text = bytes.map(|bytes| {
        let end = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
        std::str::from_utf8(&bytes[..end]).unwrap_or_default()
    });
    let start = problem.span.as_ref().map(|span| span.start);
    let at = text.zip(start).map(|(text, start)| position(text, start));
    let path = &problem.path;
    Shown {
        code: problem.code,
        message: problem.message.get(reader.lang),
        help: problem.help.as_ref().map(|help| help.get(reader.lang)),
        place: at
            .map_or_else(|| path.to_string(), |(line, column)| format!("{path}:{line}:{column}")),
        excerpt: text.zip(problem.span.as_ref()).map(|(text, span)| excerpt(text, span)),
        // A problem of the command line or the system lies in no file.
        editor: reader.editor.filter(|_| bytes.is_some()).map(|editor| {
            let (line, column) = at.unwrap_or((1, 1));
            let file = reader.root.join(&**path);
            let file = file.to_string_lossy().replace('\\', "/");
            let file = utf8_percent_encode(&file, ESCAPED).to_string();
            let with_line = editor.replace("{line}", &line.to_string());
            with_line.replace("{column}", &column.to_string()).replace("{path}", &file)
        }),
    }
}

/// The first line of a span.
fn excerpt<'a>(text: &'a str, span: &std::ops::Range<usize>) -> Excerpt<'a> {
    let whole = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = whole(span.start);
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = whole(span.end).clamp(start, to);
    Excerpt {
        line: text[..start].matches('\n').count() + 1,
        before: &text[from..start],
        marked: &text[start..end],
        after: &text[end..to],
    }
}
