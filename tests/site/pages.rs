//! Which pages there are, where, and what they say of each other.

use crate::support::{DIGEST, site};

#[test]
fn every_kind_of_page_has_its_address() {
    let mut site = site(DIGEST);
    site.clean();
    let both = [
        "",
        "2024/",
        "2024/note/",
        "2025/",
        "2025/cats/",
        "2025/momo/",
        "2025/v50/",
        "about/",
        "archive/",
        "archive/2024/",
        "archive/2025/",
        "categories/",
        "categories/story/",
        "glossary/",
        "glossary/cat-tax/",
        "glossary/momo/",
        "glossary/xiaohongshu/",
        "issues/",
        "issues/1/",
        "search/",
        "tags/",
        "tags/memes/",
        "tags/slang/",
    ];
    let mut expected: Vec<String> = ["/", "/zh/", "/en/"]
        .iter()
        .flat_map(|view| both.map(|key| format!("{view}{key}")))
        .collect();
    expected.push("/zh/2024/only/".to_owned());
    expected.push("/old/cats/".to_owned());
    expected.sort();
    let mut pages = site.pages();
    pages.sort();
    assert_eq!(pages, expected);
    for file in ["404.html", ".nojekyll", "robots.txt", "sitemap.xml", "2025/cats/cover.jpg"] {
        assert!(site.exists(file), "{file}");
    }
    for feed in ["", "zh/", "en/", "tags/slang/", "zh/tags/slang/", "en/tags/memes/"] {
        assert!(
            site.exists(&format!("{feed}feed.xml")) && site.exists(&format!("{feed}feed.json"))
        );
    }
    assert!(!site.exists("categories/story/feed.xml") && !site.exists("CNAME"));
}

#[test]
fn an_empty_site_builds() {
    for fixture in ["", "//- /book.toml\n\n", "//- /content/cat.jpg\nJPG\n"] {
        let mut site = site(fixture);
        site.clean().holds("/", &["文摘", "Digest"]).holds("/en/", &["Digest"]);
        assert!(site.exists("/zh/") && !site.exists("/glossary/") && !site.exists("/tags/"));
    }
    let mut bare = site("");
    bare.remove("book.toml").clean();
    assert!(bare.exists("/"));
}

