//! What a schema cannot say about front matter.

use super::FrontMatter;
use crate::diag::Diagnostic;
use crate::parse::data::Node;

/// Adds what is wrong with the values of front matter.
pub(super) fn check(path: &str, node: &Node, front: &FrontMatter, out: &mut Vec<Diagnostic>) {
    let _ = (path, node, front, out);
}
