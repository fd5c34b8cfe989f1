//! The form of a site: its links, its glossary, its typography with `--fix`, its front matter and
//! settings.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads and writes files"
)]

#[cfg(feature = "external")]
mod external;
mod fixing;
#[path = "../../src/check/typography/pieces.rs"]
mod pieces;
mod planted;
mod support;
