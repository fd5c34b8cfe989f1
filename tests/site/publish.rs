//! What search engines, feed readers and hosts are told.

use crate::support::{DIGEST, Site, site};

/// Every value of an attribute in a text.
fn attribute<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let start = format!("{name}=\"");
    text.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn lines_with(text: &str, part: &str) -> Vec<String> {
    text.lines().filter(|line| line.contains(part)).map(str::to_owned).collect()
}

const ROOT: &str = "https://example.org/digest";

#[test]
fn pages_name_their_canonical_and_alternates() {
    let mut site = site(DIGEST);
    site.clean();
    let alternates = [
        format!("<link rel=\"alternate\" hreflang=\"zh-Hans\" href=\"{ROOT}/zh/2025/momo/\">"),
        format!("<link rel=\"alternate\" hreflang=\"en\" href=\"{ROOT}/en/2025/momo/\">"),
        format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"{ROOT}/zh/2025/momo/\">"),
    ];
    for (view, canonical) in [("", "zh"), ("/zh", "zh"), ("/en", "en")] {
        let page = site.page(&format!("{view}/2025/momo/"));
        let expected = format!("<link rel=\"canonical\" href=\"{ROOT}/{canonical}/2025/momo/\">");
        assert_eq!(lines_with(&page, "rel=\"canonical\""), [expected]);
        assert_eq!(lines_with(&page, "rel=\"alternate\" hreflang"), alternates);
    }
    // The side-by-side page is no target of hreflang.
    for page in site.pages().iter().filter(|page| !page.starts_with("/old/")) {
        for line in lines_with(&site.page(page), "rel=\"alternate\" hreflang") {
            assert!(line.contains("/digest/zh/") || line.contains("/digest/en/"), "{page}: {line}");
        }
    }
    site.edit("book.toml", "[book]", "[book]\nlanguage = \"en\"").clean();
    site.holds("/2025/momo/", &[&format!("canonical\" href=\"{ROOT}/en/2025/momo/\"")]);
    site.holds("/2025/momo/", &[&format!("x-default\" href=\"{ROOT}/en/2025/momo/\"")]);
}

#[test]
fn alternates_are_reciprocal_in_heads_and_in_the_site_map() {
    let mut site = site(DIGEST);
    site.clean();
    let map = site.page("sitemap.xml");
    for url in map.split("<url>").skip(1) {
        let loc = url.split("<loc>").nth(1).unwrap().split('<').next().unwrap();
        let path = loc.strip_prefix(ROOT).unwrap();
        let page = site.page(&percent_encoding::percent_decode_str(path).decode_utf8_lossy());
        let head: Vec<String> = lines_with(&page, "rel=\"alternate\" hreflang")
            .iter()
            .map(|line| {
                format!("{} {}", attribute(line, "hreflang")[0], attribute(line, "href")[0])
            })
            .collect();
        let mapped: Vec<String> = attribute(url, "hreflang")
            .iter()
            .zip(attribute(url, "href"))
            .map(|(tag, href)| format!("{tag} {href}"))
            .collect();
        assert_eq!(head, mapped, "{loc}");
        assert!(page.contains(&format!("rel=\"canonical\" href=\"{loc}\"")), "{loc}");
        for to in attribute(url, "href") {
            assert!(map.contains(&format!("<loc>{to}</loc>")), "{to} is not in the site map");
        }
    }
    let listed =
        |p: &&String| !p.ends_with("/search/") && (p.starts_with("/zh/") || p.starts_with("/en/"));
    assert_eq!(map.matches("<loc>").count(), site.pages().iter().filter(listed).count());
    assert!(!map.contains("/digest/2025/") && !map.contains("404"));
    assert!(map.contains("<lastmod>2025-01-15"), "{map}");
}

#[test]
fn links_stand_under_the_base_path() {
    for (url, base) in
        [("https://example.org/digest/", "/digest/"), ("/d/e", "/d/e/"), ("https://a.org", "/")]
    {
        let mut site = site(DIGEST);
        site.edit("book.toml", "https://example.org/digest/", url).clean().links_hold(base);
    }
}

