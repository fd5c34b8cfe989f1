//! What authors start with: a site, an article, a section, a term, an issue.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test makes files")]

mod archetypes;
mod init;
mod new;
mod support;
mod transcript;
