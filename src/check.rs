//! CHECK: the whole site into what an author should look at again, beyond what a build reports.
//! Knows no templates and no outputs.

mod pairing;
pub mod silence;

use crate::diag::Diagnostic;
use crate::model::site::Site;

/// Looks at a site.
pub fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    pairing::check(site)
}
