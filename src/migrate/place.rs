//! Where the pages of an old site go, and which of their addresses have to lead on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::address::plain;
use super::settings::{Names, Settings};
use super::{Files, Form, Note, Old, Page, note};
use crate::lang::Lang;
use crate::model::urls::segment;
use crate::msg;
use crate::render::machine::redirect::redirect;

/// An old page with its new place.
#[derive(Debug)]
pub(super) struct Placed {
    pub old: Page,
    /// Its new address, without view and slashes.
    pub key: String,
    pub form: Form,
    /// Old addresses that lead to it.
    pub aliases: Vec<String>,
}

impl Placed {
    /// The path of its file.
    pub fn path(&self) -> String {
        let (key, lang) = (&self.key, self.old.lang);
        match self.form {
            Form::Page => format!("content/{key}.{lang}.md"),
            Form::Bundle => format!("content/{key}/index.{lang}.md"),
            Form::Section if key.is_empty() => format!("content/_index.{lang}.md"),
            Form::Section => format!("content/{key}/_index.{lang}.md"),
        }
    }
}

/// The new site, but for what stands in its pages.
#[derive(Debug)]
pub(super) struct Site {
    pub settings: Settings,
    pub pages: Vec<Placed>,
    /// Files that are no pages.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Where old addresses lead now, by their plain form: the key of a page, or an address.
    pub moved: HashMap<String, String>,
    /// Pages by their old file.
    pub sources: HashMap<String, usize>,
    /// The id of each tag and category, by its lower-case form: addresses may not differ in case alone.
    pub tags: HashMap<String, String>,
    /// What those are called whose id is not their name.
    pub names: Names,
    pub notes: Vec<Note>,
}

/// What gen makes by itself, where no page can be.
const TAKEN: [&str; 7] = ["archive", "search", "glossary", "tags", "categories", "issues", "404"];

/// Files of the theme: an old file of the same name would stand in place of gen's.
const THEME: [&str; 6] =
    ["app.js", "code.css", "icon.svg", "manifest.webmanifest", "search.js", "style.css"];

/// Finds a place for everything.
pub(super) fn place(old: Old, files: &Files) -> Site {
    let Old { slug, settings, pages, copies, lists, mut notes } = old;
    let pages = with_keys(pages, &mut notes);
    let pages = with_aliases(pages, &mut notes);
    let mut site = Site {
        moved: HashMap::new(),
        sources: HashMap::new(),
        tags: HashMap::new(),
        names: Names::new(),
        files: BTreeMap::new(),
        settings,
        pages,
        notes: Vec::new(),
    };
    for (index, page) in site.pages.iter().enumerate() {
        site.sources.insert(page.old.source.clone(), index);
        for url in &page.old.urls {
            site.moved.entry(plain(url)).or_insert_with(|| page.key.clone());
        }
        for (kind, words) in super::front::taxonomies(&page.old.front) {
            for word in words {
                // As it stands in old addresses, so that they stay.
                let id =
                    Some(slug(&word)).filter(|id| !id.is_empty()).unwrap_or_else(|| segment(&word));
                let id = site.tags.entry(word.to_lowercase()).or_insert(id);
                if *id != word && segment(&word) != *id {
                    site.names.entry(kind).or_default().entry(id.clone()).or_insert(word);
                }
            }
        }
    }
    copy(&copies, files, &mut site, &mut notes);
    let used: BTreeSet<String> = served(&site.pages);
    for (old, new) in lists {
        let old = plain(&old);
        if used.contains(&old) || site.moved.contains_key(&old) {
            continue;
        }
        // Tags are found by how they are written now.
        let new = written_now(&new, &site.tags);
        if old != plain(&new) && old.to_lowercase() == plain(&new).to_lowercase() {
            let new = plain(&new);
            let text = msg!(
                "the old address /{old}/ differs from /{new}/ in letter case alone, and leads nowhere now",
                "旧地址 /{old}/ 与 /{new}/ 只差大小写，现在打不开"
            );
            notes.push(note(&site.settings.file, None, text));
            site.moved.insert(old, format!("/{new}/"));
            continue;
        }
        let to = format!("{}{}", site.settings.root(), new.trim_start_matches('/'));
        if !old.is_empty() && old != plain(&new) && has_no_dot(&old) {
            let page = redirect(&to, &site.settings.title, site.settings.lang.key());
            site.files.entry(format!("static/{old}/index.html")).or_insert(page);
        }
        site.moved.insert(old, new);
    }
    site.notes = notes;
    site
}

