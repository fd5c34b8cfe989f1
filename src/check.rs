//! CHECK: the whole site into what an author should look at again, beyond what a build reports.
//! Knows no templates and no outputs.

mod pairing;
pub mod silence;
mod terminology;
mod translation;
mod unit;

use crate::diag::Diagnostic;
use crate::model::site::Site;

/// Looks at a site.
pub fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    let mut found = pairing::check(site);
    found.extend(translation::check(site));
    found.extend(terminology::check(site));
    found
}
