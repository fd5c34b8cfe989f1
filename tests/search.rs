//! The search as readers have it: in Chromium, on this repository's digest among other articles.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "search/browser.rs"]
mod browser;
#[path = "browser/server.rs"]
mod server;

use std::fmt::Write as _;
use std::path::Path;

use browser::Browser;
use digest_gen::build;
use digest_gen::memo::Memo;
use digest_gen::output::Outputs;
use digest_gen::source::{File, Layout, Options, Sources, read};
use server::BASE;

/// The most that a query may load on a site of 5,000 articles; on a small one it loads less.
const MOST: usize = 150_000;

const QUERIES: &str = include_str!("search/queries.txt");
const RUNNER: &str = include_str!("search/runner.html");

/// This repository's digest and two hundred articles that use the same words.
fn sources() -> Sources {
    let options =
        Options { base_url: Some("https://example.org/digest/".into()), ..Options::default() };
    let mut sources = read(Path::new(env!("CARGO_MANIFEST_DIR")), &Layout::default(), options);
    for number in 0..200 {
        let (zh, en) = noise(number);
        let path = |lang: &str| format!("content/noise/n{number}.{lang}.md");
        sources.files.insert(path("zh").into(), File::new(zh.into_bytes()));
        sources.files.insert(path("en").into(), File::new(en.into_bytes()));
    }
    sources
}

/// An article, both versions. Its sentences follow from its number.
fn noise(number: usize) -> (String, String) {
    const ZH: [&str; 12] = [
        "小店红火了一个星期，四处都是排队的人。",
        "他把备用的记录交给后台，名字没有实写。",
        "红色的小恐怕不是龙，粉丝们这样说。",
        "公开课上，当事的人不便发言。",
        "难过的民宿老板说，猫也要交房税。",
        "数字作文交了上去，学校先亮了灯。",
        "人人都有手机，却没有人叫外卖。",
        "出海口在反方向，船走了三天。",
        "疯长的草地上，狂风从星期一刮到星期三。",
        "尔等布衣，巴士一基一站地坐。",
        "书红了，小书店也红了，薯条卖得最好。",
        "我和网友聊到凌晨两点，谁也没有说服谁。",
    ];
    const EN: [&str; 8] = [
        "The cat sat by the tax office all day. ",
        "A picture of a pink house hung beside a dinosaur. ",
        "Red notes were passed along the row. ",
        "He paid no tax, and no one took a picture of it. ",
        "Thursdays are crazy at the noodle shop. ",
        "The comments went on for three days. ",
        "Nobody called for the names to be changed. ",
        "They meet every week to talk about maps. ",
    ];
    let pick = |texts: &[&str], salt: usize, count: usize| -> String {
        (0..count)
            .map(|i| texts[(number * 7 + i * (salt + number % 5) + salt) % texts.len()])
            .collect()
    };
    let date = format!("20{:02}-{:02}-{:02}", 10 + number % 15, 1 + number % 12, 1 + number % 28);
    let zh = format!(
        "+++\ntitle = \"第 {number} 篇\"\ndate = {date}\n+++\n{}\n\n{}\n",
        pick(&ZH, 1, 5),
        pick(&ZH, 5, 4)
    );
    let en = format!(
        "+++\ntitle = \"Number {number}\"\n+++\n{}\n\n{}\n",
        pick(&EN, 1, 4),
        pick(&EN, 3, 3)
    );
    (zh, en)
}

fn outputs(sources: &Sources) -> Outputs {
    let built = build(sources, &mut Memo::new());
    assert!(!built.outputs.is_empty(), "{:#?}", built.diagnostics);
    built.outputs
}

#[test]
fn thirty_queries_find_their_page() {
    let queries: Vec<Vec<&str>> = QUERIES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split(" | ").collect())
        .collect();
    assert_eq!(queries.len(), 30);
    let texts: Vec<&str> = queries.iter().map(|query| query[1]).collect();
    let page = RUNNER.replace("QUERIES", &serde_json::to_string(&texts).unwrap());
    let browser = Browser::open(outputs(&sources()), page);
    let mut table = String::new();
    let mut first = 0;
    for (at, query) in queries.iter().enumerate() {
        let report = browser.report();
        let view = ["", "zh/", "en/"][at % 3];
        let right = report.text == format!("{BASE}{view}{}", query[2]);
        let index = report.files.iter().filter(|(path, _)| path.starts_with("/digest/search/"));
        let bytes: usize =
            index.filter(|(path, _)| !path.contains("/search/?")).map(|(_, bytes)| bytes).sum();
        let _ = writeln!(table, "{right:5} {bytes:6} {} → {}", query[1], report.text);
        first += usize::from(right);
        assert!(bytes > 0 && bytes <= MOST, "{table}");
    }
    assert!(first >= 28, "{first} of 30\n{table}");
    for expected in
        ["typed 1", "arrow down: 2025/momo/", "escape: q", "marked 粉红色的小恐龙", "errors 0"]
    {
        assert_eq!(browser.report().text, expected);
    }
}
