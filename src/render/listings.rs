//! The pages of lists: home, sections, tags, categories, issues.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::Message;
use crate::lang::{PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo};
use crate::model::segment;
use crate::model::site::{Group, Section, Site, Taxonomy};
use crate::model::urls::page_path;
use crate::msg;

use super::body::{Purpose, body};
use super::context::{self, Bilingual, FeedLink, List, NamedLink, Pagination};
use super::head::{self, head, language_tags, website};
use super::job::{Given, Job, Origin, PageJob, Part, Work};
use super::machine::json_ld::{self, CollectionLd};
use super::shelf::Shelf;

/// A list before it is cut into pages.
struct Listing<'a> {
    kind: &'static str,
    head_kind: &'static str,
    template: String,
    key: String,
    title: PerLang<String>,
    summary: Bilingual,
    pages: &'a [usize],
    sections: Vec<NamedLink>,
    above: Vec<NamedLink>,
    feeds: Vec<FeedLink>,
    /// The page that gives the list its text.
    text: Option<usize>,
    origin: Arc<Origin>,
}

/// The jobs of all lists in one view.
pub fn jobs<'a>(site: &'a Site<'a>, view: View, memo: &'a Memo) -> Vec<Job<'a>> {
    let shelf = Shelf { site, view };
    let mut jobs = paged(shelf, home(&shelf), memo);
    for (key, found) in &site.sections {
        jobs.extend(paged(shelf, section(&shelf, key, found), memo));
    }
    for taxonomy in site.taxonomies.iter() {
        if taxonomy.groups.is_empty() {
            continue;
        }
        jobs.push(taxonomy_list(shelf, taxonomy));
        let mut named = Named::new();
        for group in &taxonomy.groups {
            let single = taxonomy_single(&shelf, taxonomy, group, &mut named);
            jobs.extend(paged(shelf, single, memo));
        }
    }
    jobs
}

fn home<'a>(shelf: &Shelf<'a>) -> Listing<'a> {
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
        pages: &site.listed,
        sections: Vec::new(),
        above: Vec::new(),
        feeds: Vec::new(),
        text: page,
        origin: page_origin(site, page, msg!("the home page", "首页")).into(),
    }
}

fn section<'a>(shelf: &Shelf<'a>, key: &str, section: &'a Section) -> Listing<'a> {
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
        origin: page_origin(
            site,
            section.page.or(section.pages.first().copied()),
            msg!("the section “{key}”", "栏目“{key}”"),
        )
        .into(),
    }
}

fn taxonomy_single<'a>(
    shelf: &Shelf<'a>,
    taxonomy: &Taxonomy,
    group: &'a Group,
    named: &mut Named<'a>,
) -> Listing<'a> {
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
        origin: group_origin(shelf.site, taxonomy.kind, group, named).into(),
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
type Named<'a> = HashMap<&'a str, HashMap<String, Range<usize>>>;

/// The article that names a tag, category or issue, at the place where it does.
fn group_origin<'a>(
    site: &Site<'a>,
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

/// The pages of a list.
fn paged<'a>(shelf: Shelf<'a>, listing: Listing<'a>, memo: &'a Memo) -> Vec<Job<'a>> {
    let site = shelf.site;
    let size = match site.config.output.html.paginate_by {
        0 => usize::MAX,
        size => size,
    };
    // The views may list different articles, and have different numbers of pages.
    let listed = |view| listing.pages.iter().filter(move |&&page| Shelf { site, view }.lists(page));
    let counts = View::ALL.map(|view| listed(view).count().div_ceil(size).max(1));
    let count = counts[shelf.view as usize];
    let shown = shelf.listed(listing.pages);
    let key = listing_key(&shelf, &listing);
    let listing = Arc::new(listing);
    (1..=count)
        .map(|number| {
            let from = (number - 1).saturating_mul(size);
            let entries = shown[from..shown.len().min(from.saturating_add(size))].to_vec();
            let has = |view: &View| number <= counts[*view as usize];
            let views = View::ALL.into_iter().filter(has).collect();
            let sheet = Sheet { entries, number, count, views };
            list_page(shelf, &listing, key, sheet, memo)
        })
        .collect()
}

/// A page of a list.
struct Sheet {
    entries: Vec<usize>,
    number: usize,
    count: usize,
    /// The views in which the list has a page of this number.
    views: Vec<View>,
}

