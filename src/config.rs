//! The settings of a site: `book.toml`.

mod check;
mod checking;
pub mod policy;
mod reading;
mod site;

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use check::is_site_url;
pub use checking::Check;
pub use reading::{
    Align, Feed, Glossary, GlossaryExport, GlossaryLink, Language, Languages, Limits, Markdown,
    Pinyin, Quotes, RawHtml, Search, Spacing, Taxonomies, Taxonomy, Typography, VocabularyExport,
};
pub use site::{Book, Build, Html, Images, OneLanguage, Output, Serve};

use crate::diag::Diagnostic;
use crate::lang::PerLang;
use crate::parse::data::{self, Node};
use crate::parse::schema::Schema;

/// The settings of a site, `book.toml`. Every key has a default: an empty file builds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Config {
    /// What the site is.
    pub book: Book,
    /// How it is built.
    pub build: Build,
    /// What is written.
    pub output: Output,
    /// The two languages.
    pub languages: Languages,
    /// What articles are grouped by.
    pub taxonomies: Taxonomies,
    /// How terms of the glossary are linked in articles.
    pub glossary: Glossary,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// How texts are set.
    pub typography: Typography,
    /// How the two versions of a text are paired.
    pub align: Align,
    /// Atom and JSON feeds.
    pub feed: Feed,
    /// Search in the page.
    pub search: Search,
    /// What `gen check` reports.
    pub check: Check,
    /// What the site's own templates and its pictures may take.
    pub limits: Limits,
    /// How `gen serve` shows the site to its writers.
    pub serve: Serve,
}

impl Default for Config {
    fn default() -> Self {
        let language = |tag: &str, name: &str| Language { tag: tag.into(), name: name.into() };
        Config {
            book: Book::default(),
            build: Build::default(),
            output: Output::default(),
            languages: PerLang { zh: language("zh-Hans", "中文"), en: language("en", "English") },
            taxonomies: Taxonomies::default(),
            glossary: Glossary::default(),
            markdown: Markdown::default(),
            typography: Typography::default(),
            align: Align::default(),
            feed: Feed::default(),
            search: Search::default(),
            check: Check::default(),
            limits: Limits::default(),
            serve: Serve::default(),
        }
    }
}

static SCHEMA: LazyLock<Schema<Config>> = LazyLock::new(Schema::new);

/// Tables whose keys have defaults that depend on where the table stands.
const FILLED: [&str; 6] = [
    "/languages",
    "/languages/zh",
    "/languages/en",
    "/taxonomies/tags",
    "/taxonomies/categories",
    "/taxonomies/issues",
];

impl Config {
    /// Reads book.toml. A key that is unknown or of a wrong type is left out: its default stands.
    pub fn parse(path: &str, text: &str) -> (Config, Vec<Diagnostic>) {
        let (config, _, diagnostics) = Config::parse_tree(path, text);
        (config, diagnostics)
    }

    /// Reads book.toml, with the tree that knows the bytes of its values; none if it is no TOML.
    pub fn parse_tree(path: &str, text: &str) -> (Config, Option<Node>, Vec<Diagnostic>) {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut node = match data::parse_toml(path, &text[start..], start) {
            Ok(node) => node,
            Err(diagnostics) => return (Config::default(), None, diagnostics),
        };
        let mut diagnostics = Vec::new();
        data::clean(path, &mut node, &mut diagnostics);
        let (value, problems) = SCHEMA.check(path, &node);
        diagnostics.extend(problems);
        let config = value.and_then(|value| SCHEMA.build(path, &node, filled(value)).ok());
        let config = config.unwrap_or_default();
        check::check(path, &node, &config, &mut diagnostics);
        (config, Some(node), diagnostics)
    }
}

/// Adds the defaults that serde cannot know.
fn filled(mut value: Value) -> Value {
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    for pointer in FILLED {
        let own = value.pointer_mut(pointer).and_then(Value::as_object_mut);
        let default = defaults.pointer(pointer).and_then(Value::as_object);
        if let (Some(own), Some(default)) = (own, default) {
            for (key, value) in default {
                own.entry(key).or_insert_with(|| value.clone());
            }
        }
    }
    value
}

/// The JSON Schema of book.toml, as `docs/book.schema.json` holds it.
pub fn json_schema() -> String {
    format!("{:#}\n", SCHEMA.json())
}

#[cfg(test)]
mod tests;
