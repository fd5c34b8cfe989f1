//! schema.org metadata as JSON-LD, for `<script type="application/ld+json">`.
//!
//! Each function returns one node as a text that is safe in a script element; [`join`] puts
//! several into one element. Nodes refer to each other by `@id`: the address of a page with
//! `#article`, `#term` or `#terms`, the address of the site with `#website`.

mod article;
mod lists;
mod node;

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

#[cfg(test)]
mod tests;
