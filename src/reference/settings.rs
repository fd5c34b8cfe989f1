//! `docs/book.md`: the settings of `book.toml`, from the types of [`crate::config`].

use std::fmt::Write as _;

use serde_json::Value;

use super::schema::{Schema, description, values};
use crate::config::Config;

const HEAD: &str = "\
<!-- Written from src/config.rs: GEN_BLESS=1 cargo test --test docs -->

# book.toml

The settings of a site. Every key has a default: an empty file builds. A key that is not listed
here is an error.

A *plain or bilingual text* is a string, or one for each language:
`{ zh = \"文摘\", en = \"Digest\" }`. Where one language is missing, the other stands for it.

Editors that know JSON Schema complete and check the file with [book.schema.json](book.schema.json).
";

/// The page about settings.
pub fn settings() -> String {
    let schema = Schema::of::<Config>();
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let mut out = HEAD.to_owned();
    section(&schema, "", schema.root(), "", &defaults, &mut out);
    out
}

/// Writes a table of book.toml, then those inside it.
fn section(
    schema: &Schema,
    name: &str,
    node: &Value,
    what: &str,
    defaults: &Value,
    out: &mut String,
) {
    let mut fields = schema.fields(schema.resolve(node));
    if name == "languages" {
        fields.sort_by_key(|field| field.name != "zh");
    }
    let is_table = |node: &Value| schema.resolve(node)["properties"].is_object();
    let (tables, keys): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|field| is_table(field.schema));
    if !keys.is_empty() {
        let _ = write!(out, "\n## [{name}]\n\n");
        if !what.is_empty() {
            let _ = write!(out, "{what}\n\n");
        }
        *out += "| key | type | default | what it is |\n|---|---|---|---|\n";
    }
    for key in keys {
        let default = shown(&defaults[key.name]);
        let (words, what) = (schema.words(key.schema), meaning(schema, key.schema));
        // TOML has no null: such a key is left out.
        let words = words.trim_end_matches(" or null");
        let _ = writeln!(out, "| `{}` | {words} | {default} | {what} |", key.name);
    }
    for table in tables {
        let inner = match name {
            "" => table.name.to_owned(),
            name => format!("{name}.{}", table.name),
        };
        let what = description(table.schema);
        section(schema, &inner, table.schema, &what, &defaults[table.name], out);
    }
}

/// What a key means, with its bounds and with what each of its values means.
fn meaning(schema: &Schema, node: &Value) -> String {
    let mut out = description(node);
    if let (Some(least), Some(most)) = (node["minimum"].as_u64(), node["maximum"].as_u64()) {
        let _ = write!(out, " From {least} to {most}.");
    }
    for (value, what) in values(schema.resolve(node)) {
        let _ = write!(out, " `{value}`: {what}");
    }
    out
}

/// A default as it would stand in book.toml.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        value => format!("`{}`", toml(value)),
    }
}

fn toml(value: &Value) -> String {
    match value {
        Value::Object(table) if table.is_empty() => "{}".to_owned(),
        Value::Object(table) => {
            // Chinese first, as everywhere.
            let pairs: Vec<_> =
                table.iter().rev().map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}
