//! The search as readers have it: in Chromium, on this repository's digest among other articles.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test"
)]

#[path = "search/browser.rs"]
mod browser;
#[path = "browser/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use browser::Browser;
use digest_gen::build;
use digest_gen::memo::Memo;
use digest_gen::output::{Output, Outputs};
use digest_gen::source::{File, Layout, Options, Sources, read};
use flate2::Compression;
use flate2::write::GzEncoder;
use server::BASE;
use tempfile::TempDir;

/// Where the sites of these tests are published.
const ADDRESS: &str = "https://example.org/digest/";

/// The most that a query may load on a site of 5,000 articles; on a small one it loads less.
const MOST: usize = 150_000;

const QUERIES: &str = include_str!("search/queries.txt");

/// This repository's digest and two hundred articles that use the same words.
fn sources() -> Sources {
    let options = Options { base_url: Some(ADDRESS.into()), ..Options::default() };
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

/// A page that runs one of the scripts in `tests/search/`.
fn page(script: &str) -> String {
    let script = [include_str!("search/frame.js"), script].concat();
    let texts: Vec<&str> = queries().iter().map(|query| query[1]).collect();
    let script = script.replace("QUERIES", &serde_json::to_string(&texts).unwrap());
    include_str!("search/page.html").replace("SCRIPT", &script)
}

/// The thirty queries: kind, text, and the address that must come first.
fn queries() -> Vec<Vec<&'static str>> {
    let lines = QUERIES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split(" | ").collect()).collect()
}

/// What a search brought: how many of the three views it found the right page first from, and
/// the most bytes that it loaded of the index from one, as they are and compressed.
#[derive(Default, Clone, Copy)]
struct Found {
    right: usize,
    bytes: usize,
    zipped: usize,
}

/// Runs the thirty queries from each view. `index` is where the files of the index are, below
/// the site's address.
fn run(outputs: &Outputs, script: &str, index: &str) -> Vec<Found> {
    let browser = Browser::open(outputs.clone(), page(script));
    let is_index = |path: &str| path.starts_with(index) && !path.ends_with(".html");
    let zipped = |bytes: &[u8]| {
        let mut zip = GzEncoder::new(Vec::new(), Compression::new(9));
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap().len()
    };
    let of = |query: &Vec<&str>| {
        let mut found = Found::default();
        for view in ["", "zh/", "en/"] {
            let report = browser.report();
            let views = ["", "zh/", "en/"].map(|view| format!("{BASE}{view}{}", query[2]));
            let own = index != "search/" || report.text == format!("{BASE}{view}{}", query[2]);
            found.right += usize::from(own && views.contains(&report.text));
            let files = report.files.iter().filter(|path| is_index(path));
            let files: Vec<&[u8]> = files.map(|path| &*outputs[path.as_str()].bytes).collect();
            found.bytes = found.bytes.max(files.iter().map(|file| file.len()).sum());
            found.zipped = found.zipped.max(files.iter().map(|file| zipped(file)).sum());
        }
        found
    };
    queries().iter().map(of).collect()
}

/// How many queries found the right page first from every view.
fn right(found: &[Found]) -> usize {
    found.iter().filter(|found| found.right == 3).count()
}

/// The rows of a table: for each query and each search the bytes, compressed bytes, and whether
/// the right page was first.
fn table(searches: &[Vec<Found>]) -> String {
    let mut table = String::new();
    for (at, query) in queries().iter().enumerate() {
        let _ = write!(table, "| {} | {} |", query[0], query[1]);
        for Found { right, bytes, zipped } in searches.iter().map(|found| found[at]) {
            let right = if right == 3 { "yes".into() } else { format!("from {right} of 3") };
            let kilo = |bytes: usize| bytes as f64 / 1000.0;
            let _ = write!(table, " {right} | {:.1} | {:.1} |", kilo(bytes), kilo(zipped));
        }
        table += "\n";
    }
    for found in searches {
        let most = found.iter().map(|found| found.bytes).max();
        let once = found.iter().filter(|found| found.right > 0).count();
        let (all, most) = (right(found), most.unwrap_or(0));
        let _ =
            writeln!(table, "{all} of 30 from all views, {once} from one; {most} bytes at most");
    }
    table
}

