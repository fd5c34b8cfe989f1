//! schema.org metadata as JSON-LD, for `<script type="application/ld+json">` (product, section
//! 11).
//!
//! Each function returns one node as a text that is safe in a script element; [`join`] puts
//! several into one element. Nodes refer to each other by `@id`: the address of a page with
//! `#article`, `#term` or `#terms`, the address of the site with `#website`.

mod article;
mod lists;

use serde_json::{Map, Value, json};

use crate::date::Date;

pub use article::article;
pub use lists::{breadcrumbs, collection, defined_term, defined_term_set, website};

/// The site, as other nodes refer to it and as its home page describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebsiteLd {
    /// Its name, in the language of the page.
    pub name: String,
    /// Its name in the other language.
    pub alternate_name: Option<String>,
    /// The absolute address of its root, the same on every page.
    pub url: String,
    /// What it is, in a sentence.
    pub description: Option<String>,
    /// The BCP 47 tags of its languages.
    pub tags: Vec<String>,
    /// Its authors.
    pub authors: Vec<String>,
}

/// An article or another page of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleLd {
    /// The absolute address of the page.
    pub url: String,
    /// Its title.
    pub headline: String,
    /// Its title in the other language, or its other title.
    pub alternative_headline: Option<String>,
    /// The BCP 47 tags of its languages: one, or both side by side.
    pub tags: Vec<String>,
    /// When it was published; a page without a date is a `WebPage`, not an article.
    pub published: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Its authors; where there are none, the site's authors sign for it.
    pub authors: Vec<String>,
    /// Its editors.
    pub editors: Vec<String>,
    /// Its translators.
    pub translators: Vec<String>,
    /// Its summary.
    pub description: Option<String>,
    /// The absolute address of its cover.
    pub image: Option<String>,
    /// The site that it is part of.
    pub site: WebsiteLd,
    /// Where the story comes from; an article that has one is news.
    pub source: Option<SourceLd>,
    /// Its version in the other language; none side by side.
    pub translation: Option<Translation>,
    /// Its length in words (characters of Chinese).
    pub word_count: Option<usize>,
    /// The names of its tags.
    pub keywords: Vec<String>,
    /// The absolute addresses of the pages of the terms that occur in it.
    pub mentions: Vec<String>,
}

/// How an article relates to its version in the other language. Each of the two names the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Translation {
    /// The article is in the default language, and this is its translation.
    Into(VersionLd),
    /// The article is the translation of this one, which is in the default language.
    Of(VersionLd),
}

/// An article in another language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VersionLd {
    /// The absolute address of its page.
    pub url: String,
    /// The BCP 47 tag of its language.
    pub tag: String,
    /// Its title.
    pub headline: String,
}

/// Where a story comes from. Empty texts count as missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceLd {
    /// The publication.
    pub name: String,
    /// The reporter.
    pub author: Option<String>,
    /// The editor.
    pub editor: Option<String>,
    /// The address of the story.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its title there.
    pub headline: Option<String>,
}

/// A list of pages: the home page, a section, a tag, an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionLd {
    /// The absolute address of the page.
    pub url: String,
    /// What it is called.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// The BCP 47 tags of its languages.
    pub tags: Vec<String>,
    /// The site that it is part of.
    pub site: WebsiteLd,
    /// The absolute addresses of the pages that it lists, in their order.
    pub items: Vec<String>,
}

/// A glossary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermSetLd {
    /// The absolute address of its page.
    pub url: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// The BCP 47 tags of its languages.
    pub tags: Vec<String>,
    /// The site that it is part of.
    pub site: WebsiteLd,
    /// Its terms, in the order in which they are written; none on the page of one term.
    pub terms: Vec<TermLd>,
}

/// A term of the glossary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermLd {
    /// The absolute address of its page.
    pub url: String,
    /// Its id in the glossary.
    pub id: String,
    /// The term, in the language of the page.
    pub name: String,
    /// The term in the other language, and its other names.
    pub alternate_names: Vec<String>,
    /// What it means.
    pub description: Option<String>,
    /// The BCP 47 tags of its languages.
    pub tags: Vec<String>,
}

/// A step of the way from the home page to a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crumb {
    /// What the page is called.
    pub name: String,
    /// Its absolute address.
    pub url: String,
}

/// Puts nodes, as the functions here return them, into one script element.
pub fn join(nodes: &[String]) -> String {
    match nodes {
        [] => String::new(),
        [only] => only.clone(),
        several => format!("[{}]", several.join(",")),
    }
}

/// A node while its properties are written down; what is missing or empty is left out.
struct Node(Map<String, Value>);

impl Node {
    fn new(kind: &str) -> Self {
        Node(Map::from_iter([("@type".to_owned(), Value::from(kind))]))
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let missing = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !missing {
            self.0.insert(key.to_owned(), value);
        }
        self
    }

    fn date(self, key: &str, date: Option<Date>) -> Self {
        self.with(key, date.map(|date| date.iso()))
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }

    /// The node as a text of its own.
    fn script(self) -> String {
        let context = ("@context".to_owned(), Value::from("https://schema.org"));
        let whole: Map<_, _> = std::iter::once(context).chain(self.0).collect();
        escape(&Value::Object(whole).to_string())
    }
}

/// Writes the characters that could end a script element or a line of JavaScript as escapes.
/// They occur only inside of strings, where JSON allows it.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

fn id(url: &str, fragment: &str) -> Value {
    Value::from(format!("{url}#{fragment}"))
}

/// A reference to a node with a name of its own.
fn reference(url: &str, fragment: &str) -> Value {
    json!({ "@id": id(url, fragment) })
}

fn site_reference(site: &WebsiteLd) -> Value {
    Node::new("WebSite")
        .with("@id", id(&site.url, "website"))
        .with("name", site.name.as_str())
        .with("url", site.url.as_str())
        .value()
}

fn named(kind: &str, names: &[String]) -> Vec<Value> {
    names.iter().map(|name| json!({ "@type": kind, "name": name })).collect()
}

/// The languages of a node: one tag, or a list of both.
fn languages(tags: &[String]) -> Value {
    match tags {
        [only] => Value::from(only.as_str()),
        several => Value::from(several.to_vec()),
    }
}

#[cfg(test)]
mod tests;
