use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;

fn url(loc: &str) -> Url {
    Url { loc: loc.to_owned(), ..Url::default() }
}

fn alternate(hreflang: &str, url: &str) -> Alternate {
    Alternate { hreflang: hreflang.to_owned(), url: url.to_owned() }
}

/// Reads a file to its end, which proves it well-formed, and gives the texts of an element.
fn texts(bytes: &[u8], element: &str) -> Vec<String> {
    let mut reader = Reader::from_reader(bytes);
    let (mut found, mut buffer) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            Event::Eof => return found,
            Event::Start(start) if start.name().as_ref() == element => {
                let end = start.to_end().into_owned();
                let mut inner = Vec::new();
                found.push(reader.read_text_into(end.name(), &mut inner).unwrap().to_string());
            }
            _ => {}
        }
        buffer.clear();
    }
}

#[test]
fn names_the_versions_of_a_page() {
    let page = Url {
        lastmod: Some(Date::parse("2025-01-14").unwrap()),
        alternates: vec![
            alternate("zh-Hans", "https://e.org/zh/a/?x=1&y=\"2\""),
            alternate("x-default", "https://e.org/zh/a/"),
        ],
        ..url("https://e.org/zh/a/?x=1&y=2\u{1}")
    };
    let files = sitemaps("https://e.org/", &[page]);
    assert_eq!(files.len(), 1);
    let (name, bytes) = &files[0];
    assert_eq!(name, "sitemap.xml");
    assert_eq!(
        std::str::from_utf8(bytes).unwrap(),
        r#"<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url>
 <loc>https://e.org/zh/a/?x=1&amp;y=2</loc>
 <lastmod>2025-01-14</lastmod>
 <xhtml:link rel="alternate" hreflang="zh-Hans" href="https://e.org/zh/a/?x=1&amp;y=&quot;2&quot;"/>
 <xhtml:link rel="alternate" hreflang="x-default" href="https://e.org/zh/a/"/>
</url>
</urlset>
"#
    );
}

#[test]
fn a_time_always_has_an_offset() {
    let cases = [
        ("2025-01-14", "2025-01-14"),
        ("2025-01-14 16:29", "2025-01-14T16:29:00Z"),
        ("2025-01-14T16:29:00+08:00", "2025-01-14T16:29:00+08:00"),
    ];
    for (written, expected) in cases {
        assert_eq!(w3c(&Date::parse(written).unwrap()), expected);
    }
}

#[test]
fn splits_at_fifty_thousand_addresses() {
    let mut urls: Vec<Url> = (0..50_001).map(|n| url(&format!("https://e.org/d/{n}/"))).collect();
    assert_eq!(sitemaps("https://e.org/d/", &urls[..50_000]).len(), 1);
    urls[7].lastmod = Some(Date::parse("2025-01-14").unwrap());
    let files = sitemaps("https://e.org/d/", &urls);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
    assert_eq!(
        texts(&files[0].1, "loc"),
        ["https://e.org/d/sitemap-1.xml", "https://e.org/d/sitemap-2.xml"]
    );
    assert_eq!(texts(&files[0].1, "lastmod"), ["2025-01-14"]);
    assert_eq!(texts(&files[1].1, "loc").len(), 50_000);
    assert_eq!(texts(&files[2].1, "loc"), ["https://e.org/d/50000/"]);
}

#[test]
fn splits_before_a_file_grows_too_large() {
    let urls: Vec<Url> = (0..10).map(|n| url(&format!("https://e.org/{n}/"))).collect();
    let one = split("https://e.org", &urls[..3], LIMITS)[0].1.len();
    let files = split("https://e.org", &urls, Limits { urls: 100, bytes: one });
    let counts: Vec<_> = files.iter().map(|(_, bytes)| texts(bytes, "loc").len()).collect();
    assert_eq!(counts, [4, 3, 3, 3, 1]);
    assert!(files[1..].iter().all(|(_, bytes)| bytes.len() <= one));
}

#[test]
fn no_pages_make_no_map() {
    assert!(sitemaps("https://e.org/", &[]).is_empty());
}

#[test]
fn robots_names_the_map() {
    assert_eq!(robots(None), b"User-agent: *\nAllow: /\n");
    assert_eq!(
        robots(Some("https://e.org/sitemap.xml\n")),
        b"User-agent: *\nAllow: /\n\nSitemap: https://e.org/sitemap.xml\n"
    );
}
