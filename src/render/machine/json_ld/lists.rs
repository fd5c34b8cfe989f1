//! The site, its lists, its glossary and the way to a page.

use serde_json::{Value, json};

use super::node::{Node, id, languages, named, site_reference};
use super::{CollectionLd, Crumb, TermLd, TermSetLd, WebsiteLd};

/// Describes the site, on its home page.
pub fn website(site: &WebsiteLd) -> String {
    Node::new("WebSite")
        .with("@id", id(&site.url, "website"))
        .with("name", site.name.as_str())
        .with("alternateName", site.alternate_name.as_deref())
        .with("url", site.url.as_str())
        .with("description", site.description.as_deref())
        .with("inLanguage", languages(&site.tags))
        .with("author", named("Organization", &site.authors))
        .script()
}

/// Describes a list of pages. The list is its main entity: `hasPart`, which would read as well,
/// takes creative works, and an `ItemList` is none.
pub fn collection(list: &CollectionLd) -> String {
    let items = (1..).zip(&list.items).map(|(position, url): (usize, _)| {
        json!({ "@type": "ListItem", "position": position, "url": url })
    });
    let items = Node::new("ItemList")
        .with("numberOfItems", list.items.len())
        .with("itemListElement", items.collect::<Vec<_>>())
        .value();
    Node::new("CollectionPage")
        .with("@id", id(&list.url, "page"))
        .with("url", list.url.as_str())
        .with("name", list.name.as_str())
        .with("description", list.description.as_deref())
        .with("inLanguage", languages(&list.tags))
        .with("isPartOf", site_reference(&list.site))
        .with("mainEntity", items)
        .script()
}

/// Describes the glossary with its terms.
pub fn defined_term_set(set: &TermSetLd) -> String {
    let terms = set.terms.iter().map(|term| term_node(term).value());
    set_node(set)
        .with("description", set.description.as_deref())
        .with("inLanguage", languages(&set.tags))
        .with("isPartOf", site_reference(&set.site))
        .with("hasDefinedTerm", terms.collect::<Vec<_>>())
        .script()
}

/// Describes a term on its own page.
pub fn defined_term(term: &TermLd, set: &TermSetLd) -> String {
    term_node(term).with("inDefinedTermSet", set_node(set).value()).script()
}

/// Describes the way from the home page to a page, both included.
pub fn breadcrumbs(crumbs: &[Crumb]) -> String {
    let items = (1..).zip(crumbs).map(|(position, crumb): (usize, _)| {
        json!({
            "@type": "ListItem", "position": position, "name": crumb.name, "item": crumb.url,
        })
    });
    Node::new("BreadcrumbList").with("itemListElement", items.collect::<Vec<Value>>()).script()
}

fn set_node(set: &TermSetLd) -> Node {
    Node::new("DefinedTermSet")
        .with("@id", id(&set.url, "terms"))
        .with("name", set.name.as_str())
        .with("url", set.url.as_str())
}

fn term_node(term: &TermLd) -> Node {
    Node::new("DefinedTerm")
        .with("@id", id(&term.url, "term"))
        .with("url", term.url.as_str())
        .with("name", term.name.as_str())
        .with("alternateName", term.alternate_names.clone())
        .with("description", term.description.as_deref())
        .with("inLanguage", languages(&term.tags))
        .with("termCode", term.id.as_str())
}
