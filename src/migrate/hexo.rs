//! Hexo: posts in `source/_posts`, pages beside them, languages by folder, by `lang` or by the name of the file,
//! addresses by the pattern `permalink`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::front::taxonomies;
use super::settings::{Settings, language, read as read_settings, split, text};
use super::{Files, Form, Old, Page, address, note};
use crate::lang::Lang;
use crate::model::urls::segment;
use crate::msg;

pub(super) fn read(files: &Files) -> Old {
    let mut old = Old::new(address::hexo);
    let config = read_settings(files, &["_config.yml", "_config.yaml", "_config.json"], &mut old);
    let main = config.get("language").and_then(|own| own.as_str().or_else(|| own.get(0)?.as_str()));
    old.settings = Settings {
        title: text(&config, &["title"]).unwrap_or_default().to_owned(),
        description: text(&config, &["description"]).unwrap_or_default().to_owned(),
        authors: text(&config, &["author"]).map(str::to_owned).into_iter().collect(),
        lang: main.and_then(language).unwrap_or(Lang::En),
        ..old.settings.clone()
    };
    let root = text(&config, &["root"]).unwrap_or("/");
    old.settings.at(text(&config, &["url"]).unwrap_or_default(), root);
    let source = text(&config, &["source_dir"]).unwrap_or("source").trim_matches('/').to_owned();
    let permalink = text(&config, &["permalink"]).unwrap_or(":year/:month/:day/:title/").to_owned();
    let name = text(&config, &["new_post_name"]).unwrap_or(":title.md").to_owned();
    let lang = old.settings.lang;
    let assets = config.get("post_asset_folder").and_then(Value::as_bool) == Some(true);
    let reader = Reader {
        permalink,
        dated: name.contains(":year"),
        by_lang: name.starts_with(":lang/"),
        lang,
    };
    let mut others = Vec::new();
    for (path, file) in files {
        let Some(inside) = path.strip_prefix(&format!("{source}/")) else { continue };
        let markdown = inside.ends_with(".md") || inside.ends_with(".markdown");
        let hidden = inside.split('/').any(|part| part.starts_with('_'));
        let post = inside.strip_prefix("_posts/").map(|rest| (rest, false));
        let post = post.or_else(|| inside.strip_prefix("_drafts/").map(|rest| (rest, true)));
        match post {
            Some((rest, draft)) if markdown => {
                let file = String::from_utf8_lossy(&file.bytes);
                reader.post(path, rest, &file, draft, &mut old);
            }
            Some((rest, _)) => others.push((path.to_string(), rest.to_owned())),
            None if inside.starts_with("_data/") => {
                old.copies.push((path.to_string(), format!("data/{}", &inside["_data/".len()..])));
            }
            None if hidden => {}
            None if markdown => {
                let file = String::from_utf8_lossy(&file.bytes);
                reader.plain(path, inside, &file, &mut old);
            }
            None => old.copies.push((path.to_string(), format!("static/{inside}"))),
        }
    }
    let mut left = false;
    for (path, inside) in others {
        let posts =
            old.pages.iter_mut().filter(|page| page.source.starts_with(&format!("{source}/_")));
        let mut posts = posts.filter_map(|page| {
            let stem = page.source.rsplit_once('.')?.0.splitn(3, '/').nth(2)?.to_owned();
            let rest = inside.strip_prefix(&format!("{stem}/"))?.to_owned();
            Some((page, rest))
        });
        let Some((page, rest)) = posts.next().filter(|_| assets) else {
            left = true;
            continue;
        };
        page.form = Form::Bundle;
        old.copies.push((path, format!("content/{}/{rest}", page.key)));
    }
    if left {
        let text = msg!(
            "files beside posts are not taken over: post_asset_folder is off",
            "没有导入文章旁的文件：post_asset_folder 没有打开"
        );
        old.notes.push(note(&format!("{source}/_posts"), None, text));
    }
    lists(&config, &mut old);
    old
}

struct Reader {
    permalink: String,
    /// Whether names of files begin with the date, and with the language.
    dated: bool,
    by_lang: bool,
    /// The language of what says nothing.
    lang: Lang,
}

