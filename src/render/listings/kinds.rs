//! The kinds of lists: home, sections, groups of a taxonomy.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::Message;
use crate::lang::PerLang;
use crate::model::site::{Group, Section, Site, Taxonomy};
use crate::model::urls::page_path;
use crate::msg;
use crate::render::context::{Bilingual, FeedLink, NamedLink};
use crate::render::job::Origin;
use crate::render::shelf::Shelf;

/// A list before it is cut into pages.
pub(super) struct Listing<'a> {
    pub kind: &'static str,
    pub head_kind: &'static str,
    pub template: String,
    pub key: String,
    pub title: PerLang<String>,
    pub summary: Bilingual,
    pub pages: &'a [usize],
    pub sections: Vec<NamedLink>,
    pub above: Vec<NamedLink>,
    pub feeds: Vec<FeedLink>,
    /// The page that gives the list its text.
    pub text: Option<usize>,
    pub origin: Box<dyn Fn() -> Origin + Send + Sync + 'a>,
}

pub(super) fn home<'a>(shelf: &Shelf<'a>) -> Listing<'a> {
    let site = shelf.site;
    let page = site.home();
    Listing {
        kind: "home",
        head_kind: "home",
        template: template(site, page, "home.html"),
        key: String::new(),
        title: PerLang::from_fn(|lang| site.config.book.title.get(lang).to_owned()),
        summary: PerLang::from_fn(|lang| {
            let own = page.and_then(|page| site.pages[page].facts.summary.get(lang).clone());
            let description = site.config.book.description.get(lang);
            own.or_else(|| (!description.is_empty()).then(|| description.to_owned()))
        }),
        pages: &site.outline.listed,
        sections: Vec::new(),
        above: Vec::new(),
        feeds: Vec::new(),
        text: page,
        origin: Box::new(move || page_origin(site, page, msg!("the home page", "首页"))),
    }
}

pub(super) fn section<'a>(shelf: &Shelf<'a>, key: &'a str, section: &'a Section) -> Listing<'a> {
    let site = shelf.site;
    let link =
        |child: &String| NamedLink { name: shelf.section_name(child), url: shelf.url(child) };
    Listing {
        kind: "section",
        head_kind: "section",
        template: template(site, section.page, "section.html"),
        key: key.to_owned(),
        title: shelf.section_name(key),
        summary: PerLang::from_fn(|lang| {
            section.page.and_then(|page| site.pages[page].facts.summary.get(lang).clone())
        }),
        pages: &section.pages,
        sections: section.children.iter().map(link).collect(),
        above: shelf.sections_above(key),
        feeds: Vec::new(),
        text: section.page,
        origin: Box::new(move || {
            let page = section.page.or(section.pages.first().copied());
            page_origin(site, page, msg!("the section “{key}”", "栏目“{key}”"))
        }),
    }
}

pub(super) fn taxonomy_single<'a>(
    shelf: &Shelf<'a>,
    taxonomy: &'a Taxonomy,
    group: &'a Group,
    named: Arc<Mutex<Named<'a>>>,
) -> Listing<'a> {
    let site = shelf.site;
    let key = group.key(taxonomy.kind);
    let feeds = if taxonomy.feed { feed_links(shelf, &key, &group.name) } else { Vec::new() };
    Listing {
        kind: taxonomy.kind,
        head_kind: "tag",
        template: "taxonomy_single.html".to_owned(),
        title: group.name.clone(),
        summary: PerLang::default(),
        pages: &group.pages,
        sections: Vec::new(),
        above: vec![NamedLink { name: taxonomy.name.clone(), url: shelf.url(taxonomy.kind) }],
        feeds,
        text: None,
        origin: Box::new(move || {
            let mut named = named.lock().unwrap_or_else(PoisonError::into_inner);
            group_origin(site, taxonomy.kind, group, &mut named)
        }),
        key,
    }
}

/// The template that the page of a list names, else the usual one.
fn template(site: &Site<'_>, page: Option<usize>, usual: &str) -> String {
    let own = page.and_then(|page| site.pages[page].facts.template.clone());
    own.unwrap_or_else(|| usual.to_owned())
}

fn page_origin(site: &Site<'_>, page: Option<usize>, what: Message) -> Origin {
    let doc = page.and_then(|page| site.pages[page].origin());
    Origin { path: doc.map(|doc| doc.path.clone()), ..Origin::made(what) }
}

/// Where each file names the tags, categories or issues that it does, by the path of the file.
pub(super) type Named<'a> = HashMap<&'a str, HashMap<String, Range<usize>>>;

/// The article that names a tag, category or issue, at the place where it does.
fn group_origin<'a>(
    site: &'a Site<'_>,
    kind: &'static str,
    group: &Group,
    named: &mut Named<'a>,
) -> Origin {
    let id = &group.id;
    let what = msg!("the page of “{id}” in {kind}", "{kind} 中“{id}”的页面");
    let (key, group_kind) = match kind {
        "tags" => ("tags", msg!("tags", "标签")),
        "categories" => ("categories", msg!("categories", "分类")),
        _ => ("issue", msg!("issues", "期号")),
    };
    let docs = group.pages.iter().flat_map(|&page| site.pages[page].written.present());
    let mut places = docs.filter_map(|(_, doc)| {
        let own = named.entry(&doc.path).or_insert_with(|| {
            let value = doc.front.node.as_ref().and_then(|node| node.get(key));
            let words =
                value.into_iter().flat_map(|value| std::iter::once(value).chain(value.items()));
            let mut own = HashMap::new();
            for (word, span) in words.filter_map(|word| Some((word.word()?, &word.span))) {
                own.entry(word).or_insert_with(|| span.clone());
            }
            own
        });
        Some((doc.path.clone(), own.get(id)?.clone()))
    });
    let origin = match places.next() {
        Some((path, span)) => Origin { span: Some(span), ..Origin::of(path, what) },
        None => page_origin(site, group.pages.first().copied(), what),
    };
    Origin { group: Some(group_kind), ..origin }
}

/// The feeds of a key in a view: Atom, then JSON.
pub fn feed_links(shelf: &Shelf<'_>, key: &str, name: &PerLang<String>) -> Vec<FeedLink> {
    let lang = shelf.lang();
    let base = page_path(shelf.view, key);
    let title = name.get(lang);
    let link = |file: &str, media_type, form: &str| FeedLink {
        title: format!("{title} ({form})"),
        url: shelf.site.urls.path(&format!("{base}{file}")),
        media_type,
    };
    vec![
        link("feed.xml", "application/atom+xml", "Atom"),
        link("feed.json", "application/feed+json", "JSON"),
    ]
}
