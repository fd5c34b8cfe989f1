//! Hugo: `content/` with `_index.md` and `index.md`, languages by the name of the file (`momo.zh.md`) or by
//! folder, addresses by `permalinks`, `url` and `slug`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::settings::{Settings, language, read as read_settings, split, text};
use super::{Files, Form, Old, Page, address, note};
use crate::lang::Lang;
use crate::model::urls::segment;
use crate::msg;

const SETTINGS: [&str; 9] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/config.toml",
    "config/_default/config.yaml",
];

/// A language of the site.
struct Version {
    code: String,
    lang: Lang,
    /// Its content folder.
    folder: String,
    /// What its addresses begin with: empty or `/zh`.
    prefix: String,
}

pub(super) fn read(files: &Files) -> Old {
    let mut old = Old::new(|word| address::hugo(word, true));
    let config = read_settings(files, &SETTINGS, &mut old);
    let (versions, others) = versions(&config, &mut old);
    let lower = config.get("disablePathToLower").and_then(Value::as_bool) != Some(true);
    let ugly = config.get("uglyURLs").and_then(Value::as_bool) == Some(true);
    let reader = Reader { config: &config, versions: &versions, others: &others, lower, ugly };
    for (path, file) in files {
        if let Some(inside) = path.strip_prefix("static/") {
            old.copies.push((path.to_string(), format!("static/{inside}")));
            continue;
        }
        if let Some(inside) = path.strip_prefix("data/") {
            old.copies.push((path.to_string(), format!("data/{inside}")));
            continue;
        }
        // The deepest folder that holds it: `content/en` before `content`.
        let inside = |version: &&Version| path.starts_with(&format!("{}/", version.folder));
        let version = versions.iter().filter(inside).max_by_key(|version| version.folder.len());
        let Some(version) = version else { continue };
        let inside = &path[version.folder.len() + 1..];
        let own_folder =
            versions.iter().filter(|other| other.folder == version.folder).count() == 1;
        if inside.ends_with(".md") || inside.ends_with(".markdown") {
            let file = String::from_utf8_lossy(&file.bytes);
            reader.page(path, inside, &file, own_folder.then_some(version), &mut old);
        } else if inside.ends_with(".html") || inside.ends_with(".org") || inside.ends_with(".adoc")
        {
            let text = msg!("left out: it is no Markdown", "未导入：不是 Markdown");
            old.notes.push(note(path, None, text));
        } else {
            let to = address::hugo(inside, lower);
            old.copies.push((path.to_string(), format!("content/{to}")));
        }
    }
    let own = config.get("pagination").and_then(|own| own.get("pagerSize"));
    let per_page = own.or_else(|| config.get("paginate")).and_then(Value::as_u64);
    lists(&versions, per_page.unwrap_or(10), &mut old);
    for folder in ["layouts/", "assets/", "themes/"] {
        if files.keys().any(|path| path.starts_with(folder)) {
            let text = msg!(
                "templates and what they use are not taken over",
                "模板及其所用的文件不会导入"
            );
            old.notes.push(note(folder, None, text));
        }
    }
    old
}

/// The languages that are taken over, and the codes of the others.
fn versions(config: &Value, old: &mut Old) -> (Vec<Version>, Vec<String>) {
    let main = text(config, &["defaultContentLanguage"]);
    let main = main.or_else(|| text(config, &["languageCode"])).unwrap_or("en").to_lowercase();
    let main_code = text(config, &["defaultContentLanguage"]).unwrap_or("en").to_lowercase();
    let sub = config.get("defaultContentLanguageInSubdir").and_then(Value::as_bool) == Some(true);
    let folder = text(config, &["contentDir"]).unwrap_or("content").trim_matches('/').to_owned();
    let lang = language(&main).unwrap_or(Lang::En);
    let own = |key: &str| {
        let here = text(config, &["languages", &main_code, key]);
        here.or_else(|| text(config, &[key])).or_else(|| text(config, &["params", key]))
    };
    old.settings = Settings {
        title: own("title").unwrap_or_default().to_owned(),
        description: own("description").unwrap_or_default().to_owned(),
        authors: own("author").map(str::to_owned).into_iter().collect(),
        lang,
        ..old.settings.clone()
    };
    old.settings.at(
        text(config, &["baseURL"]).or_else(|| text(config, &["baseurl"])).unwrap_or_default(),
        "",
    );
    let (mut versions, mut others) = (Vec::new(), Vec::new());
    for (code, settings) in config.get("languages").and_then(Value::as_object).into_iter().flatten()
    {
        let lower = code.to_lowercase();
        let Some(lang) = language(&lower) else {
            let text = msg!(
                "the language {code} is left out: gen has Chinese and English",
                "未导入语言 {code}：gen 只有中文和英文"
            );
            old.notes.push(note(&old.settings.file, None, text));
            others.push(lower);
            continue;
        };
        let own = text(settings, &["contentDir"]);
        let folder = own.map_or_else(|| folder.clone(), |own| own.trim_matches('/').to_owned());
        let prefix = if lower == main_code && !sub { String::new() } else { format!("/{lower}") };
        versions.push(Version { code: lower, lang, folder, prefix });
    }
    if versions.is_empty() {
        versions.push(Version { code: main_code, lang, folder, prefix: String::new() });
    }
    (versions, others)
}

