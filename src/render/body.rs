//! The text of a page in one view: rows, sentences and links filled in.

mod picture;
mod writer;

use std::borrow::Cow;
use std::sync::Arc;

use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::anchors::Anchors;
use crate::model::links::Target;
use crate::model::site::Site;
use crate::model::texts::{Text, Version};
use crate::parse::markdown::LinkKind;

use picture::Shown;
use writer::Writer;

/// Finished HTML, shared between the memo and the pages that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// The mark-up.
    pub html: String,
    /// Of the mark-up.
    pub fingerprint: Fingerprint,
}

impl Html {
    /// Finished HTML.
    pub fn new(html: String) -> Self {
        Html { fingerprint: Fingerprint::of(html.as_bytes()), html }
    }
}

/// Finished HTML stands by its fingerprint in the keys of what shows it.
impl serde::Serialize for Html {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fingerprint.serialize(serializer)
    }
}

/// The purpose that a text is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Purpose {
    /// A page: rows with anchors, sentences marked, terms linked to the vocabulary list.
    Article,
    /// The introduction of a list or the text of a term: as an article, but terms are linked to
    /// their own pages.
    Introduction,
    /// A feed: plain blocks with absolute addresses.
    Feed,
}

/// The text of a page in a view. `page` is its index, or none for the text of a term.
pub fn body(
    site: &Site<'_>,
    text: &Text,
    page: Option<usize>,
    view: View,
    purpose: Purpose,
    memo: &Memo,
) -> Arc<Html> {
    let urls = Lang::ALL.map(|lang| match text.versions.get(lang) {
        Some(version) if view.shows(lang) => {
            addresses(site, text, version, page, lang, view, purpose)
        }
        _ => Vec::new(),
    });
    let mut key =
        Hasher::new().with(text.alignment.fingerprint).value(&(view, purpose, &site.urls, &urls));
    for (lang, marked) in text.marked.present().filter(|(lang, _)| view.shows(*lang)) {
        key = key.str(&site.config.languages.get(lang).tag).with(marked.fingerprint);
    }
    memo.get(Stage::Body, key.finish(), || {
        let [zh, en] = urls;
        let writer = Writer { site, text, view, purpose, urls: PerLang { zh, en } };
        Html::new(writer.write())
    })
}

/// Where a link leads from a view.
#[derive(Debug, serde::Serialize)]
struct Address {
    url: String,
    /// Whether it leaves the site.
    outside: bool,
    /// How it is shown, if it is a picture.
    shown: Option<Shown>,
}

/// The addresses of a version's links in a view.
fn addresses(
    site: &Site<'_>,
    text: &Text,
    version: &Version,
    page: Option<usize>,
    lang: Lang,
    view: View,
    purpose: Purpose,
) -> Vec<Address> {
    let targets = text.links.targets.get(lang);
    let own = match page {
        Some(page) => Cow::Borrowed(&site.faces[page].anchors),
        None => Cow::Owned(Anchors::of(text)),
    };
    let address = |target: &Target| {
        let inside = |url: String| match purpose {
            Purpose::Article | Purpose::Introduction => url,
            Purpose::Feed => site.urls.absolute(&url),
        };
        match target {
            Target::Page(to, fragment) => {
                let there = site.pages[*to].view_from(view);
                let anchor =
                    fragment.as_ref().map(|f| anchor(&site.faces[*to].anchors, f, lang, there));
                let url = site.urls.page(there, &site.pages[*to].key);
                (inside(url + &anchor.unwrap_or_default()), false)
            }
            Target::Here(fragment) => {
                let anchor = anchor(&own, fragment, lang, view);
                match (purpose, page) {
                    // In a feed reader the page itself is elsewhere.
                    (Purpose::Feed, Some(page)) => {
                        let url = site.urls.page(view, &site.pages[page].key);
                        (inside(url + &anchor), false)
                    }
                    // An empty address would load the page again.
                    _ if anchor.is_empty() => ("#top".to_owned(), false),
                    _ => (anchor, false),
                }
            }
            Target::Term(id) => (inside(site.urls.page(view, &format!("glossary/{id}"))), false),
            Target::File(path, rest) => (inside(site.urls.path(path) + rest), false),
            Target::Generated(key, rest) => (inside(site.urls.page(view, key) + rest), false),
            Target::Outside(url) => (url.clone(), url.starts_with("http") || url.starts_with("//")),
            Target::Broken => ("#".to_owned(), false),
        }
    };
    debug_assert_eq!(targets.len(), version.body.links.len());
    let addresses = targets.iter().zip(&version.body.links).map(|(target, link)| {
        let (url, outside) = address(target);
        let shown = match target {
            Target::File(path, _) if link.kind == LinkKind::Image => {
                site.pictures.get(path).map(|picture| Shown::of(site, picture, purpose))
            }
            _ => None,
        };
        Address { url, outside, shown }
    });
    addresses.collect()
}

/// The anchor for a fragment of a link in a view, with its sign; empty where the view has no place
/// for it.
fn anchor(anchors: &Anchors, fragment: &str, lang: Lang, view: View) -> String {
    let id = anchors.in_view(fragment, lang, view);
    id.map_or_else(String::new, |id| format!("#{}", crate::model::urls::encode(&id)))
}

/// The id of a heading in a view. Side by side the two versions may have headings that read alike,
/// and an id stands once in a page: that of the English one gets `-en` behind it.
pub fn heading_id(text: &Text, lang: Lang, id: &str, view: View) -> String {
    let has = |lang, id: &str| {
        let version = text.versions.get(lang).as_ref();
        version.is_some_and(|version| version.body.headings.iter().any(|h| h.id == id))
    };
    let mut own = id.to_owned();
    if view == View::Both && lang == Lang::En && has(Lang::Zh, id) {
        while has(Lang::Zh, &own) || has(Lang::En, &own) {
            own += "-en";
        }
    }
    own
}
