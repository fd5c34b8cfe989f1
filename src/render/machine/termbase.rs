//! The glossary as a file of its own: JSON, for programs, and CSV, for spreadsheets.
//!
//! docs/exchange.md has the conventions of both. [`super::tbx`] writes the same for terminology tools.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::lang::PerLang;
use crate::parse::exchange::cells::{guard, join};
use crate::parse::exchange::field::Field;
use crate::parse::term::Term;

/// The glossary of a site.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Termbase {
    /// The name of the site.
    pub title: PerLang<String>,
    /// The address of the glossary's page: absolute where book.toml names a host.
    pub url: String,
    /// The BCP 47 tags of the languages.
    pub languages: PerLang<String>,
    /// The terms, by id.
    pub terms: Vec<TermEntry>,
}

/// A term of the glossary.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TermEntry {
    /// The term; its pinyin is filled where its author left it out.
    #[serde(flatten)]
    pub term: Term,
    /// The address of its page.
    pub url: String,
    /// A sentence from an article that uses it, with its counterpart.
    pub example: Option<Example>,
}

/// A sentence from an article, with its counterpart in the other language where that is sure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Example {
    /// The sentence in each language.
    #[serde(flatten)]
    pub text: PerLang<Option<String>>,
    /// The address of the sentence.
    pub url: String,
}

/// Writes the glossary as JSON.
pub fn json(base: &Termbase) -> Vec<u8> {
    pretty(base)
}

/// The JSON Schema of what [`json`] writes, as `docs/glossary.schema.json` holds it.
pub fn schema() -> String {
    schema_of::<Termbase>()
}

/// The JSON Schema of what a value is written as.
pub(super) fn schema_of<T: JsonSchema>() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    format!("{:#}\n", generator.into_root_schema_for::<T>().to_value())
}

/// Writes a value as JSON for people and programs, with a line break at its end.
pub(super) fn pretty(value: &impl Serialize) -> Vec<u8> {
    // Plain data, which serialises.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Writes the glossary as CSV: a row for each term, a column for each field. `bom` begins it with a
/// byte order mark, by which Excel knows UTF-8.
pub fn csv(base: &Termbase, bom: bool) -> Vec<u8> {
    let rows = base.terms.iter().map(|entry| {
        Field::ALL.map(|field| {
            let values = field.of(&entry.term);
            if field.is_list() { join(&values) } else { values.concat() }
        })
    });
    table(&Field::ALL.map(Field::name), rows, bom)
}

/// Writes a table by RFC 4180, with no cell that a spreadsheet would compute.
pub(super) fn table<const N: usize>(
    header: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
    bom: bool,
) -> Vec<u8> {
    let start = if bom { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    // The only errors of the writer are those of its sink, and a `Vec` has none.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row.each_ref().map(|cell| guard(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::exchange;

    fn base() -> Termbase {
        let term = Term {
            id: "cat-tax".to_owned(),
            zh: Some("猫税".to_owned()),
            en: Some("=cat, \"tax\"".to_owned()),
            aliases: PerLang { zh: vec!["交|税".to_owned(), "税".to_owned()], en: Vec::new() },
            definition: PerLang { zh: Some("一\n二".to_owned()), en: None },
            ..Term::default()
        };
        let entry = TermEntry { term, url: "/glossary/cat-tax/".to_owned(), example: None };
        Termbase {
            title: PerLang::default(),
            url: "/glossary/".to_owned(),
            languages: PerLang { zh: "zh-Hans".to_owned(), en: "en".to_owned() },
            terms: vec![entry],
        }
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let text = String::from_utf8(csv(&base(), true)).unwrap();
        let row = "cat-tax,猫税,\"'=cat, \"\"tax\"\"\",,,,\"一\n二\",,交\\|税 | 税,,,,,,,\r\n";
        let header = "\u{feff}id,zh,en,pinyin,part_of_speech,category,definition.zh,definition.en,\
                      aliases.zh,aliases.en,avoid.zh,avoid.en,see,sources,first_seen,known\r\n";
        assert_eq!(text, format!("{header}{row}"));
        let (terms, problems) = exchange::csv::read("x", &text);
        assert_eq!(problems, []);
        assert_eq!(terms[0].term, base().terms[0].term);
    }

    #[test]
    fn json_has_the_keys_of_a_term() {
        let value: serde_json::Value = serde_json::from_slice(&json(&base())).unwrap();
        let term = &value["terms"][0];
        assert_eq!(term["aliases"]["zh"][0], "交|税");
        assert_eq!(term["url"], "/glossary/cat-tax/");
        assert!(term["pinyin"].is_null());
    }
}
