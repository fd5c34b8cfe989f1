//! EDGE: what the terminal gets: results on standard output, problems on standard error.

use std::io::{ErrorKind, IsTerminal, Write};

use clap::ColorChoice;

use super::Outcome;
use super::args::Cli;
use crate::diag::{Diagnostic, Format, Message, Printer, Severity, printable};
use crate::lang::Lang;
use crate::msg;

/// How many problems people are shown.
const SHOWN: usize = 100;

/// Prints as the command line asked.
#[derive(Clone, Copy)]
pub(super) struct Console {
    printer: Printer,
    quiet: bool,
    verbose: bool,
}

impl Console {
    pub(super) fn new(cli: &Cli) -> Self {
        let lang = cli.messages().unwrap_or_else(environment_lang);
        let color = match cli.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => environment_color(),
        };
        let printer = Printer { format: cli.problems(), lang, color };
        Console { printer, quiet: cli.quiet, verbose: cli.verbose }
    }

    /// The language of messages.
    pub(super) fn lang(&self) -> Lang {
        self.printer.lang
    }

    /// Prints problems, and for people their number. `source` returns the text of a file.
    pub(super) fn report<'s>(
        &self,
        diagnostics: &[Diagnostic],
        source: &dyn Fn(&str) -> Option<&'s str>,
    ) {
        let text = self.printed(diagnostics, source);
        // There is no one to tell when standard error is closed.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Prints problems that are what was asked for: for people as others are, in the other formats as
    /// the result, on standard output.
    pub(super) fn findings<'s>(
        &self,
        diagnostics: &[Diagnostic],
        source: &dyn Fn(&str) -> Option<&'s str>,
    ) -> Outcome {
        if self.is_human() {
            self.report(diagnostics, source);
            return Outcome::Fine;
        }
        self.print(&self.printed(diagnostics, source))
    }

    /// Whether people read what is printed.
    pub(super) fn is_human(&self) -> bool {
        self.printer.format == Format::Human
    }

    fn printed<'s>(
        &self,
        diagnostics: &[Diagnostic],
        source: &dyn Fn(&str) -> Option<&'s str>,
    ) -> String {
        let human = self.is_human();
        let limit = if human { SHOWN } else { usize::MAX };
        let mut shown: Vec<&Diagnostic> = diagnostics.iter().collect();
        if shown.len() > limit {
            // What fails the build is not what is left out.
            shown.sort_by_key(|diagnostic| diagnostic.severity);
            shown.truncate(limit);
        }
        let mut text = self.printer.print(&shown, source);
        if human && !diagnostics.is_empty() {
            text += &self.count(diagnostics, diagnostics.len() - shown.len());
        }
        text
    }

    /// Prints one problem that lies in no file of the site.
    pub(super) fn fail(&self, diagnostic: Diagnostic, outcome: Outcome) -> Outcome {
        self.report(&[diagnostic], &|_| None);
        outcome
    }

    fn count(&self, diagnostics: &[Diagnostic], hidden: usize) -> String {
        let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        let mut lines = String::new();
        if hidden > 0 {
            let more = msg!("… and {hidden} more\n\n", "……另有 {hidden} 个问题\n\n");
            lines += more.get(self.printer.lang);
        }
        if !self.quiet {
            let counts = [Severity::Error, Severity::Warning, Severity::Hint].map(of);
            lines += count_line(counts).get(self.printer.lang);
            lines += "\n";
        }
        lines
    }

    /// Prints what was done, unless quiet.
    pub(super) fn summary(&self, message: &Message) -> Outcome {
        match self.quiet {
            true => Outcome::Fine,
            false => self.print(&self.line(message)),
        }
    }

    /// Says what was done on the way, unless quiet: on standard error, where results are not.
    pub(super) fn progress(&self, message: &Message) {
        if !self.quiet {
            let _ = std::io::stderr().lock().write_all(self.line(message).as_bytes());
        }
    }

    /// A message as a terminal gets it: it may name files and terms.
    fn line(&self, message: &Message) -> String {
        format!("{}\n", printable(message.get(self.printer.lang)))
    }

    /// Shows on a terminal how far long work has come.
    #[cfg(feature = "external")]
    pub(super) fn counter(&self, done: usize, all: usize) {
        let mut err = std::io::stderr().lock();
        if !self.quiet && self.is_human() && err.is_terminal() {
            let end = if done == all { "\n" } else { "" };
            let _ = write!(err, "\r{done}/{all}{end}");
        }
    }

    /// Prints what is being done, when that was asked for.
    pub(super) fn note(&self, message: &Message) {
        if self.verbose {
            let _ = std::io::stderr().lock().write_all(self.line(message).as_bytes());
        }
    }

    /// Prints a result. A reader that has seen enough and left is no problem.
    pub(super) fn print(&self, text: &str) -> Outcome {
        self.print_bytes(text.as_bytes())
    }

    /// Prints a result that need not be text.
    pub(super) fn print_bytes(&self, bytes: &[u8]) -> Outcome {
        let mut out = std::io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => Outcome::Fine,
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Outcome::Fine,
            Err(error) => {
                let text = Message::unwritable(&error);
                let problem = Diagnostic::error("unwritable-file", "<stdout>", None, text);
                self.fail(problem, Outcome::Problems)
            }
        }
    }
}

/// `2 errors, 1 warning`.
fn count_line([errors, warnings, hints]: [usize; 3]) -> Message {
    let part = |count: usize, en: &str, zh: &str| {
        let s = if count == 1 { "" } else { "s" };
        (count > 0).then(|| (format!("{count} {en}{s}"), format!("{count} 个{zh}")))
    };
    let parts = [
        part(errors, "error", "错误"),
        part(warnings, "warning", "警告"),
        part(hints, "hint", "提示"),
    ];
    let (en, zh): (Vec<String>, Vec<String>) = parts.into_iter().flatten().unzip();
    Message { en: en.join(", "), zh: zh.join("，") }
}

/// The language of the environment, by the order that POSIX gives its variables.
fn environment_lang() -> Lang {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = variables.into_iter().filter_map(|name| std::env::var(name).ok());
    match locale.into_iter().find(|value| !value.is_empty()) {
        Some(locale) if locale.to_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// Whether standard error is a terminal that may be coloured (no-color.org).
fn environment_color() -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !no_color && !dumb && std::io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::count_line;

    #[test]
    fn counts_in_both_languages() {
        let line = |errors, warnings| count_line([errors, warnings, 0]);
        assert_eq!(line(2, 1).en, "2 errors, 1 warning");
        assert_eq!(line(0, 3).en, "3 warnings");
        assert_eq!(line(1, 2).zh, "1 个错误，2 个警告");
        assert_eq!(count_line([0, 0, 1]).en, "1 hint");
    }
}
