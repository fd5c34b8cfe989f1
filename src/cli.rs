//! EDGE: the command line, one file a command: arguments in, calls, an outcome out.
#![expect(clippy::disallowed_methods, reason = "an edge: the environment, the clock, arguments")]

mod align;
mod args;
mod build;
mod check;
mod clean;
mod console;
mod export;
mod fix;
mod import;
mod init;
mod input;
mod manual;
mod migrate;
mod new;
mod render;
mod serve;
mod site;
mod status;

use std::ffi::OsString;

use clap::Parser;

use args::{Cli, Command, ImportCommand};
use console::Console;

use crate::migrate::Generator;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Fine,
    /// Problems were found, and printed.
    Problems,
    /// The command line asked for something that cannot be: printed too.
    Usage,
}

/// Runs a command line, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help that nobody reads to its end is no problem.
            let _ = error.print();
            return if error.use_stderr() { Outcome::Usage } else { Outcome::Fine };
        }
    };
    let console = Console::new(&cli);
    match &cli.command {
        Command::Init(args) => init::run(args, &console),
        Command::New(command) => new::run(command, &console),
        Command::Build(args) => build::run(args, &console),
        Command::Check(args) => check::run(args, &console),
        Command::Status(args) => status::run(args, &console),
        Command::Align(args) => align::run(args, &console),
        Command::Export(command) => export::run(command, &console),
        Command::Import(command) => match command {
            ImportCommand::Glossary(args) => import::run(args, &console),
            ImportCommand::Hugo(args) => migrate::run(Generator::Hugo, args, &console),
            ImportCommand::Zola(args) => migrate::run(Generator::Zola, args, &console),
            ImportCommand::Hexo(args) => migrate::run(Generator::Hexo, args, &console),
            ImportCommand::Jekyll(args) => migrate::run(Generator::Jekyll, args, &console),
        },
        Command::Serve(args) => serve::run(args, &console),
        Command::Render(args) => render::run(args, &console),
        Command::Clean(args) => clean::run(args, &console),
        Command::Completions(args) => manual::completions(args.shell, &console),
        Command::Man(args) => manual::man(args.dir.as_deref(), &console),
    }
}
