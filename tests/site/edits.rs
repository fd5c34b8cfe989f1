//! Any sequence of edits: what is remembered never shows.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;

use crate::support::{STAGES, Site, site};

/// What an author does to a site.
#[derive(Debug, Clone)]
enum Edit {
    Write(&'static str, String),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    /// Every file below a folder, to below another one.
    Move(&'static str, &'static str),
    RemoveAll(&'static str),
    Drafts(bool),
    Future(bool),
}

/// The files of pages: pairs, single files, folders, sections, names that meet.
const PAGES: [&str; 12] = [
    "content/a/momo.zh.md",
    "content/a/momo.en.md",
    "content/a/momo.md",
    "content/a/cats/index.zh.md",
    "content/a/cats/index.en.md",
    "content/a/_index.zh.md",
    "content/_index.md",
    "content/b/momo.zh.md",
    "content/b/momo.en.md",
    "content/about.en.md",
    "content/A/momo.zh.md",
    "content/tags/slang.zh.md",
];

const FOLDERS: [&str; 7] = [
    "content/a/",
    "content/b/",
    "content/a/cats/",
    "content/b/dogs/deep/",
    "content/glossary/",
    "templates/",
    "static/",
];

const FACTS: [&str; 13] = [
    "date = 2025-01-01\n",
    "date = 2025-02-02\nupdated = 2025-03-03\n",
    "date = 2030-01-01\n",
    "date = 2025-01-14T16:29:00.1+08:00\n",
    "date = 2025-01-14T16:29:00.3+08:00\n",
    "tags = [\"slang\", \"c#\"]\ndate = 2024-01-01\n",
    "tags = [\"cat-tax\"]\ncategories = [\"story\"]\nissue = 2\ndate = 2025-01-01\n",
    "draft = true\ndate = 2025-01-01\n",
    "slug = \"other\"\ndate = 2025-01-02\n",
    "aliases = [\"/old/\", \"/a/\"]\ndate = 2025-01-03\n",
    "summary = \"短 short\"\nauthors = [\"A\"]\ndate = 2025-01-04\n",
    "glossary = { skip = [\"cat-tax\"], link = \"every\" }\ndate = 2025-01-05\n",
    "[[terms]]\nid = \"own\"\nzh = \"自己\"\nen = \"own\"\n",
];

const TEXTS: [&str; 13] = [
    "猫税和小红书。再交一次猫税。\n",
    "The cat tax, and cats. My own cat tax.\n",
    "## 标题\n\n自己的话。\n\n## 标题\n\n又一段。\n",
    "## Heading\n\nAn own word.\n\n## Heading\n\nMore.\n",
    "[链接](momo.zh.md)\n",
    "> <!-- gen:include\n> file=\"/static/note.md\" -->\n",
    "[[cat-tax]] 与 [[momo]]\n",
    "注[^1]。\n\n[^1]: 猫税的注。\n",
    "```rust\nfn main() {}\n```\n\n```nosuch\nx\n```\n",
    "一。\n\nOne.\n\n- 二\n\n- Two\n",
    "<!-- gen:figure src=\"cats/cat.jpg\" caption=\"猫税\" -->\n\n<!-- gen:own text=\"cat tax\" -->\n",
    "<!-- gen:details summary=\"猫\" -->\n\n猫税。\n\nCat tax.\n\n<!-- /gen:details -->\n",
    "<!-- gen:include file=\"/static/note.md\" -->\n\n猫<!-- gen:term id=\"cat-tax\" -->税。\n",
];

const GLOSSARIES: [&str; 5] = [
    "",
    "[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\npinyin = \"māo shuì\"\n",
    "[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\ndefinition.zh = \"晒猫\"\npinyin = \"māo shuì\"\n",
    "[[term]]\nid = \"tax\"\nzh = \"税\"\nen = \"tax\"\n[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\naliases.en = [\"cats\"]\n",
    "[[term]]\nid = \"cat-tax\"\nzh = \"猫\"\nsee = [\"nothing\"]\n",
];

const BOOKS: [&str; 7] = [
    "",
    "[output.html]\nsite-url = \"https://example.org/d/\"\npaginate-by = 1\n",
    "[output.html]\none-language = \"hide\"\n[book]\nlanguage = \"en\"\n",
    "[taxonomies.tags]\nfeed = false\nterms.slang = { zh = \"俚语\", en = \"Slang\" }\n",
    "[glossary]\nlink = \"section\"\n[feed]\nfull-text = false\nlimit = 1\n",
    "[glossary]\nexports = [\"json\", \"csv\", \"tbx\", \"jsonld\", \"anki\"]\n\
     article-exports = [\"anki\", \"csv\", \"json\"]\n[align]\nmemory = true\n",
    "[markdown]\nhighlight = false\nsmart-punctuation = false\n[book]\ntitle = \"T\"\n",
];

/// A shortcode of the site's own.
const OWN: &str = "templates/shortcodes/own.md";

const OTHERS: [(&str, &str); 21] = [
    ("content/a/cats/cat.jpg", "1"),
    ("content/a/cats/cat.jpg", "GIF89a\u{10}\0\u{8}\0\0\0\0"),
    ("content/a/cats/cat.jpg", "GIF89a\u{20}\0\u{9}\0\0\0\0"),
    ("static/style.css", "body{}"),
    ("static/tags/x.txt", "x"),
    ("static/note.md", "猫税。\n\nCat tax.\n"),
    ("static/note.md", "- a\n- b\n"),
    (OWN, "{% component own(text: string) %}**{{ text }}**{% endcomponent %}"),
    (OWN, "{% component own(text: string) %}{{ text | upper }} 猫税{% endcomponent %}"),
    (OWN, "{% component own(text: integer) %}{{ nothing }}{% endcomponent %}"),
    ("templates/page.html", "{{ article.title.zh }}{{ content | safe }}"),
    ("templates/page.html", "{{ article.nothing.at.all }}"),
    ("templates/page.html", "{{ data | json_encode }}"),
    ("data/a.toml", "cats = [\"momo\"]\n"),
    ("data/a.toml", "cats = 1\n"),
    ("data/a.json", "[1, {}]"),
    ("data/a/b.csv", "id,zh\nmomo,猫\n"),
    ("data/a/b.csv", "id,id\n"),
    ("templates/section.html", "{{ list.entries | length }}"),
    ("content/glossary/own.md", "+++\nzh = \"自己\"\nen = \"own\"\n+++\n猫税。\n\nCat tax.\n"),
    ("content/glossary/cat-tax.md", "+++\nzh = \"猫税\"\nen = \"cat tax\"\n+++\n"),
];

fn page() -> impl Strategy<Value = String> {
    let title = select(vec!["# 猫\n\n", "# Cats\n\n", "# 猫税\n\n"]);
    let texts = prop::collection::vec(select(&TEXTS[..]), 0..4);
    (title, select(&FACTS[..]), texts)
        .prop_map(|(title, facts, texts)| format!("+++\n{facts}+++\n{title}{}", texts.join("\n")))
}

fn edit() -> impl Strategy<Value = Edit> {
    let file = |path: &'static str| move |text: &'static str| Edit::Write(path, text.to_owned());
    prop_oneof![
        8 => (select(&PAGES[..]), page()).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => select(&PAGES[..]).prop_map(Edit::Remove),
        2 => (select(&PAGES[..]), select(&PAGES[..])).prop_map(|(a, b)| Edit::Rename(a, b)),
        2 => select(&GLOSSARIES[..]).prop_map(file("content/glossary.toml")),
        2 => select(&BOOKS[..]).prop_map(file("book.toml")),
        2 => select(&OTHERS[..]).prop_map(|(path, text)| Edit::Write(path, text.to_owned())),
        2 => select(&OTHERS[..]).prop_map(|(path, _)| Edit::Remove(path)),
        1 => (select(&FOLDERS[..]), select(&FOLDERS[..])).prop_map(|(a, b)| Edit::Move(a, b)),
        1 => select(&FOLDERS[..]).prop_map(Edit::RemoveAll),
        1 => any::<bool>().prop_map(Edit::Drafts),
        1 => any::<bool>().prop_map(Edit::Future),
    ]
}

fn apply(site: &mut Site, edit: &Edit) {
    match edit {
        Edit::Write(path, text) => {
            site.write(path, text);
        }
        Edit::Remove(path) => {
            site.sources.files.remove(*path);
        }
        Edit::Rename(from, to) => {
            if let Some(file) = site.sources.files.remove(*from) {
                site.sources.files.insert((*to).into(), file);
            }
        }
        Edit::Move(from, to) => {
            for path in below(site, from) {
                if let Some(file) = site.sources.files.remove(&path) {
                    let path = format!("{to}{}", &path[from.len()..]);
                    site.sources.files.insert(path.into(), file);
                }
            }
        }
        Edit::RemoveAll(folder) => {
            for path in below(site, folder) {
                site.sources.files.remove(&path);
            }
        }
        Edit::Drafts(drafts) => site.sources.options.drafts = *drafts,
        Edit::Future(future) => site.sources.options.future = *future,
    }
}

fn below(site: &Site, folder: &str) -> Vec<Arc<str>> {
    site.sources.files.keys().filter(|path| path.starts_with(folder)).cloned().collect()
}

const START: &str = "
//- /content/a/momo.zh.md
+++
date = 2025-01-01
tags = [\"slang\"]
+++
# 猫税

小红书的猫税。
//- /content/a/momo.en.md
# The cat tax

A cat tax on Xiaohongshu.
//- /content/glossary.toml
[[term]]
id = \"cat-tax\"
zh = \"猫税\"
en = \"cat tax\"
";

/// How many sequences are tried: as many as GEN_EDITS says, each build of which is then compared;
/// else as many as the gate has time for, with two comparisons each.
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for by the environment")]
fn asked() -> Option<u32> {
    std::env::var("GEN_EDITS").ok().and_then(|count| count.parse().ok())
}

/// Pages enough for several batches, with some of which something happens.
fn many() -> String {
    let mut site = START.to_owned();
    for at in 0..100 {
        let date = format!("date = 2024-{:02}-{:02}", at % 12 + 1, at % 28 + 1);
        let to = (at * 7 + 3) % 100;
        site += &format!(
            "//- /content/many/p{at:02}.zh.md\n+++\n{date}\n+++\n# 页 {at}\n\n[[p{to:02}]] 的猫税。\n"
        );
        site += &format!("//- /content/many/p{at:02}.en.md\n# Page {at}\n\nThe cat tax.\n");
    }
    site
}

const SOME: [&str; 8] = [
    "content/many/p00.zh.md",
    "content/many/p17.zh.md",
    "content/many/p17.en.md",
    "content/many/p42.en.md",
    "content/many/p63.zh.md",
    "content/many/p64.zh.md",
    "content/many/p99.zh.md",
    "content/many/p99a.en.md",
];

fn edit_of_many() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (select(&SOME[..]), page()).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => select(&SOME[..]).prop_map(Edit::Remove),
        1 => (select(&SOME[..]), select(&SOME[..])).prop_map(|(a, b)| Edit::Rename(a, b)),
        1 => Just(Edit::Move("content/many/p1", "content/a/p1")),
        2 => edit(),
    ]
}

proptest! {
    #![proptest_config(Config { cases: 12, failure_persistence: None, ..Config::default() })]

    #[test]
    fn many_pages_warm_are_cold(edits in prop::collection::vec(edit_of_many(), 12)) {
        let mut site = site(&many());
        site.build();
        for (at, edit) in edits.iter().enumerate() {
            apply(&mut site, edit);
            match asked().is_some() || at % 6 == 5 {
                true => site.same_as_cold("these edits"),
                false => site.build(),
            };
        }
        site.build();
        for stage in STAGES {
            prop_assert_eq!(site.made(stage), 0, "{:?}", stage);
        }
    }
}

proptest! {
    #![proptest_config(Config {
        cases: asked().unwrap_or(300),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn warm_is_cold(edits in prop::collection::vec(edit(), 20)) {
        let mut site = site(START);
        site.build();
        for (at, edit) in edits.iter().enumerate() {
            apply(&mut site, edit);
            // A build without memory takes most of the time.
            match asked().is_some() || at % 10 == 9 {
                true => site.same_as_cold("these edits"),
                false => site.build(),
            };
        }
        // And nothing is made twice.
        site.build();
        for stage in STAGES {
            prop_assert_eq!(site.made(stage), 0, "{:?}", stage);
        }
    }
}
