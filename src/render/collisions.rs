//! Files of the output that share an address, or stand where others need a folder.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::diag::Diagnostic;
use crate::msg;

use super::job::Job;

/// Reports files that share an address, in any letter case or Unicode form, and files that stand
/// where others need a folder: some file systems, or none, can hold both. What shares its address
/// in several views is told once. Redirects come last: they never replace a file. Returns the places of the
/// jobs that are left out, too.
pub(super) fn collisions(jobs: &[&Job<'_>]) -> (HashSet<usize>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut told = HashSet::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut left_out = HashSet::new();
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|&at| jobs[at].work.rank());
    let mut report = |first: &Job<'_>, second: &Job<'_>| {
        let name = |job: &Job<'_>| (job.origin.path.clone(), job.origin.what.en.clone());
        let (a, b) = (name(first), name(second));
        // Feeds share addresses only where their lists do, which is told.
        if a != b || a.0.is_some() {
            diagnostics.extend(told.insert((a, b)).then(|| collision(first, second)));
        }
    };
    for at in order {
        match taken.entry(address(jobs[at])) {
            Entry::Vacant(free) => {
                free.insert(at);
                continue;
            }
            // An author's own robots.txt or CNAME stands in place of the generated one.
            Entry::Occupied(_) if jobs[at].work.gives_way() => {}
            Entry::Occupied(first) => report(jobs[*first.get()], jobs[at]),
        }
        left_out.insert(at);
    }
    diagnostics.extend(blocked(jobs, &left_out, &taken));
    (left_out, diagnostics)
}

/// Reports each file in the way with one that needs the folder, an author's if there is any.
fn blocked(
    jobs: &[&Job<'_>],
    left_out: &HashSet<usize>,
    taken: &HashMap<String, usize>,
) -> Vec<Diagnostic> {
    let mut blocking: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, job) in jobs.iter().enumerate().filter(|(at, _)| !left_out.contains(at)) {
        let address = address(job);
        let folders = address.match_indices('/').map(|(end, _)| &address[..end]);
        for &file in folders.filter_map(|folder| taken.get(folder)) {
            let inside = blocking.entry(file).or_insert(at);
            if jobs[*inside].origin.path.is_none() {
                *inside = at;
            }
        }
    }
    let mut told = HashSet::new();
    let mut found = Vec::new();
    for (file, inside) in blocking {
        let (file, inside) = (jobs[file], jobs[inside]);
        // A page of the author's meets a file of gen's in each view.
        let name = (&inside.origin.path, &inside.origin.span, &file.origin.what.en);
        if file.origin.path.is_some() || told.insert(name) {
            found.push(no_folder(file, inside));
        }
    }
    found
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
