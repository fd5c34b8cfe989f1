//! The head of a page: what search engines, feed readers and messengers are told of it.

use crate::lang::{Lang, PerLang, View};

use super::context::{Alternate, FeedLink, Head, OpenGraph, Switch};
use super::machine::json_ld::WebsiteLd;
use super::shelf::Shelf;

/// What a head is made from.
pub struct Page<'a> {
    /// The kind of page, as [`Head::kind`] lists them.
    pub kind: &'static str,
    /// Its address without view: `2025/momo`.
    pub key: &'a str,
    /// The views in which it exists.
    pub views: &'a [View],
    /// Its title; empty for the home page, which bears the site's name.
    pub title: PerLang<String>,
    /// What it says, in a sentence or two.
    pub description: PerLang<Option<String>>,
    /// The address of its cover.
    pub image: Option<String>,
    /// Its own feeds.
    pub feeds: Vec<FeedLink>,
    /// Its schema.org metadata.
    pub json_ld: String,
}

/// The longest description, in characters: search engines cut longer ones.
const DESCRIPTION: usize = 200;

/// The head of a page in a view.
pub fn head(shelf: &Shelf<'_>, page: Page<'_>) -> Head {
    let site = shelf.site;
    let lang = shelf.lang();
    let tags = PerLang::from_fn(|lang| site.config.languages.get(lang).tag.clone());
    let own_title = own_title(shelf, &page.title);
    let title = match own_title.is_empty() {
        true => site_title(shelf),
        false => format!("{own_title} · {}", site.config.book.title.get(lang)),
    };
    let description = description(shelf, &page, &own_title);
    let absolute = |view: View| site.urls.absolute(&site.urls.page(view, page.key));
    Head {
        kind: page.kind,
        tag: tags.get(lang).clone(),
        canonical: absolute(canonical_view(shelf, page.views)),
        alternates: alternates(shelf, page.key, page.views),
        og: OpenGraph {
            title: if own_title.is_empty() { title.clone() } else { own_title },
            kind: if page.kind == "article" { "article" } else { "website" },
            url: absolute(canonical_view(shelf, page.views)),
            image: page.image.map(|url| site.urls.absolute(&url)),
            locale: locale(lang),
            other_locales: match shelf.view {
                View::Both => vec![locale(lang.other())],
                _ => Vec::new(),
            },
        },
        title,
        description,
        feeds: page.feeds,
        downloads: Vec::new(),
        json_ld: page.json_ld,
        switch: page
            .views
            .iter()
            .map(|&view| Switch {
                view,
                url: site.urls.page(view, page.key),
                current: view == shelf.view,
            })
            .collect(),
    }
}

/// The title in the view: both side by side, the default language first.
fn own_title(shelf: &Shelf<'_>, title: &PerLang<String>) -> String {
    let lang = shelf.lang();
    let (own, other) = (title.get(lang), title.get(lang.other()));
    match shelf.view {
        View::Both if own != other && !own.is_empty() && !other.is_empty() => {
            format!("{own} · {other}")
        }
        _ if own.is_empty() => other.clone(),
        _ => own.clone(),
    }
}

/// The site's name in the view.
fn site_title(shelf: &Shelf<'_>) -> String {
    let title = &shelf.site.config.book.title;
    own_title(shelf, &PerLang::from_fn(|lang| title.get(lang).to_owned()))
}

fn description(shelf: &Shelf<'_>, page: &Page<'_>, title: &str) -> String {
    let lang = shelf.lang();
    let site = shelf.site.config.book.description.get(lang);
    let own = page.description.either(lang).map_or("", String::as_str);
    let text = [own, site, title].into_iter().find(|text| !text.trim().is_empty());
    let text = text.map_or_else(|| site_title(shelf), str::to_owned);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(DESCRIPTION) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// The view that search engines index: the page itself, and for the side-by-side page that in
/// the default language.
fn canonical_view(shelf: &Shelf<'_>, views: &[View]) -> View {
    let default = shelf.site.config.book.language.view();
    match shelf.view {
        View::Both if views.contains(&default) => default,
        View::Both => views.iter().copied().find(|view| *view != View::Both).unwrap_or(View::Both),
        view => view,
    }
}

/// The versions of a page in each language and `x-default`, the default language's. Needs the
/// site's host, as hreflang wants whole addresses.
pub fn alternates(shelf: &Shelf<'_>, key: &str, views: &[View]) -> Vec<Alternate> {
    let site = shelf.site;
    if site.urls.origin.is_none() {
        return Vec::new();
    }
    let default = site.config.book.language;
    let url = |lang: Lang| site.urls.absolute(&site.urls.page(lang.view(), key));
    let langs: Vec<Lang> =
        Lang::ALL.into_iter().filter(|lang| views.contains(&lang.view())).collect();
    let mut alternates: Vec<Alternate> = langs
        .iter()
        .map(|&lang| {
            let hreflang = site.config.languages.get(lang).tag.clone();
            Alternate { hreflang, url: url(lang) }
        })
        .collect();
    let fallback = langs.iter().find(|lang| **lang == default).or(langs.first());
    if let Some(&lang) = fallback {
        alternates.push(Alternate { hreflang: "x-default".to_owned(), url: url(lang) });
    }
    alternates
}

/// Open Graph's locale of a language.
fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh_CN",
        Lang::En => "en_US",
    }
}

/// The site for schema.org metadata, in the language of the view.
pub fn website(shelf: &Shelf<'_>) -> WebsiteLd {
    let site = shelf.site;
    let book = &site.config.book;
    let lang = shelf.lang();
    let (own, other) = (book.title.get(lang), book.title.get(lang.other()));
    let description = book.description.get(lang);
    WebsiteLd {
        name: own.to_owned(),
        alternate_name: (other != own).then(|| other.to_owned()),
        url: site.urls.absolute(&site.urls.path("")),
        description: (!description.is_empty()).then(|| description.to_owned()),
        tags: language_tags(shelf, &[View::Both, View::Zh, View::En]),
        authors: book.authors.clone(),
    }
}

/// The BCP 47 tags of what the view shows of a page that exists in the given views.
pub fn language_tags(shelf: &Shelf<'_>, views: &[View]) -> Vec<String> {
    let shown = |lang: &Lang| shelf.view.shows(*lang) && views.contains(&lang.view());
    let tags = Lang::ALL.into_iter().filter(shown);
    tags.map(|lang| shelf.site.config.languages.get(lang).tag.clone()).collect()
}
