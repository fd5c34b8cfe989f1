//! A JSON Schema read for people: types in words, fields in the order of the source.

use std::fmt::Write as _;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The JSON Schema of a type, with the definitions that it refers to.
pub(super) struct Schema {
    root: Value,
}

/// A field of a table.
pub(super) struct Field<'a> {
    pub name: &'a str,
    pub schema: &'a Value,
}

impl Schema {
    /// The schema of what a type is written as.
    pub(super) fn of<T: JsonSchema>() -> Self {
        let generator = SchemaSettings::default().for_serialize().into_generator();
        Schema { root: generator.into_root_schema_for::<T>().to_value() }
    }

    /// The type itself.
    pub(super) fn root(&self) -> &Value {
        &self.root
    }

    /// The definition of a name.
    pub(super) fn definition(&self, name: &str) -> &Value {
        &self.root["$defs"][name]
    }

    /// What a reference refers to; anything else is itself.
    pub(super) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        name_of(schema).map_or(schema, |name| self.definition(name))
    }

    /// The fields of a table: those that are always there first, in the order of the source.
    pub(super) fn fields<'a>(&self, schema: &'a Value) -> Vec<Field<'a>> {
        let Some(properties) = schema["properties"].as_object() else { return Vec::new() };
        let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
        let place = |name: &str| required.iter().position(|other| other == name);
        let mut fields: Vec<Field<'a>> =
            properties.iter().map(|(name, schema)| Field { name, schema }).collect();
        fields.sort_by_key(|field| place(field.name).unwrap_or(usize::MAX));
        fields
    }

    /// A type in words. Tables that have a name are linked to their headings.
    pub(super) fn words(&self, schema: &Value) -> String {
        if let Some(name) = name_of(schema) {
            return self.named(name);
        }
        if let Some(each) = per_language(schema) {
            let words = self.words(each);
            return match words.strip_suffix(" or null") {
                Some(words) => format!("bilingual {words}; either may be null"),
                None => format!("bilingual {words}"),
            };
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            return choices.iter().map(|one| self.words(one)).collect::<Vec<_>>().join(" or ");
        }
        match &schema["type"] {
            Value::Array(types) => {
                types.iter().map(|one| self.basic(one, schema)).collect::<Vec<_>>().join(" or ")
            }
            one => self.basic(one, schema),
        }
    }

    fn basic(&self, kind: &Value, schema: &Value) -> String {
        match kind.as_str() {
            Some("string") => "text".to_owned(),
            Some("integer" | "number") => "number".to_owned(),
            Some("boolean") => "true or false".to_owned(),
            Some("array") => format!("list of {}", self.words(&schema["items"])),
            Some("object") => format!("table of {}", self.words(&schema["additionalProperties"])),
            Some(other) => other.to_owned(),
            None => "anything".to_owned(),
        }
    }

    fn named(&self, name: &str) -> String {
        let definition = self.definition(name);
        let values = values(definition);
        if let [others @ .., last] = values.as_slice()
            && let Some((first, others)) = others.split_first()
        {
            let mut out = format!("`{}`", first.0);
            for (value, _) in others {
                let _ = write!(out, ", `{value}`");
            }
            return format!("{out} or `{}`", last.0);
        }
        if definition["properties"].is_object() {
            return format!("[{name}](#{})", name.to_lowercase());
        }
        // A text in one wording or in one for each language.
        if definition["anyOf"].is_array() {
            return "plain or bilingual text".to_owned();
        }
        self.words(definition)
    }
}

/// The name that a schema refers to.
pub(super) fn name_of(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/$defs/")
}

/// The type of each half of a table with `zh` and `en` and nothing else.
pub(super) fn per_language(schema: &Value) -> Option<&Value> {
    let properties = schema["properties"].as_object()?;
    if properties.len() == 2 && properties.contains_key("en") { properties.get("zh") } else { None }
}

/// The values of an enumeration, each with what it means.
pub(super) fn values(definition: &Value) -> Vec<(&str, String)> {
    let choices = definition["oneOf"].as_array().map_or(&[][..], Vec::as_slice);
    choices.iter().filter_map(|one| Some((one["const"].as_str()?, description(one)))).collect()
}

/// What a doc comment says, on one line, fit for a table.
pub(super) fn description(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
