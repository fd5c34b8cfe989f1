//! Jobs into outputs, in parallel, each remembered by a fingerprint of all that it is given.

use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;
use tera::{Context, Value};

use crate::config::Limits;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::site::Site;
use crate::output::{Output, Outputs};
use crate::source::Sources;

use super::assets::Assets;
use super::context::{NamedLink, Site as SiteContext};
use super::data::Data;
use super::feeds::site_feeds;
use super::job::{Given, Job, PageJob, Work};
use super::machine::manifest::{self, Manifest};
use super::pictures;
use super::search;
use super::shelf::Shelf;
use super::templates::Templates;

/// What all pages of a view share, as a value that is made once.
struct Shared {
    /// What the site's author has put into `data/`.
    data: Value,
    site: SiteContext,
    limits: Limits,
    fingerprint: Fingerprint,
    value: OnceLock<Value>,
    /// The theme's words in the language of the page, and in the other one.
    strings: OnceLock<(Value, Value)>,
}

/// What a job of a page made: the page, or why it failed.
type Rendered = Result<Output, Box<Diagnostic>>;

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

/// Runs all jobs. The outputs are complete: `static/` and the theme's own files are among them.
pub fn run(
    site: &Site<'_>,
    jobs: &[Job<'_>],
    templates: &Templates,
    data: &Data,
    sources: &Sources,
    memo: &Memo,
) -> (Outputs, Vec<Diagnostic>) {
    let assets = Assets::of(sources);
    let shared = View::ALL.map(|view| shared(site, view, templates, data, &assets));
    let exceeded = Exceeded::default();
    let mut rendered: Vec<(String, Rendered)> = jobs
        .par_iter()
        .filter_map(|job| {
            let output = match &job.work {
                Work::Page(_) if exceeded.is_before(&job.output) => return None,
                Work::Page(page) => {
                    let made = render(page, &job.output, &shared, templates, memo);
                    if made.as_ref().is_err_and(|problem| problem.code == "template-limit") {
                        exceeded.at(&job.output);
                    }
                    made
                }
                Work::Machine(key, make) => {
                    Ok(memo.get(Stage::Machine, *key, || Output::new(make())).as_ref().clone())
                }
                Work::Bytes(bytes) | Work::Redirect(bytes) => Ok(Output::new(bytes.clone())),
                Work::Ready(output) | Work::Made(output) => Ok(output.clone()),
                Work::Copy(path) => {
                    // Jobs name files that the sources hold.
                    Ok(pictures::published(&sources.files[path], memo))
                }
            };
            Some((job.output.clone(), output))
        })
        .collect();
    // Of pages that fail alike the first one is told of, whatever the order of the jobs.
    rendered.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut failed = Vec::new();
    let made = rendered.into_iter().filter_map(|(path, result)| match result {
        Ok(output) => Some((path, output)),
        Err(problem) => {
            if !exceeded.is_before(&path) {
                failed.push(*problem);
            }
            None
        }
    });
    let mut outputs: Outputs = made.collect();
    outputs.entry(manifest::PATH.to_owned()).or_insert_with(|| web_manifest(site, &assets));
    for asset in assets.files.into_values() {
        outputs.entry(asset.path).or_insert(asset.output);
    }
    (outputs, failed)
}

fn shared(
    site: &Site<'_>,
    view: View,
    templates: &Templates,
    data: &Data,
    assets: &Assets,
) -> Shared {
    let shelf = Shelf { site, view };
    let config = site.config;
    let book = &config.book;
    let context = SiteContext {
        title: PerLang::from_fn(|lang| book.title.get(lang).to_owned()),
        description: PerLang::from_fn(|lang| book.description.get(lang).to_owned()),
        authors: book.authors.clone(),
        tags: PerLang::from_fn(|lang| config.languages.get(lang).tag.clone()),
        names: PerLang::from_fn(|lang| config.languages.get(lang).name.clone()),
        default: book.language,
        base: site.urls.base.clone(),
        home: shelf.url(""),
        menu: menu(&shelf, templates),
        feeds: site_feeds(&shelf),
        assets: assets.addresses(&site.urls),
        additional_css: assets.named(&config.output.html.additional_css, &site.urls),
        additional_js: assets.named(&config.output.html.additional_js, &site.urls),
        content_security_policy: config.output.html.content_security_policy.clone(),
        search: search::url(&shelf, config),
        manifest: site.urls.path(manifest::PATH),
        repository: config.output.html.git_repository_url.clone(),
    };
    let lang = shelf.lang();
    let fingerprint = Hasher::new()
        .with(templates.fingerprint())
        .with(data.fingerprint)
        .value(&(&context, view, lang, templates.strings(lang), config.limits))
        .finish();
    let (data, limits) = (data.value.clone(), config.limits);
    let (value, strings) = (OnceLock::new(), OnceLock::new());
    Shared { data, site: context, limits, fingerprint, value, strings }
}

fn web_manifest(site: &Site<'_>, assets: &Assets) -> Output {
    let book = &site.config.book;
    let lang = book.language;
    Output::new(manifest::manifest(&Manifest {
        name: book.title.get(lang),
        description: book.description.get(lang),
        tag: &site.config.languages.get(lang).tag,
        start: &site.urls.path(""),
        icon: &assets.addresses(&site.urls)["icon.svg"],
    }))
}

/// The main menu: the lists that have something to show, and `about` where there is one.
fn menu(shelf: &Shelf<'_>, templates: &Templates) -> Vec<NamedLink> {
    let site = shelf.site;
    let link = |key: &str, name: PerLang<String>| NamedLink { name, url: shelf.url(key) };
    let word = |key: &str| {
        PerLang::from_fn(|lang: Lang| {
            templates.strings(lang).get(key).cloned().unwrap_or_else(|| key.to_owned())
        })
    };
    let mut menu = Vec::new();
    if !site.listed.is_empty() {
        menu.push(link("archive", word("archive")));
    }
    for taxonomy in site.taxonomies.iter().filter(|taxonomy| !taxonomy.groups.is_empty()) {
        menu.push(link(taxonomy.kind, taxonomy.name.clone()));
    }
    if !site.words.glossary.terms.is_empty() {
        menu.push(link("glossary", word("glossary")));
    }
    if let Some(about) = site.pages.iter().position(|page| page.key == "about") {
        let name = PerLang::from_fn(|lang| site.title(about, lang).to_owned());
        let url = shelf.page_url(&site.pages[about]);
        menu.push(NamedLink { name, url });
    }
    menu
}

/// A page from its inputs. What it is given is gathered only when one of them has changed, and goes
/// through the template only when it is not what it was.
fn render(
    job: &PageJob<'_>,
    address: &str,
    shared: &[Shared; 3],
    templates: &Templates,
    memo: &Memo,
) -> Rendered {
    let shared = &shared[job.view as usize];
    let key = Hasher::new().with(shared.fingerprint).with(job.key).str(&job.template).finish();
    let made = memo.get(Stage::Page, key, || {
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
        // The text stays remembered with the page.
        (rendered, given.content)
    });
    made.0.as_ref().clone()
}

fn context(
    job: &PageJob<'_>,
    given: &Given,
    shared: &Shared,
    templates: &Templates,
) -> Result<Context, Box<Diagnostic>> {
    let mut context = Context::new();
    let lang = job.view.lang().unwrap_or(shared.site.default);
    let site = shared.value.get_or_init(|| value(&shared.site));
    let strings = shared
        .strings
        .get_or_init(|| (value(templates.strings(lang)), value(templates.strings(lang.other()))));
    context.insert_value("site", site.clone());
    context.insert_value("data", shared.data.clone());
    context.insert_value("ui", strings.0.clone());
    context.insert_value("ui_other", strings.1.clone());
    context.insert_value("head", value(&given.head));
    context.insert_value("view", value(&job.view));
    context.insert_value("lang", value(&lang));
    if let Some(name) = given.part.name() {
        context.insert_value(name, value(&given.part));
    }
    let content = given.content.as_ref().map_or("", |content| content.html.as_str());
    context.insert_value("content", Value::safe_string(content));
    context.insert_value("has_code", value(&content.contains("<pre")));
    Ok(context)
}

/// A value for templates. The structs of [`super::context`] are plain data, which serialises.
fn value(data: &(impl serde::Serialize + ?Sized)) -> Value {
    Value::try_from_serializable(data).unwrap_or_else(|_| Value::none())
}