/// The fingerprint of what all pages of a list are given of it.
fn listing_key(shelf: &Shelf<'_>, listing: &Listing<'_>) -> Fingerprint {
    let Listing { kind, head_kind, key, title, summary, sections, above, feeds, .. } = listing;
    let facts = (kind, head_kind, key, title, summary, sections, above, feeds);
    let hasher = Hasher::new().str("list").str(shelf.view.key()).with(shelf.site.common);
    hasher.value(&facts).finish()
}

/// The fingerprint of all that a page of a list is given.
fn sheet_key(
    site: &Site<'_>,
    listing: &Listing<'_>,
    key: Fingerprint,
    sheet: &Sheet,
) -> Fingerprint {
    let Sheet { entries, number, count, views } = sheet;
    let mut hasher = Hasher::new().with(key).value(&(number, count, views));
    for &page in entries {
        hasher = hasher.with(site.cards[page]);
    }
    if let Some(page) = listing.text.filter(|_| *number == 1) {
        hasher = hasher.with(site.wholes[page]);
    }
    if listing.kind == "home" && *number == 1 {
        hasher = hasher.value(&featured(site));
    }
    hasher.finish()
}

/// The key of a page of a list: `tags/slang`, then `tags/slang/page/2`.
fn page_key(key: &str, number: usize) -> String {
    match (key, number) {
        (key, 1) => key.to_owned(),
        ("", number) => format!("page/{number}"),
        (key, number) => format!("{key}/page/{number}"),
    }
}

fn list_page<'a>(
    shelf: Shelf<'a>,
    listing: &Arc<Listing<'a>>,
    key: Fingerprint,
    sheet: Sheet,
    memo: &'a Memo,
) -> Job<'a> {
    let address = page_key(&listing.key, sheet.number);
    let key = sheet_key(shelf.site, listing, key, &sheet);
    let listing = listing.clone();
    let (template, origin) = (listing.template.clone(), listing.origin.clone());
    let make = move || list_given(&shelf, &listing, &sheet, memo);
    page_job(&shelf, &address, template, key, origin, make)
}

fn list_given(shelf: &Shelf<'_>, listing: &Listing<'_>, sheet: &Sheet, memo: &Memo) -> Given {
    let site = shelf.site;
    let &Sheet { number, count, .. } = sheet;
    let key = page_key(&listing.key, number);
    let neighbour = |number| shelf.url(&page_key(&listing.key, number));
    let content = listing.text.filter(|_| number == 1).map(|page| {
        body(site, &site.texts[page], Some(page), shelf.view, Purpose::Introduction, memo)
    });
    let title = PerLang::from_fn(|lang| {
        let title = if listing.kind == "home" { "" } else { listing.title.get(lang).as_str() };
        numbered(title, number, lang)
    });
    let json_ld = list_json_ld(shelf, listing, &key, &sheet.entries, number);
    let head = head(
        shelf,
        head::Page {
            kind: listing.head_kind,
            key: &key,
            views: &sheet.views,
            title,
            description: listing.summary.clone(),
            image: None,
            feeds: listing.feeds.clone(),
            json_ld,
        },
    );
    let list = List {
        title: listing.title.clone(),
        title_html: PerLang::from_fn(|lang| {
            let title = listing.title.get(lang);
            segment::title(title, lang, &site.words, memo).as_ref().clone()
        }),
        summary: listing.summary.clone(),
        kind: listing.kind,
        entries: sheet.entries.iter().map(|&page| shelf.card(page)).collect(),
        sections: listing.sections.clone(),
        above: listing.above.clone(),
        pages: Pagination {
            number,
            count,
            newer: (number > 1).then(|| neighbour(number - 1)),
            older: (number < count).then(|| neighbour(number + 1)),
        },
        words: match listing.kind == "home" && number == 1 {
            true => featured(site).iter().map(|&term| shelf.word(&site.words, term)).collect(),
            false => Vec::new(),
        },
    };
    Given { head, part: Part::List(Box::new(list)), content }
}

fn numbered(title: &str, number: usize, lang: crate::lang::Lang) -> String {
    let page = match lang {
        crate::lang::Lang::Zh => format!("第 {number} 页"),
        crate::lang::Lang::En => format!("Page {number}"),
    };
    match (number, title) {
        (1, title) => title.to_owned(),
        (_, "") => page,
        (_, title) => format!("{title} · {page}"),
    }
}

