//! The mark-up of pages: every element closed where it was opened, metadata that parses.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;

use crate::support::{DIGEST, Site, site};

const VOID: [&str; 9] = ["area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"];

/// What is wrong with the nesting of a page's elements.
fn nesting(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let before = rest;
        rest = &rest[at + 1..];
        let end = rest.find('>').ok_or_else(|| format!("no > in {before:.60}"))?;
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        rest = after;
        if tag.starts_with('!') || VOID.contains(&name) {
            continue;
        }
        if tag.starts_with('/') {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("</{name}> closes {last:?}, before {after:.80}"));
            }
        } else {
            if matches!(name, "a" | "p" | "button") && open.contains(&name) {
                return Err(format!("<{name}> in <{name}>, before {after:.80}"));
            }
            if ["div", "ul", "p", "table", "h2"].contains(&name) && open.contains(&"p") {
                return Err(format!("<{name}> in <p>, before {after:.80}"));
            }
            open.push(name);
            if name == "script" {
                rest = &rest[rest.find("</script>").unwrap_or(0)..];
            }
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("not closed: {open:?}")) }
}

/// Fails unless every page nests its elements and holds metadata that parses.
#[track_caller]
pub fn sound(site: &Site) {
    for path in site.built().outputs.keys().filter(|path| path.ends_with(".html")) {
        let page = site.page(path);
        if let Err(problem) = nesting(&page) {
            panic!("{path}: {problem}\n{page}");
        }
        for json in page.split("application/ld+json\">").skip(1) {
            let json = json.split("</script>").next().unwrap();
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{path}: {json}");
        }
    }
}

#[test]
fn the_checker_checks() {
    assert!(nesting("<p>a<br><em>b</em></p>").is_ok());
    for bad in ["<p>", "<p><em></p></em>", "</p>", "<a><b><a></a></b></a>", "<p><div></div></p>"] {
        assert!(nesting(bad).is_err(), "{bad}");
    }
}

#[test]
fn pages_are_sound() {
    sound(site(DIGEST).clean());
}

/// Pieces of Markdown that meet badly.
const PIECES: [&str; 36] = [
    "猫税。",
    "第一句。第二句！",
    "**粗。",
    "粗**",
    "**整句。又一句。**",
    "*a. B*",
    "~~删。留~~",
    "`code. More`",
    "[链接。又一句](https://a.org)",
    "[[cat-tax]]",
    "[[cat-tax|交。税]]",
    "![图。片](https://a.org/x.png)",
    "[![x](https://a.org/x.png)](https://a.org)",
    "注[^1]。",
    "\n\n",
    "\n\n",
    "\n",
    "\n- 项。又项\n- [ ] 任务\n\n",
    "\n> 引。用\n\n",
    "\n> [!NOTE]\n> 提示。再说\n\n",
    "\n| a | 猫税 |\n|---|---|\n| x。y | **z** |\n\n",
    "\n## 标题。二 [[cat-tax]]\n\n",
    "\n```rust\nfn x() {}\n```\n\n",
    "\n词\n: 释义。又义\n\n",
    "The cat tax. \"Quoted?\" Yes. ",
    "Mr. A said: cat taxes! ",
    "<b>生。",
    "x</b>",
    "<br>",
    "<!-- c -->",
    "$x. y$",
    "&amp;。",
    "\\*。",
    "“引。”",
    "（括号。）又",
    "1. 一\n2. 二\n",
];

proptest! {
    #![proptest_config(Config { cases: 32, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_is_sound(
        zh in prop::collection::vec(select(&PIECES[..]), 0..14),
        en in prop::collection::vec(select(&PIECES[..]), 0..14),
        every in any::<bool>(),
    ) {
        let balanced = |pieces: &[&'static str]| {
            let mut text = String::new();
            for piece in pieces.iter().filter(|piece| !piece.contains("b>")) {
                text += piece;
            }
            text + "\n\n[^1]: 注。[[cat-tax]]\n\n  又一段。\n"
        };
        let link = if every { "glossary.link = \"every\"" } else { "" };
        let mut site = site("//- /content/glossary.toml\n[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\n");
        site.write("book.toml", link);
        // The smallest templates: the theme is checked above, and takes its time.
        for name in ["archive", "glossary", "home", "search", "404", "term", "section", "base", "taxonomy_list", "taxonomy_single"] {
            site.write(&format!("templates/{name}.html"), "");
        }
        site.write("templates/page.html", "<main>{{ content | safe }}{% for word in article.vocabulary %}<i id=\"w-{{ word.id }}\"></i>{% endfor %}</main>");
        site.write("templates/term.html", "{% for use in term.uses %}<p>{{ use.sentence.zh | default(value=\"\") | safe }}</p>{% endfor %}");
        site.write("content/a.zh.md", &format!("# 题\n\n{}", balanced(&zh)));
        site.write("content/a.en.md", &format!("# T\n\n{}", balanced(&en)));
        site.build();
        prop_assert_eq!(site.errors(), Vec::<String>::new());
        sound(&site);
        site.links_hold("/");
    }
}

#[test]
fn characters_that_html_forbids_are_dropped_from_data() {
    let mut site = site(
        "
//- /book.toml
[book]
title = \"本\\u0002子\"
//- /content/glossary.toml
[[term]]
id = \"x\"
zh = \"猫\\uFFFE税\"
definition.zh = \"晒\\u0085猫\"
//- /content/a.zh.md
+++
title = \"题\\u0001目\"
tags = [\"一\", \"二\\u007F\"]
summary = \"上\\t下\"
+++
文字。
//- /content/b.zh.md
---
title: \"又\\x01一\"
---
文字。
",
    );
    site.build();
    assert_eq!(site.errors(), Vec::<String>::new());
    assert_eq!(
        site.problems(),
        [
            "control-character book.toml:2:9",
            "control-character content/a.zh.md:2:9",
            "control-character content/a.zh.md:3:14",
            "control-character content/b.zh.md:2:8",
            "control-character content/glossary.toml:3:6",
            "control-character content/glossary.toml:4:17",
        ]
    );
    site.holds("/zh/a/", &["题目", "上\t下"]).holds("/zh/glossary/", &["猫税", "晒猫"]);
    let forbidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n');
    for path in site.built().outputs.keys().filter(|path| path.ends_with(".html")) {
        assert!(!site.page(path).contains(forbidden), "{path}");
    }
}
