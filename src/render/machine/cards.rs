//! Vocabulary for learners: a list for Anki, and the same as CSV and JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::termbase::{Example, pretty, schema_of, table};
use crate::lang::{Lang, PerLang};
use crate::parse::html::{escape_attribute, escape_text};

/// The words of an article, of a section or of a site.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Vocabulary {
    /// Whose words these are: in Anki the deck, with `::` between a deck and one inside of it.
    pub deck: String,
    /// The BCP 47 tags of the languages.
    pub languages: PerLang<String>,
    /// The words, in the order of their first use in an article, else by id.
    pub words: Vec<Card>,
}

/// A word to be learnt.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Card {
    /// Names the card in Anki. It is made from the site and the word's id, and stays when all else
    /// of the card changes.
    pub guid: String,
    /// The word's id in the glossary.
    pub id: String,
    /// The Chinese word.
    pub zh: Option<String>,
    /// The English word.
    pub en: Option<String>,
    /// How the Chinese is read.
    pub pinyin: Option<String>,
    /// The part of speech.
    pub part_of_speech: Option<String>,
    /// The group that it belongs to.
    pub category: Option<String>,
    /// What it means.
    pub definition: PerLang<Option<String>>,
    /// A sentence that uses it, with its counterpart.
    pub example: Option<Example>,
    /// The sentence as HTML, with the word in `<mark>`.
    #[serde(skip)]
    #[schemars(skip)]
    pub marked: PerLang<Option<String>>,
    /// The address of the word's page, where it has one.
    pub url: Option<String>,
}

/// Writes the words as JSON.
pub fn json(vocabulary: &Vocabulary) -> Vec<u8> {
    pretty(vocabulary)
}

/// The JSON Schema of what [`json`] writes, as `docs/vocabulary.schema.json` holds it.
pub fn schema() -> String {
    schema_of::<Vocabulary>()
}

/// The columns of the table.
const COLUMNS: [&str; 13] = [
    "guid",
    "id",
    "zh",
    "en",
    "pinyin",
    "part_of_speech",
    "category",
    "definition.zh",
    "definition.en",
    "example.zh",
    "example.en",
    "example.url",
    "url",
];

/// Writes the words as a table. `bom` begins it with a byte order mark.
pub fn csv(vocabulary: &Vocabulary, bom: bool) -> Vec<u8> {
    let row = |card: &Card| {
        let card = card.clone();
        let example = card.example.unwrap_or_default();
        let texts = [
            Some(card.guid),
            Some(card.id),
            card.zh,
            card.en,
            card.pinyin,
            card.part_of_speech,
            card.category,
            card.definition.zh,
            card.definition.en,
            example.text.zh,
            example.text.en,
            Some(example.url),
            card.url,
        ];
        texts.map(Option::unwrap_or_default)
    };
    table(&COLUMNS, vocabulary.words.iter().map(row), bom)
}

/// The columns of the list for Anki. `Front` and `Back` are the fields of Anki's note type *Basic*,
/// and hold all; the others are for note types of one's own with fields of these names.
const FIELDS: [&str; 10] = [
    "GUID",
    "Front",
    "Back",
    "Chinese",
    "Pinyin",
    "English",
    "Definition",
    "Example",
    "Source",
    "Tags",
];

/// Writes the words for Anki, <https://docs.ankiweb.net/importing/text-files.html>: one a line, with
/// tabs between the fields, which are HTML, after lines that say how to read them.
pub fn anki(vocabulary: &Vocabulary) -> Vec<u8> {
    let deck = flat(&vocabulary.deck);
    let tags = FIELDS.len();
    let mut out = format!(
        "#separator:tab\n#html:true\n#notetype:Basic\n#deck:{deck}\n#if matches:update current\n\
         #guid column:1\n#tags column:{tags}\n#columns:{}\n",
        FIELDS.join("\t")
    );
    for card in &vocabulary.words {
        let fields = fields(card, &vocabulary.languages).map(|field| quoted(&flat(&field)));
        out += &fields.join("\t");
        out.push('\n');
    }
    out.into_bytes()
}

