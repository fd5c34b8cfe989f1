//! What a schema cannot say about front matter.

use std::collections::HashMap;
use std::ops::Range;

use super::FrontMatter;
use crate::diag::Diagnostic;
use crate::msg;
use crate::parse::address::{is_device, is_web, unsafe_scheme};
use crate::parse::cjk::is_han;
use crate::parse::data::Node;
use crate::parse::term;

/// Adds what is wrong with the values of front matter.
pub(super) fn check(path: &str, node: &Node, front: &FrontMatter, out: &mut Vec<Diagnostic>) {
    if let Some(value) = node.get("title")
        && front.title.as_ref().is_some_and(|title| title.is_empty())
    {
        out.push(
            Diagnostic::error(
                "empty-title",
                path,
                value.span.clone(),
                msg!("the title is empty", "标题是空的"),
            )
            .help(msg!("write a title, or remove the key", "请写上标题，或删去这个键")),
        );
    }
    if let (Some(slug), Some(value)) = (&front.slug, node.get("slug"))
        && !is_path(slug)
    {
        out.push(
            Diagnostic::error(
                "bad-slug",
                path,
                value.span.clone(),
                msg!("“{slug}” cannot be a part of a URL", "“{slug}”不能作为网址的一部分"),
            )
            .help(msg!(
                "write one name, such as cat-tax, or several with / between them: no spaces, no .., no / at either end",
                "请写一个名字，如 cat-tax，或用 / 分开的几个：不要空格，不要 ..，两端不要 /"
            )),
        );
    }
    if let (Some(cover), Some(value)) = (&front.cover, node.get("cover"))
        && let Some(scheme) = unsafe_scheme(cover, true)
    {
        out.push(
            Diagnostic::error(
                "unsafe-link",
                path,
                value.span.clone(),
                msg!("“{scheme}:” is not the address of a picture", "“{scheme}:”不是图片的地址"),
            )
            .help(msg!(
                "name a file beside the page, or write an address with https://",
                "请写页面旁边的文件，或以 https:// 开头的地址"
            )),
        );
    }
    if let Some(url) = front.source.as_ref().and_then(|source| source.url.as_ref())
        && let Some(value) = node.get("source").and_then(|source| source.get("url"))
        && !is_web(url)
    {
        out.push(
            Diagnostic::error(
                "bad-url",
                path,
                value.span.clone(),
                msg!("“{url}” is not the address of a web page", "“{url}”不是网页的地址"),
            )
            .help(msg!(
                "write it in full, with http:// or https://",
                "请写完整的地址，以 http:// 或 https:// 开头"
            )),
        );
    }
    for (text, span) in strings(node, "aliases") {
        let inner = text.strip_prefix('/').unwrap_or(&text);
        if !is_path(inner.strip_suffix('/').unwrap_or(inner)) {
            out.push(
                Diagnostic::error(
                    "bad-alias",
                    path,
                    span,
                    msg!("“{text}” is not a path of this site", "“{text}”不是本站的路径"),
                )
                .help(msg!("write it as /2024/old-name/", "请写成 /2024/old-name/")),
            );
        }
    }
    for (key, zh) in [("tags", "标签"), ("categories", "分类")] {
        let listed = strings(node, key);
        let mut firsts = HashMap::new();
        for (text, span) in &listed {
            let first = *firsts.entry(text).or_insert(span);
            if first != span {
                let problem = Diagnostic::warning(
                    "duplicate-tag",
                    path,
                    span.clone(),
                    msg!("“{text}” is listed twice in {key}", "{zh}里“{text}”写了两次"),
                )
                .help(msg!("remove one of them", "请删去其中一个"))
                .related(
                    path,
                    first.clone(),
                    msg!("it was first listed here", "第一次写在这里"),
                );
                out.push(problem);
            }
        }
    }
    if let Some(table) = node.get("readings") {
        for (word, pinyin) in front.readings.iter().flatten() {
            if !word.is_empty() && word.chars().all(is_han) && !pinyin.trim().is_empty() {
                continue;
            }
            let span = table.get(word).map(|value| value.span.clone());
            let text = msg!(
                "“{word}” = “{pinyin}” is not the reading of a word",
                "“{word}”=“{pinyin}”不是一个词的读音"
            );
            let help = msg!(
                "write Chinese characters and their pinyin: \"行长\" = \"hángzhǎng\"",
                "请写汉字和它的拼音：\"行长\" = \"hángzhǎng\""
            );
            out.push(Diagnostic::error("bad-reading", path, span, text).help(help));
        }
    }
    if let (Some(terms), Some(list)) = (&front.terms, node.get("terms")) {
        for (term, node) in terms.iter().zip(list.tables()) {
            term::check(path, node, term, out);
        }
    }
}

/// The texts and numbers of a key that takes one or a list, with their bytes.
fn strings(node: &Node, key: &str) -> Vec<(String, Range<usize>)> {
    let Some(value) = node.get(key) else { return Vec::new() };
    let one = std::slice::from_ref(value);
    let nodes = if value.items().is_empty() { one } else { value.items() };
    nodes.iter().filter_map(|node| Some((node.word()?, node.span.clone()))).collect()
}

/// The longest name that is made a folder, in bytes: file systems take 255, and some endings are added.
const MAX_NAME: usize = 240;

/// Whether a text is one or more names with `/` between them, fit for a URL and for a file, on every
/// system.
fn is_path(path: &str) -> bool {
    let bad = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '\\' | '?' | '#' | '%' | ':' | '"' | '<' | '>' | '|' | '*')
    };
    let name = |name: &str| {
        !matches!(name, "" | "." | "..") && !name.contains(bad) && name.len() <= MAX_NAME
    };
    path.split('/').all(|part| name(part) && !part.starts_with(".gen-") && !is_device(part))
}
