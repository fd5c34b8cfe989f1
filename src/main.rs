//! The binary `gen`.

use std::process::ExitCode;

use digest_gen::cli::{self, Outcome};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Outcome::Fine => ExitCode::SUCCESS,
        Outcome::Problems => ExitCode::from(1),
        Outcome::Usage => ExitCode::from(2),
    }
}
