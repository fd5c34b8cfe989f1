//! The same sites built by their own generators, where these are installed: each page that they publish is there
//! after the import, at its old address.
//!
//! `cargo test --test import real -- --ignored --nocapture`, with `hugo`, `jekyll` and `hexo` in the path, or named by
//! `HUGO`, `JEKYLL` and `HEXO`. `HEXO_MODULES` is a `node_modules` that holds hexo and its default plug-ins.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use digest_gen::migrate::Generator;

use super::{brought, files, fine, fixture};

/// Builds a copy of a site with its generator, and returns the paths of what it publishes.
fn published(name: &str, out: &str, command: &str, args: &[&str]) -> Option<BTreeSet<String>> {
    let dir = tempfile::tempdir().unwrap();
    for (path, file) in files(&fixture(name)) {
        let to = dir.path().join(&*path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, &file.bytes).unwrap();
    }
    if let Some(modules) = std::env::var_os("HEXO_MODULES").filter(|_| name == "hexo") {
        std::os::unix::fs::symlink(&modules, dir.path().join("node_modules")).unwrap();
        let package = Path::new(&modules).parent().unwrap().join("package.json");
        // Hexo knows its folder by this key.
        let text = std::fs::read_to_string(package).unwrap();
        let text = text.replacen('{', "{ \"hexo\": { \"version\": \"\" },", 1);
        std::fs::write(dir.path().join("package.json"), text).unwrap();
    }
    let program = std::env::var(command.to_uppercase()).unwrap_or_else(|_| command.to_owned());
    let run = Command::new(program).args(args).current_dir(dir.path()).output().ok()?;
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let out = files(&dir.path().join(out));
    Some(out.keys().map(|path| path.to_string()).collect())
}

/// Fails unless each page and file of the old site is there after the import, but for those of `lost`, and for
/// feeds and site maps, which no static site can send on and which the import tells of.
#[track_caller]
fn none_breaks(generator: Generator, name: &str, before: Option<BTreeSet<String>>, lost: &[&str]) {
    let Some(before) = before else { panic!("{name} is not installed") };
    let made = brought(generator, name);
    let after = fine(&made);
    let gone: Vec<&String> =
        before.iter().filter(|path| !after.outputs.contains_key(path.as_str())).collect();
    let (feeds, gone): (Vec<&String>, Vec<&String>) =
        gone.into_iter().partition(|path| path.ends_with(".xml"));
    println!(
        "{name}: {} pages in, {} out; {} files before, {} after; feeds and site maps gone: {}; else gone: {gone:?}",
        made.pages.0,
        made.pages.1,
        before.len(),
        after.outputs.len(),
        feeds.len()
    );
    let gone: Vec<&String> =
        gone.into_iter().filter(|path| !lost.iter().any(|lost| path.starts_with(lost))).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
#[ignore = "needs Hugo"]
fn hugo() {
    let before = published("hugo", "public", "hugo", &["--quiet"]);
    // A language that gen does not have, and a style sheet of the old theme's.
    none_breaks(Generator::Hugo, "hugo", before, &["fr/", "style.css"]);
}

#[test]
#[ignore = "needs Jekyll"]
fn jekyll() {
    let before = published("jekyll", "_site", "jekyll", &["build", "--quiet"]);
    // Styles of the old theme's.
    none_breaks(Generator::Jekyll, "jekyll", before, &["assets/main.css"]);
}

#[test]
#[ignore = "needs Hexo"]
fn hexo() {
    let before = published("hexo", "public", "hexo", &["generate", "--silent"]);
    // Tags that differ in letter case alone are one.
    none_breaks(Generator::Hexo, "hexo", before, &["tags/cats/", "tags/Cats/"]);
}