impl Reader {
    fn post(&self, path: &str, inside: &str, file: &str, draft: bool, old: &mut Old) {
        let Some((front, body, line)) = split(path, file, &mut old.notes) else {
            let text = msg!("left out: it has no front matter", "未导入：没有头部信息");
            old.notes.push(note(path, Some(1), text));
            return;
        };
        let mut slug = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        if let Some((_, rest)) = slug.split_once('/').filter(|_| self.by_lang) {
            slug = rest;
        }
        let date = address::dated(slug).filter(|_| self.dated);
        let slug = date.map_or(slug, |(_, rest)| rest);
        let said = front.get("lang").or_else(|| front.get("language")).and_then(Value::as_str);
        let (key, by_name) =
            without_language(inside.rsplit_once('.').map_or(inside, |(stem, _)| stem));
        let key =
            address::dated(&key).filter(|_| self.dated).map_or(key.as_str(), |(_, rest)| rest);
        let hidden = front.get("published").and_then(Value::as_bool) == Some(false);
        let mut page = Page {
            source: path.to_owned(),
            lang: said.and_then(language).or(by_name).unwrap_or(self.lang),
            key: format!("posts/{}", spaceless(key)),
            slug: None,
            form: Form::Page,
            date: date.map(|(date, _)| date.to_owned()),
            front,
            draft: draft || hidden,
            body,
            line,
            urls: Vec::new(),
        };
        if page.text(&["date"]).is_none() && page.date.is_none() {
            let text = msg!(
                "it has no date: Hexo took that of the file; write one, or it is in no list by time",
                "没有日期：Hexo 用的是文件的时间。请补上，否则按时间的列表里没有它"
            );
            old.notes.push(note(path, Some(1), text));
        }
        if !page.draft {
            let own = page.text(&["permalink"]).map(|url| {
                let end = if url.ends_with('/') || url.ends_with(".html") { "" } else { "/" };
                format!("/{}{end}", url.trim_start_matches('/'))
            });
            let url = own.unwrap_or_else(|| {
                address::filled(&self.permalink, |token| self.token(token, &page, slug))
            });
            page.urls.push(url);
        }
        if page.urls.is_empty() {
            page.urls.push(format!("/{}/", page.key));
        }
        page.urls.extend(aliases(&page));
        old.pages.push(page);
    }

    fn token(&self, token: &str, page: &Page, slug: &str) -> Option<String> {
        let date = page.text(&["date"]).or(page.date.as_deref());
        let day = date.and_then(address::day);
        let short = |part: &str| part.trim_start_matches('0').to_owned();
        Some(match token {
            "year" => day?.0.to_owned(),
            "month" => day?.1.to_owned(),
            "day" => day?.2.to_owned(),
            "i_month" => short(day?.1),
            "i_day" => short(day?.2),
            "title" => slug.to_owned(),
            "name" => slug.rsplit('/').next().unwrap_or(slug).to_owned(),
            "post_title" => address::hexo(page.text(&["title"])?),
            "lang" => page
                .text(&["lang", "language"])
                .map_or_else(|| page.lang.to_string(), str::to_owned),
            "category" => {
                let all = super::front::list(
                    page.front.get("categories").or_else(|| page.front.get("category")),
                );
                let all: Vec<String> = all.iter().map(|name| address::hexo(name)).collect();
                if all.is_empty() { "uncategorized".to_owned() } else { all.join("/") }
            }
            _ => return None,
        })
    }

    /// A page beside the posts.
    fn plain(&self, path: &str, inside: &str, file: &str, old: &mut Old) {
        let Some((front, body, line)) = split(path, file, &mut old.notes) else {
            old.copies.push((path.to_owned(), format!("static/{inside}")));
            return;
        };
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let (key, by_name) = without_language(stem);
        let said = front.get("lang").or_else(|| front.get("language")).and_then(Value::as_str);
        let (form, key) = match key.as_str() {
            "index" | "" => (Form::Section, String::new()),
            key => match key.strip_suffix("/index") {
                Some(folder) => (Form::Bundle, folder.to_owned()),
                None => (Form::Page, key.to_owned()),
            },
        };
        let url = match stem.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
            _ => format!("/{stem}.html"),
        };
        let mut page = Page {
            source: path.to_owned(),
            lang: said.and_then(language).or(by_name).unwrap_or(self.lang),
            key: spaceless(&key),
            slug: None,
            form,
            front,
            date: None,
            draft: false,
            body,
            line,
            urls: Vec::new(),
        };
        // A page of Hexo's is no post: gen lists what has a date.
        page.front.remove("date");
        let own = page.text(&["permalink"]).map(|url| format!("/{}", url.trim_start_matches('/')));
        page.urls.push(own.unwrap_or(url));
        page.urls.extend(aliases(&page));
        old.pages.push(page);
    }
}

