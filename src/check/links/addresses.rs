//! Which addresses the published site has.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::Place;
use crate::lang::View;
use crate::model::links::file_path;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::model::urls::page_path;
use crate::parse::doc::Form;

/// The addresses of a site.
pub(super) struct Addresses<'a> {
    site: &'a Site<'a>,
    /// The views of each page, by key.
    pages: HashMap<&'a str, Vec<View>>,
}

impl<'a> Addresses<'a> {
    pub fn of(site: &'a Site<'a>) -> Self {
        let pages = site.pages.iter().map(|page| {
            let lists = page.kind != PageKind::Article;
            (page.key.as_str(), if lists { View::ALL.to_vec() } else { page.views() })
        });
        Addresses { site, pages: pages.collect() }
    }

    /// Whether an address without a host leads somewhere from a page.
    pub fn leads(&self, place: &Place, view: View, address: &str) -> bool {
        let path = without_query(address);
        if path.starts_with('/') {
            // What lies beside the site on its host is not known.
            let inside = path.strip_prefix(self.site.urls.base.as_str());
            return inside.is_some_and(|inside| self.has(inside));
        }
        let folder = page_path(view, &place.key);
        file_path(&folder, path).is_some_and(|path| self.has(&path))
    }

    /// Whether an address with a host leads somewhere on this site; none if it is another site's.
    pub fn leads_home(&self, url: &str) -> Option<bool> {
        let urls = &self.site.urls;
        let rest = url.strip_prefix(urls.origin.as_deref()?)?;
        let path = without_query(if rest.is_empty() { "/" } else { rest });
        Some(self.has(path.strip_prefix(urls.base.as_str())?))
    }

    /// Whether the site has a page or a file at a path from its root.
    fn has(&self, path: &str) -> bool {
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let path = decoded.strip_suffix("index.html").unwrap_or(&decoded);
        let key = path.trim_end_matches('/');
        let generated = &self.site.outline.places.generated;
        if self.site.files.contains_key(key) || generated.files.contains(key) {
            return true;
        }
        let mut views = View::ALL.into_iter().filter_map(|view| {
            let prefix = view.prefix().trim_end_matches('/');
            let rest = key.strip_prefix(prefix)?;
            let whole = prefix.is_empty() || rest.is_empty() || rest.starts_with('/');
            whole.then(|| (view, rest.trim_start_matches('/')))
        });
        views.any(|(view, key)| {
            let page = self.pages.get(key).is_some_and(|views| views.contains(&view));
            page || generated.pages.contains(key)
        })
    }

    /// The address that was probably meant: that of a page whose file is named, or of a file in the
    /// folder of the page.
    pub fn meant(&self, place: &Place, address: &str) -> Option<String> {
        let folder = match place.page {
            Some(page) => self.site.pages[page].folder.as_str(),
            None => "glossary",
        };
        let file = file_path(folder, without_query(address))?;
        if self.site.files.contains_key(&file) {
            return Some(self.site.urls.path(&file));
        }
        let name = file.rsplit('/').next().unwrap_or(&file);
        let (stem, form) = Form::of(name)?;
        let key = match (file.strip_suffix(name)?, stem) {
            (folder, "index" | "_index") => folder.trim_end_matches('/').to_owned(),
            (folder, stem) => format!("{folder}{stem}"),
        };
        let views = self.pages.get(key.as_str())?;
        let wanted = match form {
            Form::One(lang) => lang.view(),
            Form::Both => View::Both,
        };
        let view = views.iter().find(|view| **view == wanted).or(views.first())?;
        Some(self.site.urls.page(*view, &key))
    }
}

fn without_query(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}