/// Fails unless an address of the site, without its base, is an output, with its anchor in it.
fn inner_link(site: &Site, page: &str, link: &str) {
    let link = link.replace("&amp;", "&");
    let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    assert!(site.exists(&path), "{page} links to {path}");
    if !anchor.is_empty() {
        let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
        site.holds(&path, &[&format!("id=\"{anchor}\"")]);
    }
}

#[test]
fn the_command_line_may_name_the_address() {
    let mut site = site(DIGEST);
    site.options(|options| options.base_url = Some("http://localhost:8000/x/".to_owned())).clean();
    site.holds("/zh/", &["href=\"/x/zh/2025/momo/\"", "http://localhost:8000/x/zh/"]);
    site.lacks("/zh/", &["example.org"]);
}

#[test]
fn feeds_are_absolute() {
    let mut site = site(DIGEST);
    site.edit(
        "content/2025/momo.en.md",
        "## The name",
        "See [below](#the-name), ![x](/logo.txt).\n\n## The name",
    );
    site.clean();
    let feeds: Vec<String> = site
        .built()
        .outputs
        .keys()
        .filter(|p| p.ends_with("feed.xml"))
        .map(|p| p.to_string())
        .collect();
    assert_eq!(feeds.len(), 3 + 2 * 3, "{feeds:?}");
    for path in &feeds {
        let text =
            site.page(path).replace("&lt;", "<").replace("&quot;", "\"").replace("&gt;", ">");
        for link in attribute(&text, "href").into_iter().chain(attribute(&text, "src")) {
            let own = link.starts_with("#fn");
            assert!(own || link.starts_with("https://"), "{path}: {link}");
            let inside = link.strip_prefix("https://example.org/digest/").unwrap_or_default();
            inner_link(&site, path, inside);
        }
        let feed: atom_syndication::Feed = site.page(path).parse().unwrap();
        assert!(!feed.entries().is_empty());
        let json: serde_json::Value =
            serde_json::from_str(&site.page(&path.replace(".xml", ".json"))).unwrap();
        assert_eq!(json["items"].as_array().unwrap().len(), feed.entries().len());
    }
    let english = site.page("en/feed.xml");
    assert!(english.contains("Everyone is momo") && !english.contains("人人都叫"));
    site.edit("book.toml", "[book]", "[feed]\nlimit = 1\nfull-text = false\n[book]").clean();
    let short: atom_syndication::Feed = site.page("en/feed.xml").parse().unwrap();
    assert_eq!(short.entries().len(), 1);
    assert!(short.entries()[0].content().is_none());
}

#[test]
fn hosts_find_what_they_want() {
    let mut site = site(DIGEST);
    site.edit("book.toml", "[output.html]", "[output.html]\ncname = \"digest.example.org\"")
        .clean();
    assert_eq!(site.page("CNAME"), "digest.example.org\n");
    assert_eq!(site.page(".nojekyll"), "");
    site.holds("robots.txt", &["User-agent: *", "Sitemap: https://example.org/digest/sitemap.xml"]);
    site.holds("404.html", &["noindex", "Page not found", "找不到"])
        .lacks("404.html", &["canonical"]);
    // Without a host there is no site map: it needs whole addresses.
    site.edit("book.toml", "site-url = \"https://example.org/digest/\"\n", "").clean();
    assert!(!site.exists("sitemap.xml"));
    site.lacks("robots.txt", &["Sitemap"]).lacks("/", &["rel=\"alternate\" hreflang"]);
}

#[test]
fn own_files_replace_generated_ones() {
    let mut site = site(
        "
//- /static/style.css
own{}
//- /static/a/b.txt
1
",
    );
    site.clean();
    assert_eq!(site.page("style.css"), "own{}\n");
    let page = site.page("/");
    let sheet = attribute(&page, "href").into_iter().find(|h| h.starts_with("/style.")).unwrap();
    assert_eq!(site.page(sheet), "own{}\n");
    assert_eq!(site.page("a/b.txt"), "1\n");
}

