//! What the nodes of JSON-LD are built of: properties, references, names, languages.

use serde_json::{Map, Value, json};

use crate::date::Date;

use super::WebsiteLd;

/// A node while its properties are written down; what is missing or empty is left out.
pub(super) struct Node(Map<String, Value>);

impl Node {
    pub(super) fn new(kind: &str) -> Self {
        Node(Map::from_iter([("@type".to_owned(), Value::from(kind))]))
    }

    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let missing = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !missing {
            self.0.insert(key.to_owned(), value);
        }
        self
    }

    pub(super) fn date(self, key: &str, date: Option<Date>) -> Self {
        self.with(key, date.map(|date| date.iso()))
    }

    pub(super) fn value(self) -> Value {
        Value::Object(self.0)
    }

    /// The node as a text of its own.
    pub(super) fn script(self) -> String {
        let context = ("@context".to_owned(), Value::from("https://schema.org"));
        let whole: Map<_, _> = std::iter::once(context).chain(self.0).collect();
        escape(&Value::Object(whole).to_string())
    }
}

/// Writes the characters that could end a script element or a line of JavaScript as escapes.
/// They occur only inside of strings, where JSON allows it.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

pub(super) fn id(url: &str, fragment: &str) -> Value {
    Value::from(format!("{url}#{fragment}"))
}

/// A reference to a node with a name of its own.
pub(super) fn reference(url: &str, fragment: &str) -> Value {
    json!({ "@id": id(url, fragment) })
}

pub(super) fn site_reference(site: &WebsiteLd) -> Value {
    Node::new("WebSite")
        .with("@id", id(&site.url, "website"))
        .with("name", site.name.as_str())
        .with("url", site.url.as_str())
        .value()
}

pub(super) fn named(kind: &str, names: &[String]) -> Vec<Value> {
    names.iter().map(|name| json!({ "@type": kind, "name": name })).collect()
}

/// The languages of a node: one tag, or a list of both.
pub(super) fn languages(tags: &[String]) -> Value {
    match tags {
        [only] => Value::from(only.as_str()),
        several => Value::from(several.to_vec()),
    }
}
