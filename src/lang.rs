//! The two languages of a site, and the three views in which a page is read.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// One of the two languages of a site.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both languages, Chinese first: the order of columns, feeds and files.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The key of the language in file names, URLs, settings and CSS classes: `zh` or `en`.
    pub fn key(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The other language.
    pub fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// The view that shows this language alone.
    pub fn view(self) -> View {
        match self {
            Lang::Zh => View::Zh,
            Lang::En => View::En,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// How a page is read: both languages side by side at the root of the site, or one of them
/// under `/zh/` or `/en/`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// Side by side (对照).
    Both,
    /// Chinese alone.
    Zh,
    /// English alone.
    En,
}

impl View {
    /// Every view, in the order in which their pages are planned.
    pub const ALL: [View; 3] = [View::Both, View::Zh, View::En];

    /// The folder of the view's pages, with its trailing slash: empty, `zh/` or `en/`.
    pub fn prefix(self) -> &'static str {
        match self {
            View::Both => "",
            View::Zh => "zh/",
            View::En => "en/",
        }
    }

    /// The key of the view in templates: `both`, `zh` or `en`.
    pub fn key(self) -> &'static str {
        match self {
            View::Both => "both",
            View::Zh => "zh",
            View::En => "en",
        }
    }

    /// The one language of the view, or none for the side-by-side view.
    pub fn lang(self) -> Option<Lang> {
        match self {
            View::Both => None,
            View::Zh => Some(Lang::Zh),
            View::En => Some(Lang::En),
        }
    }

    /// Whether the view shows a language.
    pub fn shows(self, lang: Lang) -> bool {
        self.lang().is_none_or(|only| only == lang)
    }
}

/// A value for each of the two languages.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(default, deny_unknown_fields, bound(deserialize = "T: Default + Deserialize<'de>"))]
pub struct PerLang<T> {
    /// The Chinese value.
    pub zh: T,
    /// The English value.
    pub en: T,
}

impl<T: JsonSchema> JsonSchema for PerLang<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("PerLang_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": {
                "zh": generator.subschema_for::<T>(),
                "en": generator.subschema_for::<T>(),
            },
            "additionalProperties": false,
        })
    }
}

impl<T> PerLang<T> {
    /// Builds both values with a function of the language.
    pub fn from_fn(mut make: impl FnMut(Lang) -> T) -> Self {
        PerLang { zh: make(Lang::Zh), en: make(Lang::En) }
    }

    /// The value of a language.
    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The value of a language, to change it.
    pub fn get_mut(&mut self, lang: Lang) -> &mut T {
        match lang {
            Lang::Zh => &mut self.zh,
            Lang::En => &mut self.en,
        }
    }

    /// Both values with their languages, Chinese first.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        [(Lang::Zh, &self.zh), (Lang::En, &self.en)].into_iter()
    }
}

impl<T> PerLang<Option<T>> {
    /// The value of the language, else that of the other one.
    pub fn either(&self, first: Lang) -> Option<&T> {
        self.get(first).as_ref().or(self.get(first.other()).as_ref())
    }

    /// The values that are there, with their languages.
    pub fn present(&self) -> impl Iterator<Item = (Lang, &T)> {
        self.iter().filter_map(|(lang, value)| value.as_ref().map(|v| (lang, v)))
    }
}
