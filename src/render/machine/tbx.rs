//! The glossary for terminology tools: TBX version 3 (ISO 30042:2019), dialect TBX-Basic, style DCA.
//!
//! The data categories are those of the modules Min and Basic,
//! <https://github.com/LTAC-Global/TBX-Basic_dialect>. What they have no category for stands in notes
//! that [`crate::parse::exchange::tbx`] knows; docs/exchange.md lists both.

use super::termbase::{Example, TermEntry, Termbase};
use super::xml::Xml;
use crate::lang::{Lang, PerLang};
use crate::parse::exchange::field::Field;
use crate::parse::exchange::tbx::{DIGIT, PARTS_OF_SPEECH};
use crate::parse::term::Term;

/// The namespace of the second edition of ISO 30042.
const NAMESPACE: &str = "urn:iso:std:iso:30042:ed-2";

/// Writes a glossary that has a term at least: the format knows no empty one.
pub fn termbase(base: &Termbase, default: Lang) -> Vec<u8> {
    let mut xml = Xml::document();
    let lang = base.languages.get(default);
    let attributes =
        [("style", "dca"), ("type", "TBX-Basic"), ("xmlns", NAMESPACE), ("xml:lang", lang)];
    xml.open("tbx", &attributes);
    header(&mut xml, base, default);
    xml.open("text", &[]);
    xml.open("body", &[]);
    for entry in &base.terms {
        concept(&mut xml, entry, &base.languages);
    }
    for element in ["body", "text", "tbx"] {
        xml.close(element);
    }
    xml.finish()
}

fn header(xml: &mut Xml, base: &Termbase, default: Lang) {
    xml.open("tbxHeader", &[]);
    xml.open("fileDesc", &[]);
    xml.open("titleStmt", &[]);
    xml.text("title", &[], base.title.get(default));
    xml.close("titleStmt");
    xml.open("sourceDesc", &[]);
    xml.text("p", &[], &format!("{} (gen {})", base.url, env!("CARGO_PKG_VERSION")));
    for element in ["sourceDesc", "fileDesc", "tbxHeader"] {
        xml.close(element);
    }
}

/// An id as XML has it, where a name begins with no digit.
fn xml_id(id: &str) -> String {
    let digit = id.starts_with(|c: char| c.is_ascii_digit());
    if digit { format!("{DIGIT}{id}") } else { id.to_owned() }
}

/// A text in one line: white space has no meaning in TBX.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn typed(xml: &mut Xml, element: &str, category: &str, text: &str) {
    xml.text(element, &[("type", category)], &line(text));
}

fn note(xml: &mut Xml, field: Field, text: &str) {
    xml.text("note", &[], &format!("{}: {}", field.name(), line(text)));
}

fn concept(xml: &mut Xml, entry: &TermEntry, tags: &PerLang<String>) {
    let term = &entry.term;
    xml.open("conceptEntry", &[("id", &xml_id(&term.id))]);
    for text in Field::Category.of(term) {
        typed(xml, "descrip", "subjectField", &text);
    }
    for (lang, names) in Lang::ALL.map(|lang| (lang, names(term, lang))) {
        // A definition stands with the names of its language, where there are any.
        if let (Some(text), true) = (definition(term, lang), names.is_empty()) {
            let attributes = [("type", "definition"), ("xml:lang", tags.get(lang).as_str())];
            xml.text("descrip", &attributes, &line(&text));
        }
    }
    for id in Field::See.of(term) {
        let attributes = [("type", "crossReference"), ("target", &*xml_id(&id))];
        xml.text("ref", &attributes, &id);
    }
    for source in Field::Sources.of(term) {
        typed(xml, "admin", "source", &source);
    }
    let part = Field::PartOfSpeech.of(term).concat();
    if !part.is_empty() && (basic_part(&part) != part || part == "other") {
        note(xml, Field::PartOfSpeech, &part);
    }
    for date in Field::FirstSeen.of(term) {
        note(xml, Field::FirstSeen, &date);
    }
    for lang in Field::Known.of(term) {
        note(xml, Field::Known, &lang);
    }
    for lang in Lang::ALL {
        section(xml, entry, lang, tags);
    }
    xml.close("conceptEntry");
}

fn definition(term: &Term, lang: Lang) -> Option<String> {
    let field = if lang == Lang::Zh { Field::DefinitionZh } else { Field::DefinitionEn };
    field.of(term).into_iter().next()
}