/// A text without the signs that end fields and lines.
fn flat(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// A field as Anki's reader takes it: in quotation marks where it holds one.
fn quoted(field: &str) -> String {
    match field.contains('"') {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

fn fields(card: &Card, tags: &PerLang<String>) -> [String; 10] {
    let words = PerLang { zh: card.zh.as_deref().map(html), en: card.en.as_deref().map(html) };
    let definition = card.definition.clone();
    let definition = PerLang::from_fn(|lang| definition.get(lang).as_deref().map(html));
    let example = PerLang::from_fn(|lang| {
        let bold = |html: &String| html.replace("<mark>", "<b>").replace("</mark>", "</b>");
        card.marked.get(lang).as_ref().map(bold)
    });
    let lines = |texts: &PerLang<Option<String>>| -> String {
        texts.present().map(|(lang, html)| block(tags.get(lang), html)).collect()
    };
    let (definition, example) = (lines(&definition), lines(&example));
    let pinyin = card.pinyin.as_deref().map(html).unwrap_or_default();
    let url = card.example.as_ref().map(|example| &example.url).or(card.url.as_ref());
    // Beside a page there is no site that a path could be part of.
    let url = url.filter(|url| url.contains("://"));
    let source = url.map(|url| link(url)).unwrap_or_default();
    let first = if words.zh.is_some() { Lang::Zh } else { Lang::En };
    let front = words.get(first).clone().unwrap_or_default();
    let mut back = String::new();
    if !pinyin.is_empty() {
        back += &block("zh-Latn-pinyin", &pinyin);
    }
    if let (Lang::Zh, Some(en)) = (first, &words.en) {
        back += &block(&tags.en, &format!("<b>{en}</b>"));
    }
    back += &definition;
    if !example.is_empty() {
        back += &format!("<blockquote>{example}</blockquote>");
    }
    if !source.is_empty() {
        back += &format!("<div>{source}</div>");
    }
    [
        card.guid.clone(),
        span(tags.get(first), &front),
        back,
        words.zh.unwrap_or_default(),
        pinyin,
        words.en.unwrap_or_default(),
        definition,
        example,
        source,
        card_tags(card),
    ]
}

/// The tags of a card, which cannot hold a space.
fn card_tags(card: &Card) -> String {
    let tags = [&card.category, &card.part_of_speech].into_iter().flatten();
    let tags = tags.map(|tag| tag.split_whitespace().collect::<Vec<_>>().join("_"));
    tags.filter(|tag| !tag.is_empty()).collect::<Vec<_>>().join(" ")
}

fn html(text: &str) -> String {
    let mut out = String::new();
    escape_text(&mut out, text.trim());
    out.replace("\r\n", "<br>").replace('\n', "<br>")
}

fn block(tag: &str, html: &str) -> String {
    format!("<div lang=\"{tag}\">{html}</div>")
}

fn span(tag: &str, html: &str) -> String {
    format!("<span lang=\"{tag}\">{html}</span>")
}

fn link(url: &str) -> String {
    let (mut href, mut text) = (String::new(), String::new());
    escape_attribute(&mut href, url);
    escape_text(&mut text, url);
    format!("<a href=\"{href}\">{text}</a>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Card {
        Card {
            guid: "g1".to_owned(),
            id: "cat-tax".to_owned(),
            zh: Some("猫税".to_owned()),
            en: Some("cat \"tax\" <1>".to_owned()),
            pinyin: Some("māo shuì".to_owned()),
            part_of_speech: Some("proper noun".to_owned()),
            category: Some("slang".to_owned()),
            definition: PerLang { zh: Some("一\n\t二".to_owned()), en: None },
            example: Some(Example {
                text: PerLang { zh: Some("交猫税。".to_owned()), en: None },
                url: "https://a.org/x/?a&b".to_owned(),
            }),
            marked: PerLang { zh: Some("交<mark>猫税</mark>。".to_owned()), en: None },
            url: None,
        }
    }

    #[test]
    fn a_card_is_a_line_of_html() {
        let languages = PerLang { zh: "zh-Hans".to_owned(), en: "en".to_owned() };
        let deck = "文摘::甲\t乙".to_owned();
        let vocabulary = Vocabulary { deck, languages, words: vec![card()] };
        let text = String::from_utf8(anki(&vocabulary)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 9);
        assert_eq!(lines[3], "#deck:文摘::甲 乙");
        let fields: Vec<&str> = lines[8].split('\t').collect();
        let back = "<div lang=\"zh-Latn-pinyin\">māo shuì</div>\
                    <div lang=\"en\"><b>cat \"tax\" &lt;1&gt;</b></div>\
                    <div lang=\"zh-Hans\">一<br> 二</div>\
                    <blockquote><div lang=\"zh-Hans\">交<b>猫税</b>。</div></blockquote>\
                    <div><a href=\"https://a.org/x/?a&amp;b\">https://a.org/x/?a&amp;b</a></div>";
        assert_eq!(fields[0], "g1");
        assert_eq!(fields[1], "\"<span lang=\"\"zh-Hans\"\">猫税</span>\"");
        assert_eq!(fields[2], quoted(back));
        assert_eq!(fields[9], "slang proper_noun");
    }

    #[test]
    fn a_table_has_the_text_of_the_example() {
        let vocabulary =
            Vocabulary { deck: String::new(), languages: PerLang::default(), words: vec![card()] };
        let text = String::from_utf8(csv(&vocabulary, false)).unwrap();
        assert!(text.contains(",交猫税。,,https://a.org/x/?a&b,"), "{text}");
    }
}
