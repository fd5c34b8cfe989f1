//! Jekyll: posts in `_posts` with the date in their names, pages anywhere, collections; addresses by `permalink`;
//! languages by `lang`, by folder, and pairs by `ref`.

use std::collections::HashMap;

use serde_json::Value;

use super::front::list;
use super::hexo::{spaceless, without_language};
use super::settings::{Settings, language, read as read_settings, split, text};
use super::{Files, Form, Old, Page, address, note};
use crate::lang::Lang;
use crate::msg;

pub(super) fn read(files: &Files) -> Old {
    let mut old = Old::new(|word| address::jekyll(word, true));
    let config = read_settings(files, &["_config.yml", "_config.yaml", "_config.toml"], &mut old);
    let main = text(&config, &["lang"]).or_else(|| text(&config, &["default_lang"]));
    let main = main.or_else(|| text(&config, &["locale"]));
    let author = text(&config, &["author"]).or_else(|| text(&config, &["author", "name"]));
    old.settings = Settings {
        title: text(&config, &["title"]).unwrap_or_default().to_owned(),
        description: text(&config, &["description"]).unwrap_or_default().to_owned(),
        authors: author.map(str::to_owned).into_iter().collect(),
        lang: main.and_then(language).unwrap_or(Lang::En),
        ..old.settings.clone()
    };
    let base = text(&config, &["baseurl"]).unwrap_or_default();
    old.settings.at(text(&config, &["url"]).unwrap_or_default(), base);
    let style = text(&config, &["permalink"]).unwrap_or("date").to_owned();
    let excluded = list(config.get("exclude"));
    let collections: Vec<String> = match config.get("collections") {
        Some(Value::Object(all)) => {
            let shown = |value: &Value| value.get("output").and_then(Value::as_bool) == Some(true);
            all.iter()
                .filter(|(name, value)| *name != "posts" && shown(value))
                .map(|(name, _)| name.clone())
                .collect()
        }
        _ => Vec::new(),
    };
    let reader =
        Reader { style, lang: old.settings.lang, collections, defaults: defaults(&config) };
    for (path, file) in files {
        let out = excluded.iter().any(|name| path.starts_with(name.trim_end_matches('/')));
        if out || is_no_content(path) {
            continue;
        }
        let text = || String::from_utf8_lossy(&file.bytes);
        let markdown = path.ends_with(".md") || path.ends_with(".markdown");
        let headed = file.bytes.starts_with(b"---") && !path.ends_with(".yml");
        if let Some(inside) = path.strip_prefix("_data/") {
            old.copies.push((path.to_string(), format!("data/{inside}")));
        } else if markdown && (headed || path.contains("_posts/")) {
            reader.page(path, &text(), &mut old);
        } else if headed {
            let text = msg!(
                "left out: it is no Markdown, or a style sheet of the theme",
                "未导入：不是 Markdown，或者是主题的样式表"
            );
            old.notes.push(note(path, None, text));
        } else if !path.split('/').any(|part| part.starts_with('_')) {
            old.copies.push((path.to_string(), format!("static/{path}")));
        }
    }
    pair(&mut old);
    if let Some(per_page) = config.get("paginate").and_then(Value::as_u64) {
        let pattern = text(&config, &["paginate_path"]).unwrap_or("/page:num/");
        let posts = old.pages.iter().filter(|page| page.source.contains("_posts/")).count() as u64;
        for number in 2..=posts.div_ceil(per_page.max(1)) {
            let value = |token: &str| (token == "num").then(|| number.to_string());
            old.lists.push((address::filled(pattern, value), "/archive/".to_owned()));
        }
    }
    old
}

/// Files of the generator, and of the tools around it.
fn is_no_content(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let tools = [
        "_site",
        "_layouts",
        "_includes",
        "_sass",
        "_plugins",
        "vendor",
        "node_modules",
        "_config.yml",
    ];
    tools.contains(&first)
        || ["Gemfile", "Gemfile.lock", "package.json", "package-lock.json", "Rakefile"]
            .contains(&path)
        || path.ends_with(".gemspec")
        || (first.starts_with("_config") && !path.contains('/'))
}

/// Settings that stand for those of front matter: the folder and the kind that they are for, and the values.
type Defaults = Vec<(String, String, serde_json::Map<String, Value>)>;

fn defaults(config: &Value) -> Defaults {
    let all = config.get("defaults").and_then(Value::as_array).into_iter().flatten();
    let one = |value: &Value| {
        let path = text(value, &["scope", "path"]).unwrap_or_default().to_owned();
        let kind = text(value, &["scope", "type"]).unwrap_or_default().to_owned();
        Some((path, kind, value.get("values")?.as_object()?.clone()))
    };
    all.filter_map(one).collect()
}

struct Reader {
    style: String,
    lang: Lang,
    collections: Vec<String>,
    defaults: Defaults,
}