fn has_no_dot(path: &str) -> bool {
    !path.rsplit('/').next().unwrap_or(path).contains('.')
}

fn written_now(url: &str, tags: &HashMap<String, String>) -> String {
    let trimmed = url.trim_end_matches('/');
    let (trimmed, file) = match trimmed.strip_suffix("/feed.xml") {
        Some(rest) => (rest, "feed.xml"),
        None => (trimmed, ""),
    };
    let Some((folder, id)) = trimmed.rsplit_once('/') else { return url.to_owned() };
    let known = tags.iter().find(|(word, _)| segment(word) == id.to_lowercase());
    match (folder.ends_with("tags") || folder.ends_with("categories"), known) {
        (true, Some((_, id))) => format!("{folder}/{id}/{file}"),
        _ => url.to_owned(),
    }
}

/// Gives each page its key: what both languages share, told apart from others of the same name.
fn with_keys(pages: Vec<Page>, notes: &mut Vec<Note>) -> Vec<Placed> {
    let mut groups: BTreeMap<String, Vec<Page>> = BTreeMap::new();
    for page in pages {
        groups.entry(page.key.clone()).or_default().push(page);
    }
    let folders: BTreeSet<String> = groups
        .iter()
        .filter(|(_, pages)| pages.iter().all(|page| page.form == Form::Page))
        .flat_map(|(key, _)| key.match_indices('/').map(|(at, _)| key[..at].to_owned()))
        .collect();
    let mut taken = BTreeSet::new();
    let mut placed = Vec::new();
    for (key, group) in groups {
        let mut form = group.iter().map(|page| page.form).max().unwrap_or(Form::Page);
        if form == Form::Bundle && folders.contains(&key) {
            form = Form::Section;
        }
        let slugs: Vec<&str> = group.iter().filter_map(|page| page.slug.as_deref()).collect();
        let slug = slugs.first().map(|slug| slug.trim_matches('/').to_owned());
        let mut key = match (key.rsplit_once('/'), slug.filter(|slug| !slug.is_empty())) {
            (Some((folder, _)), Some(slug)) => format!("{folder}/{slug}"),
            (None, Some(slug)) if !key.is_empty() => slug,
            _ => key,
        };
        if form != Form::Section && TAKEN.contains(&key.as_str()) {
            for page in &group {
                let text = msg!(
                    "left out: gen makes a page at /{key}/ itself",
                    "未导入：/{key}/ 这一页由 gen 自己生成"
                );
                notes.push(note(&page.source, None, text));
            }
            continue;
        }
        let mut number = 1;
        let first = key.clone();
        while !taken.insert(key.to_lowercase()) {
            number += 1;
            key = format!("{first}-{number}");
        }
        let mut there: BTreeSet<Lang> = BTreeSet::new();
        for page in group {
            let mut key = key.clone();
            // Two files for one page in one language: the second becomes a page of its own.
            if !there.insert(page.lang) {
                let mut number = 2;
                while !taken.insert(format!("{key}-{number}").to_lowercase()) {
                    number += 1;
                }
                key = format!("{key}-{number}");
                let text = msg!(
                    "another file is this page in the same language; this one is now /{key}/",
                    "另一个文件是同一页的同一种语言；这个文件现在是 /{key}/"
                );
                notes.push(note(&page.source, None, text));
            }
            placed.push(Placed { old: page, key, form, aliases: Vec::new() });
        }
    }
    placed
}

/// The addresses of some pages, in the plain form.
fn served(pages: &[Placed]) -> BTreeSet<String> {
    let langs = languages(pages);
    pages.iter().flat_map(|page| views(page, &langs)).map(|url| plain(&url)).collect()
}