#[test]
fn templates_can_be_replaced() {
    let mut site = site(DIGEST);
    site.write(
        "templates/page.html",
        "{{ article.title.zh }}|{{ article.extra.mood }}|{{ content | safe }}",
    );
    site.write(
        "templates/bare.html",
        "{% extends \"base.html\" %}{% block main %}BARE{% endblock %}",
    );
    site.edit("content/2025/momo.zh.md", "summary =", "extra = { mood = \"glad\" }\nsummary =");
    site.edit(
        "content/2025/cats/index.zh.md",
        "summary =",
        "template = \"bare.html\"\nextra.mood = 1\nsummary =",
    );
    for page in ["content/2025/v50.md", "content/2024/only.zh.md", "content/2024/note.zh.md"] {
        site.edit(page, "+++\ntitle", "+++\nextra.mood = \"-\"\ntitle");
    }
    site.write("content/about.zh.md", "+++\nextra.mood = \"-\"\n+++\n# 关于\n");
    site.clean();
    assert!(site.page("/en/2025/momo/").contains("|glad|"), "{}", site.page("/en/2025/momo/"));
    site.holds("/en/2025/cats/", &["BARE", "class=\"view-en"]);
}

#[test]
fn pages_link_to_their_source() {
    let mut site = site(DIGEST);
    let edit = "[output.html]\nedit-url-template = \"https://git.example/edit/{path}\"\ngit-repository-url = \"https://git.example/d\"";
    site.edit("book.toml", "[output.html]", edit).clean();
    site.holds(
        "/2025/momo/",
        &[
            "href=\"https://git.example/edit/content/2025/momo.zh.md\"",
            "href=\"https://git.example/edit/content/2025/momo.en.md\"",
            "href=\"https://git.example/d\"",
        ],
    );
    site.lacks("/en/2025/momo/", &["momo.zh.md"]).holds("/en/2025/v50/", &["2025/v50.md"]);
}

#[test]
fn feeds_have_the_cover_of_an_article() {
    let mut site = site(
        "
//- /book.toml
[output.html]
site-url = \"https://a.org/b/\"
//- /content/a/index.zh.md
+++
date = 2025-01-01
cover = \"猫.png\"
+++
# 题
//- /content/b.zh.md
+++
date = 2025-01-02
cover = \"https://c.org/x\"
+++
# 又一题
",
    );
    site.write_bytes("content/a/猫.png", b"png").clean();
    let own = "https://a.org/b/a/%E7%8C%AB.png";
    site.holds(
        "/zh/feed.xml",
        &[&format!("<link rel=\"enclosure\" type=\"image/png\" href=\"{own}\"/>")],
    );
    site.lacks("/zh/feed.xml", &["c.org"]);
    let image = |url: &str| format!("\"image\": \"{url}\"");
    site.holds("/zh/feed.json", &[&image(own), &image("https://c.org/x")]);
    site.lacks("/zh/b/", &["a.org/bhttps", "a.orghttps"]);
}

#[test]
fn a_manifest_names_the_site() {
    let mut site = site(DIGEST);
    site.clean();
    let manifest: serde_json::Value = serde_json::from_str(&site.page("site.webmanifest")).unwrap();
    assert_eq!(manifest["start_url"], "/digest/");
    let icon = manifest["icons"][0]["src"].as_str().unwrap();
    assert!(site.exists(icon.strip_prefix("/digest").unwrap()), "{icon}");
    site.holds("/en/2025/momo/", &["<link rel=\"manifest\" href=\"/digest/site.webmanifest\">"]);
    // A site's own stands in its place.
    site.write("static/site.webmanifest", "{}").clean();
    assert_eq!(site.page("site.webmanifest"), "{}");
}

#[test]
fn qr_codes_need_a_host() {
    let mut site = site(DIGEST);
    site.clean();
    site.holds("/2025/momo/", &["stroke-dasharray", "popovertarget=\"qr-pop\""]);
    site.edit("book.toml", "https://example.org/digest/", "/digest/").clean();
    site.lacks("/2025/momo/", &["popovertarget=\"qr-pop\"", "<path"]);
}
