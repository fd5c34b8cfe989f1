//! CHECK: the whole site into what an author should look at again, beyond what a build reports.
//! Knows no templates and no outputs.

mod pairing;
pub mod silence;
mod stale;
pub mod status;
mod terminology;
mod translation;
mod unit;

use crate::diag::Diagnostic;
use crate::model::site::Site;
use crate::parse::lock::{self, Lock};
use crate::source::Sources;

/// Looks at a site that was made from `sources`.
pub fn check(site: &Site<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let (lock, mut found) = lock(sources);
    found.extend(pairing::check(site));
    found.extend(translation::check(site));
    found.extend(terminology::check(site));
    found.extend(stale::check(site, &lock));
    found
}

/// What was accepted of the site's translations.
pub fn lock(sources: &Sources) -> (Lock, Vec<Diagnostic>) {
    let file = sources.files.get(lock::PATH);
    let text = file.and_then(|file| std::str::from_utf8(&file.bytes).ok());
    Lock::parse(text.unwrap_or_default())
}