impl Reader {
    fn page(&self, path: &str, file: &str, old: &mut Old) {
        let Some((mut front, body, line)) = split(path, file, &mut old.notes) else {
            let text = msg!("left out: it has no front matter", "未导入：没有头部信息");
            old.notes.push(note(path, Some(1), text));
            return;
        };
        let draft = path.starts_with("_drafts/") || path.contains("/_drafts/");
        let post = path.contains("_posts/") || draft;
        let collection =
            self.collections.iter().find(|name| path.starts_with(&format!("_{name}/")));
        if path.starts_with('_') && !post && collection.is_none() {
            return;
        }
        let kind = match collection {
            Some(name) => name.as_str(),
            None if post => "posts",
            None => "pages",
        };
        for (folder, of, values) in &self.defaults {
            if (folder.is_empty() || path.starts_with(folder.as_str()))
                && (of.is_empty() || of == kind)
            {
                for (key, value) in values {
                    front.entry(key.clone()).or_insert_with(|| value.clone());
                }
            }
        }
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let name = stem.rsplit('/').next().unwrap_or(stem);
        let dated = address::dated(name).filter(|_| post);
        let title = dated.map_or(name, |(_, rest)| rest).to_owned();
        // The folders above `_posts` are categories.
        let above = path.split("_posts/").next().filter(|_| post && !draft).unwrap_or_default();
        let above: Vec<String> =
            above.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let (bare, by_name) = without_language(stem);
        let said = front.get("lang").or_else(|| front.get("locale")).and_then(Value::as_str);
        let lang = said.and_then(language).or(by_name).unwrap_or(self.lang);
        let (form, key) = match bare.as_str() {
            "index" => (Form::Section, String::new()),
            _ if post => {
                let (own, _) = without_language(&title);
                (Form::Page, format!("posts/{}", spaceless(&own)))
            }
            bare => match bare.strip_suffix("/index") {
                Some(folder) => (Form::Bundle, spaceless(folder)),
                None => (Form::Page, spaceless(bare.trim_start_matches('_'))),
            },
        };
        let hidden = front.get("published").and_then(Value::as_bool) == Some(false);
        let mut page = Page {
            source: path.to_owned(),
            lang,
            key,
            slug: None,
            form,
            front,
            date: dated.map(|(date, _)| date.to_owned()),
            draft: draft || hidden,
            body,
            line,
            urls: Vec::new(),
        };
        if !post {
            page.front.remove("date");
        }
        let slug = page.text(&["slug"]).map_or_else(|| title.clone(), str::to_owned);
        let own = page.text(&["permalink"]).map(str::to_owned);
        let url = match (post || collection.is_some(), own) {
            (true, own) => self.post(own.as_deref(), &page, &slug, &above, collection, stem),
            (false, Some(own)) => {
                address::filled(&own, |token| (token == "basename").then(|| name.to_owned()))
            }
            (false, None) => self.plain(stem),
        };
        page.urls.push(if page.draft { format!("/{}/", page.key) } else { url });
        let from = list(page.front.get("redirect_from"));
        page.urls
            .extend(from.into_iter().map(|alias| format!("/{}", alias.trim_start_matches('/'))));
        old.pages.push(page);
    }

    /// The address of a post or of a document of a collection (Jekyll's documentation, “Permalinks”).
    fn post(
        &self,
        own: Option<&str>,
        page: &Page,
        slug: &str,
        above: &[String],
        collection: Option<&String>,
        stem: &str,
    ) -> String {
        let pattern = match (own, collection) {
            (Some(own), _) => own,
            (None, Some(_)) => "/:collection/:path:output_ext",
            (None, None) => match self.style.as_str() {
                "date" => "/:categories/:year/:month/:day/:title:output_ext",
                "pretty" => "/:categories/:year/:month/:day/:title/",
                "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
                "none" => "/:categories/:title:output_ext",
                own => own,
            },
        };
        let date = page.text(&["date"]).or(page.date.as_deref()).or(page.date.as_deref());
        let day = date.and_then(address::day);
        let categories = || {
            let own = list(page.front.get("categories").or_else(|| page.front.get("category")));
            let mut all: Vec<String> = Vec::new();
            for name in above.iter().chain(&own) {
                let name = address::jekyll(name, true);
                if !all.contains(&name) {
                    all.push(name);
                }
            }
            all.join("/")
        };
        let short = |part: &str| part.trim_start_matches('0').to_owned();
        let ending = if pattern.ends_with('/') { "" } else { ".html" };
        let path = collection.map(|name| stem.strip_prefix(&format!("_{name}/")).unwrap_or(stem));
        address::filled(pattern, |token| {
            Some(match token {
                "categories" => categories(),
                "year" => day?.0.to_owned(),
                "short_year" => day?.0[2..].to_owned(),
                "month" => day?.1.to_owned(),
                "i_month" => short(day?.1),
                "day" => day?.2.to_owned(),
                "i_day" => short(day?.2),
                "title" => address::jekyll(slug, false),
                "slug" => address::jekyll(slug, true),
                "collection" => collection?.clone(),
                "path" => path?.to_owned(),
                "name" => address::jekyll(path?.rsplit('/').next()?, false),
                "output_ext" => ending.to_owned(),
                _ => return None,
            })
        })
    }

    /// The address of a page: as its file is called, or in a folder of its own.
    fn plain(&self, stem: &str) -> String {
        if stem == "index" || stem.ends_with("/index") {
            return format!("/{}", &stem[..stem.len() - "index".len()]);
        }
        let folders = self.style == "pretty" || self.style.ends_with('/');
        if folders { format!("/{stem}/") } else { format!("/{stem}.html") }
    }
}

/// Gives pages with one `ref` one key: that of the first in the main language.
fn pair(old: &mut Old) {
    let mut keys: HashMap<String, String> = HashMap::new();
    let main = old.settings.lang;
    for own in [true, false] {
        for page in old.pages.iter().filter(|page| (page.lang == main) == own) {
            if let Some(name) = page.text(&["ref", "translation_id", "page_id"]) {
                keys.entry(name.to_owned()).or_insert_with(|| page.key.clone());
            }
        }
    }
    for page in &mut old.pages {
        let name = page.text(&["ref", "translation_id", "page_id"]);
        if let Some(key) = name.and_then(|name| keys.get(name)) {
            page.key = key.clone();
        }
    }
}
