//! Sites in folders, the program, and the tools that its files are held to.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// A site from texts that each begin with `//- ` and a path.
pub fn site(text: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    for part in text.split("//- ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap();
        write(&dir, path, text);
    }
    dir
}

pub fn write(dir: &TempDir, path: &str, text: &str) {
    let path = dir.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub fn read(dir: &TempDir, path: &str) -> String {
    fs::read_to_string(dir.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// How a command ended, and what it said.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs a line of arguments in a folder.
pub fn run(dir: &Path, line: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gen"));
    command.args(line.split_whitespace()).current_dir(dir).env_remove("LC_ALL");
    command.env_remove("LC_MESSAGES").env_remove("LANG");
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    Ran { code, out: text(output.stdout), err: text(output.stderr) }
}

/// What a command prints that ends well.
pub fn gen_in(dir: &TempDir, line: &str) -> String {
    let Ran { code, out, err } = run(dir.path(), line);
    assert_eq!(code, 0, "gen {line}\n{err}");
    out
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file that scripts/test fetches; without it a test is left out, but never in CI.
pub fn fetched(path: &str) -> Option<PathBuf> {
    let file = repository().join("target/exchange").join(path);
    if file.exists() {
        return Some(file);
    }
    let missing = format!("target/exchange/{path} is missing: scripts/test fetches it");
    assert!(std::env::var_os("CI").is_none(), "{missing}");
    eprintln!("{missing}");
    None
}

/// A site whose texts hold what formats may stumble over.
pub const HARD: &str = r##"
//- book.toml
[book]
title = { zh = "文摘 & <b>", en = "Digest :: \"x\"" }
[output.html]
site-url = "https://a.org/d/"
[align]
dictionary = "dict.u8"
//- dict.u8
累 累 [lei4] /tired/
//- content/glossary.toml
[[term]]
id = "996"
zh = "九九六"
en = "996 <work> & \"rest\""
pinyin = "jiǔ jiǔ liù"
part_of_speech = "proper noun"
category = "work"
definition.zh = "=HYPERLINK(\"http://x\")，换行\n第二行\t制表 ]]>"
definition.en = "+1 & <i>\nline"
aliases.zh = ["a|b", "c\\", "'=x"]
aliases.en = ["nine, nine; six"]
avoid.en = ["hard-working"]
see = ["lone"]
sources = ["https://a.org/?a=1&b=2", "一本书"]
first_seen = 2019-03-27

[[term]]
id = "lone"
en = "lone word"
definition.zh = "没有中文名"
//- content/2025/work.zh.md
+++
date = 2025-01-14
[[terms]]
id = "own"
zh = "自己的词"
en = "own word"
pinyin = "zìjǐ de cí"
+++
# 九九六

九九六很累 & <b>粗</b>。他用自己的词说话。

第二段说 996，`code`。
//- content/2025/work.en.md
# Working

996 is tiring & <b>bold</b>. He speaks with an own word.

The second paragraph says 996, `code`.
//- content/2025/_index.zh.md
# 二〇二五
//- content/about.zh.md
# 关于

只有中文的九九六。
"##;