fn languages(pages: &[Placed]) -> HashMap<String, BTreeSet<Lang>> {
    let mut langs: HashMap<String, BTreeSet<Lang>> = HashMap::new();
    for page in pages {
        langs.entry(page.key.clone()).or_default().insert(page.old.lang);
    }
    langs
}

/// Where gen will have a page: side by side only with both languages; lists in every view.
fn views(page: &Placed, langs: &HashMap<String, BTreeSet<Lang>>) -> Vec<String> {
    let key = &page.key;
    let both = langs.get(key).is_some_and(|langs| langs.len() == 2);
    let mut all = Vec::new();
    if both || page.form == Form::Section {
        all.push(key.clone());
    }
    for lang in Lang::ALL {
        if both || page.form == Form::Section || page.old.lang == lang {
            all.push(format!("{lang}/{key}"));
        }
    }
    all
}

/// Adds the old addresses that gen does not serve by itself.
fn with_aliases(mut pages: Vec<Placed>, notes: &mut Vec<Note>) -> Vec<Placed> {
    let mut taken: BTreeSet<String> = served(&pages).iter().map(|url| url.to_lowercase()).collect();
    for page in &mut pages {
        for url in &page.old.urls {
            let path = plain(url);
            if path.is_empty() || !taken.insert(path.to_lowercase()) {
                continue;
            }
            let fits =
                |c: char| !c.is_whitespace() && !c.is_control() && !"\\?#%:\"<>|*".contains(c);
            if !path.chars().all(fits) {
                let text = msg!(
                    "its old address /{path} cannot lead to it",
                    "它的旧地址 /{path} 无法跳转"
                );
                notes.push(note(&page.old.source, None, text));
                continue;
            }
            let file = path.ends_with(".html") || path.ends_with(".htm");
            page.aliases.push(format!("/{path}{}", if file { "" } else { "/" }));
        }
    }
    pages
}

/// Copies the files that are published as they are. A file of a page goes along with the page.
fn copy(copies: &[(String, String)], files: &Files, site: &mut Site, notes: &mut Vec<Note>) {
    // Folders of pages whose address is not the name of their folder.
    let moved = site.pages.iter().filter(|page| page.key != page.old.key);
    let moved: Vec<(String, String)> = moved
        .map(|page| (format!("content/{}/", page.old.key), format!("content/{}/", page.key)))
        .collect();
    let copies = with_old_places(copies, &site.pages);
    for (from, to) in &copies {
        let Some(file) = files.get(from.as_str()) else { continue };
        let folder = moved.iter().find(|(old, _)| to.starts_with(old.as_str()));
        let to = &folder.map_or_else(|| to.clone(), |(old, new)| to.replacen(old.as_str(), new, 1));
        if to.strip_prefix("static/").is_some_and(|name| THEME.contains(&name)) {
            let text = msg!(
                "left out: it would replace a file of gen's theme",
                "未导入：它会取代 gen 主题自己的文件"
            );
            notes.push(note(from, None, text));
            continue;
        }
        match site.files.get(to) {
            Some(other) if **other != *file.bytes => {
                let text = msg!("left out: another file is at {to}", "未导入：{to} 已有另一个文件");
                notes.push(note(from, None, text));
            }
            Some(_) => {}
            None => drop(site.files.insert(to.clone(), file.bytes.to_vec())),
        }
    }
}

/// Adds copies of the files of pages at the addresses that readers and other sites know.
fn with_old_places(copies: &[(String, String)], pages: &[Placed]) -> Vec<(String, String)> {
    let mut all = copies.to_vec();
    for page in pages.iter().filter(|page| page.form == Form::Bundle && !page.old.draft) {
        let folder = page.old.urls.first().map(|url| plain(url)).unwrap_or_default();
        if folder == page.key || folder.is_empty() || folder.ends_with(".html") {
            continue;
        }
        let inside = format!("content/{}/", page.old.key);
        let own = copies.iter().filter_map(|(from, to)| Some((from, to.strip_prefix(&inside)?)));
        all.extend(own.map(|(from, rest)| (from.clone(), format!("static/{folder}/{rest}"))));
    }
    all
}
