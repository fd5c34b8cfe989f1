//! JSON Feed 1.1, beside each Atom feed (<https://jsonfeed.org/version/1.1>).

use serde::Serialize;

use super::{Entry, Feed};

const VERSION: &str = "https://jsonfeed.org/version/1.1";

#[derive(Serialize)]
struct Document<'a> {
    version: &'a str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// Writes a feed as JSON; `self_url_json` is the absolute address of the JSON feed.
pub fn json(feed: &Feed, self_url_json: &str) -> Vec<u8> {
    let document = Document {
        version: VERSION,
        title: &feed.title,
        home_page_url: &feed.home_url,
        feed_url: self_url_json,
        description: feed.subtitle.as_deref(),
        authors: authors(&feed.authors),
        language: feed.tag.as_deref(),
        items: feed.entries.iter().map(item).collect(),
    };
    // Strings, lists and structs always serialize: only maps with odd keys and foreign
    // `Serialize` implementations fail.
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn item(entry: &Entry) -> Item<'_> {
    // One of the two contents has to be there.
    let text = entry.summary.as_deref().unwrap_or(&entry.title);
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_html: entry.content.as_ref().map(|content| content.html.as_str()),
        content_text: entry.content.is_none().then_some(text),
        summary: entry.summary.as_deref(),
        image: entry.image.as_deref(),
        date_published: entry.published.rfc3339(),
        date_modified: entry.updated.map(|date| date.rfc3339()),
        authors: authors(&entry.authors),
        tags: &entry.tags,
        language: entry.tag.as_deref(),
    }
}

fn authors(names: &[String]) -> Vec<Author<'_>> {
    names.iter().map(|name| Author { name }).collect()
}
