//! `gen completions` and `gen man`: what shells and `man` know about the commands.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use super::Outcome;
use super::args::Cli;
use super::console::Console;
use crate::diag::{Diagnostic, Message};
use crate::msg;

pub(super) fn completions(shell: Shell, console: &Console) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gen", &mut script);
    console.print(&String::from_utf8_lossy(&script))
}

pub(super) fn man(dir: Option<&Path>, console: &Console) -> Outcome {
    let Some(dir) = dir else {
        let mut page = Vec::new();
        return match clap_mangen::Man::new(Cli::command()).render(&mut page) {
            Ok(()) => console.print(&String::from_utf8_lossy(&page)),
            Err(error) => console.fail(unwritable("gen.1", &error), Outcome::Problems),
        };
    };
    let written =
        std::fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(Cli::command(), dir));
    let shown = dir.display().to_string();
    match written {
        Ok(()) => {
            console.summary(&msg!("wrote the manual pages → {shown}", "写入了手册页 → {shown}"))
        }
        Err(error) => console.fail(unwritable(&shown, &error), Outcome::Problems),
    }
}

fn unwritable(path: &str, error: &std::io::Error) -> Diagnostic {
    let text = Message::unwritable(error);
    Diagnostic::error("unwritable-file", path, None, text)
}