struct Reader<'a> {
    config: &'a Value,
    versions: &'a [Version],
    /// Languages that gen does not have.
    others: &'a [String],
    lower: bool,
    ugly: bool,
}

impl Reader<'_> {
    /// Reads a page. `version` is its language where the folder says.
    fn page(&self, path: &str, inside: &str, file: &str, version: Option<&Version>, old: &mut Old) {
        let Some((front, body, line)) = split(path, file, &mut old.notes) else {
            let text = msg!("left out: it has no front matter", "未导入：没有头部信息");
            old.notes.push(note(path, Some(1), text));
            return;
        };
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let named = stem.rsplit_once('.').filter(|(_, code)| !code.contains('/'));
        let named = named.and_then(|(stem, code)| {
            let code = code.to_lowercase();
            Some((stem, self.versions.iter().find(|version| version.code == code)?))
        });
        let code = stem.rsplit_once('.').map(|(_, code)| code.to_lowercase());
        if code.is_some_and(|code| self.others.contains(&code)) {
            return;
        }
        let (stem, version) = match (named, version) {
            (Some((stem, version)), _) => (stem, version),
            (None, Some(version)) => (stem, version),
            (None, None) => {
                let main = self.versions.iter().find(|version| version.prefix.is_empty());
                let Some(version) = main.or(self.versions.first()) else { return };
                (stem, version)
            }
        };
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let folder = address::hugo(folder, self.lower);
        let (form, key) = match name {
            "_index" => (Form::Section, folder),
            "index" => (Form::Bundle, folder),
            name => {
                let name = address::hugo(name, self.lower);
                let key = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                (Form::Page, key)
            }
        };
        let draft = front.get("draft").and_then(Value::as_bool) == Some(true);
        let mut page = Page {
            source: path.to_owned(),
            lang: version.lang,
            key,
            slug: None,
            form,
            front,
            date: address::dated(name).map(|(date, _)| date.to_owned()),
            draft,
            body,
            line,
            urls: Vec::new(),
        };
        page.slug = page.text(&["slug"]).map(|slug| address::hugo(slug, self.lower));
        page.urls.push(self.url(&page, version));
        let aliases = page.front.get("aliases").and_then(Value::as_array).into_iter().flatten();
        let aliases = aliases.filter_map(Value::as_str);
        let from = page.urls[0].clone();
        let aliases: Vec<String> = aliases
            .filter_map(|alias| address::joined(from.trim_end_matches('/'), alias))
            .collect();
        // Those that begin with a slash count from the language's own top.
        page.urls.extend(aliases.into_iter().map(|alias| format!("{}{alias}", version.prefix)));
        if let Some(shared) = page.text(&["translationKey"]) {
            // Files that say they are one page.
            let other =
                old.pages.iter().find(|other| other.text(&["translationKey"]) == Some(shared));
            if let Some(other) = other.filter(|other| other.lang != page.lang) {
                page.key = other.key.clone();
            }
        }
        old.pages.push(page);
    }

    /// The address that Hugo gives a page (its documentation, “URL management”).
    fn url(&self, page: &Page, version: &Version) -> String {
        let prefix = &version.prefix;
        let ugly = |path: String| match self.ugly && page.form == Form::Page {
            true => format!("{}.html", path.trim_end_matches('/')),
            false => path,
        };
        if page.form != Form::Section
            && let Some(url) = page.text(&["url"])
        {
            let end = if url.ends_with('/') || url.ends_with(".html") { "" } else { "/" };
            return match url.starts_with('/') {
                true => format!("{url}{end}"),
                false => format!("{prefix}/{url}{end}"),
            };
        }
        let (folder, name) = page.key.rsplit_once('/').unwrap_or(("", &page.key));
        let section = page.key.split('/').next().filter(|_| page.key.contains('/')).unwrap_or("");
        if page.form != Form::Section
            && let Some(pattern) = self.permalink(section)
        {
            let value = |token: &str| Some(self.token(token, page, name, folder, section));
            return format!("{prefix}{}", address::filled(pattern, |t| value(t).flatten()));
        }
        let name = page.slug.as_deref().filter(|_| page.form != Form::Section).unwrap_or(name);
        let folder = if folder.is_empty() { String::new() } else { format!("/{folder}") };
        let end = if page.key.is_empty() { "/".to_owned() } else { format!("/{name}/") };
        ugly(format!("{prefix}{folder}{end}"))
    }

    fn permalink(&self, section: &str) -> Option<&str> {
        let all = self.config.get("permalinks")?;
        let of_pages = all.get("page").and_then(|all| all.get(section));
        of_pages.or_else(|| all.get(section)).and_then(Value::as_str)
    }

    fn token(
        &self,
        token: &str,
        page: &Page,
        name: &str,
        folder: &str,
        section: &str,
    ) -> Option<String> {
        let date = page.text(&["date", "publishDate", "lastmod"]).or(page.date.as_deref());
        let day = date.and_then(address::day);
        let title = || address::hugo(page.text(&["title"]).unwrap_or(name), self.lower);
        let slug = || page.slug.clone();
        Some(match token {
            "year" => day?.0.to_owned(),
            "month" => day?.1.to_owned(),
            "day" => day?.2.to_owned(),
            "title" => title(),
            "slug" => slug().unwrap_or_else(title),
            "filename" | "contentbasename" => name.to_owned(),
            "slugorfilename" | "slugorcontentbasename" => slug().unwrap_or_else(|| name.to_owned()),
            "section" => section.to_owned(),
            "sections" => folder.to_owned(),
            _ => return None,
        })
    }
}

