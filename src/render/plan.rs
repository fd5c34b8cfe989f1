//! Everything that is to be made, in a fixed order, and the checks that no two files of the
//! output share an address.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::date::Date;
use crate::diag::Diagnostic;
use crate::lang::View;
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::site::Site;

use super::bundle::Bundle;
use super::collisions::collisions;
use super::feeds::MappedPage;
use super::job::{Job, Work};
use super::related::Related;
use super::{archive, articles, exports, feeds, listings, pictures, search, words};

/// All that is to be made.
pub struct Plan<'a> {
    /// Files that are remembered together.
    pub bundles: Vec<Bundle<'a>>,
    /// The others.
    pub jobs: Vec<Job<'a>>,
}

impl Plan<'_> {
    /// How many pages for readers there are.
    pub fn pages(&self) -> usize {
        let bundled: usize = self.bundles.iter().map(|bundle| bundle.pages).sum();
        bundled + self.jobs.iter().filter(|job| job.is_page()).count()
    }
}

/// The plan of a whole site.
pub fn plan<'a>(
    site: &'a Site<'a>,
    related: &'a Related,
    memo: &'a Memo,
) -> (Plan<'a>, Vec<Diagnostic>) {
    let lists = || View::ALL.map(|view| listings::bundles(site, view, memo)).into_iter().flatten();
    let (mut bundles, (lists, (mut jobs, search))) = rayon::join(
        || articles::bundles(site, related, memo),
        || {
            let others = || rayon::join(|| others(site, memo), || search::jobs(site, memo));
            rayon::join(|| lists().collect::<Vec<_>>(), others)
        },
    );
    bundles.extend(lists);
    jobs.extend(search);
    jobs.extend(exports::jobs(site, memo));
    jobs.extend(pictures::jobs(site));
    // The jobs of a bundle are listed only where its addresses are not known.
    let bundled: OnceLock<Vec<Job<'a>>> = OnceLock::new();
    let listed =
        || bundled.get_or_init(|| bundles.par_iter().flat_map_iter(Bundle::jobs).collect());
    let key = mapped_key(site, &bundles, &jobs);
    let once = feeds::once(site, || mapped(site, listed().iter().chain(&jobs)), key, memo);
    jobs.extend(once);
    jobs.extend(feeds::copies(site));
    // An author's own robots.txt or CNAME stands in place of the generated one.
    jobs.retain(|job| !job.work.gives_way() || !site.files.contains_key(&job.output));
    // Thousands of addresses are held against each other only when one of them has changed.
    let found = || collisions(&jobs.iter().chain(listed()).collect::<Vec<_>>());
    let mut settled = None;
    let clean = memo.get(Stage::Machine, addresses_key(&bundles, &jobs), || {
        let (left_out, problems) = settled.insert(found());
        left_out.is_empty() && problems.is_empty()
    });
    if *clean {
        return (Plan { bundles, jobs }, Vec::new());
    }
    let (left_out, problems) = settled.unwrap_or_else(found);
    let mut at = 0..;
    jobs.retain(|_| at.next().is_some_and(|at| !left_out.contains(&at)));
    (Plan { bundles, jobs }, problems)
}

/// The jobs of a view that stand for themselves.
fn others<'a>(site: &'a Site<'a>, memo: &'a Memo) -> Vec<Job<'a>> {
    let kinds = [listings::indexes, words::jobs, feeds::jobs, archive::jobs];
    let all = View::ALL.into_par_iter();
    let all = all.flat_map(|view| kinds.into_par_iter().map(move |make| (view, make)));
    all.flat_map_iter(|(view, make)| make(site, view, memo)).collect()
}

/// The fingerprint of all addresses, and of whose they are.
fn addresses_key(bundles: &[Bundle<'_>], jobs: &[Job<'_>]) -> Fingerprint {
    let key = Hasher::new().str("addresses");
    let key = bundles.iter().map(|bundle| bundle.addresses).fold(key, Hasher::with);
    let add = |key: Hasher, job: &Job<'_>| {
        let kind = [job.work.rank(), u8::from(job.work.gives_way())];
        key.bytes(&kind).str(&job.output)
    };
    jobs.iter().fold(key, add).finish()
}

/// The pages that search engines may list.
fn mapped_jobs<'j>(
    jobs: impl Iterator<Item = &'j Job<'j>>,
) -> impl Iterator<Item = (&'j str, View)> {
    jobs.filter_map(|job| match &job.work {
        Work::Page(page) if page.mapped => {
            Some((job.output.strip_suffix("index.html")?, page.view))
        }
        _ => None,
    })
}

/// The fingerprint of what [`mapped`] reads: the outline has the dates of articles.
fn mapped_key(site: &Site<'_>, bundles: &[Bundle<'_>], jobs: &[Job<'_>]) -> Fingerprint {
    let key = Hasher::new().str("site map").with(site.common).with(site.outline.key);
    let key = bundles.iter().map(|bundle| bundle.addresses).fold(key, Hasher::with);
    mapped_jobs(jobs.iter()).fold(key, |key, (path, _)| key.str(path)).finish()
}

/// The pages that search engines may list, with their views and the date of their last change.
fn mapped<'j>(site: &Site<'_>, jobs: impl Iterator<Item = &'j Job<'j>>) -> Vec<MappedPage> {
    let dates: HashMap<&str, Option<Date>> = site
        .pages
        .iter()
        .filter(|page| page.is_article())
        .map(|page| (page.key.as_str(), page.facts.updated.or(page.facts.date)))
        .collect();
    let mut pages: BTreeMap<String, Vec<View>> = BTreeMap::new();
    for (path, view) in mapped_jobs(jobs) {
        if let Some(key) = path.strip_prefix(view.prefix()) {
            pages.entry(key.trim_end_matches('/').to_owned()).or_default().push(view);
        }
    }
    pages
        .into_iter()
        .map(|(key, mut views)| {
            views.sort_unstable();
            let date = dates.get(key.as_str()).copied().flatten();
            (key, views, date)
        })
        .collect()
}