/// The part of speech as TBX-Basic has it: what the last word says (`proper noun`), in either
/// language.
fn basic_part(part: &str) -> &'static str {
    let last = part.split_whitespace().last().unwrap_or_default().to_lowercase();
    let known = PARTS_OF_SPEECH.into_iter().find(|known| *known == last);
    known.unwrap_or(match last.as_str() {
        "名词" | "专名" => "noun",
        "动词" => "verb",
        "形容词" => "adjective",
        "副词" => "adverb",
        _ => "other",
    })
}

/// The names of a term in a language, each with its status.
fn names(term: &Term, lang: Lang) -> Vec<(String, &'static str)> {
    let fields = match lang {
        Lang::Zh => [Field::Zh, Field::AliasesZh, Field::AvoidZh],
        Lang::En => [Field::En, Field::AliasesEn, Field::AvoidEn],
    };
    let status = ["preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"];
    let all = fields.into_iter().zip(status);
    all.flat_map(|(field, status)| field.of(term).into_iter().map(move |name| (name, status)))
        .collect()
}

fn section(xml: &mut Xml, entry: &TermEntry, lang: Lang, tags: &PerLang<String>) {
    let term = &entry.term;
    let names = names(term, lang);
    if names.is_empty() {
        return;
    }
    xml.open("langSec", &[("xml:lang", tags.get(lang))]);
    if let Some(text) = definition(term, lang) {
        typed(xml, "descrip", "definition", &text);
    }
    let part = Field::PartOfSpeech.of(term).concat();
    for (at, (name, status)) in names.iter().enumerate() {
        xml.open("termSec", &[]);
        xml.text("term", &[], &line(name));
        if !part.is_empty() {
            typed(xml, "termNote", "partOfSpeech", basic_part(&part));
        }
        typed(xml, "termNote", "administrativeStatus", status);
        if at == 0 {
            example(xml, entry.example.as_ref(), lang);
        }
        let pinyin = Field::Pinyin.of(term).into_iter().filter(|_| at == 0 && lang == Lang::Zh);
        pinyin.for_each(|pinyin| note(xml, Field::Pinyin, &pinyin));
        xml.close("termSec");
    }
    xml.close("langSec");
}

fn example(xml: &mut Xml, example: Option<&Example>, lang: Lang) {
    let Some(Example { text, url }) = example else { return };
    let Some(text) = text.get(lang) else { return };
    xml.open("descripGrp", &[]);
    typed(xml, "descrip", "context", text);
    typed(xml, "admin", "source", url);
    xml.close("descripGrp");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::exchange;

    #[test]
    fn what_is_written_is_read() {
        let text = "id,zh,en,pinyin,part_of_speech,category,definition.zh,definition.en,aliases.zh,\
                    aliases.en,avoid.zh,avoid.en,see,sources,first_seen,known\n\
                    996,九九六,996 & all,jiǔ jiǔ liù,proper noun,work,从<早>,from dawn,a | b,c,d,e | f,\
                    lone,A book | https://a.org/?a&b,2019-03-27,zh | en\n\
                    lone,,only English,,verb,,没有中文的词,,,,,,996,,,\n";
        let (terms, _) = exchange::csv::read("x", text);
        let example = Example {
            text: PerLang { zh: Some("用 996。".to_owned()), en: None },
            url: "https://a.org/#p1-z1".to_owned(),
        };
        let entry = |term: &Term| TermEntry {
            term: term.clone(),
            url: String::new(),
            example: Some(example.clone()),
        };
        let base = Termbase {
            title: PerLang { zh: "文摘".to_owned(), en: "Digest".to_owned() },
            url: "https://a.org/glossary/".to_owned(),
            languages: PerLang { zh: "zh-Hans".to_owned(), en: "en".to_owned() },
            terms: terms.iter().map(|one| entry(&one.term)).collect(),
        };
        let written = String::from_utf8(termbase(&base, Lang::Zh)).unwrap();
        let (read, problems) = exchange::tbx::read("x", &written);
        assert_eq!(problems, []);
        let read: Vec<_> = read.into_iter().map(|one| one.term).collect();
        assert_eq!(read, terms.into_iter().map(|one| one.term).collect::<Vec<_>>());
    }
}
