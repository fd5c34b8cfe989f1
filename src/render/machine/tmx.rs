//! A translation memory: sentences with their counterparts, as other translation tools read them.
//!
//! TMX 1.4b, <https://www.gala-global.org/tmx-14b>: the elements and attributes that its DTD asks
//! for, and no date, so that the same texts give the same bytes.

use super::xml::Xml;
use crate::lang::{Lang, PerLang};

/// Writes a translation memory. `tags` are the BCP 47 tags of the languages; Chinese is the source.
pub fn memory(units: &[PerLang<String>], tags: &PerLang<String>) -> Vec<u8> {
    let mut xml = Xml::document();
    xml.open("tmx", &[("version", "1.4")]);
    xml.empty(
        "header",
        &[
            ("creationtool", "gen"),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "sentence"),
            ("o-tmf", "gen"),
            ("adminlang", "en"),
            ("srclang", &tags.zh),
            ("datatype", "plaintext"),
        ],
    );
    xml.open("body", &[]);
    for unit in units {
        xml.open("tu", &[]);
        for lang in Lang::ALL {
            xml.open("tuv", &[("xml:lang", tags.get(lang))]);
            xml.text("seg", &[], unit.get(lang));
            xml.close("tuv");
        }
        xml.close("tu");
    }
    xml.close("body");
    xml.close("tmx");
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memory_has_what_the_format_asks_for() {
        let units = [PerLang { zh: "猫 < 狗\u{1}。".to_owned(), en: "Cats & dogs.".to_owned() }];
        let tags = PerLang { zh: "zh-Hans".to_owned(), en: "en".to_owned() };
        let text = String::from_utf8(memory(&units, &tags)).unwrap();
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<tmx version=\"1.4\">\n \
             <header creationtool=\"gen\" creationtoolversion=\"{version}\" segtype=\"sentence\" \
             o-tmf=\"gen\" adminlang=\"en\" srclang=\"zh-Hans\" datatype=\"plaintext\"/>\n \
             <body>\n  <tu>\n   <tuv xml:lang=\"zh-Hans\">\n    <seg>猫 &lt; 狗。</seg>\n   \
             </tuv>\n   <tuv xml:lang=\"en\">\n    <seg>Cats &amp; dogs.</seg>\n   </tuv>\n  \
             </tu>\n </body>\n</tmx>\n"
        );
        assert_eq!(text, expected);
    }
}
