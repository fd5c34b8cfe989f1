//! Sections, tags, pages of lists, neighbours: what brings articles together.

use digest_gen::lang::Lang;

use crate::support::{DIGEST, site};

#[test]
fn sections_need_no_index() {
    let mut site = site(
        "
//- /content/a/b/deep.md
+++
title = { zh = \"深\", en = \"Deep\" }
date = 2025-01-01
+++
//- /content/c/_index.md
+++
title = { zh = \"丙\", en = \"The C\" }
+++
关于丙。

About C.
//- /content/c/one.md
# 一
# One
",
    );
    site.clean();
    site.holds("/a/", &["href=\"/a/b/\""])
        .holds("/a/b/", &["href=\"/a/b/deep/\"", ">b</span></h1>"]);
    site.holds("/en/c/", &["<h1>The C</h1>", "About C.", "href=\"/en/c/one/\""]);
    site.lacks("/en/c/", &["关于丙"]);
    site.holds("/en/a/b/deep/", &["<a href=\"/en/a/\">a</a>", "<a href=\"/en/a/b/\">b</a>"]);
}

#[test]
fn an_index_may_be_there_in_one_language() {
    let mut site = site(
        "
//- /content/_index.zh.md
欢迎光临。
//- /content/a/_index.zh.md
# 甲
正文。
//- /content/a/x.md
# 一
# One
",
    );
    site.clean();
    site.holds("/", &["欢迎光临"]).holds("/a/", &["正文"]).holds("/en/a/", &["甲"]);
    assert!(site.exists("/en/a/"));
}

#[test]
fn lists_are_cut_into_pages() {
    let mut site = site(DIGEST);
    site.edit(
        "book.toml",
        "[output.html]",
        "[output.html]\npaginate-by = 2\none-language = \"hide\"",
    );
    site.clean();
    // Five articles; four have an English version.
    assert!(site.exists("/zh/page/3/") && !site.exists("/zh/page/4/"));
    assert!(site.exists("/en/page/2/") && !site.exists("/en/page/3/") && !site.exists("/page/1/"));
    site.holds("/en/", &["href=\"/digest/en/page/2/\" rel=\"next\""]);
    site.holds("/en/page/2/", &["href=\"/digest/en/\" rel=\"prev\"", "2 / 2", "Page 2"]);
    site.holds("/zh/page/3/", &["hreflang=\"zh-Hans\""])
        .lacks("/zh/page/3/", &["hreflang=\"en\" href"]);
    site.holds("/zh/tags/slang/page/2/", &["/digest/zh/2024/only/"]);
    // The text of the home page stands on its first page.
    site.holds("/en/", &["Welcome."]).lacks("/en/page/2/", &["Welcome."]);
}

#[test]
fn articles_know_their_neighbours() {
    let mut site = site(DIGEST);
    site.clean();
    let around = |page: &str| site.part(page, "<nav class=\"around\"", "</nav>");
    let middle = around("/en/2025/cats/");
    assert!(middle.contains("href=\"/digest/en/2025/momo/\" rel=\"prev\""), "{middle}");
    assert!(middle.contains("href=\"/digest/en/2025/v50/\" rel=\"next\""), "{middle}");
    assert!(!around("/2025/v50/").contains("rel=\"next\""));
    assert!(!around("/zh/2024/note/").contains("rel=\"prev\""));
    // A neighbour in the other language alone: its only page.
    assert!(around("/en/2025/momo/").contains("href=\"/digest/zh/2024/only/\" rel=\"prev\""));
    site.holds("/2025/momo/", &["class=\"related\""]);
    let related = site.part("/2025/momo/", "class=\"related\"", "</section>");
    // The article after it is linked already.
    assert!(related.contains("/digest/2025/v50/") && !related.contains("/digest/2025/cats/"));
    site.lacks("/about/", &["class=\"around\"", "class=\"related\""]);
}

#[test]
fn groups_are_named() {
    let mut site = site(
        "
//- /book.toml
[taxonomies.tags.terms]
memes = { zh = \"梗图\", en = \"Memes\" }
//- /content/glossary.toml
[[term]]
id = \"slang\"
zh = \"俚语\"
en = \"Slang word\"
pinyin = \"lǐyǔ\"
//- /content/a.md
+++
title = { zh = \"一\", en = \"One\" }
date = 2025-01-01
tags = [\"memes\", \"slang\", \"C#\", \"a/b\", \"two words\", \"中文\", \"50%\"]
issue = 3
+++
",
    );
    site.clean().links_hold("/");
    site.holds("/en/tags/memes/", &["<h1>Memes</h1>"]).holds("/zh/tags/slang/", &["<h1>俚语</h1>"]);
    site.holds("/zh/tags/C#/", &["<h1>C#</h1>"]);
    site.holds(
        "/en/a/",
        &[
            "href=\"/en/tags/C%23/\"",
            "href=\"/en/tags/a-b/\"",
            "href=\"/en/tags/two-words/\"",
            "href=\"/en/tags/%E4%B8%AD%E6%96%87/\"",
            "href=\"/en/tags/50%25/\"",
        ],
    );
    assert!(site.exists("/tags/a-b/") && site.exists("/tags/中文/") && site.exists("/tags/50%/"));
    let taxa = site.part("/en/a/", "<ul class=\"taxa\">", "</ul>");
    assert_eq!(taxa.matches("/tags/slang/").count(), 1, "{taxa}");
    site.holds("/en/issues/3/", &["Issue 3"]).holds("/zh/issues/3/", &["第 3 期"]);
    let names = site.part("/en/tags/", "<main", "</main>");
    let place = |name: &str| names.find(name).unwrap_or_else(|| panic!("{name} in {names}"));
    assert!(place("C#") < place("Memes") && place("Memes") < place("Slang word"));
}

#[test]
fn tags_that_would_share_an_address_are_an_error() {
    let mut site = site(
        "
//- /content/a.md
+++
title = { zh = \"一\", en = \"One\" }
date = 2025-01-01
tags = [\"memes\", \"Slang\"]
+++
//- /content/b.md
+++
title = { zh = \"二\", en = \"Two\" }
date = 2025-01-01
tags = \"slang\"
+++
",
    );
    site.build();
    assert_eq!(site.errors(), ["same-address content/b.md:4:8"]);
    let printed = site.printed(Lang::En);
    assert!(printed.contains("= help: the addresses of tags must differ"), "{printed}");
    assert!(printed.contains("content/a.md:4:18"), "{printed}");
}
