//! The binary `gen`.

use std::process::ExitCode;

use digest_gen::cli::{self, Outcome};

/// Builds make and drop hundreds of thousands of small values on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The stack of each thread that builds: templates may include and call each other a thousand deep, which a
/// build without optimisation needs. Memory is taken only where it is used.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    // That the threads are there already cannot be: nothing has run yet.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    match cli::run(std::env::args_os()) {
        Outcome::Fine => ExitCode::SUCCESS,
        Outcome::Problems => ExitCode::from(1),
        Outcome::Usage => ExitCode::from(2),
    }
}
