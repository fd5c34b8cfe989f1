use atom_syndication::Feed as Read;
use serde_json::Value;

use super::*;

const HOSTILE: &str = "猫税 🐱 </script> ]]> \"'&amp; <b>\u{0}\u{8}\u{1f}\u{ffff}";
const CLEANED: &str = "猫税 🐱 </script> ]]> \"'&amp; <b>";

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn entry(url: &str, published: &str) -> Entry {
    Entry {
        id: url.to_owned(),
        url: url.to_owned(),
        title: HOSTILE.to_owned(),
        published: date(published),
        ..Entry::default()
    }
}

fn feed() -> Feed {
    let first = Entry {
        summary: Some(HOSTILE.to_owned()),
        content: Some(Arc::new(Html::new("<p>a &amp; b ]]> \u{b}</p>".to_owned()))),
        updated: Some(date("2025-01-15")),
        authors: vec!["A & B".to_owned()],
        tags: vec!["梗图".to_owned(), "a\"b".to_owned()],
        tag: Some("zh-Hans".to_owned()),
        image: Some("https://example.org/a.png?x=1&y=2".to_owned()),
        ..entry("https://example.org/zh/a/?x=1&y=2", "2025-01-14T16:29:00+08:00")
    };
    Feed {
        id: "https://example.org/feed.xml".to_owned(),
        title: HOSTILE.to_owned(),
        subtitle: Some("s".to_owned()),
        self_url: "https://example.org/feed.xml".to_owned(),
        home_url: "https://example.org/".to_owned(),
        authors: vec!["momo".to_owned()],
        entries: vec![first, entry("https://example.org/en/b/", "2025-01-13")],
        ..Feed::default()
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn read(feed: &Feed) -> Read {
    Read::read_from(atom(feed).as_slice()).unwrap()
}

#[test]
fn atom_is_read_back_as_it_was_meant() {
    let read = read(&feed());
    assert_eq!(read.id, "https://example.org/feed.xml");
    assert_eq!(read.title.value, CLEANED);
    assert_eq!(read.updated.to_rfc3339(), "2025-01-15T00:00:00+00:00");
    assert_eq!(read.authors[0].name, "momo");
    let rels = |links: &[atom_syndication::Link]| {
        links.iter().map(|link| (link.rel.clone(), link.href.clone())).collect::<Vec<_>>()
    };
    let pair = |rel: &str, href: &str| (rel.to_owned(), href.to_owned());
    assert_eq!(
        rels(&read.links),
        [pair("self", "https://example.org/feed.xml"), pair("alternate", "https://example.org/")]
    );

    let entry = &read.entries[0];
    assert_eq!(entry.id, "https://example.org/zh/a/?x=1&y=2");
    let links = [
        pair("alternate", "https://example.org/zh/a/?x=1&y=2"),
        pair("enclosure", "https://example.org/a.png?x=1&y=2"),
    ];
    assert_eq!(rels(&entry.links), links);
    assert_eq!(entry.links[1].mime_type.as_deref(), Some("image/png"));
    assert_eq!(entry.title.value, CLEANED);
    assert_eq!(entry.summary.as_ref().unwrap().value, CLEANED);
    assert_eq!(entry.authors[0].name, "A & B");
    let terms: Vec<_> = entry.categories.iter().map(|category| category.term.as_str()).collect();
    assert_eq!(terms, ["梗图", "a\"b"]);
    let content = entry.content.as_ref().unwrap();
    assert_eq!(content.content_type.as_deref(), Some("html"));
    assert_eq!(content.value.as_deref(), Some("<p>a &amp; b ]]> </p>"));
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2025-01-14T16:29:00+08:00");
    assert_eq!(read.entries[1].updated.to_rfc3339(), "2025-01-13T00:00:00+00:00");
    assert!(read.entries[1].content.is_none());
}

#[test]
fn a_picture_of_an_unknown_type_is_no_enclosure() {
    for (url, known) in [
        ("https://a.org/a.JPG", true),
        ("https://a.org/a.webp#x", true),
        ("https://a.org/a", false),
        ("https://a.org/a.bin?x=.png", false),
    ] {
        let pictured =
            Entry { image: Some(url.to_owned()), ..entry("https://e.org/", "2025-01-13") };
        let found = text(atom(&Feed { entries: vec![pictured], ..feed() }));
        assert_eq!(found.contains("rel=\"enclosure\""), known, "{url}");
    }
}

#[test]
fn the_language_is_on_the_feed_or_on_each_entry() {
    let mixed = text(atom(&feed()));
    assert!(mixed.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\">"));
    assert_eq!(mixed.matches("<entry xml:lang=\"zh-Hans\">").count(), 1);
    assert_eq!(mixed.matches("<entry>").count(), 1);
    let one = Feed { tag: Some("en".to_owned()), ..feed() };
    assert!(
        text(atom(&one)).contains("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">")
    );
    assert_eq!(read(&one).lang.as_deref(), Some("en"));
}

#[test]
fn a_feed_is_as_new_as_its_newest_entry_and_never_from_1970() {
    let empty = Feed { entries: Vec::new(), ..feed() };
    assert_eq!(empty.changed(), None);
    assert!(!text(atom(&empty)).contains("<updated>"));
    let dated = Feed { updated: Some(date("2024-02-29")), ..empty };
    assert_eq!(read(&dated).updated.to_rfc3339(), "2024-02-29T00:00:00+00:00");

    // The day of the first is later, its moment is earlier.
    let (east, west) = ("2025-01-14T00:30:00+08:00", "2025-01-13T20:00:00Z");
    let entries = vec![entry("https://e.org/1", east), entry("https://e.org/2", west)];
    let both = Feed { entries, ..dated };
    assert_eq!(both.changed(), Some(date(west)));
}

#[test]
fn a_feed_without_authors_is_by_its_title() {
    let feed = Feed { authors: Vec::new(), ..feed() };
    assert_eq!(read(&feed).authors[0].name, CLEANED);
}

#[test]
fn json_has_what_json_feed_asks_for() {
    let url = "https://example.org/feed.json";
    let value: Value = serde_json::from_slice(&json(&feed(), url)).unwrap();
    assert_eq!(value["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(value["title"], HOSTILE);
    assert_eq!(value["feed_url"], url);
    assert_eq!(value["home_page_url"], "https://example.org/");
    assert_eq!(value["authors"][0]["name"], "momo");
    assert!(value.get("language").is_none());
    let first = &value["items"][0];
    assert_eq!(first["language"], "zh-Hans");
    assert_eq!(first["date_published"], "2025-01-14T16:29:00+08:00");
    assert_eq!(first["date_modified"], "2025-01-15T00:00:00Z");
    assert_eq!(first["tags"][0], "梗图");
    assert_eq!(first["image"], "https://example.org/a.png?x=1&y=2");
    assert!(first["content_html"].is_string() && first.get("content_text").is_none());
    let second = &value["items"][1];
    assert!(second.get("content_html").is_none(), "one of the contents is required");
    assert_eq!(second["content_text"], HOSTILE);

    let english = Feed { tag: Some("en".to_owned()), entries: Vec::new(), ..feed() };
    let value: Value = serde_json::from_slice(&json(&english, url)).unwrap();
    assert_eq!(value["language"], "en");
    assert_eq!(value["items"], Value::Array(Vec::new()), "the list is required");
}
