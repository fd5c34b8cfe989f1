//! CHECK: the whole site into what an author should look at again, beyond what a build reports.
//! Knows no templates and no outputs.

mod facts;
mod glossary;
mod links;
mod mend;
mod pairing;
mod settings;
pub mod silence;
mod typography;
mod written;

pub use links::external::{Answer, Answers, Outside};
pub use mend::{Mended, mend};

use crate::diag::Diagnostic;
use crate::model::site::Site;
use crate::source::Sources;

/// Looks at a site that was made from `sources`. `answers` are those of other sites that are known.
pub fn check(site: &Site<'_>, sources: &Sources, answers: &Answers) -> Vec<Diagnostic> {
    let written = written::read(site, sources);
    let mut found = pairing::check(site);
    found.extend(links::check(site, &written));
    if !answers.is_empty() {
        found.extend(links::external::check(&links::external::collect(site, &written), answers));
    }
    found.extend(glossary::check(site, &written));
    found.extend(typography::check(site, &written));
    found.extend(facts::check(site, &written, &sources.now));
    found.extend(settings::check(site, sources));
    found
}

/// The addresses of other sites that a site has.
pub fn outside(site: &Site<'_>, sources: &Sources) -> Vec<Outside> {
    links::external::collect(site, &written::read(site, sources))
}
