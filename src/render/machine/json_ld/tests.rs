use serde_json::{Value, json};

use super::*;

const HOSTILE: &str = "</script><!-- & \"'\\ \u{2028}\u{2029}\u{0} 🐱 ]]>";

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn read(script: &str) -> Value {
    for unsafe_text in ["<", ">", "&", "\u{2028}", "\u{2029}"] {
        assert!(!script.contains(unsafe_text), "{unsafe_text:?} in {script}");
    }
    let value: Value = serde_json::from_str(script).unwrap();
    assert_eq!(value["@context"], "https://schema.org");
    value
}

fn site() -> WebsiteLd {
    WebsiteLd {
        name: "Digest".to_owned(),
        url: "https://e.org/".to_owned(),
        authors: strings(&["momo"]),
        tags: strings(&["zh-Hans", "en"]),
        ..WebsiteLd::default()
    }
}

fn page(lang: &str, tag: &str) -> ArticleLd {
    ArticleLd {
        url: format!("https://e.org/{lang}/a/"),
        headline: HOSTILE.to_owned(),
        tags: strings(&[tag]),
        published: Some(Date::parse("2025-01-14").unwrap()),
        site: site(),
        ..ArticleLd::default()
    }
}

#[test]
fn an_article_has_what_is_required_and_nothing_empty() {
    let value = read(&article(&page("zh", "zh-Hans")));
    assert_eq!(value["@type"], "Article");
    assert_eq!(value["headline"], HOSTILE);
    assert_eq!(value["datePublished"], "2025-01-14");
    assert_eq!(value["inLanguage"], "zh-Hans");
    assert_eq!(value["author"], json!([{ "@type": "Organization", "name": "momo" }]));
    assert_eq!(value["isPartOf"]["@id"], "https://e.org/#website");
    for absent in ["editor", "image", "keywords", "mentions", "isBasedOn", "wordCount"] {
        assert!(value.get(absent).is_none(), "{absent}");
    }
    let anonymous = WebsiteLd { authors: Vec::new(), ..site() };
    let value = read(&article(&ArticleLd { site: anonymous, ..page("zh", "zh-Hans") }));
    assert_eq!(value["author"][0]["name"], "Digest");
}

#[test]
fn an_article_with_a_source_is_news() {
    let source = SourceLd {
        name: "The Times".to_owned(),
        author: Some("R".to_owned()),
        editor: Some(String::new()),
        published: Some(Date::parse("2025-01-13").unwrap()),
        ..SourceLd::default()
    };
    let input = ArticleLd {
        source: Some(source),
        authors: strings(&["A", "B"]),
        translators: strings(&["T"]),
        tags: strings(&["zh-Hans", "en"]),
        mentions: strings(&["https://e.org/glossary/cat-tax/"]),
        word_count: Some(321),
        ..page("both", "")
    };
    let value = read(&article(&input));
    assert_eq!(value["@type"], "NewsArticle");
    assert_eq!(value["inLanguage"], json!(["zh-Hans", "en"]));
    assert_eq!(value["author"][1], json!({ "@type": "Person", "name": "B" }));
    assert_eq!(value["translator"][0]["name"], "T");
    assert_eq!(value["wordCount"], 321);
    let based_on = &value["isBasedOn"];
    assert_eq!(
        (&based_on["name"], &based_on["author"]["name"]),
        (&"The Times".into(), &"R".into())
    );
    assert_eq!(based_on["publisher"]["name"], "The Times");
    assert_eq!(based_on["datePublished"], "2025-01-13");
    assert!(based_on.get("editor").is_none(), "an empty name is none");

    let term = TermLd { url: input.mentions[0].clone(), ..TermLd::default() };
    let term = read(&defined_term(&term, &TermSetLd::default()));
    assert_eq!(value["mentions"][0]["@id"], term["@id"]);
}

#[test]
fn the_versions_of_an_article_name_each_other() {
    let version = |lang: &str, tag: &str| VersionLd {
        url: format!("https://e.org/{lang}/a/"),
        tag: tag.to_owned(),
        headline: HOSTILE.to_owned(),
    };
    let into = Some(Translation::Into(version("en", "en")));
    let of = Some(Translation::Of(version("zh", "zh-Hans")));
    let zh = read(&article(&ArticleLd { translation: into, ..page("zh", "zh-Hans") }));
    let en = read(&article(&ArticleLd { translation: of, ..page("en", "en") }));
    for key in ["@id", "@type", "url", "inLanguage", "headline"] {
        assert_eq!(zh["workTranslation"][key], en[key], "{key}");
        assert_eq!(en["translationOfWork"][key], zh[key], "{key}");
    }
    assert!(zh.get("translationOfWork").is_none() && en.get("workTranslation").is_none());
}

#[test]
fn a_page_without_a_date_is_no_article() {
    let input = ArticleLd { published: None, word_count: Some(3), ..page("zh", "zh-Hans") };
    let value = read(&article(&input));
    assert_eq!(value["@type"], "WebPage");
    assert!(value.get("datePublished").is_none() && value.get("wordCount").is_none());
}

#[test]
fn a_list_numbers_its_pages() {
    let items = strings(&["https://e.org/a/", "https://e.org/b/"]);
    let list = CollectionLd { name: HOSTILE.to_owned(), items, site: site(), ..Default::default() };
    let value = read(&collection(&list));
    assert_eq!(value["@type"], "CollectionPage");
    let list = &value["mainEntity"];
    assert_eq!((&list["@type"], &list["numberOfItems"]), (&"ItemList".into(), &2.into()));
    let second = json!({ "@type": "ListItem", "position": 2, "url": "https://e.org/b/" });
    assert_eq!(list["itemListElement"][1], second);
}

#[test]
fn a_term_belongs_to_its_set() {
    let term = TermLd {
        url: "https://e.org/glossary/cat-tax/".to_owned(),
        id: "cat-tax".to_owned(),
        name: "猫税".to_owned(),
        alternate_names: strings(&["cat tax"]),
        description: Some(HOSTILE.to_owned()),
        tags: strings(&["zh-Hans"]),
    };
    let url = "https://e.org/glossary/".to_owned();
    let set =
        TermSetLd {
            url, name: "词汇".to_owned(), terms: vec![term.clone()], ..Default::default()
        };
    let (page, whole) = (read(&defined_term(&term, &set)), read(&defined_term_set(&set)));
    assert_eq!(page["termCode"], "cat-tax");
    assert_eq!(page["inDefinedTermSet"]["@id"], whole["@id"]);
    let inside = &whole["hasDefinedTerm"][0];
    for key in ["@id", "name", "alternateName", "description", "inLanguage", "termCode"] {
        assert!(inside.get(key).is_some() && inside[key] == page[key], "{key}");
    }
}

#[test]
fn nodes_share_a_script_element() {
    let crumb = Crumb { name: HOSTILE.to_owned(), url: "https://e.org/".to_owned() };
    let nodes = [website(&site()), breadcrumbs(&[crumb])];
    let value: Value = serde_json::from_str(&join(&nodes)).unwrap();
    assert_eq!(value[0]["@type"], "WebSite");
    assert_eq!(value[1]["itemListElement"][0]["position"], 1);
    assert_eq!(value[1]["itemListElement"][0]["name"], HOSTILE);
    assert_eq!((join(&nodes[..1]), join(&[])), (nodes[0].clone(), String::new()));
}
