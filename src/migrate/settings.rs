//! The settings of the old site, as far as gen has the like.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Files, Note, Old, note};
use crate::lang::Lang;
use crate::msg;
use crate::parse::{data, front_matter};

/// What is taken over of a site's settings.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// The file that they are in.
    pub file: String,
    pub title: String,
    pub description: String,
    pub authors: Vec<String>,
    /// Where it is published, in full.
    pub url: Option<String>,
    /// The path under which it lies, without slashes at its ends.
    pub base: String,
    /// Its main language.
    pub lang: Lang,
}

impl Default for Settings {
    fn default() -> Self {
        let (title, description, base) = (String::new(), String::new(), String::new());
        let (file, lang) = (".".to_owned(), Lang::En);
        Settings { file, title, description, authors: Vec::new(), url: None, base, lang }
    }
}

impl Settings {
    /// Takes the address of the site, and the path in it.
    pub fn at(&mut self, url: &str, root: &str) {
        let url = url.trim().trim_end_matches('/');
        let host = url.find("://").map_or(0, |at| at + 3);
        let path = url[host..].find('/').map_or("", |at| &url[host + at..]);
        let mut base = path.trim_matches('/').to_owned();
        let root = root.trim_matches('/');
        if !root.is_empty() && base != root && !base.ends_with(&format!("/{root}")) {
            base = format!("{base}/{root}").trim_matches('/').to_owned();
        }
        let host = &url[..url.len() - path.len()];
        let real = host.starts_with("http") && host.len() > 8;
        let end = if base.is_empty() { String::new() } else { format!("{base}/") };
        self.url = real.then(|| format!("{host}/{end}"));
        self.base = base;
    }

    /// Where the site lies, from the root of its host.
    pub fn root(&self) -> String {
        if self.base.is_empty() { "/".to_owned() } else { format!("/{}/", self.base) }
    }

    /// The book.toml of the new site.
    ///
    /// `names` are those of tags and categories that are not the last parts of their addresses.
    pub fn book(&self, names: &Names) -> String {
        let mut out = String::from("[book]\n");
        let text = |text: &str| toml::Value::from(text).to_string();
        if !self.title.is_empty() {
            let _ = writeln!(out, "title = {}", text(&self.title));
        }
        if !self.description.is_empty() {
            let _ = writeln!(out, "description = {}", text(&self.description));
        }
        if !self.authors.is_empty() {
            let all: Vec<String> = self.authors.iter().map(|author| text(author)).collect();
            let _ = writeln!(out, "authors = [{}]", all.join(", "));
        }
        let _ = writeln!(out, "language = \"{}\"", self.lang);
        let root = self.root();
        if let Some(url) = self.url.as_ref().or((root != "/").then_some(&root)) {
            let _ = writeln!(out, "\n[output.html]\nsite-url = {}", text(url));
        }
        for (kind, names) in names.iter().filter(|(_, names)| !names.is_empty()) {
            let _ = writeln!(out, "\n[taxonomies.{kind}.terms]");
            for (id, name) in names {
                let _ = writeln!(out, "{} = {}", text(id), text(name));
            }
        }
        out
    }
}

/// What tags and categories are called, by kind and id.
pub(super) type Names = BTreeMap<&'static str, BTreeMap<String, String>>;

/// A language of gen's for the code of one: `zh-Hans-CN`, `cn` and `zh_TW` are Chinese.
pub(super) fn language(code: &str) -> Option<Lang> {
    let code = code.to_ascii_lowercase();
    match code.split(['-', '_']).next() {
        Some("zh" | "cn" | "zho" | "cmn") => Some(Lang::Zh),
        Some("en" | "eng") => Some(Lang::En),
        _ => None,
    }
}

/// The first of some files of settings that is there, read; an empty table if there is none or it is broken.
pub(super) fn read(files: &Files, names: &[&str], old: &mut Old) -> Value {
    let found = names.iter().find_map(|name| Some((*name, files.get(*name)?)));
    let Some((name, file)) = found else {
        let all = names.join(", ");
        let text = msg!("there are no settings: {all}", "没有配置文件：{all}");
        old.notes.push(note(".", None, text));
        return Value::Object(serde_json::Map::new());
    };
    old.settings.file = name.to_owned();
    let text = String::from_utf8_lossy(&file.bytes);
    let mut problems = Vec::new();
    let read = data::parse_file(name, &text, &mut problems).map(|node| node.in_order());
    if read.is_none() {
        let why = problems.first().map(|problem| problem.message.clone());
        let why = why.unwrap_or_else(|| msg!("of an unknown format", "格式不明"));
        let (en, zh) = (&why.en, &why.zh);
        old.notes.push(note(
            name,
            None,
            msg!("the settings cannot be read: {en}", "读不出配置：{zh}"),
        ));
    }
    read.filter(Value::is_object).unwrap_or_else(|| Value::Object(serde_json::Map::new()))
}

/// A text among settings, by the path of its keys.
pub(super) fn text<'v>(settings: &'v Value, keys: &[&str]) -> Option<&'v str> {
    let found = keys.iter().try_fold(settings, |value, key| value.get(key))?;
    found.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// A file as front matter and text: the table, the text, the line on which it begins. None if it has no
/// front matter.
pub(super) fn split(
    path: &str,
    file: &str,
    notes: &mut Vec<Note>,
) -> Option<(serde_json::Map<String, Value>, String, usize)> {
    let (found, start, problems) = front_matter::split(path, file);
    let (_, range) = found.or_else(|| {
        notes.extend(problems.first().map(|problem| note(path, Some(1), problem.message.clone())));
        None
    })?;
    let (line, body) = (file[..start].matches('\n').count() + 1, file[start..].to_owned());
    // An empty table is one too.
    let name =
        if file.trim_start_matches('\u{feff}').starts_with("+++") { "x.toml" } else { "x.yaml" };
    let mut problems = Vec::new();
    let front = match file[range.clone()].trim() {
        "" => Some(Value::Object(serde_json::Map::new())),
        _ => data::parse_file(name, &file[range], &mut problems).map(|node| node.in_order()),
    };
    match front {
        Some(Value::Object(front)) => Some((front, body, line)),
        _ => {
            let why = problems.first().map(|problem| problem.message.clone());
            let why = why.unwrap_or_else(|| msg!("it is no table", "它不是表"));
            let (en, zh) = (&why.en, &why.zh);
            let text = msg!("the front matter cannot be read: {en}", "读不出头部信息：{zh}");
            notes.push(note(path, Some(1), text));
            Some((serde_json::Map::new(), body, line))
        }
    }
}
