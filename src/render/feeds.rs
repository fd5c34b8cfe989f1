//! The files for machines: feeds, the site map, robots.txt, the 404 page, redirects, and what
//! GitHub Pages wants to find.

use std::sync::Arc;

use crate::date::Date;
use crate::lang::{PerLang, View};
use crate::memo::{Hasher, Memo};
use crate::model::pages::Page;
use crate::model::site::Site;
use crate::model::urls::page_path;
use crate::msg;

use super::body::{Purpose, body};
use super::head::{alternates, head};
use super::job::{Job, Origin, PageJob, Part, Work};
use super::listings::feed_links;
use super::machine::feed::{self, Feed};
use super::machine::redirect::redirect;
use super::machine::sitemap::{self, Url};
use super::shelf::Shelf;

/// The feeds of a view: the site's and one for each group of a taxonomy that wants feeds.
pub fn jobs(site: &Site<'_>, view: View, memo: &Memo) -> Vec<Job> {
    let shelf = Shelf { site, view };
    let title = PerLang::from_fn(|lang| site.config.book.title.get(lang).to_owned());
    let mut jobs = feed_jobs(&shelf, "", &title, &site.listed, memo);
    for taxonomy in site.taxonomies.iter().filter(|taxonomy| taxonomy.feed) {
        for group in &taxonomy.groups {
            let name = PerLang::from_fn(|lang| {
                format!("{} · {}", group.name.get(lang), site.config.book.title.get(lang))
            });
            jobs.extend(feed_jobs(&shelf, &group.key(taxonomy.kind), &name, &group.pages, memo));
        }
    }
    jobs
}

fn feed_jobs(
    shelf: &Shelf<'_>,
    key: &str,
    title: &PerLang<String>,
    pages: &[usize],
    memo: &Memo,
) -> Vec<Job> {
    let site = shelf.site;
    let base = page_path(shelf.view, key);
    let file = |name: &str| site.urls.absolute(&site.urls.path(&format!("{base}{name}")));
    let feed = Arc::new(feed(shelf, key, title, pages, file("feed.xml"), memo));
    let json_url = file("feed.json");
    let fingerprint = Hasher::new().str("feed").value(&*feed).finish();
    let origin = || Origin::made(msg!("a feed", "订阅源"));
    let atom = {
        let feed = feed.clone();
        Work::Machine(fingerprint, Box::new(move || feed::atom(&feed)))
    };
    let fingerprint = Hasher::new().with(fingerprint).str(&json_url).finish();
    let json = Work::Machine(fingerprint, Box::new(move || feed::json(&feed, &json_url)));
    vec![
        Job { output: format!("{base}feed.xml"), origin: origin(), work: atom },
        Job { output: format!("{base}feed.json"), origin: origin(), work: json },
    ]
}

fn feed(
    shelf: &Shelf<'_>,
    key: &str,
    title: &PerLang<String>,
    pages: &[usize],
    self_url: String,
    memo: &Memo,
) -> Feed {
    let site = shelf.site;
    let lang = shelf.lang();
    let book = &site.config.book;
    let subtitle = book.description.get(lang);
    let shown = shelf.listed(pages).into_iter().take(site.config.feed.limit);
    let entries: Vec<_> = shown.filter_map(|page| entry(shelf, page, memo)).collect();
    let newest = site.listed.first().and_then(|&page| site.pages[page].facts.date);
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
    let tags = page.facts.tags.iter().filter_map(|id| site.taxonomies.tags.group(id));
    Some(feed::Entry {
        id: url.clone(),
        url,
        title,
        summary: site.summary(index, lang),
        content,
        published: page.facts.date?,
        updated: page.facts.updated,
        authors: page.facts.authors.iter().map(|author| author.get(lang).clone()).collect(),
        tags: tags.map(|group| group.name.get(lang).clone()).collect(),
        tag: view.lang().map(|lang| site.config.languages.get(lang).tag.clone()),
        image: site.cover(page).map(|cover| site.urls.absolute(&cover)),
    })
}

/// The files that stand once in the output. `pages` are the keys of all pages, with the views in
/// which they exist and the date of their last change.
pub fn once(site: &Site<'_>, pages: &[(String, Vec<View>, Option<Date>)]) -> Vec<Job> {
    let mut jobs = vec![not_found(site), bytes(".nojekyll", Vec::new())];
    if let Some(name) = &site.config.output.html.cname {
        jobs.push(bytes("CNAME", format!("{name}\n").into_bytes()));
    }
    let robots = match &site.urls.origin {
        None => sitemap::robots(None),
        Some(_) => {
            let urls = indexed(site, pages);
            let base = site.urls.absolute(&site.urls.path(""));
            let files = sitemap::sitemaps(&base, &urls);
            jobs.extend(files.into_iter().map(|(name, content)| bytes(&name, content)));
            sitemap::robots(Some(&site.urls.absolute(&site.urls.path("sitemap.xml"))))
        }
    };
    jobs.push(bytes("robots.txt", robots));
    jobs.extend(aliases(site));
    jobs
}

fn bytes(output: &str, content: Vec<u8>) -> Job {
    let origin = Origin::made(msg!("a file that gen writes", "gen 写的文件"));
    Job { output: output.to_owned(), origin, work: Work::Bytes(content) }
}

/// The addresses that search engines should index: pages in one language.
fn indexed(site: &Site<'_>, pages: &[(String, Vec<View>, Option<Date>)]) -> Vec<Url> {
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
fn not_found(site: &Site<'_>) -> Job {
    let shelf = Shelf { site, view: View::Both };
    let mut head = head(
        &shelf,
        super::head::Page {
            kind: "404",
            key: "",
            views: &View::ALL,
            title: PerLang { zh: "找不到这一页".to_owned(), en: "Page not found".to_owned() },
            description: PerLang::default(),
            image: None,
            feeds: Vec::new(),
            json_ld: String::new(),
        },
    );
    head.alternates.clear();
    let job = PageJob {
        template: "404.html".to_owned(),
        view: View::Both,
        head,
        part: Part::Nothing,
        content: None,
    };
    let origin = Origin::made(msg!("the page for lost readers", "找不到页面时的提示页"));
    Job { output: "404.html".to_owned(), origin, work: Work::Page(Box::new(job)) }
}

/// The redirects of all aliases: each leads to the page, in the view that its address names.
fn aliases(site: &Site<'_>) -> Vec<Job> {
    site.pages.iter().flat_map(|page| page_aliases(site, page)).collect()
}

fn page_aliases(site: &Site<'_>, page: &Page) -> Vec<Job> {
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
pub fn copies(site: &Site<'_>) -> Vec<Job> {
    site.files
        .iter()
        .map(|(output, source)| Job {
            output: output.clone(),
            origin: Origin::of(source.clone(), msg!("a file", "文件")),
            work: Work::Copy(source.clone()),
        })
        .collect()
}