/// A few words of the glossary for the home page: those that the newest articles turn on. A word
/// counts by its uses in the article that has most of them, and the more the fewer articles use it
/// at all (tf–idf).
fn featured(site: &Site<'_>) -> Vec<usize> {
    const WORDS: usize = 8;
    const ARTICLES: usize = 10;
    let recent = &site.listed[..site.listed.len().min(ARTICLES)];
    let mut scored: Vec<(f64, usize)> = Vec::new();
    for (term, entry) in site.words.glossary.terms.iter().enumerate() {
        if !entry.is_explained_in(View::Both) {
            continue;
        }
        let (mut most, mut pages) = (0, 0_usize);
        for (page, uses) in site.uses.by_page(term) {
            pages += 1;
            if recent.contains(&page) {
                most = most.max(uses);
            }
        }
        if most > 0 {
            let rarity = (1.0 + site.listed.len() as f64 / pages as f64).ln();
            scored.push((most as f64 * rarity, term));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.into_iter().take(WORDS).map(|(_, term)| term).collect()
}

fn list_json_ld(
    shelf: &Shelf<'_>,
    listing: &Listing<'_>,
    key: &str,
    entries: &[usize],
    number: usize,
) -> String {
    let site = shelf.site;
    if listing.kind == "home" && number == 1 {
        return json_ld::website(&website(shelf));
    }
    let lang = shelf.lang();
    json_ld::collection(&CollectionLd {
        url: site.urls.absolute(&shelf.url(key)),
        name: listing.title.get(lang).clone(),
        description: listing.summary.get(lang).clone(),
        tags: language_tags(shelf, &View::ALL),
        site: website(shelf),
        items: entries
            .iter()
            .map(|&page| site.urls.absolute(&shelf.page_url(&site.pages[page])))
            .collect(),
    })
}

/// A job for a page of the view. `key` is the fingerprint of all that `make` reads.
pub fn page_job<'a>(
    shelf: &Shelf<'a>,
    address: &str,
    template: impl Into<Cow<'a, str>>,
    key: Fingerprint,
    origin: impl Into<Arc<Origin>>,
    make: impl Fn() -> Given + Send + Sync + 'a,
) -> Job<'a> {
    let (template, view, make) = (template.into(), shelf.view, Box::new(make));
    let job = PageJob { template, view, mapped: true, key, make };
    let output = format!("{}index.html", page_path(shelf.view, address));
    Job { output, origin: origin.into(), work: Work::Page(job) }
}

/// The key of a generated page: its kind, the view, what all pages share.
pub fn plain_key(shelf: &Shelf<'_>, kind: &str) -> Hasher {
    Hasher::new().str(kind).str(shelf.view.key()).with(shelf.site.common)
}

/// The head of a generated page that exists in every view and has no text of its own.
pub fn plain_head(
    shelf: &Shelf<'_>,
    kind: &'static str,
    key: &str,
    title: PerLang<String>,
    description: Bilingual,
    json_ld: String,
) -> context::Head {
    let page = head::Page {
        kind,
        key,
        views: &View::ALL,
        title,
        description,
        image: None,
        feeds: Vec::new(),
        json_ld,
    };
    head(shelf, page)
}

fn taxonomy_list<'a>(shelf: Shelf<'a>, taxonomy: &'a Taxonomy) -> Job<'a> {
    let kind = taxonomy.kind;
    let key = plain_key(&shelf, "taxonomy").value(&(kind, &taxonomy.name));
    let key = taxonomy.groups.iter().fold(key, |key, group| key.with(group.fingerprint)).finish();
    let origin = Origin::made(msg!("the list of {kind}", "{kind} 总表"));
    page_job(&shelf, kind, "taxonomy_list.html", key, origin, move || {
        let groups = taxonomy.ordered(shelf.lang());
        let part = context::Taxonomy {
            name: taxonomy.name.clone(),
            kind,
            terms: groups.into_iter().map(|group| shelf.taxon(taxonomy, group)).collect(),
        };
        let urls = part.terms.iter().map(|term| term.url.clone());
        let json_ld = collection(&shelf, kind, &taxonomy.name, urls);
        let title = taxonomy.name.clone();
        let head = plain_head(&shelf, "tags", kind, title, PerLang::default(), json_ld);
        Given { head, part: Part::Taxonomy(part), content: None }
    })
}

/// schema.org metadata of a list of addresses.
pub fn collection(
    shelf: &Shelf<'_>,
    key: &str,
    name: &PerLang<String>,
    urls: impl Iterator<Item = String>,
) -> String {
    let absolute = |url: &str| shelf.site.urls.absolute(url);
    json_ld::collection(&CollectionLd {
        url: absolute(&shelf.url(key)),
        name: name.get(shelf.lang()).clone(),
        description: None,
        tags: language_tags(shelf, &View::ALL),
        site: website(shelf),
        items: urls.map(|url| absolute(&url)).collect(),
    })
}
