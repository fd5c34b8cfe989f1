//! What all pages of a view share.

use std::sync::OnceLock;

use tera::{Context, Value};

use crate::config::Limits;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher};
use crate::model::site::Site;
use crate::output::Output;
use crate::render::assets::Assets;
use crate::render::context::{NamedLink, Site as SiteContext};
use crate::render::data::Data;
use crate::render::feeds::site_feeds;
use crate::render::job::{Given, PageJob};
use crate::render::machine::manifest::{self, Manifest};
use crate::render::search;
use crate::render::shelf::Shelf;
use crate::render::templates::Templates;

/// What all pages of a view share, as a value that is made once.
pub(super) struct Shared {
    /// What the site's author has put into `data/`.
    data: Value,
    site: SiteContext,
    pub limits: Limits,
    pub fingerprint: Fingerprint,
    value: OnceLock<Value>,
    /// The theme's words in the language of the page, and in the other one.
    strings: OnceLock<(Value, Value)>,
}

pub(super) fn shared(
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

pub(super) fn web_manifest(site: &Site<'_>, assets: &Assets) -> Output {
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

/// The main menu: the lists that have something to show, the sections that no such list leads to, and
/// `about` where there is one.
fn menu(shelf: &Shelf<'_>, templates: &Templates) -> Vec<NamedLink> {
    let site = shelf.site;
    let link = |key: &str, name: PerLang<String>| NamedLink { name, url: shelf.url(key) };
    let word = |key: &str| {
        PerLang::from_fn(|lang: Lang| {
            templates.strings(lang).get(key).cloned().unwrap_or_else(|| key.to_owned())
        })
    };
    let mut menu = Vec::new();
    if !site.outline.listed.is_empty() {
        menu.push(link("archive", word("archive")));
    }
    for taxonomy in site.outline.taxonomies.iter().filter(|taxonomy| !taxonomy.groups.is_empty()) {
        menu.push(link(taxonomy.kind, taxonomy.name.clone()));
    }
    if !site.words.glossary.terms.is_empty() {
        menu.push(link("glossary", word("glossary")));
    }
    // Pages without a date are in no list by time and under no tag: a guide, a manual.
    let is_dated = |page: &usize| site.pages[*page].facts.date.is_some();
    for (key, section) in &site.outline.sections {
        let is_named = section.page.is_some() && !key.contains('/');
        if is_named && !section.pages.is_empty() && !section.pages.iter().any(is_dated) {
            menu.push(link(key, shelf.section_name(key)));
        }
    }
    if let Some(about) = site.outline.places.page("about") {
        let name = PerLang::from_fn(|lang| site.title(about, lang).to_owned());
        let url = shelf.page_url(&site.pages[about]);
        menu.push(NamedLink { name, url });
    }
    menu
}

pub(super) fn context(
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