#[test]
fn thirty_queries_find_their_page() {
    let kinds = queries().iter().fold(BTreeMap::new(), |mut kinds, query| {
        *kinds.entry(query[0]).or_insert(0) += 1;
        kinds
    });
    let of = |kind| kinds[kind];
    assert_eq!(
        ["chinese", "pinyin", "initials", "traditional", "english"].map(of),
        [10, 5, 5, 5, 5]
    );
    let found = run(&outputs(&sources()), include_str!("search/queries.js"), "search/");
    let table = table(std::slice::from_ref(&found));
    assert!(right(&found) >= 28, "{table}");
    assert!(found.iter().all(|found| (1..=MOST).contains(&found.bytes)), "{table}");
}

#[test]
fn readers_type_go_through_the_results_and_come_back() {
    let options = Options { base_url: Some(ADDRESS.into()), ..Options::default() };
    let sources = read(Path::new(env!("CARGO_MANIFEST_DIR")), &Layout::default(), options);
    let browser = Browser::open(outputs(&sources), page(include_str!("search/reader.js")));
    let expected = [
        "in the address: 粉红色的小恐龙",
        "marked: 粉红色的小恐龙",
        "arrow down: 2025/momo/",
        "arrow up: q",
        "escape: q",
        "escape again: , null, null",
        "while composing: q, null, null",
        "composed: /digest/glossary/cat-tax/",
        "views: /digest/zh/search/?q=猫税,/digest/en/search/?q=猫税",
        "followed: /digest/glossary/cat-tax/",
        "and back: 猫税, /digest/glossary/cat-tax/",
        "mixed: /digest/en/glossary/cat-tax/",
        "excerpt: en",
        "excerpt: zh-Hans",
        "one character: 猫",
        "nothing: status, null",
        "HTML: 0",
        "long: found",
        "errors: 0",
    ];
    for expected in expected {
        assert_eq!(browser.report().text, expected);
    }
}

/// The table of `docs/search.md`: the thirty queries on the site in the folder `GEN_SEARCH_SITE`,
/// and beside it Pagefind, where `GEN_SEARCH_PAGEFIND` names its program.
/// Pagefind runs WebAssembly, which the pages' own policy stops: `content-security-policy = ""` in that site.
///
/// `GEN_SEARCH_SITE=… cargo test --release --test search -- --ignored --nocapture`
#[test]
#[ignore = "for a site of one's own"]
fn the_thirty_queries_on_another_site() {
    let site = std::env::var("GEN_SEARCH_SITE").expect("GEN_SEARCH_SITE, a folder with book.toml");
    let options = Options { base_url: Some(ADDRESS.into()), ..Options::default() };
    let sources = read(Path::new(&site), &Layout::default(), options);
    let mut outputs = outputs(&sources);
    let mut searches = vec![run(&outputs, include_str!("search/queries.js"), "search/")];
    if let Ok(program) = std::env::var("GEN_SEARCH_PAGEFIND") {
        add_pagefind(&mut outputs, &program);
        searches.push(run(&outputs, include_str!("search/pagefind.js"), "pagefind/"));
    }
    println!("{}", table(&searches));
    assert!(right(&searches[0]) >= 28 && searches[0].iter().all(|found| found.bytes <= MOST));
}

/// Lets Pagefind index the pages and adds what it wrote.
fn add_pagefind(outputs: &mut Outputs, program: &str) {
    let folder = TempDir::new().unwrap();
    for (path, output) in outputs.iter().filter(|(path, _)| path.ends_with(".html")) {
        let path = folder.path().join(&**path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &output.bytes).unwrap();
    }
    let status = Command::new(program).arg("--site").arg(folder.path()).status();
    assert!(status.unwrap().success());
    let mut folders = vec![folder.path().join("pagefind")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
            outputs.insert(name.into(), Output::new(fs::read(path).unwrap()));
        }
    }
}