/// The addresses of lists and feeds.
fn lists(versions: &[Version], per_page: u64, old: &mut Old) {
    let mut lists = Vec::new();
    let mut all = BTreeSet::new();
    for version in versions {
        let (prefix, lang) = (&version.prefix, version.lang);
        let view = if prefix.is_empty() { String::new() } else { format!("/{lang}") };
        lists.push((format!("{prefix}/"), format!("{view}/")));
        lists.push((format!("{prefix}/index.xml"), format!("{view}/feed.xml")));
        let pages = old.pages.iter().filter(|page| page.lang == lang && !page.draft);
        for page in pages {
            for (name, words) in super::front::taxonomies(&page.front) {
                if !words.is_empty() {
                    all.insert(name);
                }
                for word in words {
                    let (from, to) = (address::hugo(&word, true), segment(&word));
                    lists
                        .push((format!("{prefix}/{name}/{from}/"), format!("{view}/{name}/{to}/")));
                    let feed = (
                        format!("{prefix}/{name}/{from}/index.xml"),
                        format!("{view}/{name}/{to}/feed.xml"),
                    );
                    lists.push(feed);
                }
            }
            // Lists of folders are at the same place without the name of the language.
            for (at, _) in page.key.match_indices('/') {
                let folder = &page.key[..at];
                lists.push((format!("{prefix}/{folder}/"), format!("{view}/{folder}/")));
            }
        }
    }
    // Each list stands here once for each of its pages.
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for list in lists.iter().filter(|(from, _)| from.ends_with('/')) {
        *counts.entry(list.clone()).or_default() += 1;
    }
    for version in versions {
        let count = old.pages.iter().filter(|page| page.lang == version.lang).count();
        counts.insert((format!("{}/", version.prefix), "/archive/".to_owned()), count);
    }
    for ((from, to), count) in counts {
        address::paged(&from, &to, count, per_page, &mut lists);
    }
    // Hugo has lists of all tags and categories, even where there are none.
    for version in versions {
        let view =
            if version.prefix.is_empty() { String::new() } else { format!("/{}", version.lang) };
        for name in ["tags", "categories"] {
            let to =
                if all.contains(name) { format!("{view}/{name}/") } else { format!("{view}/") };
            lists.push((format!("{}/{name}/", version.prefix), to));
        }
    }
    old.lists = lists;
    let text = msg!(
        "feeds are at /feed.xml now, not at /index.xml; a static site cannot send readers of feeds on",
        "订阅源从 /index.xml 搬到了 /feed.xml；静态站点没法让订阅软件自动跳转"
    );
    old.notes.push(note(&old.settings.file, None, text));
}
