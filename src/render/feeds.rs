//! The files for machines: feeds, the site map, robots.txt, the 404 page, redirects, and what
//! GitHub Pages wants to find.

use std::sync::{Arc, LazyLock};

use crate::date::Date;
use crate::lang::{PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::pages::Page;
use crate::model::site::Site;
use crate::model::urls::page_path;
use crate::msg;
use crate::output::Output;

use super::body::{Purpose, body};
use super::head::{alternates, head};
use super::job::{Given, Job, Origin, PageJob, Part, Work};
use super::listings::{feed_links, plain_key};
use super::machine::feed::{self, Feed};
use super::machine::redirect::redirect;
use super::machine::sitemap::{self, Url};
use super::shelf::Shelf;

/// How many tags of an article a feed names: each tag has a feed, which would name all the others.
const TAGS: usize = 100;

/// The feeds of a view: the site's and one for each group of a taxonomy that wants feeds.
pub fn jobs<'a>(site: &'a Site<'a>, view: View, memo: &'a Memo) -> Vec<Job<'a>> {
    let shelf = Shelf { site, view };
    let title = PerLang::from_fn(|lang| site.config.book.title.get(lang).to_owned());
    let mut tags = vec![Fingerprint::default(); site.pages.len()];
    for &page in &site.outline.listed {
        let named = site.outline.taxonomies.tags.of(page).map(|group| group.named);
        tags[page] = named.fold(Hasher::new(), Hasher::with).finish();
    }
    let mut jobs =
        Vec::from(feed_jobs(shelf, String::new(), title, &site.outline.listed, &tags, memo));
    for taxonomy in site.outline.taxonomies.iter().filter(|taxonomy| taxonomy.feed) {
        for group in &taxonomy.groups {
            let name = PerLang::from_fn(|lang| {
                format!("{} · {}", group.name.get(lang), site.config.book.title.get(lang))
            });
            let key = group.key(taxonomy.kind);
            jobs.extend(feed_jobs(shelf, key, name, &group.pages, &tags, memo));
        }
    }
    jobs
}