/// The path of a page without the language in it: `en/momo`, `momo.en` and `momo-en` are `momo`.
pub(super) fn without_language(stem: &str) -> (String, Option<Lang>) {
    let mut found = None;
    let mut parts: Vec<&str> = stem.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    parts.retain(|part| {
        let is = ["zh", "cn", "en", "zh-cn", "zh-tw", "zh-hans", "en-us"]
            .contains(&part.to_lowercase().as_str());
        if is && found.is_none() {
            found = language(part);
        }
        !is
    });
    let ending = [".", "-", "_"].iter().find_map(|sign| {
        let (rest, code) = name.rsplit_once(sign)?;
        let known =
            ["zh", "cn", "en"].contains(&code) || (*sign == "." && language(code).is_some());
        (known && !rest.is_empty()).then_some((rest, language(code)?))
    });
    let name = match ending {
        Some((rest, lang)) => {
            found = found.or(Some(lang));
            rest
        }
        None => name,
    };
    parts.push(name);
    (parts.join("/"), found)
}

/// A path that may stand in an address as it is.
pub(super) fn spaceless(path: &str) -> String {
    let bad = |c: char| c.is_whitespace() || "?#%:\"<>|*\\".contains(c);
    path.split('/').map(|part| part.replace(bad, "-")).collect::<Vec<_>>().join("/")
}

fn aliases(page: &Page) -> Vec<String> {
    let all = ["alias", "aliases", "redirect_from"].iter().filter_map(|key| page.front.get(*key));
    let all = all.flat_map(|value| super::front::list(Some(value)));
    all.map(|alias| format!("/{}", alias.trim_start_matches('/'))).collect()
}

fn lists(config: &Value, old: &mut Old) {
    let tags = text(config, &["tag_dir"]).unwrap_or("tags").to_owned();
    let categories = text(config, &["category_dir"]).unwrap_or("categories").to_owned();
    let archive = text(config, &["archive_dir"]).unwrap_or("archives").to_owned();
    let per_page = config.get("per_page").and_then(Value::as_u64).unwrap_or(10);
    let mut lists = vec![
        (format!("/{archive}/"), "/archive/".to_owned()),
        (format!("/{tags}/"), "/tags/".to_owned()),
        (format!("/{categories}/"), "/categories/".to_owned()),
    ];
    let posts = old.pages.iter().filter(|page| page.source.contains("/_posts/") && !page.draft);
    let posts: Vec<&Page> = posts.collect();
    // How many posts each list has, and where it is now.
    let mut counts: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut count = |list: String, to: String| counts.entry(list).or_insert((0, to)).0 += 1;
    for page in &posts {
        count("/".to_owned(), "/archive/".to_owned());
        count(format!("/{archive}/"), "/archive/".to_owned());
        for (name, words) in taxonomies(&page.front) {
            let folder = if name == "tags" { &tags } else { &categories };
            let mut path = String::new();
            for word in words {
                let to = format!("/{name}/{}/", segment(&word));
                let own = address::hexo(&word);
                // Categories stand one below the other.
                path =
                    if name == "categories" { format!("{path}{own}/") } else { format!("{own}/") };
                count(format!("/{folder}/{path}"), to);
            }
        }
        if let Some((year, month, _)) = page.text(&["date"]).and_then(address::day) {
            let to = || format!("/archive/{year}/");
            count(format!("/{archive}/{year}/"), to());
            count(format!("/{archive}/{year}/{month}/"), to());
        }
    }
    for (folder, (count, to)) in counts {
        address::paged(&folder, &to, count, per_page, &mut lists);
        if folder != "/" {
            lists.push((folder, to));
        }
    }
    old.lists = lists;
}
