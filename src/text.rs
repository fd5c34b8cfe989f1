//! Texts that readers see, in one wording or in one for each language.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lang::{Lang, PerLang};

/// A text that readers see: one string, or `{ zh = "…", en = "…" }`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(untagged)]
pub enum Text {
    /// The same text in both languages.
    Plain(String),
    /// A text for each language; either may be missing.
    Each(PerLang<Option<String>>),
}

impl Default for Text {
    fn default() -> Self {
        Text::Plain(String::new())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::Plain(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::Plain(text)
    }
}

impl Text {
    /// A text for each language.
    pub fn each(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Text::Each(PerLang { zh: Some(zh.into()), en: Some(en.into()) })
    }

    /// The text in a language, else in the other one, else nothing.
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Text::Plain(text) => text,
            Text::Each(each) => each.either(lang).map_or("", String::as_str),
        }
    }

    /// Whether the text was written for a language. A plain text was written for both.
    pub fn has(&self, lang: Lang) -> bool {
        match self {
            Text::Plain(text) => !text.is_empty(),
            Text::Each(each) => each.get(lang).is_some(),
        }
    }

    /// The text in each language.
    pub fn into_each(self) -> PerLang<String> {
        PerLang::from_fn(|lang| self.get(lang).to_owned())
    }

    /// Whether there is nothing to read in either language.
    pub fn is_empty(&self) -> bool {
        Lang::ALL.iter().all(|lang| self.get(*lang).trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_to_the_other_language() {
        let both = Text::each("猫税", "cat tax");
        assert_eq!((both.get(Lang::Zh), both.get(Lang::En)), ("猫税", "cat tax"));
        let one = Text::Each(PerLang { zh: Some("猫税".to_owned()), en: None });
        assert_eq!(
            (one.get(Lang::En), one.has(Lang::En), one.has(Lang::Zh)),
            ("猫税", false, true)
        );
        let plain = Text::from("momo");
        assert_eq!((plain.get(Lang::Zh), plain.has(Lang::En)), ("momo", true));
        assert!(Text::default().is_empty() && !Text::default().has(Lang::Zh));
    }

    #[test]
    fn reads_and_writes_both_forms() {
        for json in [r#""momo""#, r#"{"zh":"猫税","en":"cat tax"}"#] {
            let text: Text = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&text).unwrap(), json);
        }
    }
}
