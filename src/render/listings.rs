//! The pages of lists: home, sections, tags, categories, issues.

mod featured;
mod kinds;
mod plain;

use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use featured::featured;
pub use kinds::feed_links;
use kinds::{Listing, Named, home, section, taxonomy_single};
pub use plain::{collection, page_job, plain_head, plain_key};

use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo};
use crate::model::segment;
use crate::model::site::{Site, Taxonomy};
use crate::msg;

use super::body::{Purpose, body};
use super::bundle::Bundle;
use super::context::{self, List, Pagination};
use super::head::{self, head, language_tags, website};
use super::job::{Given, Job, Origin, Part};
use super::machine::json_ld::{self, CollectionLd};
use super::shelf::Shelf;

/// The lists of articles in one view, each with all its pages.
pub fn bundles<'a>(site: &'a Site<'a>, view: View, memo: &'a Memo) -> Vec<Bundle<'a>> {
    let shelf = Shelf { site, view };
    let sections = site.outline.sections.par_iter();
    let sections = sections.map(|(key, found)| paged(shelf, section(&shelf, key, found), memo));
    let taxonomies = site.outline.taxonomies.iter();
    let groups = taxonomies.flat_map(|kind| {
        let named = Arc::<Mutex<Named<'a>>>::default();
        kind.groups.iter().map(move |group| (kind, group, named.clone()))
    });
    let groups: Vec<_> = groups.collect();
    let single = |(taxonomy, group, named)| {
        paged(shelf, taxonomy_single(&shelf, taxonomy, group, named), memo)
    };
    let home = rayon::iter::once(home(&shelf)).map(|home| paged(shelf, home, memo));
    home.chain(sections).chain(groups.into_par_iter().map(single)).collect()
}

/// The jobs of the lists of tags, of categories and of issues in one view.
pub fn indexes<'a>(site: &'a Site<'a>, view: View, _: &'a Memo) -> Vec<Job<'a>> {
    let shelf = Shelf { site, view };
    let taxonomies = site.outline.taxonomies.iter().filter(|kind| !kind.groups.is_empty());
    taxonomies.map(|taxonomy| taxonomy_list(shelf, taxonomy)).collect()
}

/// The pages of a list.
fn paged<'a>(shelf: Shelf<'a>, listing: Listing<'a>, memo: &'a Memo) -> Bundle<'a> {
    let site = shelf.site;
    let size = match site.config.output.html.paginate_by {
        0 => usize::MAX,
        size => size,
    };
    // The views may list different articles, and have different numbers of pages.
    let listed = |view| listing.pages.iter().filter(move |&&page| Shelf { site, view }.lists(page));
    let counts = View::ALL.map(|view| listed(view).count().div_ceil(size).max(1));
    let count = counts[shelf.view as usize];
    let of_list = listing_key(&shelf, &listing);
    let mut key = Hasher::new().str("pages").with(of_list).value(&(size, counts));
    for &page in listed(shelf.view) {
        key.add(site.cards[page]);
    }
    let key = match text_key(site, &listing, memo) {
        Some(text) => key.str("text").with(text).finish(),
        None => key.finish(),
    };
    let addresses = Hasher::new().str("list").str(shelf.view.key()).str(&listing.key);
    let addresses = addresses.value(&count).finish();
    let listing = Arc::new(listing);
    Bundle::new(key, addresses, count, move || {
        let shown = shelf.listed(listing.pages);
        let origin = Arc::new((listing.origin)());
        let sheet = |number: usize| {
            let from = (number - 1).saturating_mul(size);
            let entries = shown[from..shown.len().min(from.saturating_add(size))].to_vec();
            let has = |view: &View| number <= counts[*view as usize];
            let views = View::ALL.into_iter().filter(has).collect();
            let sheet = Sheet { entries, number, count, views };
            list_page(shelf, &listing, (of_list, origin.clone()), sheet, memo)
        };
        (1..=count).map(sheet).collect()
    })
}

/// The fingerprint of what the first page of a list is given beside the list: its text, the words of the
/// home page.
fn text_key(site: &Site<'_>, listing: &Listing<'_>, memo: &Memo) -> Option<Fingerprint> {
    let words = (listing.kind == "home").then(|| Fingerprint::of_value(&*featured(site, memo)));
    let text = listing.text.map(|page| site.wholes[page]);
    let parts = [text, words].into_iter().flatten();
    let key =
        parts.fold(None, |key: Option<Hasher>, part| Some(key.unwrap_or_default().with(part)));
    key.map(|key| key.finish())
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
    memo: &Memo,
) -> Fingerprint {
    let Sheet { entries, number, count, views } = sheet;
    let mut hasher = Hasher::new().with(key).value(&(number, count, views));
    for &page in entries {
        hasher = hasher.with(site.cards[page]);
    }
    match text_key(site, listing, memo).filter(|_| *number == 1) {
        Some(text) => hasher.with(text).finish(),
        None => hasher.finish(),
    }
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
    (key, origin): (Fingerprint, Arc<Origin>),
    sheet: Sheet,
    memo: &'a Memo,
) -> Job<'a> {
    let address = page_key(&listing.key, sheet.number);
    let key = sheet_key(shelf.site, listing, key, &sheet, memo);
    let listing = listing.clone();
    let template = listing.template.clone();
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
            true => {
                featured(site, memo).iter().map(|&term| shelf.word(&site.words, term)).collect()
            }
            false => Vec::new(),
        },
    };
    Given { head, part: Part::List(Box::new(list)), content }
}

fn numbered(title: &str, number: usize, lang: Lang) -> String {
    let page = match lang {
        Lang::Zh => format!("第 {number} 页"),
        Lang::En => format!("Page {number}"),
    };
    match (number, title) {
        (1, title) => title.to_owned(),
        (_, "") => page,
        (_, title) => format!("{title} · {page}"),
    }
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
