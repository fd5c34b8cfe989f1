//! What authors do that nobody planned for.

use digest_gen::lang::Lang;

use crate::support::{DIGEST, site};

#[test]
fn lists_take_the_keys_of_pages() {
    let mut site = site(
        "
//- /templates/own.html
OWN {{ list.title.en }}
//- /content/a/_index.en.md
+++
title = \"Section\"
template = \"own.html\"
aliases = [\"/old-a/\"]
date = 2025-01-01
+++
//- /content/_index.en.md
+++
template = \"own.html\"
aliases = [\"/start/\"]
+++
//- /content/a/x.en.md
# X
",
    );
    site.clean().links_hold("/");
    site.holds("/en/a/", &["OWN Section"]).holds("/en/", &["OWN Digest"]);
    site.holds("/start/", &["url=/\""])
        .holds("/old-a/", &["/a/\""])
        .lacks("/en/feed.xml", &["Section"]);
}

#[test]
fn terms_in_every_kind_of_text() {
    let mut site = site(
        "
//- /content/glossary.toml
[[term]]
id = \"cat\"
en = \"cat\"
[[term]]
id = \"dog\"
en = \"dog\"
//- /content/_index.en.md
A cat at home.
//- /content/a/_index.en.md
# Cats
A cat and a dog in a section.
//- /content/a/x.en.md
+++
date = 2025-01-01
+++
# A cat

## The [[cat]] and the dog

> A dog.

| cat |
|-----|
| dog |

A note[^1].

[^1]: A cat.
//- /content/glossary/bird.md
+++
en = \"bird\"
+++
No cat[^1].

[^1]: But a dog.
//- /content/b.zh.md
# 乙

看 cat。
",
    );
    site.clean().links_hold("/");
    site.holds("/en/glossary/cat/", &["href=\"/zh/b/#"]);
    // The home page introduces articles and is none.
    site.lacks("/en/glossary/cat/", &["at home."]);
    site.write("book.toml", "output.html.one-language = \"hide\"").clean().links_hold("/");
    site.lacks("/en/glossary/cat/", &["/zh/b/"]).holds("/zh/glossary/cat/", &["/zh/b/"]);
}

#[test]
fn covers_must_be_there() {
    let mut site = site(DIGEST);
    site.edit("content/2025/cats/index.zh.md", "\"cover.jpg\"", "\"cove.jpg\"").build();
    assert_eq!(site.errors(), ["broken-image content/2025/cats/index.zh.md:7:9"]);
    assert!(site.printed(Lang::En).contains("did you mean “/2025/cats/cover.jpg”?"));
    for cover in ["https://a.org/x.png", "./cover.jpg", "../cats/cover.jpg", "/logo.txt"] {
        site.write(
            "content/2025/cats/index.zh.md",
            &format!("+++\ncover = \"{cover}\"\n+++\n# 猫\n"),
        );
        site.clean();
        assert!(site.page("/zh/2025/cats/").contains("class=\"cover\""), "{cover}");
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let mut plain = site(DIGEST);
    let mut other = site(DIGEST);
    let texts: Vec<_> = other
        .sources
        .files
        .keys()
        .filter(|p| p.ends_with("md") || p.ends_with("toml"))
        .cloned()
        .collect();
    for path in texts {
        let text = other.source(&path).replace('\n', "\r\n");
        other.write(&path, &format!("\u{feff}{text}"));
    }
    plain.clean();
    other.clean();
    for (path, output) in &plain.built().outputs {
        let same = other.built().outputs.get(path).is_some_and(|o| o.bytes == output.bytes);
        assert!(same, "{path}:\n{}", other.page(path));
    }
}

#[test]
fn an_index_at_the_top_is_the_home_page() {
    let mut site =
        site("//- /content/index.zh.md\n欢迎。\n//- /content/x.zh.md\n# 题\n[家](index.md)\n");
    site.clean().links_hold("/").holds("/zh/", &["欢迎。"]).holds("/zh/x/", &["href=\"/zh/\""]);
    site.write("content/_index.zh.md", "又一个。\n").build();
    assert!(!site.errors().is_empty());
}

#[test]
fn yaml_says_what_toml_says() {
    let (mut toml, mut yaml) = (site(DIGEST), site(DIGEST));
    yaml.write("content/2025/momo.zh.md", &toml.source("content/2025/momo.zh.md").replace(
        "+++\ntitle = \"人人都叫 momo\"\ndate = 2025-01-15\ntags = [\"slang\", \"memes\"]\nsummary = \"为什么那么多 momo\"\n+++",
        "---\ntitle: 人人都叫 momo\ndate: 2025-01-15\ntags:\n  - slang\n  - memes\nsummary: 为什么那么多 momo\n---",
    ));
    assert!(yaml.source("content/2025/momo.zh.md").starts_with("---"));
    assert_eq!(toml.clean().built().outputs, yaml.clean().built().outputs);
}

#[test]
fn many_problems_are_all_told() {
    let mut site = site("");
    for n in 0..50 {
        site.write(
            &format!("content/p{n:02}.zh.md"),
            &format!("# 题\n\n[a](no{n}.md) [b](nothing.md)\n"),
        );
    }
    site.write("book.toml", "[bok]\n").write("templates/404.html", "{{ }}").build();
    assert_eq!(site.errors().len(), 102);
    assert!(site.errors().is_sorted_by_key(|line| line.split(' ').nth(1).unwrap().to_owned()));
}

#[test]
fn a_page_may_be_named_like_a_language() {
    let mut site = site(
        "
//- /content/a.zh.md
+++
title = \"甲\"
aliases = [\"/zh/old/\", \"en/old\"]
+++
//- /content/zhou.zh.md
# 周
[甲](/zh/a/) [乙](/en/english/) [丙](/zhou/)
//- /content/english.en.md
# English
",
    );
    site.clean().links_hold("/");
    assert!(site.exists("/zh/old/") && site.exists("/en/old/"));
}

#[test]
fn one_clash_is_told_once() {
    let mut site = site(
        "
//- /content/a.md
+++
title = { zh = \"一\", en = \"One\" }
date = 2025-01-01
tags = [\"a/b\", \"a-b\"]
+++
//- /content/B.md
# 二
# Two
//- /content/b.md
# 三
# Three
",
    );
    site.build();
    assert_eq!(site.errors(), ["same-address content/a.md:4:9", "same-address content/b.md"]);
}

#[test]
fn a_file_stands_in_the_way_of_a_folder() {
    let mut site = site("//- /content/b/a.zh.md\n# 甲\n//- /static/ZH\nx\n//- /static/en/b/a\nx\n");
    site.build();
    assert_eq!(site.errors(), ["same-address static/ZH"]);
}

#[test]
fn a_file_of_gens_in_the_way_is_told_at_the_page_or_alias() {
    let mut site = site(
        "
//- /content/a.en.md
+++
title = \"One\"
aliases = [\"/old/\", \"/feed.xml\", \"/en/a/\"]
+++
//- /content/feed.xml.en.md
# Feed
//- /content/feed.json.md
# 订阅
# Feed
",
    );
    site.build();
    let expected = [
        "same-address content/a.en.md:3:21",
        "same-address content/a.en.md:3:34",
        "same-address content/feed.json.md",
        "same-address content/feed.xml.en.md",
    ];
    assert_eq!(site.errors(), expected, "{}", site.printed(Lang::En));
    let printed = site.printed(Lang::En);
    assert!(printed.contains("a file stands where a folder is needed: “/feed.xml” is a feed"));
}
