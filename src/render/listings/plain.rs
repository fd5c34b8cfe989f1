//! What pages that no file stands for have in common.

use std::borrow::Cow;
use std::sync::Arc;

use crate::lang::{PerLang, View};
use crate::memo::{Fingerprint, Hasher};
use crate::model::urls::page_path;
use crate::render::context::{self, Bilingual};
use crate::render::head::{self, head, language_tags, website};
use crate::render::job::{Given, Job, Origin, PageJob, Work};
use crate::render::machine::json_ld::{self, CollectionLd};
use crate::render::shelf::Shelf;

/// A job for a page of the view. `key` is the fingerprint of all that `make` reads.
pub fn page_job<'a>(
    shelf: &Shelf<'a>,
    address: &str,
    template: impl Into<Cow<'a, str>>,
    key: Fingerprint,
    origin: impl Into<Arc<Origin>>,
    make: impl Fn() -> Given + Send + Sync + 'a,
) -> Job<'a> {
    let (template, view, make) = (template.into(), shelf.view, Box::new(make));
    let job = PageJob { template, view, mapped: true, key, make };
    let output = format!("{}index.html", page_path(shelf.view, address));
    Job { output, origin: origin.into(), work: Work::Page(job) }
}

/// The key of a generated page: its kind, the view, what all pages share.
pub fn plain_key(shelf: &Shelf<'_>, kind: &str) -> Hasher {
    Hasher::new().str(kind).str(shelf.view.key()).with(shelf.site.common)
}

/// The head of a generated page that exists in every view and has no text of its own.
pub fn plain_head(
    shelf: &Shelf<'_>,
    kind: &'static str,
    key: &str,
    title: PerLang<String>,
    description: Bilingual,
    json_ld: String,
) -> context::Head {
    let page = head::Page {
        kind,
        key,
        views: &View::ALL,
        title,
        description,
        image: None,
        feeds: Vec::new(),
        json_ld,
    };
    head(shelf, page)
}

/// schema.org metadata of a list of addresses.
pub fn collection(
    shelf: &Shelf<'_>,
    key: &str,
    name: &PerLang<String>,
    urls: impl Iterator<Item = String>,
) -> String {
    let absolute = |url: &str| shelf.site.urls.absolute(url);
    json_ld::collection(&CollectionLd {
        url: absolute(&shelf.url(key)),
        name: name.get(shelf.lang()).clone(),
        description: None,
        tags: language_tags(shelf, &View::ALL),
        site: website(shelf),
        items: urls.map(|url| absolute(&url)).collect(),
    })
}
