//! Where links lead, and what is said of those that lead nowhere.

use crate::support::{Site, site};
use digest_gen::lang::Lang;

const SITE: &str = "
//- /content/glossary.toml
[[term]]
id = \"cat-tax\"
zh = \"猫税\"
en = \"cat tax\"
pinyin = \"māo shuì\"
//- /content/_index.md
首页。

Home.
//- /content/about.zh.md
# 关于
## 小节
//- /content/about.en.md
# About
## A part
//- /content/2025/_index.zh.md
# 年
//- /content/2025/momo.md
+++
title = { zh = \"名\", en = \"Name\" }
date = 2025-01-01
tags = [\"slang\"]
+++
## 猫 税

## Cat tax
//- /content/2025/only.zh.md
# 独
//- /content/2025/猫 税.md
# 猫税
# Cats
//- /content/2025/trip/index.zh.md
# 行
//- /content/2025/trip/index.en.md
# Trip
//- /content/2025/trip/a.png
A
//- /content/2025/draft.md
+++
title = { zh = \"稿\", en = \"Draft\" }
draft = true
+++
//- /static/img/logo.png
L
//- /static/paper.pdf
P
";

/// The site with a page in both languages, `2025/from`, whose only text is `link`.
fn linking(link: &str) -> Site {
    let mut site = site(SITE);
    site.write("content/2025/from.zh.md", &format!("# 甲\n\n{link}\n"));
    site.write("content/2025/from.en.md", &format!("# A\n\n{link}\n"));
    site.build();
    site
}

/// The `href` or `src` that a text gets in a view.
#[track_caller]
fn address(site: &Site, view: &str) -> String {
    assert_eq!(site.printed(Lang::En), "");
    let body = site.body(&format!("{view}/2025/from/"));
    let mut found = ["href=\"", "src=\""].into_iter().filter_map(|name| body.split(name).nth(1));
    found
        .next()
        .unwrap_or_else(|| panic!("no link in {body}"))
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn links_to_pages_stay_in_the_view() {
    let cases = [
        "momo.md",
        "momo.zh.md",
        "momo.en.md",
        "./momo.md",
        "../2025/momo.md",
        "/2025/momo.md",
        "/2025/momo/",
        "/2025/momo",
        "momo",
        "momo/",
        "/zh/2025/momo/",
        "/en/2025/momo/",
        "trip/../momo.md",
        "/2025/momo/?q=1",
    ];
    for case in cases {
        let site = linking(&format!("[x]({case})"));
        for view in ["", "/zh", "/en"] {
            assert_eq!(address(&site, view), format!("{view}/2025/momo/"), "{case}");
        }
    }
}

#[test]
fn links_have_many_forms() {
    let cases = [
        // The source, and the address from the English page.
        ("[x](momo.md#cat-tax)", "/en/2025/momo/#cat-tax"),
        ("[x](momo.md#p1)", "/en/2025/momo/#p1"),
        ("[x](momo.md#)", "/en/2025/momo/"),
        ("[x](only.zh.md)", "/zh/2025/only/"),
        ("[x](<猫 税.md>)", "/en/2025/%E7%8C%AB%20%E7%A8%8E/"),
        ("[x](%E7%8C%AB%20%E7%A8%8E.md)", "/en/2025/%E7%8C%AB%20%E7%A8%8E/"),
        ("[x](trip)", "/en/2025/trip/"),
        ("[x](trip/)", "/en/2025/trip/"),
        ("[x](trip/index.md)", "/en/2025/trip/"),
        ("[x](trip/index.zh.md)", "/en/2025/trip/"),
        ("[x](../about.md)", "/en/about/"),
        ("[x](/about/)", "/en/about/"),
        ("[x](/)", "/en/"),
        ("[x](/en/)", "/en/"),
        ("[x](..)", "/en/"),
        ("[x](.)", "/en/2025/"),
        ("[x](_index.zh.md)", "/en/2025/"),
        ("[x](../_index.md)", "/en/"),
        ("[x](/2025/)", "/en/2025/"),
        ("[x](/tags/slang/)", "/en/tags/slang/"),
        ("[x](/zh/tags/slang/)", "/en/tags/slang/"),
        ("[x](/tags/)", "/en/tags/"),
        ("[x](/archive/2025/)", "/en/archive/2025/"),
        ("[x](/glossary/cat-tax/)", "/en/glossary/cat-tax/"),
        ("[x](/glossary/#x)", "/en/glossary/#x"),
        ("[x](/feed.xml)", "/feed.xml"),
        ("[x](/zh/tags/slang/feed.json)", "/zh/tags/slang/feed.json"),
        ("[x](trip/a.png)", "/2025/trip/a.png"),
        ("![x](trip/a.png)", "/2025/trip/a.png"),
        ("![x](/img/logo.png)", "/img/logo.png"),
        ("[x](/paper.pdf#page=2)", "/paper.pdf#page=2"),
        ("[x](https://example.org/a?b=1#c)", "https://example.org/a?b=1#c"),
        ("[x](mailto:a@example.org)", "mailto:a@example.org"),
        ("[x](//example.org/)", "//example.org/"),
        ("<https://example.org/>", "https://example.org/"),
        ("[x][r]\n\n[r]: momo.md", "/en/2025/momo/"),
        ("[[momo]]", "/en/2025/momo/"),
        ("[[momo|name]]", "/en/2025/momo/"),
        ("[[2025/momo]]", "/en/2025/momo/"),
        ("[[about#a-part]]", "/en/about/#a-part"),
        ("[[cat-tax]]", "/en/glossary/cat-tax/"),
    ];
    for (source, expected) in cases {
        let site = linking(source);
        let found = address(&site, "/en");
        let term = found == "#w-cat-tax" && expected.ends_with("cat-tax/");
        assert!(found == expected || term, "{source}: {found}, not {expected}");
    }
}

#[test]
fn anchors_of_the_other_language_become_rows() {
    // From the English page to a heading that only the Chinese page has: to its row.
    let site = linking("[x](momo.md#猫-税)");
    assert_eq!(address(&site, "/zh"), "/zh/2025/momo/#%E7%8C%AB-%E7%A8%8E");
    assert_eq!(address(&site, "/en"), "/en/2025/momo/#p1");
    assert_eq!(address(&site, ""), "/2025/momo/#%E7%8C%AB-%E7%A8%8E");
}

#[test]
fn broken_links_are_errors_with_their_place() {
    let cases = [
        // The link, the code, and a part of the help.
        ("[x](mono.md)", "broken-link", "did you mean “/2025/momo”"),
        ("[x](/2025/mom/)", "broken-link", "did you mean “/2025/momo”"),
        ("[x](nothing-like-it.md)", "broken-link", "from the site's root"),
        ("[x](../../momo.md)", "broken-link", "from the site's root"),
        ("[x](draft.md)", "broken-link", "draft"),
        ("[x](/2025/draft/)", "broken-link", "draft"),
        ("![x](trip/b.png)", "broken-image", "did you mean “/2025/trip/a.png”"),
        ("[x](/tags/nothing/)", "broken-link", ""),
        ("[x](/categories/)", "broken-link", ""),
        ("[x](momo.md.bak)", "broken-link", ""),
        ("[[cat-tx]]", "unknown-term", "did you mean [[cat-tax]]"),
        ("[[momoo]]", "unknown-term", "did you mean"),
        ("[[nothing like it]]", "unknown-term", "add it to the glossary"),
    ];
    for (source, code, help) in cases {
        let site = linking(source);
        let places = ["en", "zh"].map(|lang| format!("{code} content/2025/from.{lang}.md:3:1"));
        assert_eq!(site.errors(), places, "{source}");
        let printed = site.printed(Lang::En);
        assert!(printed.contains(help), "{source}: {printed}");
        assert!(site.built().outputs.is_empty());
    }
}

#[test]
fn links_that_run_programs_are_errors_under_every_policy() {
    let cases = [
        "[x](javascript:alert(1))",
        "[x](JavaScript:alert(1))",
        "[x](&#1;javascript:alert(1))",
        "[x](java&#10;script:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html,hi)",
        "[x](data:image/png;base64,AA)",
        "<javascript:alert(1)>",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "[[javascript:alert(1)|x]]",
        "![x](javascript:alert(1))",
        "![x](data:text/html,hi)",
    ];
    for policy in ["keep", "sanitize", "escape"] {
        for source in cases {
            let mut site = linking(source);
            site.write("book.toml", &format!("[markdown]\nhtml = \"{policy}\"\n")).build();
            let places =
                ["en", "zh"].map(|lang| format!("unsafe-link content/2025/from.{lang}.md:3:1"));
            assert_eq!(site.errors(), places, "{policy}: {source}");
            assert!(site.built().outputs.is_empty());
        }
    }
    let site = linking("![x](data:image/png;base64,AA)");
    assert_eq!(address(&site, "/en"), "data:image/png;base64,AA");
}

#[test]
fn missing_anchors_are_warnings() {
    for source in ["[x](#nothing)", "[x](momo.md#nothing)", "[[momo#nothing]]"] {
        let site = linking(source);
        let places =
            ["en", "zh"].map(|lang| format!("missing-anchor content/2025/from.{lang}.md:3:1"));
        assert_eq!(site.problems(), places, "{source}");
        assert!(site.errors().is_empty());
    }
    for source in ["[x](#甲节)\n\n## 甲节", "[x](#own)\n\n## Other {#own}", "[x](#p2)"] {
        assert_eq!(linking(source).problems(), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn rows_are_anchors_while_a_view_shows_them() {
    let there = "# 甲\n\n[x](LINK)\n\n第二段。\n";
    let cases = [
        ("#p2", true),
        ("#p3", true),
        // The title stands above the text.
        ("#p1", false),
        ("#p4", false),
        ("#p0", false),
        ("#p02", false),
        ("#p+1", false),
        ("#p99999999999999999999999", false),
        ("momo.md#p1", true),
        ("momo.md#p2", false),
        ("trip/index.md#p1", false),
        ("#top", true),
    ];
    for (link, good) in cases {
        let mut site = site(SITE);
        site.write("content/2025/from.zh.md", &there.replace("LINK", link)).build();
        let problem = "missing-anchor content/2025/from.zh.md:3:1".to_owned();
        let expected = if good { Vec::new() } else { vec![problem] };
        assert_eq!(site.problems(), expected, "{link}");
    }
}

#[test]
fn what_a_view_lacks_is_linked_by_the_row_before() {
    let mut site = site(
        "
//- /content/a.zh.md
# 题

[一](b.en.md#only-here) [二](b.en.md#first) [三](b.md#empty) [四](#题) [五](b.md#名)
//- /content/b.zh.md
# 名

说 2024 年的一段话。
//- /content/b.en.md
# Name

## First

A paragraph about 2024.

## Only here

More that no one has put into Chinese, and it is long enough to stand alone here.

## {#empty}
",
    );
    site.clean();
    let links = |view: &str| {
        let body = site.body(&format!("{view}/a/"));
        let links = body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        links.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(links("/zh"), ["/zh/b/#p3", "/zh/b/", "/zh/b/#p3", "#top", "/zh/b/"]);
}

#[test]
fn links_in_lists_and_terms_are_checked_too() {
    let mut site = site(SITE);
    site.write("content/_index.en.md", "[x](2025/mono.md)\n");
    site.remove("content/_index.md");
    site.write("content/glossary/term.md", "+++\nen = \"term\"\n+++\n[x](../2025/mono.md)\n\n[y](#nothing)\n\n[z](../2025/momo.md#no)\n");
    site.build();
    assert_eq!(
        site.problems(),
        [
            "broken-link content/_index.en.md:1:1",
            "broken-link content/glossary/term.md:4:1",
            "missing-anchor content/glossary/term.md:6:1",
            "missing-anchor content/glossary/term.md:8:1",
        ]
    );
}

#[test]
fn generated_pages_that_are_not_there_are_no_targets() {
    for link in ["/glossary/", "/tags/", "/issues/"] {
        let mut site = site(&format!("//- /content/a.zh.md\n# 甲\n[x]({link})\n"));
        site.build();
        assert_eq!(site.errors(), ["broken-link content/a.zh.md:2:1"], "{link}");
    }
}

#[test]
fn a_slug_moves_a_page_and_its_links() {
    let mut site = site(SITE);
    site.edit("content/2025/momo.md", "date =", "slug = \"everyone\"\ndate =");
    site.write(
        "content/2025/from.zh.md",
        "# 甲\n\n[x](momo.md) [y](/2025/everyone/) [[everyone]]\n",
    );
    site.clean();
    assert_eq!(site.page("/zh/2025/from/").matches("href=\"/zh/2025/everyone/\"").count(), 3);
}

#[test]
fn files_of_a_page_are_found_from_its_own_folder() {
    let mut site = site(
        "
//- /content/trip/index.md
+++
title = { zh = \"行\", en = \"Trip\" }
slug = \"journey\"
cover = \"a b.png\"
+++
![图](<a b.png>) [数据](data/x.csv)
//- /content/trip/a b.png
PNG
//- /content/trip/data/x.csv
1
",
    );
    site.clean();
    site.holds("/zh/journey/", &["src=\"/trip/a%20b.png\"", "href=\"/trip/data/x.csv\""]);
    assert!(site.exists("trip/a b.png") && site.exists("trip/data/x.csv"));
}

#[test]
fn sentences_are_anchors() {
    let mut site = site("");
    site.write("content/a.zh.md", "# 甲\n\n一。二。\n");
    site.write("content/a.en.md", "# A\n\nOne. Two.\n");
    site.write("content/b.en.md", "# B\n\n[x](a.md#p2-e2) [y](a.md#p2-z1)\n");
    site.clean().links_hold("/");
    site.holds("/en/b/", &["href=\"/en/a/#p2-e2\"", "href=\"/en/a/#p2\""]);
    site.write("content/b.en.md", "# B\n\n[x](a.md#p2-e3)\n").build();
    assert_eq!(site.problems(), ["missing-anchor content/b.en.md:3:1"]);
}
