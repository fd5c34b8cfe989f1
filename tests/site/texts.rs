//! The text of a page in each view: ids, notes, blocks without a counterpart, odd pages.

use std::collections::BTreeSet;

use digest_gen::lang::Lang;

use crate::support::{Site, attributes, site};

/// The ids of a page.
#[track_caller]
fn ids(site: &Site, address: &str) -> BTreeSet<String> {
    attributes(&site.page(address), " id").into_iter().collect()
}

const VIEWS: [&str; 3] = ["/a/", "/zh/a/", "/en/a/"];

#[test]
fn blocks_and_sentences_have_the_same_ids_in_all_views() {
    let mut site = site(
        "
//- /content/a.zh.md
# 题

第一句。第二句。

## 节

- 一项
- 又一项

最后。
//- /content/a.en.md
# T

The first. The second.

## Section

- One
- Two

The last.
",
    );
    site.clean();
    let [both, zh, en] = VIEWS.map(|view| ids(&site, view));
    let rows = |ids: &BTreeSet<String>| -> BTreeSet<String> {
        let of =
            |id: &&String| id.strip_prefix('p').is_some_and(|r| r.starts_with(char::is_numeric));
        ids.iter().filter(of).cloned().collect()
    };
    let mut joined = rows(&zh);
    joined.extend(rows(&en));
    assert_eq!(rows(&both), joined);
    for id in ["p2", "p2-z2", "p2-e2", "p5-z1", "节", "section"] {
        assert!(both.contains(id), "{id} in {both:?}");
    }
    assert!(
        en.contains("p2-e2") && !en.contains("p2-z2") && zh.contains("p5") && en.contains("p5")
    );
}

#[test]
fn headings_that_read_alike_keep_apart() {
    let cases = [
        ("## momo\n\n猫。\n", "## momo\n\nCat.\n"),
        ("## momo\n\n## momo\n", "## momo\n\n## momo\n"),
        ("## A\n\n## A-en\n", "## A\n\n## B\n"),
        ("## x {#same}\n\n一。\n", "## y {#same}\n\nOne.\n"),
        ("## p2\n\n## w-x\n", "## fn-zh-1\n\n## text\n"),
        ("## 目录\n\n## toc\n\n## top\n", "## vocabulary\n\n## v-zh\n\n## main\n"),
        ("## 1984\n\n## !!!\n", "## 1984\n\n## ???\n"),
        ("段落。{#pin}\n\n# 又一个一级\n", "A paragraph. {#pin}\n\n# Another\n"),
        ("## `代码` 与 *强调*\n", "## `code` & *stress*\n"),
    ];
    for (zh, en) in cases {
        let mut site = site("");
        site.write("content/a.zh.md", &format!("# 题\n\n{zh}"));
        site.write("content/a.en.md", &format!("# T\n\n{en}")).clean();
        site.links_hold("/");
        let contents = site.page("/a/");
        for entry in contents.split("<li class=\"level-").skip(1) {
            let link = entry.split("href=\"#").nth(1).unwrap().split('"').next().unwrap();
            assert!(ids(&site, "/a/").contains(link), "{link} for {zh}");
        }
    }
}

#[test]
fn headings_without_words_are_not_in_the_contents() {
    let mut site = site("");
    site.write("content/a.zh.md", "# 题\n\n## 一\n\n##\n\n甲。\n\n## 二\n\n## {#x}\n");
    site.write("content/a.en.md", "# T\n\n## One\n\n##\n\nA.\n\n## Two\n\n## {#x}\n").clean();
    for view in ["/a/", "/zh/a/", "/en/a/"] {
        site.links_hold("/").lacks(view, &["section-"]);
        assert_eq!(site.page(view).matches("<li class=\"level-2\"").count(), 2, "{view}");
    }
}

#[test]
fn ids_of_the_page_are_not_for_headings() {
    for id in ["p3", "p3-z1", "text", "top", "w-cat", "fn-zh-1", "v-zh", "vocabulary"] {
        let mut site = site("");
        site.write("content/a.zh.md", &format!("# 题\n\n甲。\n\n## 一 {{#{id}}}\n"));
        site.write("content/b.zh.md", &format!("# 题\n\n> ## 一 {{#{id}}}\n")).build();
        let places = ["a.zh.md:5:1", "b.zh.md:3:3"].map(|at| format!("reserved-id content/{at}"));
        assert_eq!(site.errors(), places, "{id}");
        assert!(site.printed(Lang::En).contains(&format!("{{#section-{id}}}")), "{id}");
    }
    let mut site = site("");
    site.write("content/a.zh.md", "# 题\n\n甲。{#text}\n\n## 一 {#p}\n").clean();
}

