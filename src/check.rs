//! CHECK: the whole site into what an author should look at again, beyond what a build reports.
//! Knows no templates and no outputs.

mod mend;
mod pairing;
mod typography;
mod written;

pub use mend::{Mended, mend};

use crate::diag::Diagnostic;
use crate::model::site::Site;
use crate::source::Sources;

/// Looks at a site that was made from `sources`.
pub fn check(site: &Site<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let written = written::read(site, sources);
    let mut found = pairing::check(site);
    found.extend(typography::check(site, &written));
    found
}
