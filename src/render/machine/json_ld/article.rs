//! Articles and other pages of text.

use serde_json::{Value, json};

use super::node::{Node, id, languages, named, reference, site_reference};
use super::{ArticleLd, SourceLd, Translation, VersionLd};

/// Describes an article: as `NewsArticle` when it names its source, else as `Article`; a page
/// without a date, which an article must have, as `WebPage`.
pub fn article(article: &ArticleLd) -> String {
    let (kind, fragment) = match (article.published, &article.source) {
        (None, _) => ("WebPage", "page"),
        (Some(_), Some(_)) => ("NewsArticle", "article"),
        (Some(_), None) => ("Article", "article"),
    };
    let mentions = article.mentions.iter().map(|url| mention(url)).collect::<Vec<_>>();
    let mut node = Node::new(kind)
        .with("@id", id(&article.url, fragment))
        .with("url", article.url.as_str())
        .with("headline", article.headline.as_str())
        .with("alternativeHeadline", article.alternative_headline.as_deref())
        .with("inLanguage", languages(&article.tags))
        .date("datePublished", article.published)
        .date("dateModified", article.updated)
        .with("author", authors(article))
        .with("editor", named("Person", &article.editors))
        .with("translator", named("Person", &article.translators))
        .with("description", article.description.as_deref())
        .with("image", article.image.as_deref())
        .with("isPartOf", site_reference(&article.site))
        .with("isBasedOn", article.source.as_ref().map(source))
        .with("keywords", article.keywords.clone())
        .with("mentions", mentions);
    if article.published.is_some() {
        node = node
            .with("mainEntityOfPage", article.url.as_str())
            .with("wordCount", article.word_count);
    }
    match &article.translation {
        None => node,
        Some(Translation::Into(other)) => {
            node.with("workTranslation", version(other, kind, fragment))
        }
        Some(Translation::Of(other)) => {
            node.with("translationOfWork", version(other, kind, fragment))
        }
    }
    .script()
}

/// The authors; where an article names none, those of the site, who are not said to have written
/// it as persons; at last the site itself.
fn authors(article: &ArticleLd) -> Vec<Value> {
    let site = &article.site;
    if !article.authors.is_empty() {
        named("Person", &article.authors)
    } else if !site.authors.is_empty() {
        named("Organization", &site.authors)
    } else {
        named("Organization", std::slice::from_ref(&site.name))
    }
}

/// The story that an article is based on. The publication is its publisher, and lends it its
/// name when the title is not known.
fn source(source: &SourceLd) -> Value {
    let person =
        |name: &Option<String>| name.as_deref().filter(|name| !name.is_empty()).map(person_named);
    let headline = source.headline.as_deref().filter(|headline| !headline.is_empty());
    let publisher =
        (!source.name.is_empty()).then(|| json!({ "@type": "Organization", "name": source.name }));
    Node::new("CreativeWork")
        .with("name", headline.unwrap_or(&source.name))
        .with("headline", headline)
        .with("author", person(&source.author))
        .with("editor", person(&source.editor))
        .with("publisher", publisher)
        .with("url", source.url.as_deref())
        .date("datePublished", source.published)
        .value()
}

fn person_named(name: &str) -> Value {
    json!({ "@type": "Person", "name": name })
}

/// The other version, which is of the same kind: both have the same date and the same source.
fn version(version: &VersionLd, kind: &str, fragment: &str) -> Value {
    Node::new(kind)
        .with("@id", id(&version.url, fragment))
        .with("url", version.url.as_str())
        .with("inLanguage", version.tag.as_str())
        .with("headline", version.headline.as_str())
        .value()
}

fn mention(url: &str) -> Value {
    let mut term = reference(url, "term");
    term["@type"] = Value::from("DefinedTerm");
    term
}
