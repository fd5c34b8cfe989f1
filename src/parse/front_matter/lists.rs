//! Keys that take one value for a list of one, and numbers for words.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::text::Text;

/// One value, or a list of them.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub(super) enum OneOrMany<T> {
    /// One.
    One(T),
    /// A list.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

/// A word, or a whole number that stands for one.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub(super) enum Word {
    /// A word.
    Text(String),
    /// A number.
    Number(i64),
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        match word {
            Word::Text(text) => text,
            Word::Number(number) => number.to_string(),
        }
    }
}

/// Reads a text or a list of texts.
pub(super) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Text>>, D::Error> {
    let list = Option::<OneOrMany<Text>>::deserialize(from)?;
    Ok(list.map(OneOrMany::into_vec))
}

/// Reads a word or a list of words.
pub(super) fn words<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    let list = Option::<OneOrMany<Word>>::deserialize(from)?;
    Ok(list.map(|list| list.into_vec().into_iter().map(String::from).collect()))
}

/// Reads a word.
pub(super) fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Word>::deserialize(from)?.map(String::from))
}
