//! Jobs into outputs, in parallel, each remembered by a fingerprint of all that it is given.

mod shared;

use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use shared::{Shared, context, shared, web_manifest};

use crate::diag::Diagnostic;
use crate::lang::View;
use crate::memo::{Hasher, Memo, Stage};
use crate::model::site::Site;
use crate::output::{Output, Outputs};
use crate::source::Sources;

use super::assets::Assets;
use super::body::Html;
use super::bundle::Bundle;
use super::data::Data;
use super::job::{Job, PageJob, Work};
use super::machine::manifest;
use super::pictures;
use super::plan::Plan;
use super::templates::Templates;

/// What a job of a page made: the page, or why it failed.
type Rendered = Result<Output, Box<Diagnostic>>;

/// A page as the memo holds it.
struct MadePage {
    rendered: Arc<Rendered>,
    /// The text stays remembered with the page.
    _text: Option<Arc<Html>>,
}

/// The first page, by its path, for which a template took too much. Those after it are not rendered: they
/// would take as much.
#[derive(Default)]
struct Exceeded(Mutex<Option<String>>);

impl Exceeded {
    fn is_before(&self, path: &str) -> bool {
        self.0.lock().is_ok_and(|first| first.as_deref().is_some_and(|first| first < path))
    }

    fn at(&self, path: &str) {
        if let Ok(mut first) = self.0.lock()
            && first.as_deref().is_none_or(|first| path < first)
        {
            *first = Some(path.to_owned());
        }
    }
}

/// What all jobs are run with.
struct Runner<'r> {
    shared: [Shared; 3],
    templates: &'r Templates,
    sources: &'r Sources,
    memo: &'r Memo,
    exceeded: Exceeded,
}

/// Carries a plan out. The outputs are complete: `static/` and the theme's own files are among them.
pub fn run(
    site: &Site<'_>,
    plan: &Plan<'_>,
    templates: &Templates,
    data: &Data,
    sources: &Sources,
    memo: &Memo,
) -> (Outputs, Vec<Diagnostic>) {
    let assets = Assets::of(sources);
    let shared = View::ALL.map(|view| shared(site, view, templates, data, &assets));
    let runner = Runner { shared, templates, sources, memo, exceeded: Exceeded::default() };
    let (bundled, alone): (Vec<Arc<Made>>, Vec<_>) = rayon::join(
        || plan.bundles.par_iter().map(|bundle| runner.bundle(bundle)).collect(),
        || plan.jobs.par_iter().filter_map(|job| runner.job(job)).collect(),
    );
    let mut rendered: Vec<(Arc<str>, Rendered)> = alone;
    rendered.par_extend(bundled.par_iter().flat_map_iter(|made| made.files.iter().cloned()));
    // Of pages that fail alike the first one is told of, whatever the order of the jobs.
    rendered.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut failed = Vec::new();
    let made = rendered.into_iter().filter_map(|(path, result)| match result {
        Ok(output) => Some((path, output)),
        Err(problem) => {
            if !runner.exceeded.is_before(&path) {
                failed.push(*problem);
            }
            None
        }
    });
    let mut outputs: Outputs = made.collect();
    outputs.entry(manifest::PATH.into()).or_insert_with(|| web_manifest(site, &assets));
    for asset in assets.files.into_values() {
        outputs.entry(asset.path.into()).or_insert(asset.output);
    }
    (outputs, failed)
}

/// The pages of a bundle, as the memo holds them.
struct Made {
    files: Vec<(Arc<str>, Rendered)>,
    /// They stay remembered one by one, for the day when one of them changes.
    _held: Vec<Arc<MadePage>>,
}

impl Runner<'_> {
    /// The pages of a bundle. They are remembered together where all of them can be rendered.
    fn bundle(&self, bundle: &Bundle<'_>) -> Arc<Made> {
        let key = Hasher::new().str("bundle").with(bundle.key);
        let key = self.shared.iter().fold(key, |key, shared| key.with(shared.fingerprint)).finish();
        if let Some(made) = self.memo.find(Stage::Batch, key) {
            return made;
        }
        let jobs = bundle.jobs();
        let page = |job: &Job<'_>| match &job.work {
            Work::Page(page) => Some((job.output.as_str().into(), self.page(page, &job.output)?)),
            _ => None,
        };
        let pages: Vec<(Arc<str>, Arc<MadePage>)> = jobs.par_iter().filter_map(page).collect();
        let all = pages.len() == jobs.len();
        let (mut files, mut held) = (Vec::new(), Vec::new());
        for (path, page) in pages {
            files.push((path, (*page.rendered).clone()));
            held.push(page);
        }
        let all = all && files.iter().all(|(_, page)| page.is_ok());
        let made = Arc::new(Made { files, _held: held });
        if all {
            self.memo.keep(Stage::Batch, key, made.clone());
        }
        made
    }

    /// The output of a job with its path.
    fn job(&self, job: &Job<'_>) -> Option<(Arc<str>, Rendered)> {
        let output = match &job.work {
            Work::Page(page) => (*self.page(page, &job.output)?.rendered).clone(),
            Work::Machine(key, make) => {
                let made = self.memo.get(Stage::Machine, *key, || Output::new(make()));
                Ok((*made).clone())
            }
            Work::Bytes(bytes) | Work::Redirect(bytes) => Ok(Output::new(bytes.clone())),
            Work::Ready(output) | Work::Made(output) => Ok(output.clone()),
            Work::Copy(path) => {
                // Jobs name files that the sources hold.
                Ok(pictures::published(&self.sources.files[path], self.memo))
            }
        };
        Some((job.output.as_str().into(), output))
    }

    /// A page from its inputs: none where its template is not there, or where one before it took too much.
    fn page(&self, page: &PageJob<'_>, address: &str) -> Option<Arc<MadePage>> {
        if !self.templates.has(&page.template) || self.exceeded.is_before(address) {
            return None;
        }
        let made = render(page, address, &self.shared, self.templates, self.memo);
        let problem = made.rendered.as_ref().as_ref().err();
        if problem.is_some_and(|problem| problem.code == "template-limit") {
            self.exceeded.at(address);
        }
        Some(made)
    }
}

/// A page from its inputs. What it is given is gathered only when one of them has changed, and goes
/// through the template only when it is not what it was.
fn render(
    job: &PageJob<'_>,
    address: &str,
    shared: &[Shared; 3],
    templates: &Templates,
    memo: &Memo,
) -> Arc<MadePage> {
    let shared = &shared[job.view as usize];
    let key = Hasher::new().with(shared.fingerprint).with(job.key).str(&job.template).finish();
    memo.get(Stage::Page, key, || {
        let given = (job.make)();
        let content = given.content.as_ref().map(|content| content.fingerprint);
        let key = Hasher::new()
            .with(shared.fingerprint)
            .str(&job.template)
            .value(&(&given.head, &given.part, content))
            .finish();
        let rendered = memo.get(Stage::Render, key, || {
            let context = context(job, &given, shared, templates)?;
            let length = given.content.as_ref().map_or(0, |content| content.html.len());
            let html = templates.render(&job.template, &context, shared.limits, length, address)?;
            Ok::<_, Box<Diagnostic>>(Output::new(html))
        });
        MadePage { rendered, _text: given.content }
    })
}
