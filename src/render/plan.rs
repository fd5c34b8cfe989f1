//! Everything that is to be made, in a fixed order, and the checks that no two files of the
//! output share an address.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::date::Date;
use crate::diag::Diagnostic;
use crate::lang::View;
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::msg;

use super::feeds::MappedPage;
use super::job::{Job, Work};
use super::related::Related;
use super::{archive, articles, exports, feeds, listings, pictures, search, words};

/// The jobs of a whole site.
pub fn plan<'a>(
    site: &'a Site<'a>,
    related: &'a Related,
    memo: &'a Memo,
) -> (Vec<Job<'a>>, Vec<Diagnostic>) {
    let articles = || {
        let pages = (0..site.pages.len()).into_par_iter();
        pages.flat_map_iter(|page| articles::jobs(site, page, related, memo)).collect()
    };
    let lists = || {
        let kinds = [listings::jobs, words::jobs, feeds::jobs, archive::jobs];
        let all = View::ALL
            .into_par_iter()
            .flat_map(|view| kinds.into_par_iter().map(move |make| (view, make)));
        all.map(|(view, make)| make(site, view, memo)).collect()
    };
    let search = || search::jobs(site, memo);
    let (search, (articles, lists)): (_, (Vec<Job<'a>>, Vec<Vec<Job<'a>>>)) =
        rayon::join(search, || rayon::join(articles, lists));
    let mut jobs = articles;
    jobs.extend(lists.into_iter().flatten());
    jobs.extend(search);
    jobs.extend(exports::jobs(site, memo));
    jobs.extend(pictures::jobs(site));
    let key = mapped_key(site, &jobs);
    jobs.extend(feeds::once(site, || mapped(site, &jobs), key, memo));
    jobs.extend(feeds::copies(site));
    // An author's own robots.txt or CNAME stands in place of the generated one.
    jobs.retain(|job| !job.work.gives_way() || !site.files.contains_key(&job.output));
    // Thousands of addresses are held against each other only when one of them has changed.
    let mut all = Vec::with_capacity(jobs.len() * 64);
    for job in &jobs {
        all.extend([job.work.rank(), u8::from(job.work.gives_way())]);
        all.extend_from_slice(job.output.as_bytes());
        all.push(0);
    }
    let key = Hasher::new().str("addresses").bytes(&all).finish();
    let mut jobs = Some(jobs);
    let mut settled = (Vec::new(), Vec::new());
    let clean = memo.get(Stage::Machine, key, || {
        let all = jobs.take().unwrap_or_default();
        let count = all.len();
        settled = without_collisions(all);
        settled.0.len() == count && settled.1.is_empty()
    });
    match (*clean, jobs) {
        // Known to be without collisions.
        (true, Some(jobs)) => (jobs, Vec::new()),
        (false, Some(jobs)) => without_collisions(jobs),
        (_, None) => settled,
    }
}

/// The pages that search engines may list.
fn mapped_jobs<'j>(jobs: &'j [Job<'_>]) -> impl Iterator<Item = (&'j str, View)> {
    jobs.iter().filter_map(|job| match &job.work {
        Work::Page(page) if page.mapped => {
            Some((job.output.strip_suffix("index.html")?, page.view))
        }
        _ => None,
    })
}

/// The fingerprint of what [`mapped`] reads.
fn mapped_key(site: &Site<'_>, jobs: &[Job<'_>]) -> Fingerprint {
    let mut all = Vec::with_capacity(jobs.len() * 64);
    for (path, _) in mapped_jobs(jobs) {
        all.extend_from_slice(path.as_bytes());
        all.push(0);
    }
    let key = Hasher::new().str("site map").with(site.common).bytes(&all);
    site.cards.iter().copied().fold(key, Hasher::with).finish()
}

