//! `gen render`: one Markdown file to an HTML fragment on standard output.

use std::path::Path;

use super::Outcome;
use super::args::RenderArgs;
use super::console::Console;
use super::input::{self, Input, body_start};
use crate::diag::{has_errors, sort};
use crate::lang::Lang;
use crate::parse::markdown::{Rules, render_fragment};

pub(super) fn run(args: &RenderArgs, console: &Console) -> Outcome {
    let file = args.file.as_deref().filter(|file| *file != Path::new("-"));
    let input = match input::read(file) {
        Ok(input) => input,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let start = body_start(&input);
    let Input { name, text } = input;
    let lang = args.lang.map_or_else(|| guess(&name, &text), Lang::from);
    let (html, mut diagnostics) = render_fragment(&name, &text, start, lang, Rules::ALL);
    sort(&mut diagnostics);
    console.report(&diagnostics, &|_| Some(text.as_str()));
    match (console.print(&html), has_errors(&diagnostics)) {
        (Outcome::Fine, true) => Outcome::Problems,
        (outcome, _) => outcome,
    }
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
