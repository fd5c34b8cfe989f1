//! The repository's own site, and the theme in all its parts.

use std::path::Path;

use digest_gen::source::{self, Layout, Options};

use crate::markup::sound;
use crate::support::{Site, now, of};

/// The repository's own site.
pub fn own() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = source::read(root, &Layout::default(), Options::default());
    sources.now = now();
    of(sources)
}

#[test]
fn it_builds_and_its_links_hold() {
    let mut site = own();
    site.build();
    assert_eq!(site.errors(), Vec::<String>::new());
    let base = site.page("/").split("rel=\"icon\" href=\"").nth(1).unwrap().to_owned();
    let base = base.split("icon.").next().unwrap();
    site.links_hold(base);
    sound(&site);
}

#[test]
fn it_is_the_same_without_its_templates() {
    // `templates/` and `static/` of the repository are the theme that is built in.
    let (mut with, mut without) = (own(), own());
    without.sources.files.retain(|path, _| !path.starts_with("templates/"));
    let (with, without) = (with.build().built(), without.build().built());
    assert_eq!(with.outputs, without.outputs);
}
