//! A translation memory: sentences with their counterparts, as other translation tools read them.
//!
//! TMX 1.4b, <https://www.gala-global.org/tmx-14b>: the elements and attributes that its DTD asks
//! for, and no date, so that the same texts give the same bytes.

use std::fmt::Write as _;

use super::termbase::table;
use super::xml::clean;
use crate::lang::{Lang, PerLang};
use crate::memo::Hasher;

/// Sentences that say the same in both languages.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unit {
    /// Names the unit, as long as its texts stay the same: see [`unit_ids`].
    pub id: String,
    /// The sentences of each language in one line.
    pub text: PerLang<String>,
    /// Where they stand: the address of the article, if it is known.
    pub url: Option<String>,
}

/// The ids of the units of a text that `scope` names: made from what the units say, so that an id
/// stays while others come and go. Of units that say the same, later ones are numbered.
pub fn unit_ids(scope: &str, texts: &[PerLang<String>]) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let id = |text: &PerLang<String>| {
        let key = Hasher::new().str("unit").str(scope).str(&text.zh).str(&text.en).finish();
        let id = key.to_string()[..16].to_owned();
        let count = seen.entry(id.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count == 1 { id } else { format!("{id}-{count}") }
    };
    texts.iter().map(id).collect()
}

/// Writes a translation memory. `tags` are the BCP 47 tags of the languages; Chinese is the source.
pub fn memory(units: &[Unit], tags: &PerLang<String>) -> Vec<u8> {
    let body: String = units.iter().map(|unit| written(unit, tags)).collect();
    around(&[body.as_bytes()], tags)
}

/// Puts units, as [`written`] gives them, into a file.
pub fn around(units: &[&[u8]], tags: &PerLang<String>) -> Vec<u8> {
    let version = env!("CARGO_PKG_VERSION");
    let source = escape(&tags.zh);
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<tmx version=\"1.4\">\n <header \
         creationtool=\"gen\" creationtoolversion=\"{version}\" segtype=\"sentence\" o-tmf=\"gen\" \
         adminlang=\"en\" srclang=\"{source}\" datatype=\"plaintext\" o-encoding=\"utf-8\"/>\n \
         <body>\n"
    );
    [&[head.as_bytes()], units, &[" </body>\n</tmx>\n".as_bytes()]].concat().concat()
}

/// Writes a unit as it stands in a file.
pub fn written(unit: &Unit, tags: &PerLang<String>) -> String {
    let mut out = format!("  <tu tuid=\"{}\">\n", escape(&unit.id));
    if let Some(url) = &unit.url {
        let _ = writeln!(out, "   <note>{}</note>", escape(url));
    }
    for lang in Lang::ALL {
        let (tag, text) = (escape(tags.get(lang)), escape(unit.text.get(lang)));
        let _ = writeln!(out, "   <tuv xml:lang=\"{tag}\"><seg>{text}</seg></tuv>");
    }
    out + "  </tu>\n"
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(clean(text)).into_owned()
}

/// Writes a translation memory as a table. `bom` begins it with a byte order mark.
pub fn csv(units: &[Unit], bom: bool) -> Vec<u8> {
    let row = |unit: &Unit| {
        let Unit { id, text, url } = unit.clone();
        [id, text.zh, text.en, url.unwrap_or_default()]
    };
    table(&["id", "zh", "en", "url"], units.iter().map(row), bom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit() -> Unit {
        let text = PerLang { zh: "猫 < 狗\u{1}。".to_owned(), en: "Cats & dogs.".to_owned() };
        Unit { id: "a-2".to_owned(), text, url: Some("https://a.org/?a&b".to_owned()) }
    }

    #[test]
    fn a_memory_has_what_the_format_asks_for() {
        let tags = PerLang { zh: "zh-Hans".to_owned(), en: "en".to_owned() };
        let text = String::from_utf8(memory(&[unit()], &tags)).unwrap();
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<tmx version=\"1.4\">\n \
             <header creationtool=\"gen\" creationtoolversion=\"{version}\" segtype=\"sentence\" \
             o-tmf=\"gen\" adminlang=\"en\" srclang=\"zh-Hans\" datatype=\"plaintext\" \
             o-encoding=\"utf-8\"/>\n <body>\n  <tu tuid=\"a-2\">\n   \
             <note>https://a.org/?a&amp;b</note>\n   \
             <tuv xml:lang=\"zh-Hans\"><seg>猫 &lt; 狗。</seg></tuv>\n   \
             <tuv xml:lang=\"en\"><seg>Cats &amp; dogs.</seg></tuv>\n  </tu>\n </body>\n</tmx>\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn ids_stay_while_others_come_and_go() {
        let text = |zh: &str| PerLang { zh: zh.to_owned(), en: "x".to_owned() };
        let ids = unit_ids("a", &[text("一"), text("二"), text("一")]);
        assert_eq!(ids[2], format!("{}-2", ids[0]));
        assert_eq!(unit_ids("a", &[text("零"), text("二")])[1], ids[1]);
        assert_ne!(unit_ids("b", &[text("一")])[0], ids[0]);
    }
}
