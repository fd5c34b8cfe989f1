//! Everything that is to be made, in a fixed order, and the checks that no two files of the
//! output share an address.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::date::Date;
use crate::diag::Diagnostic;
use crate::lang::View;
use crate::memo::Memo;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::msg;

use super::job::{Job, Work};
use super::related::Related;
use super::{articles, feeds, listings, search, words};

/// The jobs of a whole site.
pub fn plan(site: &Site<'_>, memo: &Memo) -> (Vec<Job>, Vec<Diagnostic>) {
    let related = Related::new(site);
    let mut jobs: Vec<Job> = (0..site.pages.len())
        .into_par_iter()
        .flat_map_iter(|page| articles::jobs(site, page, &related, memo))
        .collect();
    let lists: Vec<Vec<Job>> = View::ALL
        .par_iter()
        .flat_map(|&view| {
            [listings::jobs, words::jobs, feeds::jobs].into_par_iter().map(move |make| (view, make))
        })
        .map(|(view, make)| make(site, view, memo))
        .collect();
    jobs.extend(lists.into_iter().flatten());
    jobs.extend(search::jobs(site, memo));
    let pages = indexed(site, &jobs);
    jobs.extend(feeds::once(site, &pages));
    jobs.extend(feeds::copies(site));
    without_collisions(jobs)
}

/// The pages that search engines may list, with their views and the date of their last change.
fn indexed(site: &Site<'_>, jobs: &[Job]) -> Vec<(String, Vec<View>, Option<Date>)> {
    let dates: HashMap<&str, Option<Date>> = site
        .pages
        .iter()
        .filter(|page| page.kind == PageKind::Article)
        .map(|page| (page.key.as_str(), page.facts.updated.or(page.facts.date)))
        .collect();
    let mut pages: BTreeMap<String, Vec<View>> = BTreeMap::new();
    for job in jobs {
        if let Work::Page(page) = &job.work
            && page.head.kind != "search"
            && let Some(path) = job.output.strip_suffix("index.html")
            && let Some(key) = path.strip_prefix(page.view.prefix())
        {
            pages.entry(key.trim_end_matches('/').to_owned()).or_default().push(page.view);
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

/// Reports files that share an address, in any letter case or Unicode form: some file systems
/// cannot hold both, and readers would get one of them.
fn without_collisions(jobs: Vec<Job>) -> (Vec<Job>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Job> = Vec::with_capacity(jobs.len());
    let mut jobs = jobs;
    jobs.sort_by_key(|job| match job.work {
        Work::Copy(_) => 0,
        Work::Redirect(_) => 2,
        _ => 1,
    });
    for job in jobs {
        let address = job.output.nfc().collect::<String>().to_lowercase();
        match taken.get(&address) {
            None => {
                taken.insert(address, kept.len());
                kept.push(job);
            }
            // An author's own robots.txt or CNAME stands in place of the generated one.
            Some(_) if matches!(job.work, Work::Bytes(_)) => {}
            Some(&first) => diagnostics.push(collision(&kept[first], &job)),
        }
    }
    kept.sort_by(|a, b| a.output.cmp(&b.output));
    (kept, diagnostics)
}

fn collision(first: &Job, second: &Job) -> Diagnostic {
    let address = second.output.strip_suffix("index.html").unwrap_or(&second.output);
    let (a, b) = (&first.origin, &second.origin);
    // Point at a file of the author's, if either comes from one.
    let (path, other) = match (&b.path, &a.path) {
        (Some(path), _) => (path.clone(), a),
        (None, Some(path)) => (path.clone(), b),
        (None, None) => ("book.toml".into(), a),
    };
    let (what_en, what_zh) = (&other.what.en, &other.what.zh);
    let problem = Diagnostic::error(
        "same-address",
        path,
        None,
        msg!("“/{address}” is also the address of {what_en}", "“/{address}”也是{what_zh}的地址"),
    );
    let help = msg!(
        "give one of them another name, or another slug in its front matter",
        "请给其中一个改名，或在头部另写 slug"
    );
    let problem = problem.help(help);
    match &other.path {
        Some(path) => problem.related(path.clone(), None, msg!("the other one", "另一个")),
        None => problem,
    }
}
