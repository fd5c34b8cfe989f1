//! Zola: `content/` with `_index.md` and `index.md`, languages by the name of the file, addresses by `path` and
//! `slug`, taxonomies in a table of their own.

use serde_json::{Map, Value};

use super::settings::{Settings, language, read as read_settings, split, text};
use super::{Files, Form, Old, Page, address, note};
use crate::lang::Lang;
use crate::model::urls::segment;
use crate::msg;

pub(super) fn read(files: &Files) -> Old {
    let mut old = Old::new(|word| slug::slugify(word));
    let config = read_settings(files, &["zola.toml", "config.toml"], &mut old);
    let main = text(&config, &["default_language"]).unwrap_or("en").to_owned();
    old.settings = Settings {
        title: text(&config, &["title"]).unwrap_or_default().to_owned(),
        description: text(&config, &["description"]).unwrap_or_default().to_owned(),
        authors: text(&config, &["author"]).map(str::to_owned).into_iter().collect(),
        lang: language(&main).unwrap_or(Lang::En),
        ..old.settings.clone()
    };
    old.settings.at(text(&config, &["base_url"]).unwrap_or_default(), "");
    let codes: Vec<String> = config
        .get("languages")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
        .filter(|code| **code != main)
        .cloned()
        .collect();
    for code in codes.iter().filter(|code| language(code).is_none()) {
        let text = msg!(
            "the language {code} is left out: gen has Chinese and English",
            "未导入语言 {code}：gen 只有中文和英文"
        );
        old.notes.push(note(&old.settings.file, None, text));
    }
    let way = text(&config, &["slugify", "paths"]).unwrap_or("on").to_owned();
    let slugged = |name: &str| match way.as_str() {
        "off" => name.to_owned(),
        "safe" => segment(name),
        _ => slug::slugify(name),
    };
    for (path, file) in files {
        let Some(inside) = path.strip_prefix("content/") else {
            if path.starts_with("static/") {
                old.copies.push((path.to_string(), path.to_string()));
            }
            continue;
        };
        if !inside.ends_with(".md") {
            let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
            let folder: Vec<String> = folder.split('/').map(|part| bare(part, &slugged)).collect();
            let to = format!("content/{}/{name}", folder.join("/")).replace("//", "/");
            old.copies.push((path.to_string(), to));
            continue;
        }
        let file = String::from_utf8_lossy(&file.bytes);
        let Some((mut front, body, line)) = split(path, &file, &mut old.notes) else {
            let text = msg!("left out: it has no front matter", "未导入：没有头部信息");
            old.notes.push(note(path, Some(1), text));
            continue;
        };
        let stem = inside.strip_suffix(".md").unwrap_or(inside);
        let named = stem.rsplit_once('.').filter(|(_, code)| codes.iter().any(|own| own == code));
        let (stem, code) = named.unwrap_or((stem, &main));
        let Some(lang) = language(code) else { continue };
        // Taxonomies are a table of lists; what is in `extra` is at home there.
        if let Some(Value::Object(lists)) = front.remove("taxonomies") {
            front.extend(lists);
        }
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let parts: Vec<String> = folder.split('/').map(|part| bare(part, &slugged)).collect();
        let folder = parts.join("/");
        let dated = match name {
            "index" => address::dated(stem.rsplit('/').nth(1).unwrap_or_default()),
            name => address::dated(name),
        };
        let (form, key) = match name {
            "_index" => (Form::Section, folder),
            "index" => (Form::Bundle, folder),
            name => (Form::Page, format!("{folder}/{}", bare(name, &slugged))),
        };
        let mut page = Page {
            source: path.to_string(),
            lang,
            key: key.trim_matches('/').to_owned(),
            slug: None,
            form,
            draft: front.get("draft").and_then(Value::as_bool) == Some(true),
            date: dated.map(|(date, _)| date.to_owned()),
            front,
            body,
            line,
            urls: Vec::new(),
        };
        let prefix = if code == main { String::new() } else { format!("/{code}") };
        page.slug = page.text(&["slug"]).map(&slugged).filter(|_| form != Form::Section);
        let (above, last) = page.key.rsplit_once('/').unwrap_or(("", &page.key));
        let url = match (page.text(&["path"]), &page.slug) {
            (Some(path), _) => format!("{prefix}/{}/", path.trim_matches('/')),
            (None, Some(slug)) => format!("{prefix}/{above}/{slug}/"),
            (None, None) => format!("{prefix}/{above}/{last}/"),
        };
        let url = format!(
            "/{}/",
            url.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
        );
        page.urls.push(url.replace("//", "/"));
        let aliases = page.front.get("aliases").and_then(Value::as_array).into_iter().flatten();
        let aliases = aliases.filter_map(Value::as_str);
        let aliases: Vec<String> =
            aliases.map(|alias| format!("/{}", alias.trim_start_matches('/'))).collect();
        page.urls.extend(aliases);
        old.pages.push(page);
    }
    lists(&main, &mut old);
    if files.keys().any(|path| path.starts_with("templates/") || path.starts_with("sass/")) {
        let text = msg!("templates and styles are not taken over", "模板和样式不会导入");
        old.notes.push(note("templates/", None, text));
    }
    old
}

/// A part of a path as Zola has it in addresses: without the date in front.
fn bare(name: &str, slugged: &impl Fn(&str) -> String) -> String {
    slugged(address::dated(name).map_or(name, |(_, rest)| rest))
}

fn lists(main: &str, old: &mut Old) {
    let main = language(main);
    let mut lists = Vec::new();
    for page in old.pages.iter().filter(|page| !page.draft) {
        let (prefix, lang) = match main == Some(page.lang) {
            true => (String::new(), String::new()),
            false => {
                let name = page.source.strip_suffix(".md").unwrap_or_default();
                let code = name.rsplit('.').next().unwrap_or_default();
                (format!("/{code}"), format!("/{}", page.lang))
            }
        };
        lists.push((format!("{prefix}/"), format!("{lang}/")));
        lists.push((format!("{prefix}/atom.xml"), format!("{lang}/feed.xml")));
        for (name, words) in super::front::taxonomies(&page.front) {
            lists.push((format!("{prefix}/{name}/"), format!("{lang}/{name}/")));
            for word in words {
                let to = format!("{lang}/{name}/{}/", segment(&word));
                lists.push((format!("{prefix}/{name}/{}/", slug::slugify(&word)), to));
            }
        }
        for (at, _) in page.key.match_indices('/') {
            let folder = &page.key[..at];
            lists.push((format!("{prefix}/{folder}/"), format!("{lang}/{folder}/")));
        }
    }
    for section in old.pages.iter().filter(|page| page.form == Form::Section) {
        let per_page = section.front.get("paginate_by").and_then(Value::as_u64);
        let inside = |page: &&Page| page.lang == section.lang && page.key.starts_with(&section.key);
        let count = old.pages.iter().filter(inside).count();
        let to = match section.key.as_str() {
            "" => "/archive/".to_owned(),
            key => format!("/{key}/"),
        };
        address::paged(&section.urls[0], &to, count, per_page.unwrap_or(0), &mut lists);
    }
    old.lists = lists;
}
