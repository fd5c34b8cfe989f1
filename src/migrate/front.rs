//! The front matter of an old page as gen's.

use std::collections::HashMap;

use serde_json::{Map, Value};
use toml::Table;

use super::place::Placed;
use super::settings::Settings;
use super::{Form, Note, Page, note};
use crate::date::Date;
use crate::msg;

/// A word, or a list of words, as a list. Lists in lists are joined.
pub(super) fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Some(Value::Number(number)) => vec![number.to_string()],
        Some(Value::Array(items)) => items.iter().flat_map(|item| list(Some(item))).collect(),
        Some(Value::Object(table)) => list(table.get("name").or_else(|| table.get("title"))),
        _ => Vec::new(),
    }
}

/// The tags and the categories of a page, each once.
pub(super) fn taxonomies(front: &Map<String, Value>) -> [(&'static str, Vec<String>); 2] {
    let of = |keys: [&str; 2]| {
        let value = keys.iter().find_map(|key| front.get(*key));
        let mut words = Vec::new();
        for word in list(value) {
            // Jekyll takes a text for words with spaces between them, others with commas.
            let split: Vec<&str> = match value {
                Some(Value::String(_)) if word.contains(',') => word.split(',').collect(),
                _ => vec![&word],
            };
            for word in split.into_iter().map(str::trim).filter(|word| !word.is_empty()) {
                if !words.iter().any(|known: &String| known.eq_ignore_ascii_case(word)) {
                    words.push(word.to_owned());
                }
            }
        }
        words
    };
    [("tags", of(["tags", "tag"])), ("categories", of(["categories", "category"]))]
}

/// What has been used, or means something to the old generator alone.
const USED: [&str; 57] = [
    "title",
    "date",
    "publishDate",
    "updated",
    "lastmod",
    "last_modified_at",
    "modified",
    "draft",
    "published",
    "slug",
    "summary",
    "description",
    "excerpt",
    "author",
    "authors",
    "tags",
    "tag",
    "categories",
    "category",
    "cover",
    "image",
    "images",
    "thumbnail",
    "featured_image",
    "feature_image",
    "aliases",
    "alias",
    "redirect_from",
    "url",
    "permalink",
    "path",
    "lang",
    "language",
    "locale",
    "ref",
    "translationKey",
    "translation_id",
    "page_id",
    "layout",
    "type",
    "weight",
    "toc",
    "comments",
    "template",
    "page_template",
    "sort_by",
    "paginate_by",
    "insert_anchor_links",
    "in_search_index",
    "id",
    "mathjax",
    "math",
    "linkTitle",
    "headless",
    "outputs",
    "cascade",
    "render",
];

/// The front matter of a page, as lines of TOML.
pub(super) fn written(
    page: &Placed,
    settings: &Settings,
    tags: &HashMap<String, String>,
) -> (String, Vec<Note>) {
    let (old, mut notes) = (&page.old, Vec::new());
    let front = &old.front;
    let mut out = Table::new();
    let mut set = |key: &str, value: Option<toml::Value>| {
        if let Some(value) = value {
            out.insert(key.to_owned(), value);
        }
    };
    let text = |text: &str| toml::Value::from(text);
    set("title", old.text(&["title", "linkTitle"]).map(text));
    if page.form != Form::Section {
        let date = old.text(&["date", "publishDate"]).or(old.date.as_deref());
        for (key, date) in [
            ("date", date),
            ("updated", old.text(&["updated", "lastmod", "last_modified_at", "modified"])),
        ] {
            let Some(written) = date else { continue };
            match Date::parse(written) {
                Ok(date) => set(
                    key,
                    date.iso()
                        .parse()
                        .ok()
                        .map(toml::Value::Datetime)
                        .or_else(|| Some(text(written))),
                ),
                Err(why) => {
                    let (en, zh) = (why.en, why.zh);
                    let text = msg!("its {key} is left out: {en}", "未导入 {key}：{zh}");
                    notes.push(note(&old.source, Some(1), text));
                }
            }
        }
    }
    set("draft", old.draft.then_some(toml::Value::Boolean(true)));
    set("summary", old.text(&["summary", "description", "excerpt"]).map(text));
    let strings = |all: Vec<String>| (!all.is_empty()).then(|| toml::Value::from(all));
    if page.form != Form::Section {
        set("authors", strings(list(front.get("authors").or_else(|| front.get("author")))));
        for (key, words) in taxonomies(front) {
            let known = |word: String| tags.get(&word.to_lowercase()).cloned().unwrap_or(word);
            set(key, strings(words.into_iter().map(known).collect()));
        }
        set("cover", cover(old, settings).map(toml::Value::String));
        set("weight", front.get("weight").and_then(Value::as_i64).map(toml::Value::Integer));
        let toc = front.get("toc").and_then(Value::as_bool);
        set("toc", toc.filter(|toc| !toc).map(toml::Value::Boolean));
    }
    set("aliases", strings(page.aliases.clone()));
    let mut extra = Table::new();
    for (key, value) in front.iter().filter(|(key, _)| !USED.contains(&key.as_str())) {
        match (key.as_str(), value) {
            ("extra" | "params", Value::Object(inner)) => {
                extra.extend(
                    inner.iter().filter_map(|(key, value)| Some((key.clone(), toml_of(value)?))),
                );
            }
            _ => extra.extend(toml_of(value).map(|value| (key.clone(), value))),
        }
    }
    if !extra.is_empty() {
        out.insert("extra".to_owned(), toml::Value::Table(extra));
    }
    (toml::to_string(&out).unwrap_or_default(), notes)
}

/// The picture of a page, as gen's front matter names it.
fn cover(page: &Page, settings: &Settings) -> Option<String> {
    let keys = ["cover", "image", "featured_image", "feature_image", "thumbnail", "images"];
    let value = keys.iter().find_map(|key| page.front.get(*key))?;
    let found = match value {
        Value::Object(table) => ["image", "src", "path", "url", "feature"]
            .iter()
            .find_map(|key| table.get(*key)?.as_str()),
        Value::Array(all) => all.first().and_then(Value::as_str),
        value => value.as_str(),
    }?;
    let found = found.trim();
    if found.is_empty() {
        return None;
    }
    let base = format!("/{}/", settings.base);
    Some(found.strip_prefix(&base).map_or_else(|| found.to_owned(), |rest| format!("/{rest}")))
}

fn toml_of(value: &Value) -> Option<toml::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(value) => toml::Value::Boolean(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => toml::Value::Integer(whole),
            None => toml::Value::Float(number.as_f64()?),
        },
        Value::String(text) => toml::Value::String(text.clone()),
        Value::Array(items) => toml::Value::Array(items.iter().filter_map(toml_of).collect()),
        Value::Object(table) => toml::Value::Table(
            table.iter().filter_map(|(key, value)| Some((key.clone(), toml_of(value)?))).collect(),
        ),
    })
}