/// The two forms of a feed. `tags` are the fingerprints of what the tags of each page are called.
fn feed_jobs<'a>(
    shelf: Shelf<'a>,
    key: String,
    title: PerLang<String>,
    pages: &[usize],
    tags: &[Fingerprint],
    memo: &'a Memo,
) -> [Job<'a>; 2] {
    let site = shelf.site;
    let shown = pages.iter().copied().filter(|&page| shelf.lists(page));
    let shown: Vec<usize> = shown.take(site.config.feed.limit).collect();
    let newest = site.outline.listed.first().and_then(|&page| site.pages[page].facts.date);
    let mut hasher = Hasher::new().str("feed").str(shelf.view.key()).with(site.common);
    hasher = hasher.value(&(&key, &title, newest));
    for &page in &shown {
        hasher = hasher.with(site.wholes[page]).with(tags[page]);
    }
    let fingerprint = hasher.finish();
    let base = page_path(shelf.view, &key);
    let file = move |name: &str| site.urls.absolute(&site.urls.path(&format!("{base}{name}")));
    let (self_url, json_url) = (file("feed.xml"), file("feed.json"));
    let base = page_path(shelf.view, &key);
    // Both forms of a feed are written from one value, which is made where either is asked for.
    let feed = Arc::new(LazyLock::new(Box::new(move || {
        feed(&shelf, &key, &title, &shown, newest, self_url.clone(), memo)
    }) as Box<dyn FnOnce() -> Feed + Send + 'a>));
    let origin = Arc::new(Origin::made(msg!("a feed", "订阅源")));
    let atom = {
        let feed = feed.clone();
        Work::Machine(fingerprint, Box::new(move || feed::atom(&feed)))
    };
    let fingerprint = Hasher::new().with(fingerprint).str("json").finish();
    let json = Work::Machine(fingerprint, Box::new(move || feed::json(&feed, &json_url)));
    [
        Job { output: format!("{base}feed.xml"), origin: origin.clone(), work: atom },
        Job { output: format!("{base}feed.json"), origin, work: json },
    ]
}

fn feed(
    shelf: &Shelf<'_>,
    key: &str,
    title: &PerLang<String>,
    pages: &[usize],
    newest: Option<Date>,
    self_url: String,
    memo: &Memo,
) -> Feed {
    let site = shelf.site;
    let lang = shelf.lang();
    let book = &site.config.book;
    let subtitle = book.description.get(lang);
    let entries = pages.iter().filter_map(|&page| entry(shelf, page, memo)).collect();
    let author = |authors: &Vec<String>| match authors.is_empty() {
        true => vec![book.title.get(lang).to_owned()],
        false => authors.clone(),
    };
    Feed {
        id: self_url.clone(),
        title: title.get(lang).clone(),
        subtitle: (!subtitle.is_empty()).then(|| subtitle.to_owned()),
        tag: shelf.view.lang().map(|lang| site.config.languages.get(lang).tag.clone()),
        self_url,
        home_url: site.urls.absolute(&shelf.url(key)),
        authors: author(&book.authors),
        updated: newest,
        entries,
    }
}

fn entry(shelf: &Shelf<'_>, index: usize, memo: &Memo) -> Option<feed::Entry> {
    let site = shelf.site;
    let page = &site.pages[index];
    let view = page.view_from(shelf.view);
    let lang = view.lang().unwrap_or(shelf.lang());
    let url = site.urls.absolute(&site.urls.page(view, &page.key));
    let title = match view {
        View::Both => {
            format!("{} · {}", site.title(index, lang), site.title(index, lang.other()))
        }
        _ => site.title(index, lang).to_owned(),
    };
    let content = site
        .config
        .feed
        .full_text
        .then(|| body(site, &site.texts[index], Some(index), view, Purpose::Feed, memo));
    let tags = site.outline.taxonomies.tags.of(index);
    Some(feed::Entry {
        id: url.clone(),
        url,
        title,
        summary: site.summary(index, lang),
        content,
        published: page.facts.date?,
        updated: page.facts.updated,
        authors: page.facts.authors.iter().map(|author| author.get(lang).clone()).collect(),
        tags: tags.take(TAGS).map(|group| group.name.get(lang).clone()).collect(),
        tag: view.lang().map(|lang| site.config.languages.get(lang).tag.clone()),
        image: site.cover(page).map(|cover| site.urls.absolute(&cover)),
    })
}

/// The files that stand once in the output. `pages` gives the keys of all pages, with the views in
/// which they exist and the date of their last change; `pages_key` is the fingerprint of those.
pub fn once<'a>(
    site: &'a Site<'a>,
    pages: impl FnOnce() -> Vec<MappedPage>,
    pages_key: Fingerprint,
    memo: &Memo,
) -> Vec<Job<'a>> {
    let mut jobs = vec![not_found(site), bytes(".nojekyll", Vec::new())];
    if let Some(name) = &site.config.output.html.cname {
        jobs.push(bytes("CNAME", format!("{name}\n").into_bytes()));
    }
    let robots = match &site.urls.origin {
        None => sitemap::robots(None),
        Some(_) => {
            let files = memo.get(Stage::Machine, pages_key, || site_maps(site, &pages()));
            jobs.extend(files.iter().map(|(name, output)| Job {
                output: name.clone(),
                origin: written(),
                work: Work::Made(output.clone()),
            }));
            sitemap::robots(Some(&site.urls.absolute(&site.urls.path("sitemap.xml"))))
        }
    };
    jobs.push(bytes("robots.txt", robots));
    jobs.extend(aliases(site));
    jobs
}

fn site_maps(site: &Site<'_>, pages: &[MappedPage]) -> Vec<(String, Output)> {
    let base = site.urls.absolute(&site.urls.path(""));
    let files = sitemap::sitemaps(&base, &indexed(site, pages));
    files.into_iter().map(|(name, bytes)| (name, Output::new(bytes))).collect()
}

/// A page for the site map: its key, the views in which it exists, the date of its last change.
pub type MappedPage = (String, Vec<View>, Option<Date>);

fn bytes<'a>(output: &str, content: Vec<u8>) -> Job<'a> {
    Job { output: output.to_owned(), origin: written(), work: Work::Bytes(content) }
}