#[test]
fn headings_without_a_counterpart_have_their_ids() {
    let mut site = site(
        "
//- /content/a.zh.md
# 题

一段中文，说 2024 年的事。

## 独有

只有中文的一段话，讲讲别的东西。

## 同名

结尾 99。
//- /content/a.en.md
# T

[there](#独有) [own](#own)

A paragraph of English about 2024.

## own

Only here, at some length, about nothing else at all.

## another of its own

## 独有

The end 99.
",
    );
    site.clean();
    for view in VIEWS {
        site.links_hold("/");
        let page = site.page(view);
        let toc: Vec<_> = page.split("<li class=\"level-2\"><a href=\"#").skip(1).collect();
        let links: BTreeSet<_> = toc.iter().map(|rest| rest.split('"').next()).collect();
        assert_eq!(links.len(), toc.len(), "{view}: {links:?}");
    }
}

#[test]
fn links_to_a_repeated_heading_find_it_in_every_view() {
    let mut site = site(
        "
//- /content/a.zh.md
# 题

[下](#momo) [再](#momo-1)

## momo

## momo
//- /content/a.en.md
# T

[down](#momo) [more](#momo-1)

## momo

## momo
",
    );
    site.clean();
    site.links_hold("/");
}

#[test]
fn blocks_without_a_counterpart_stand_alone() {
    let mut site = site(
        "
//- /content/a.zh.md
# 题

只有中文的一段，说的是 2024 年的猫。

![图](https://a.org/a.png)

两种语言都有的 123 段。
//- /content/a.en.md
# T

A paragraph in both, 123.

```rust
fn only_english() {}
```
",
    );
    site.clean();
    site.holds("/a/", &["only-z", "only-e"]);
    site.links_hold("/");
    let en = site.page("/en/a/");
    assert!(!en.contains("猫") && en.contains("only_english") && !en.contains("a.png"));
}

#[test]
fn notes_of_one_version_or_of_both() {
    for (zh, en) in [
        ("有注[^1]，又[^b]。再[^1]。\n\n[^1]: 一。\n\n[^b]: 二。\n", "No notes. None. None.\n"),
        ("有注[^1]。\n\n[^1]: 一。\n", "A note[^x].\n\n[^x]: One, see [[momo]].\n"),
        ("没有。\n", "A note[^x].\n\n[^x]: One.\n\n    Two.\n"),
    ] {
        let mut site = site("//- /content/glossary.toml\n[[term]]\nid = \"momo\"\nen = \"momo\"\n");
        site.write("content/a.zh.md", &format!("# 题\n\n{zh}"));
        site.write("content/a.en.md", &format!("# T\n\n{en}")).clean();
        site.links_hold("/");
        assert_eq!(site.page("/en/a/").contains("fn-en-1"), en.contains("[^x]"));
        assert_eq!(site.page("/zh/a/").contains("fn-zh-1"), zh.contains("[^1]"));
    }
    let mut one = site("//- /content/a.zh.md\n# 题\n\n注[^1]。\n\n[^1]: 一。\n");
    one.clean();
    one.links_hold("/");
}

#[test]
fn pages_may_be_almost_empty() {
    let mut site = site(
        "
//- /content/title.md
+++
title = \"Only a title\"
+++
//- /content/heading.zh.md
# 只有标题
//- /content/long.en.md
+++
title = \"Long\"
date = 2025-01-01
+++
",
    );
    let long = "很长的标题 and long ".repeat(200);
    site.write(
        "content/long.en.md",
        &format!("+++\ndate = 2025-01-01\n+++\n# {long}\n\n## {long}\n"),
    );
    site.clean();
    assert!(site.exists("/title/") && site.exists("/zh/title/") && site.exists("/en/title/"));
    assert!(site.exists("/zh/heading/") && site.exists("/en/long/"));
}

#[test]
fn comments_are_no_blocks() {
    let mut site = site(
        "
//- /content/a.zh.md
# 题

<!-- 给译者：请核对 -->

一。

二。
//- /content/a.en.md
# T

One.

Two. <!-- here it may stay -->
",
    );
    site.clean().lacks("/a/", &["only-z", "译者"]).holds("/a/", &["id=\"p3-z1\"", "id=\"p3-e1\""]);
}

#[test]
fn what_stands_before_more_is_the_summary() {
    let mut site = site(
        "
//- /content/a.md
+++
title = { zh = \"题\", en = \"T\" }
date = 2025-01-01
+++
开头。

The start.

<!-- more -->

其余。

The rest.
",
    );
    site.clean().holds("/zh/", &["开头。"]).lacks("/zh/", &["其余"]);
    site.holds("/en/", &["The start."]).lacks("/en/", &["The rest"]).lacks("/a/", &["more"]);
    site.holds("/a/", &["其余", "The rest"]);
}

#[test]
fn hostile_texts_stay_texts() {
    let nasty = "<script>alert(1)</script> \" ' & {{ config }} {% raw %} ]]>";
    let mut site = site("");
    let toml = toml::Value::String(nasty.to_owned()).to_string();
    site.write("book.toml", &format!("[book]\ntitle = {toml}\ndescription = {toml}\nauthors = [{toml}]\n[output.html]\nsite-url = \"https://a.org\"\n"));
    site.write("content/glossary.toml", &format!("[[term]]\nid = \"x\"\nen = {toml}\ndefinition.en = {toml}\ncategory = {toml}\nsources = [{toml}]\n"));
    site.write("content/a.en.md", &format!("+++\ntitle = {toml}\ndate = 2025-01-01\nsummary = {toml}\nauthors = [{toml}]\ntags = [{toml}]\ncategories = [{toml}]\nissue = {toml}\n[source]\nname = {toml}\nauthor = {toml}\nstatement = {toml}\n+++\n[[x]] {{{{ x }}}}\n"));
    site.clean();
    for path in site.built().outputs.keys().filter(|path| path.ends_with("html")) {
        site.lacks(path, &["<script>alert"]);
    }
    site.holds("/en/a/", &["{{ config }}", "{{ x }}"]);
    let feed: atom_syndication::Feed = site.page("en/feed.xml").parse().unwrap();
    assert!(feed.entries()[0].title().contains("alert(1)"));
}

#[test]
fn raw_html_that_is_nothing_is_no_end_of_the_summary() {
    let mut site = site("");
    site.write("book.toml", "[markdown]\nhtml = \"sanitize\"\n");
    let text =
        "+++\ndate = 2025-01-01\n+++\n# T\n\nThe start.\n\n<script>x()</script>\n\nGoes on.\n";
    site.write("content/a.en.md", text);
    site.clean().holds("/en/", &["The start. Goes on."]);
}

#[test]
fn headings_keep_the_classes_of_their_author() {
    let mut site = site("");
    site.write("content/a.zh.md", "# 题\n\n## 节 {.wide .quiet}\n\n文。\n");
    site.write("content/a.en.md", "# T\n\n## Part {.wide .loud}\n\nText.\n");
    site.clean();
    site.holds("/a/", &["<h2 class=\"pair pair-h wide quiet loud\" id=\"p2\">"]);
    site.holds("/zh/a/", &["<h2 class=\"pair-h wide quiet\" id=\"p2\">"]);
    site.holds("/en/a/", &["<h2 class=\"pair-h wide loud\" id=\"p2\">"]);
    // A heading beside more than a heading, and in a feed.
    site.write("content/a.zh.md", "# 题\n\n文。\n");
    site.clean().holds("/a/", &["wide loud"]);
}

#[test]
fn formulas_stand_in_plain_texts_as_their_source() {
    let mut site = site("");
    site.write("book.toml", "[output.html]\nsite-url = \"https://example.org\"\n");
    let glossary = "[[term]]\nid = \"mass\"\nzh = \"质量\"\nen = \"mass\"\n";
    site.write("content/glossary.toml", glossary);
    let text = "# T\n\n$E=mc^2$ has a mass $m<1$. And $x$ is next.\n\n$$\na+\nb\n$$\n";
    site.write("content/a.en.md", &format!("+++\ndate = 2025-01-01\n+++\n{text}")).clean();
    let plain = "E=mc^2 has a mass m&lt;1. And x is next.";
    site.holds("/en/", &[plain]).holds("/en/feed.xml", &[&format!("<summary>{plain}</summary>")]);
    site.holds("/en/glossary/mass/", &["E=mc^2 has a ", " m&lt;1."]);
    let documents = site.built().outputs.keys().filter(|path| path.starts_with("search/d"));
    let found = documents.map(|path| site.page(path)).collect::<String>();
    assert!(found.contains("E=mc^2 has a mass m<1.") && found.contains("a+ b"), "{found}");
    // In the page both stand in their sentences.
    site.holds(
        "/en/a/",
        &["<span id=\"p2-e1\" class=\"s s1\"><math", "<span id=\"p2-e2\" class=\"s s2\">And <math"],
    );
}

#[test]
fn raw_html_around_markdown_is_one_block() {
    let mut site = site(
        "
//- /content/glossary.toml
[[term]]
id = \"cat-tax\"
zh = \"猫税\"
en = \"cat tax\"
//- /content/a.zh.md
# 题

<details><summary>摘要</summary>

要交猫税。见[题](#题)。

<div>

- 一项

</div>
</details>

最后。
//- /content/a.en.md
# T

<details><summary>Summary</summary>

Pay the cat tax. See [T](#t).

<div>

- One

</div>
</details>

The last.
//- /content/b.md
+++
title = { zh = \"题\", en = \"T\" }
+++

<details>

在里面。

Inside.

</details>

<details>

Only here.

</details>
",
    );
    site.clean();
    let inside = site.part("/en/a/", "<details>", "</details>").replace('\n', "");
    for part in ["<summary>Summary</summary><p>", "class=\"term\"", "href=\"#top\"", "<div><ul>"] {
        assert!(inside.contains(part), "{part} in {inside}");
    }
    assert!(!inside.contains("class=\"pair"), "{inside}");
    let both = site.part("/a/", "<div class=\"pair\" id=\"p2\">", "<div class=\"pair\" id=\"p3\">");
    assert_eq!(both.matches("<details>").count(), 2, "{both}");
    site.holds(
        "/a/",
        &[
            "<span id=\"p3-z1\" class=\"s s1\">最后。",
            "<span id=\"p3-e1\" class=\"s s1\">The last.",
        ],
    );
    site.holds("/zh/b/", &["在里面。"]).lacks("/zh/b/", &["Inside.", "Only here."]);
    site.holds("/en/b/", &["Inside.", "Only here."]).lacks("/en/b/", &["在里面。"]);
}

#[test]
fn an_element_that_nothing_closes_swallows_nothing() {
    let mut site = site(
        "
//- /content/a.zh.md
# 题

<p align=center>

甲。

<!-- <b> -->

<div>

<details>

乙。

</details>

丙。
",
    );
    site.build();
    assert_eq!(site.problems(), ["unclosed-html content/a.zh.md:9:1"]);
    let inside = site.part("/zh/a/", "<details>", "</details>");
    assert!(inside.contains("乙。") && !inside.contains("class=\"pair"), "{inside}");
    site.holds("/zh/a/", &["<div class=\"pair\" id=\"p6\">"]);
}

#[test]
fn inline_elements_have_to_be_closed_in_their_block() {
    let mut site = site(
        "
//- /content/a.zh.md
# 题

甲<b>乙<i>丙</b>丁<kbd>戊</kbd><br>。

- 己<u>庚
- <p>辛
",
    );
    site.build();
    assert_eq!(
        site.problems(),
        ["unclosed-html content/a.zh.md:3:6", "unclosed-html content/a.zh.md:5:4"]
    );
}

#[test]
fn line_breaks_part_words_in_plain_texts() {
    let mut site = site("");
    site.write(
        "content/a.en.md",
        "+++\ndate = 2025-01-01\n+++\n# T\n\nOne\\\ntwo here.  \nThree.\n",
    );
    site.clean().holds("/en/", &["One two here. Three."]);
    site.holds("/en/a/", &["One<br />\ntwo here."]);
}
