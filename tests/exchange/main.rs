//! What other programs make of the files that gen writes for them, and gen of theirs.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test makes files")]
#![expect(clippy::panic, clippy::print_stderr, reason = "a test that cannot run says why")]

mod anki;
mod import;
mod publish;
mod round;
mod scope;
mod support;
mod validate;