#[test]
fn both_forms_are_the_same_page() {
    let mut two = site(
        "
//- /content/a.zh.md
+++
title = \"标题\"
date = 2025-01-01
tags = [\"x\"]
+++
第一段，有*强调*。

## 小节

- 一
- 二

| 甲 | 乙 |
|----|----|
| 猫 | 狗 |

> 引用。

有注[^1]。

[^1]: 中文的注。
//- /content/a.en.md
+++
title = \"Title\"
+++
A first paragraph, with *emphasis*.

## Section

- One
- Two

| A | B |
|---|---|
| Cat | Dog |

> A quote.

A note[^1].

[^1]: The English note.
",
    );
    let mut one = site(
        "
//- /content/a.md
+++
title = { zh = \"标题\", en = \"Title\" }
date = 2025-01-01
tags = [\"x\"]
+++
第一段，有*强调*。

A first paragraph, with *emphasis*.

## 小节

## Section

- 一
- 二

<!-- -->

- One
- Two

| 甲 | 乙 |
|----|----|
| 猫 | 狗 |

| A | B |
|---|---|
| Cat | Dog |

> 引用。

> A quote.

有注[^1]。

A note[^2].

[^1]: 中文的注。

[^2]: The English note.
",
    );
    two.clean();
    one.clean();
    for view in ["/a/", "/zh/a/", "/en/a/"] {
        assert_eq!(one.body(view), two.body(view), "{view}");
    }
}

#[test]
fn blocks_of_one_file_keep_their_language() {
    let mut site = site(
        "
//- /content/a.md
# 猫税
# The cat tax

The English first.

中文在后。

{lang=en}
KFC 疯狂星期四

100%
",
    );
    site.build();
    assert_eq!(site.problems(), Vec::<String>::new());
    site.holds("/en/a/", &["The English first."]).lacks("/en/a/", &["中文在后"]);
    site.holds("/zh/a/", &["中文在后"]).lacks("/zh/a/", &["The English first."]);
}

#[test]
fn a_page_in_one_language_has_only_that_page() {
    let mut site = site(DIGEST);
    site.clean();
    assert!(site.exists("/zh/2024/only/") && !site.exists("/2024/only/"));
    assert!(!site.exists("/en/2024/only/"));
    // Lists of the other views show it, marked, and lead to the page that there is.
    for list in ["/", "/en/", "/tags/slang/", "/en/archive/2024/", "/en/2024/"] {
        site.holds(list, &["href=\"/digest/zh/2024/only/\"", "<span class=\"only\">"]);
    }
    site.lacks("/zh/", &["<span class=\"only\">"]);
    site.holds(
        "/zh/2024/only/",
        &["hreflang=\"x-default\" href=\"https://example.org/digest/zh/2024/only/\""],
    );
    site.lacks("/zh/2024/only/", &["hreflang=\"en\"", "aria-current"]);
    // The page says so itself.
    site.holds(
        "/zh/2024/only/",
        &["<p class=\"note\" lang=\"en\">This article is in Chinese only."],
    );
    site.lacks("/zh/2025/momo/", &["class=\"note\""]).lacks("/2025/momo/", &["class=\"note\""]);
    site.links_hold("/digest/");

    site.edit("book.toml", "[output.html]", "[output.html]\none-language = \"hide\"").clean();
    assert!(site.exists("/zh/2024/only/"));
    for list in ["/", "/en/", "/tags/slang/", "/en/archive/2024/", "/en/2024/", "/en/feed.xml"] {
        site.lacks(list, &["2024/only"]);
    }
    site.holds("/zh/", &["2024/only"]);
}

#[test]
fn what_one_file_says_the_other_inherits() {
    let mut site = site(DIGEST);
    site.clean().holds("/en/2025/momo/", &["2025-01-15", "/digest/en/tags/memes/"]);
    site.edit("content/2025/momo.en.md", "summary", "date = 2025-01-16\nsummary").build();
    assert_eq!(site.problems(), ["disagreeing-fact content/2025/momo.en.md:3:8"]);
    let problem = &site.built().diagnostics[0];
    assert_eq!(&*problem.related[0].path, "content/2025/momo.zh.md");
    assert!(problem.related[0].span.is_some());
    site.holds("/en/2025/momo/", &["2025-01-15"]).lacks("/en/2025/momo/", &["2025-01-16"]);
}

#[test]
fn drafts_and_the_future_wait() {
    let mut site = site(
        "
//- /content/draft.md
+++
title = { zh = \"草稿\", en = \"Draft\" }
draft = true
+++
//- /content/future.md
+++
title = { zh = \"将来\", en = \"Future\" }
date = 2026-06-02
+++
//- /content/today.md
+++
title = { zh = \"今天\", en = \"Today\" }
date = 2026-06-01
+++
//- /content/half.zh.md
# 一半
//- /content/half.en.md
+++
title = \"Half\"
draft = true
+++
",
    );
    site.clean();
    assert!(!site.exists("/draft/") && !site.exists("/future/") && site.exists("/today/"));
    site.options(|options| options.drafts = true).clean();
    assert!(site.exists("/draft/") && !site.exists("/future/"));
    site.options(|options| (options.drafts, options.future) = (false, true)).clean();
    assert!(!site.exists("/draft/") && site.exists("/zh/future/"));
}

#[test]
fn a_draft_of_one_version_leaves_the_other() {
    let mut site = site(
        "
//- /content/a.zh.md
+++
title = \"一\"
draft = false
+++
//- /content/a.en.md
+++
title = \"One\"
draft = true
+++
",
    );
    site.clean();
    assert!(site.exists("/zh/a/") && !site.exists("/en/a/") && !site.exists("/a/"));
}

#[test]
fn a_draft_still_says_what_both_versions_share() {
    let mut site = site(
        "
//- /book.toml
output.html.site-url = \"https://example.org/\"
//- /content/a.zh.md
+++
title = \"草稿的标题\"
summary = \"草稿的摘要\"
draft = true
date = 2025-02-03
tags = [\"slang\"]
[source]
url = \"https://example.com/story\"
name.en = \"Sixth Tone\"
[[terms]]
id = \"cat-tax\"
en = \"cat tax\"
+++
草稿的正文。
//- /content/a.en.md
+++
title = \"One\"
draft = false
+++
The cat tax.
",
    );
    site.clean();
    let facts = ["2025-02-03", "/en/tags/slang/", "https://example.com/story", "#w-cat-tax"];
    site.holds("/en/a/", &facts).lacks("/en/a/", &["草稿"]).holds("/en/", &["/en/a/"]);
    assert!(!site.exists("/zh/a/") && !site.exists("/a/"));
}

#[test]
fn the_default_language_says_when_a_page_appears_and_whence_it_comes() {
    let version = |lang, year, host| {
        let address = format!("https://{host}.example/");
        let source = format!("[source]\nurl = \"{address}\"\nname = \"N\"\n");
        let source = format!("{source}published = {year}-03-04\n");
        format!("//- /content/a.{lang}.md\n+++\ndate = {year}-01-02\n{source}+++\n# T\n")
    };
    let both = version("zh", 2099, "china") + &version("en", 2025, "english");
    let mut english = site(&format!("//- /book.toml\n[book]\nlanguage = \"en\"\n{both}"));
    english.build();
    let places = ["2:8", "4:7", "6:13"].map(|at| format!("disagreeing-fact content/a.zh.md:{at}"));
    assert_eq!(english.problems(), places);
    for view in ["/a/", "/zh/a/", "/en/a/"] {
        english.holds(view, &["2025-01-02", "2025-03-04", "https://english.example/"]);
        english.lacks(view, &["2099", "china.example"]);
    }
    // With the Chinese date the page lies in the future.
    let mut chinese = site(&both);
    chinese.build();
    assert!(!chinese.exists("/a/") && !chinese.exists("/en/a/"));
    assert_eq!(chinese.problems().len(), 3, "{:?}", chinese.problems());
}

#[test]
fn a_source_without_a_name_is_linked_by_its_host() {
    let cases = [
        ("url = \"https://me@example.com:8080/a?b#c\"", ">example.com:8080</a>"),
        (
            "url = \"https://example.org\"",
            "<a href=\"https://example.org\" rel=\"external\">example.org<",
        ),
        ("url = \"https://example.org\"\nname = \"N\"", ">N<"),
        ("statement = \"Free\"", "Free"),
    ];
    for (source, shown) in cases {
        let mut site = site("");
        let text = format!("+++\ntitle = \"T\"\n[source]\n{source}\n+++\nA.\n");
        site.write("content/a.en.md", &text).clean();
        let aside = site.part("/en/a/", "<aside class=\"source\"", "</aside>");
        assert!(aside.contains(shown), "{aside}");
        let list = aside.contains("<dl>");
        assert!(
            list != source.starts_with("statement") && list == aside.contains("<dt>"),
            "{aside}"
        );
    }
}

#[test]
fn aliases_lead_on_and_replace_nothing() {
    let mut site = site(
        "
//- /book.toml
output.html.site-url = \"https://example.org/d/\"
//- /content/a.md
+++
title = { zh = \"一\", en = \"One\" }
aliases = [\"/old/\", \"/en/older\", \"post.html\", \"/2020/中文/\"]
+++
//- /content/b.md
# 二
# Two
",
    );
    site.clean();
    site.holds(
        "/old/",
        &["url=https:&#", "/d/a/", "noindex"].map(|s| {
            if s.starts_with("url") { "content=\"0; url=https://example.org/d/a/\"" } else { s }
        }),
    );
    site.holds("/en/older/", &["url=https://example.org/d/en/a/\"", ">One<"]);
    site.holds("post.html", &["https://example.org/d/a/"]);
    assert!(site.exists("/2020/中文/"));
    site.edit("content/a.md", "/old/", "/b/").build();
    assert_eq!(site.errors().len(), 1, "{:?}", site.problems());
    assert!(site.errors()[0].starts_with("same-address content/a.md"), "{:?}", site.errors());
}

#[test]
fn names_of_folders_may_be_chinese() {
    let mut site = site(
        "
//- /content/新闻/猫 税.zh.md
+++
date = 2025-01-01
+++
# 猫税
见[狗](../动物/狗.md)和[狗](/%E5%8A%A8%E7%89%A9/%E7%8B%97/)。
//- /content/动物/狗.md
# 狗
# Dogs
",
    );
    site.clean();
    assert!(site.exists("/zh/新闻/猫 税/"));
    let dog = "href=\"/zh/%E5%8A%A8%E7%89%A9/%E7%8B%97/\"";
    assert_eq!(site.page("/zh/新闻/猫 税/").matches(dog).count(), 2);
    site.holds("/zh/", &["/zh/%E6%96%B0%E9%97%BB/%E7%8C%AB%20%E7%A8%8E/"]);
}

#[test]
fn the_content_folder_may_have_another_name() {
    for src in ["./src/", "src", "docs//src/."] {
        let folder = if src.starts_with("docs") { "docs/src" } else { "src" };
        let mut site = site(&format!(
            "
//- /book.toml
book.src = \"{src}\"
//- /{folder}/2025/a.zh.md
# 一
[二](b.md) ![图](x.png) [三](/2025/b/)
//- /{folder}/2025/b.zh.md
# 二
//- /{folder}/2025/x.png
PNG
"
        ));
        site.clean();
        assert!(site.exists("/zh/2025/a/") && site.exists("2025/x.png"), "{src}");
        site.holds("/zh/2025/a/", &["href=\"/zh/2025/b/\"", "src=\"/2025/x.png\""]);
    }
}