fn written() -> Arc<Origin> {
    Arc::new(Origin::made(msg!("a file that gen writes", "gen 写的文件")))
}

/// The addresses that search engines should index: pages in one language.
fn indexed(site: &Site<'_>, pages: &[MappedPage]) -> Vec<Url> {
    let mut urls = Vec::new();
    for (key, views, lastmod) in pages {
        for &view in views.iter().filter(|view| view.lang().is_some()) {
            urls.push(Url {
                loc: site.urls.absolute(&site.urls.page(view, key)),
                lastmod: *lastmod,
                alternates: alternates(&Shelf { site, view }, key, views),
            });
        }
    }
    urls
}

/// The page for addresses that lead nowhere; it is shown at any address, in both languages.
fn not_found<'a>(site: &'a Site<'a>) -> Job<'a> {
    let shelf = Shelf { site, view: View::Both };
    let make = move || {
        let mut head = head(
            &shelf,
            super::head::Page {
                kind: "404",
                key: "",
                views: &View::ALL,
                title: PerLang {
                    zh: "找不到这一页".to_owned(), en: "Page not found".to_owned()
                },
                description: PerLang::default(),
                image: None,
                feeds: Vec::new(),
                json_ld: String::new(),
            },
        );
        head.alternates.clear();
        Given { head, part: Part::Nothing, content: None }
    };
    let job = PageJob {
        template: "404.html".into(),
        view: View::Both,
        mapped: false,
        key: plain_key(&shelf, "404").finish(),
        make: Box::new(make),
    };
    let origin = Arc::new(Origin::made(msg!("the page for lost readers", "找不到页面时的提示页")));
    Job { output: "404.html".to_owned(), origin, work: Work::Page(job) }
}

/// The redirects of all aliases: each leads to the page, in the view that its address names.
fn aliases<'a>(site: &Site<'a>) -> Vec<Job<'a>> {
    let batches = site.batches.iter().filter(|batch| batch.has.aliases);
    let pages = batches.flat_map(|batch| batch.pages.iter());
    pages.flat_map(|page| page_aliases(site, page)).collect()
}

fn page_aliases<'a>(site: &Site<'a>, page: &Page) -> Vec<Job<'a>> {
    let lang = site.config.book.language;
    let mut jobs = Vec::new();
    for (alias, place) in &page.facts.aliases {
        let path = alias.trim_matches('/');
        let view = match path.split('/').next() {
            Some("zh") => View::Zh,
            Some("en") => View::En,
            _ => View::Both,
        };
        let view = page.view_from(view);
        let shown = view.lang().unwrap_or(lang);
        let to = site.urls.absolute(&site.urls.page(view, &page.key));
        let own = page.facts.title.either(shown).map(String::as_str);
        let title = own.unwrap_or_else(|| site.config.book.title.get(shown));
        let tag = &site.config.languages.get(shown).tag;
        let file = path.ends_with(".html") || path.ends_with(".htm");
        let output = if file { path.to_owned() } else { format!("{path}/index.html") };
        let what = msg!("the alias “{alias}”", "别名“{alias}”");
        let origin = Origin { span: place.span.clone(), ..Origin::of(place.path.clone(), what) };
        let origin = Arc::new(origin);
        jobs.push(Job { output, origin, work: Work::Redirect(redirect(&to, title, tag)) });
    }
    jobs
}

/// The feeds that every page of a view names.
pub fn site_feeds(shelf: &Shelf<'_>) -> Vec<super::context::FeedLink> {
    let book = &shelf.site.config.book;
    let title = PerLang::from_fn(|lang| book.title.get(lang).to_owned());
    feed_links(shelf, "", &title)
}

/// What each file of `static/` and of a page's folder becomes.
pub fn copies<'a>(site: &Site<'a>) -> Vec<Job<'a>> {
    site.files
        .iter()
        .map(|(output, source)| Job {
            output: output.clone(),
            origin: Arc::new(Origin::of(source.clone(), msg!("a file", "文件"))),
            work: Work::Copy(source.clone()),
        })
        .collect()
}
