//! What an export is about: the site, one of its sections, or a page.

use crate::diag;
use crate::model::pages::PageKind;
use crate::model::site::Site;

/// What an export is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of the site.
    Site,
    /// The articles of a section, by its key.
    Section(String),
    /// A page, by its index.
    Page(usize),
}

/// Finds what a text names: a file (`content/2025/momo.zh.md`), an address (`2025/momo`), a section
/// (`2025`), or all of the site (`/`, `.`). Else the nearest address, if one is near.
pub fn find(site: &Site<'_>, name: &str) -> Result<Scope, Option<String>> {
    let name = name.replace('\\', "/");
    let inside = name.trim_start_matches("./").trim_matches('/');
    if inside.is_empty() || inside == "." {
        return Ok(Scope::Site);
    }
    // A file is named from the folder that the author is in: the end of its path decides.
    let is_file = |path: &str| {
        let below = inside.strip_suffix(path);
        below.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    let src = site.config.book.folder();
    for (index, page) in site.pages.iter().enumerate() {
        if page.docs.present().any(|(_, doc)| is_file(&doc.path)) {
            return Ok(of_page(site, index));
        }
    }
    let key = inside.strip_prefix(&format!("{src}/")).unwrap_or(inside);
    if let Some(index) = site.pages.iter().position(|page| page.key == key) {
        return Ok(of_page(site, index));
    }
    if site.outline.sections.contains_key(key) {
        return Ok(Scope::Section(key.to_owned()));
    }
    let keys = site.pages.iter().map(|page| page.key.as_str());
    let known = keys.chain(site.outline.sections.keys().map(String::as_str));
    Err(diag::suggest(key, known).map(str::to_owned))
}

fn of_page(site: &Site<'_>, index: usize) -> Scope {
    let page = &site.pages[index];
    match page.kind {
        PageKind::Article => Scope::Page(index),
        PageKind::Section => Scope::Section(page.key.clone()),
        PageKind::Home => Scope::Site,
    }
}

impl Scope {
    /// The articles, the newest first; those without a date come last, in the order of their names.
    pub fn articles(&self, site: &Site<'_>) -> Vec<usize> {
        let listed = site.outline.listed.iter().copied();
        let others = (0..site.pages.len()).filter(|page| site.place_of(*page).is_none());
        let articles =
            listed.chain(others).filter(|page| site.pages[*page].kind == PageKind::Article);
        let inside = |page: &usize| match self {
            Scope::Site => true,
            Scope::Section(key) => {
                let rest = site.pages[*page].key.strip_prefix(key.as_str());
                rest.is_some_and(|rest| rest.starts_with('/'))
            }
            Scope::Page(only) => page == only,
        };
        articles.filter(inside).collect()
    }
}