/// The pages that search engines may list, with their views and the date of their last change.
fn mapped(site: &Site<'_>, jobs: &[Job<'_>]) -> Vec<MappedPage> {
    let dates: HashMap<&str, Option<Date>> = site
        .pages
        .iter()
        .filter(|page| page.kind == PageKind::Article)
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

/// Reports files that share an address, in any letter case or Unicode form, and files that stand
/// where others need a folder: some file systems, or none, can hold both. What shares its address
/// in several views is told once. Redirects come last: they never replace a file.
fn without_collisions(jobs: Vec<Job<'_>>) -> (Vec<Job<'_>>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut told = HashSet::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Job<'_>> = Vec::with_capacity(jobs.len());
    let mut jobs = jobs;
    jobs.sort_by_key(|job| job.work.rank());
    let mut report = |first: &Job<'_>, second: &Job<'_>| {
        let name = |job: &Job<'_>| (job.origin.path.clone(), job.origin.what.en.clone());
        let (a, b) = (name(first), name(second));
        // Feeds share addresses only where their lists do, which is told.
        if a != b || a.0.is_some() {
            diagnostics.extend(told.insert((a, b)).then(|| collision(first, second)));
        }
    };
    for job in jobs {
        let address = address(&job);
        match taken.get(&address) {
            None => {
                taken.insert(address, kept.len());
                kept.push(job);
            }
            // An author's own robots.txt or CNAME stands in place of the generated one.
            Some(_) if job.work.gives_way() => {}
            Some(&first) => report(&kept[first], &job),
        }
    }
    // Each file in the way with one that needs the folder, an author's if there is any.
    let mut blocking: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, job) in kept.iter().enumerate() {
        let address = address(job);
        let folders = address.match_indices('/').map(|(at, _)| &address[..at]);
        for &file in folders.filter_map(|folder| taken.get(folder)) {
            let inside = blocking.entry(file).or_insert(index);
            if kept[*inside].origin.path.is_none() {
                *inside = index;
            }
        }
    }
    let mut told = HashSet::new();
    for (file, inside) in blocking {
        let (file, inside) = (&kept[file], &kept[inside]);
        // A page of the author's meets a file of gen's in each view.
        let name = (&inside.origin.path, &inside.origin.span, &file.origin.what.en);
        if file.origin.path.is_some() || told.insert(name) {
            diagnostics.push(no_folder(file, inside));
        }
    }
    kept.sort_by(|a, b| a.output.cmp(&b.output));
    (kept, diagnostics)
}

/// The path of an output as file systems that fold letter case and Unicode forms see it.
fn address(job: &Job<'_>) -> String {
    job.output.nfc().collect::<String>().to_lowercase()
}

/// Points at the author's file of the two: the one in the way, else the one that needs the folder.
fn no_folder(file: &Job<'_>, inside: &Job<'_>) -> Diagnostic {
    let address = &file.output;
    let (own, needs) = (&file.origin, &inside.origin);
    if let (None, Some(path)) = (&own.path, &needs.path) {
        let (en, zh) = (&own.what.en, &own.what.zh);
        let text = msg!(
            "a file stands where a folder is needed: “/{address}” is {en}",
            "需要文件夹的地方有一个文件：“/{address}”是{zh}"
        );
        let help = msg!(
            "give the page another name or slug, or the alias another address",
            "请给页面改名或另写 slug，或给别名换个地址"
        );
        return Diagnostic::error("same-address", path.clone(), needs.span.clone(), text)
            .help(help);
    }
    let path = own.path.clone().unwrap_or_else(|| "book.toml".into());
    let text = msg!(
        "a file is to be at “/{address}”, where others need a folder",
        "“/{address}”处要放文件，而别的文件需要那里是文件夹"
    );
    let problem = Diagnostic::error("same-address", path, own.span.clone(), text)
        .help(msg!("give the file another name", "请给这个文件改名"));
    match &needs.path {
        Some(path) => {
            let note = msg!("this one needs the folder", "这里需要那个文件夹");
            problem.related(path.clone(), needs.span.clone(), note)
        }
        None => problem,
    }
}

fn collision(first: &Job<'_>, second: &Job<'_>) -> Diagnostic {
    let address = second.output.strip_suffix("index.html").unwrap_or(&second.output);
    let (a, b) = (&first.origin, &second.origin);
    // Point at a file of the author's, if either comes from one.
    let (own, other) = if b.path.is_none() && a.path.is_some() { (a, b) } else { (b, a) };
    let path = own.path.clone().unwrap_or_else(|| "book.toml".into());
    let (what_en, what_zh) = (&other.what.en, &other.what.zh);
    let problem = Diagnostic::error(
        "same-address",
        path,
        own.span.clone(),
        msg!("“/{address}” is also the address of {what_en}", "“/{address}”也是{what_zh}的地址"),
    );
    let help = match (&a.group, &b.group) {
        (Some(first), Some(second)) if first == second => {
            let (en, zh) = (&first.en, &first.zh);
            msg!(
                "the addresses of {en} must differ in more than letter case and signs: write both alike, or rename one",
                "{zh}的地址不能只差大小写或符号：请统一写法，或给其中一个改名"
            )
        }
        _ => msg!(
            "give one of them another name, or another slug in its front matter",
            "请给其中一个改名，或在头部另写 slug"
        ),
    };
    let problem = problem.help(help);
    match &other.path {
        Some(path) => {
            problem.related(path.clone(), other.span.clone(), msg!("the other one", "另一个"))
        }
        None => problem,
    }
}
