//! Which blocks are stale after an edit, and what `gen status` counts.

use digest_gen::build::{accept, status};
use digest_gen::check;
use digest_gen::diag::position;
use digest_gen::memo::Memo;

use crate::own::own;
use crate::support::{Site, site};

/// What `gen check` finds, each as `code path:line path:line`.
fn findings(site: &Site) -> Vec<String> {
    let found = check(&site.sources, &mut Memo::new()).diagnostics;
    let line = |path: &str, span: &Option<std::ops::Range<usize>>| {
        let start = span.as_ref().map_or(0, |span| span.start);
        format!("{path}:{}", position(&site.source(path), start).0)
    };
    let place = |d: &digest_gen::diag::Diagnostic| {
        let related = d.related.iter().map(|r| format!(" {}", line(&r.path, &r.span)));
        format!("{} {}{}", d.code, line(&d.path, &d.span), related.collect::<String>())
    };
    found.iter().map(place).collect()
}

/// Accepts the pages at some paths, or all, as `gen status --accept` does.
fn accept_all(site: &mut Site, paths: &[&str]) {
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    let (accepted, problems) = accept(&site.sources, &mut Memo::new(), &paths);
    assert!(problems.is_empty(), "{problems:?}");
    site.write("translations.lock", &accepted.unwrap().0);
}

const SITE: &str = "\
//- /content/a.zh.md
# 猫税

美国网友在小红书上晒出了自己的猫，2025 年 1 月。

评论区有一万人回复，他们问：“猫叫什么名字？”

- 一只黑猫
- 两只白猫
//- /content/a.en.md
# The cat tax

American users showed their cats on Xiaohongshu, in January 2025.

Ten thousand people replied in the comments, asking: \"What is the cat called?\"

- One black cat
- Two white cats
";

#[test]
fn an_edit_names_the_block_and_its_counterpart() {
    let mut site = site(SITE);
    accept_all(&mut site, &[]);
    assert_eq!(findings(&site), Vec::<String>::new());
    site.edit("content/a.en.md", "showed their cats", "showed off their cats");
    assert_eq!(findings(&site), ["stale-block content/a.zh.md:3 content/a.en.md:3"]);
    // The other way round too: either language may be the original.
    site.edit("content/a.zh.md", "有一万人", "有将近一万人");
    assert_eq!(
        findings(&site),
        [
            "stale-block content/a.en.md:5 content/a.zh.md:5",
            "stale-block content/a.zh.md:3 content/a.en.md:3",
        ]
    );
    site.edit("content/a.zh.md", "晒出了自己的猫", "晒出自己的猫");
    assert_eq!(
        findings(&site),
        [
            "stale-block content/a.en.md:5 content/a.zh.md:5",
            "unaccepted-block content/a.zh.md:3 content/a.en.md:3",
        ]
    );
    accept_all(&mut site, &["content/a.zh.md"]);
    assert_eq!(findings(&site), Vec::<String>::new());
}

#[test]
fn wrapping_and_spacing_name_nothing() {
    let mut site = site(SITE);
    accept_all(&mut site, &[]);
    site.edit("content/a.en.md", "American users showed their", "American users\nshowed  their");
    site.edit("content/a.zh.md", "晒出了自己的猫，2025 年 1 月", "晒出了\n自己的猫，2025年1月");
    site.edit("content/a.en.md", "- One black cat\n", "*   One black cat\n");
    site.edit("content/a.en.md", "- Two", "*   Two");
    assert_eq!(findings(&site), Vec::<String>::new());
}

#[test]
fn blocks_that_come_and_go_are_told() {
    let mut site = site(SITE);
    accept_all(&mut site, &[]);
    let new = "\n\n编者按：这一段是后来加上的，英文版还没有，讲的是高考与户口。\n\n评论区";
    site.edit("content/a.zh.md", "\n\n评论区", new);
    assert_eq!(
        findings(&site),
        ["added-block content/a.zh.md:5", "unpaired-block content/a.zh.md:5"]
    );
    let mut site = self::site(SITE);
    accept_all(&mut site, &[]);
    site.edit(
        "content/a.en.md",
        "Ten thousand people replied in the comments, asking: \"What is the cat called?\"\n\n",
        "",
    );
    assert_eq!(
        findings(&site),
        ["deleted-block content/a.zh.md:5", "unpaired-block content/a.zh.md:5"]
    );
}

#[test]
fn a_lock_may_be_merged_line_by_line() {
    let mut site = site(SITE);
    accept_all(&mut site, &[]);
    let first = site.source("translations.lock");
    site.edit("content/a.en.md", "showed their cats", "showed off their cats");
    accept_all(&mut site, &["a"]);
    // The lines of both sides, in any order, with a comment: what is accepted in either is.
    let both: Vec<&str> = first.lines().rev().collect();
    let both = format!("{}\n{}", site.source("translations.lock"), both.join("\n"));
    site.write("translations.lock", &both);
    assert_eq!(findings(&site), Vec::<String>::new());
    site.write("translations.lock", &format!("{both}\n<<<<<<< ours\n"));
    let found = findings(&site);
    assert!(found.len() == 1 && found[0].starts_with("bad-lock"), "{found:?}");
}

