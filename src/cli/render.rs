//! `gen render`: one Markdown file to an HTML fragment on standard output.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::Outcome;
use super::args::RenderArgs;
use super::console::Console;
use crate::diag::{Diagnostic, Message, has_errors, sort};
use crate::lang::Lang;
use crate::msg;
use crate::parse::data::Kind;
use crate::parse::front_matter;
use crate::parse::markdown::{Rules, render_fragment};

pub(super) fn run(args: &RenderArgs, console: &Console) -> Outcome {
    let file = args.file.as_deref().filter(|file| *file != Path::new("-"));
    let name: Arc<str> = file.map_or("<stdin>".into(), |file| file.display().to_string().into());
    let text = match read(file, &name) {
        Ok(text) => text,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let lang = args.lang.map_or_else(|| guess(&name, &text), Lang::from);
    let start = body_start(&name, &text);
    let (html, mut diagnostics) = render_fragment(&name, &text, start, lang, Rules::ALL);
    sort(&mut diagnostics);
    console.report(&diagnostics, &|_| Some(text.as_str()));
    match (console.print(&html), has_errors(&diagnostics)) {
        (Outcome::Fine, true) => Outcome::Problems,
        (outcome, _) => outcome,
    }
}

/// Where the Markdown of a text starts: behind front matter that holds something. Two bare `---`
/// are Markdown too.
fn body_start(name: &str, text: &str) -> usize {
    let front = front_matter::parse(name, text);
    match front.node.map(|node| node.kind) {
        Some(Kind::Table(entries)) if !entries.is_empty() => front.body_start,
        _ => 0,
    }
}

fn read(file: Option<&Path>, name: &Arc<str>) -> Result<String, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let read = match file {
        Some(file) => std::fs::read(file).map(|read| bytes = read),
        None => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
    };
    if let Err(error) = read {
        let text = Message::unreadable(&error);
        return Err(Box::new(Diagnostic::error("unreadable-file", name.clone(), None, text)));
    }
    String::from_utf8(bytes).map_err(|_| {
        let text = msg!("this file is not valid UTF-8", "这个文件不是有效的 UTF-8");
        Box::new(Diagnostic::error("not-utf-8", name.clone(), None, text))
    })
}

/// The language of a text that nobody named: as its file's name says, else Chinese as soon as it
/// holds a Chinese character.
fn guess(name: &str, text: &str) -> Lang {
    let by_name = Lang::ALL.into_iter().find(|lang| name.ends_with(&format!(".{lang}.md")));
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    by_name.unwrap_or(if text.contains(is_han) { Lang::Zh } else { Lang::En })
}

#[cfg(test)]
mod tests {
    use super::{Lang, guess};

    #[test]
    fn guesses_the_language_by_name_then_by_script() {
        assert_eq!(guess("a.en.md", "猫税"), Lang::En);
        assert_eq!(guess("a.zh.md", "cat tax"), Lang::Zh);
        assert_eq!(guess("a.md", "the cat tax (猫税)"), Lang::Zh);
        assert_eq!(guess("<stdin>", "the cat tax"), Lang::En);
    }
}
