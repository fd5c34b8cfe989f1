//! What authors start with: a site, an article, a section, a term, an issue.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test makes files, and fails by panicking"
)]

mod archetypes;
mod init;
mod install;
mod new;
mod support;
mod transcript;