#[test]
fn one_paragraph_of_the_digest() {
    let mut site = own();
    assert_eq!(findings(&site), Vec::<String>::new());
    let path = "content/2025/momo.en.md";
    site.edit(path, "Most of the comrades have never met.", "Few of the comrades have ever met.");
    site.edit(path, "Many apps in China let you log in", "Many apps in China\nlet you log in");
    let found = findings(&site);
    assert_eq!(found, ["stale-block content/2025/momo.zh.md:16 content/2025/momo.en.md:13"]);
}

#[test]
fn the_sentence_that_has_changed_is_named() {
    let mut site = site("");
    site.write("content/a.zh.md", "# 题\n\n第一句。\n第二句。\n第三句。\n");
    let en = "# Title\n\nThe first sentence.\nThe second sentence.\nThe third sentence.\n";
    site.write("content/a.en.md", en);
    accept_all(&mut site, &[]);
    site.edit("content/a.en.md", "The second sentence.", "The second, changed sentence.");
    assert_eq!(findings(&site), ["stale-block content/a.zh.md:3 content/a.en.md:4"]);
    let found = check(&site.sources, &mut Memo::new()).diagnostics;
    let span = found[0].related[0].span.clone().unwrap();
    assert_eq!(&site.source("content/a.en.md")[span], "The second, changed sentence.");
    // A lock of an older version knows blocks alone.
    let lock = site.source("translations.lock");
    let old: Vec<String> = lock
        .lines()
        .map(|line| {
            let words = line.split(' ').map(|word| word.split(':').next().unwrap_or_default());
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    site.write("translations.lock", &old.join("\n"));
    assert_eq!(findings(&site), ["stale-block content/a.zh.md:3 content/a.en.md:3"]);
}

#[test]
fn titles_summaries_and_footnotes_grow_stale_too() {
    let mut site = site("");
    let zh = "+++\ntitle = \"题\"\nsummary = \"简介。\"\n+++\n猫。[^a]\n\n[^a]: 注。\n";
    site.write("content/a.zh.md", zh);
    let en = "+++\ntitle = \"Title\"\nsummary = \"About.\"\n+++\nCats.[^a]\n\n[^a]: Note.\n";
    site.write("content/a.en.md", en);
    accept_all(&mut site, &[]);
    assert_eq!(findings(&site), Vec::<String>::new());
    site.edit("content/a.en.md", "Title", "New title");
    site.edit("content/a.zh.md", "简介。", "新简介。");
    site.edit("content/a.en.md", "Note.", "New note.");
    assert_eq!(
        findings(&site),
        [
            "stale-block content/a.en.md:3 content/a.zh.md:3",
            "stale-block content/a.zh.md:2 content/a.en.md:2",
            "stale-block content/a.zh.md:7 content/a.en.md:7",
        ]
    );
    // A lock without them says nothing of them.
    let lock = site.source("translations.lock");
    let blocks: Vec<&str> = lock.lines().filter(|line| !line.contains(" #")).collect();
    site.write("translations.lock", &blocks.join("\n"));
    assert_eq!(findings(&site), Vec::<String>::new());
}

#[test]
fn status_counts_by_section() {
    let mut site = site(SITE);
    site.write("content/glossary.toml", "[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\n[[term]]\nid = \"black-cat\"\nzh = \"黑猫\"\nen = \"sable cat\"\n");
    site.write("content/2025/b.zh.md", "# 只有中文\n");
    site.write("content/2025/c.en.md", "# English only\n");
    let count = |site: &Site| status(&site.sources, &mut Memo::new()).0;
    let total = count(&site).total;
    assert_eq!(
        (total.articles, total.translated, total.missing_en, total.missing_zh),
        (3, 1, 1, 1)
    );
    assert_eq!((total.unaccepted, total.stale, total.terms, total.terms_covered), (1, 0, 2, 1));
    accept_all(&mut site, &["content"]);
    site.edit("content/a.en.md", "showed their cats", "showed off their cats");
    let counted = count(&site);
    assert_eq!(
        (counted.total.unaccepted, counted.total.stale, counted.total.stale_blocks),
        (0, 1, 1)
    );
    let sections: Vec<_> =
        counted.sections.iter().map(|s| (s.section.as_str(), s.articles)).collect();
    assert_eq!(sections, [("", 1), ("2025", 2)]);
    let lost = accept(&site.sources, &mut Memo::new(), &["content/nothing.md".to_owned()]).0;
    assert_eq!(lost.unwrap_err(), ["content/nothing.md"]);
}

#[test]
fn a_section_is_accepted_with_all_that_is_in_it() {
    let mut site = site("");
    for (page, zh, en) in [("2025/a", "猫。", "A cat."), ("b", "狗。", "A dog.")] {
        site.write(&format!("content/{page}.zh.md"), &format!("# 题\n\n{zh}\n"));
        site.write(&format!("content/{page}.en.md"), &format!("# Title\n\n{en}\n"));
    }
    for (path, count) in [("2025", 1), ("content/2025/", 1), ("2025/a", 1), ("b", 1), ("/", 2)] {
        let (accepted, _) = accept(&site.sources, &mut Memo::new(), &[path.to_owned()]);
        assert_eq!(accepted.unwrap().1, count, "{path}");
    }
}
