//! `gen serve` as writers and browsers have it: the program, its port, its answers.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test makes files, waits, and fails by panicking"
)]

mod browser;
mod pages;
mod safety;
mod soak;
mod support;
mod terminal;
mod watching;
