//! CHECK: the whole site into what an author should look at again, beyond what a build reports.
//! Knows no templates and no outputs.

pub mod cause;
mod facts;
mod glossary;
mod links;
mod mend;
mod pairing;
mod pictures;
mod scripts;
mod settings;
pub mod silence;
mod stale;
pub mod status;
mod terminology;
mod translation;
mod typography;
mod unit;
mod written;

pub use links::external::{Answer, Answers, Outside};
pub use mend::{Mended, mend};

use crate::diag::Diagnostic;
use crate::model::site::Site;
use crate::parse::lock::{self, Lock};
use crate::source::Sources;

/// Looks at a site that was made from `sources`. `answers` are those of other sites that are known.
pub fn check(site: &Site<'_>, sources: &Sources, answers: &Answers) -> Vec<Diagnostic> {
    let (lock, mut found) = lock(sources);
    let written = written::read(site, sources);
    found.extend(pairing::check(site));
    found.extend(translation::check(site, &written));
    found.extend(terminology::check(site));
    found.extend(stale::check(site, &lock));
    found.extend(links::check(site, &written));
    if !answers.is_empty() {
        found.extend(links::external::check(&links::external::collect(site, &written), answers));
    }
    found.extend(glossary::check(site, &written));
    found.extend(typography::check(site, &written));
    found.extend(facts::check(site, &written, &sources.now));
    found.extend(scripts::check(site, &written));
    found.extend(pictures::check(site, sources));
    found.extend(settings::check(site, sources));
    found
}

/// What was accepted of the site's translations.
pub fn lock(sources: &Sources) -> (Lock, Vec<Diagnostic>) {
    let file = sources.files.get(lock::PATH);
    let text = file.and_then(|file| std::str::from_utf8(&file.bytes).ok());
    Lock::parse(text.unwrap_or_default())
}

/// The addresses of other sites that a site has.
pub fn outside(site: &Site<'_>, sources: &Sources) -> Vec<Outside> {
    links::external::collect(site, &written::read(site, sources))
}
