//! Feeds: Atom (RFC 4287) and JSON Feed 1.1, from the same entries.

mod json;

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::date::Date;
use crate::render::body::Html;

use super::xml::Xml;

pub use json::json;

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// A feed: the newest articles of the site in a view, or of one tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// What names the feed for ever: its absolute address in its view.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub subtitle: Option<String>,
    /// The BCP 47 tag of its language; none for the feed of both.
    pub tag: Option<String>,
    /// The absolute address of the Atom feed.
    pub self_url: String,
    /// The absolute address of the page that lists the same articles.
    pub home_url: String,
    /// The authors of the site; Atom names the feed's title as the author where there are none.
    pub authors: Vec<String>,
    /// When the feed changed, for a feed without entries; those that have entries take the date
    /// of the newest change. Atom requires a date, so a feed that has neither is not valid.
    pub updated: Option<Date>,
    /// Its entries, in the order in which they are written.
    pub entries: Vec<Entry>,
}

/// An article in a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What names the entry for ever: the article's absolute address in its language or view.
    pub id: String,
    /// The absolute address of the article.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its summary, as text.
    pub summary: Option<String>,
    /// Its text as HTML, with absolute addresses.
    pub content: Option<Arc<Html>>,
    /// When it was published.
    pub published: Date,
    /// When it last changed, if it did.
    pub updated: Option<Date>,
    /// Its authors; none where they are those of the feed.
    pub authors: Vec<String>,
    /// The names of its tags.
    pub tags: Vec<String>,
    /// The BCP 47 tag of its language; none for both side by side.
    pub tag: Option<String>,
    /// The absolute address of its cover.
    pub image: Option<String>,
}

impl Entry {
    fn changed(&self) -> &Date {
        self.updated.as_ref().unwrap_or(&self.published)
    }
}

impl Feed {
    /// When the feed last changed: with its newest entry, by the moment that readers compare
    /// rather than by the day that pages show.
    pub fn changed(&self) -> Option<Date> {
        let moment = |date: &Date| (date.rfc3339().parse::<Timestamp>().ok(), *date);
        self.entries.iter().map(Entry::changed).copied().max_by_key(moment).or(self.updated)
    }
}

/// Writes a feed as Atom.
///
/// Written with quick-xml, not with atom_syndication, which knows `xml:lang` on a feed and on
/// texts but not on an entry, where it also covers the authors and categories of the feed of both
/// languages, and which would rewrite the dates. It reads the feeds back in the tests.
pub fn atom(feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::document();
    xml.open("feed", &with_lang(&[("xmlns", NAMESPACE)], feed.tag.as_deref()));
    xml.text("id", &[], &feed.id);
    xml.text("title", &[], &feed.title);
    if let Some(subtitle) = &feed.subtitle {
        xml.text("subtitle", &[], subtitle);
    }
    if let Some(date) = feed.changed() {
        xml.text("updated", &[], &date.rfc3339());
    }
    let own = [("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.self_url)];
    xml.empty("link", &own);
    link(&mut xml, &feed.home_url, feed.tag.as_deref());
    if feed.authors.is_empty() {
        people(&mut xml, std::slice::from_ref(&feed.title));
    }
    people(&mut xml, &feed.authors);
    for entry in &feed.entries {
        write_entry(&mut xml, entry);
    }
    xml.close("feed");
    xml.finish()
}

fn write_entry(xml: &mut Xml, entry: &Entry) {
    xml.open("entry", &with_lang(&[], entry.tag.as_deref()));
    xml.text("id", &[], &entry.id);
    xml.text("title", &[], &entry.title);
    link(xml, &entry.url, entry.tag.as_deref());
    xml.text("published", &[], &entry.published.rfc3339());
    xml.text("updated", &[], &entry.changed().rfc3339());
    people(xml, &entry.authors);
    for tag in &entry.tags {
        xml.empty("category", &[("term", tag)]);
    }
    if let Some(summary) = &entry.summary {
        xml.text("summary", &[], summary);
    }
    if let Some(content) = &entry.content {
        xml.text("content", &[("type", "html")], &content.html);
    }
    if let Some((image, media)) = entry.image.as_ref().and_then(|url| Some((url, image_type(url)?)))
    {
        xml.empty("link", &[("rel", "enclosure"), ("type", media), ("href", image)]);
    }
    xml.close("entry");
}

/// The media type of a picture, by the ending of its address; none where that does not tell it.
fn image_type(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?;
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "gif" => Some("image/gif"),
        "webp" => Some("image/webp"),
        "avif" => Some("image/avif"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

/// The page that says the same.
fn link(xml: &mut Xml, href: &str, tag: Option<&str>) {
    let mut attributes = vec![("rel", "alternate"), ("type", "text/html"), ("href", href)];
    attributes.extend(tag.map(|tag| ("hreflang", tag)));
    xml.empty("link", &attributes);
}

fn people(xml: &mut Xml, names: &[String]) {
    for name in names {
        xml.open("author", &[]);
        xml.text("name", &[], name);
        xml.close("author");
    }
}

fn with_lang<'a>(
    attributes: &[(&'a str, &'a str)],
    tag: Option<&'a str>,
) -> Vec<(&'a str, &'a str)> {
    attributes.iter().copied().chain(tag.map(|tag| ("xml:lang", tag))).collect()
}

#[cfg(test)]
mod tests;
