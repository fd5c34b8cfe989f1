//! What pages say of themselves: dates, titles, summaries, tags.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::translation::said::value;
use super::written::Written;
use crate::date::Date;
use crate::diag::{Diagnostic, suggest};
use crate::lang::Lang;
use crate::model::site::{Site, Taxonomy};
use crate::msg;
use crate::parse::cjk::is_han;
use crate::parse::data::{Kind, Node};
use crate::parse::doc::Doc;
use crate::source::Now;

/// How many columns search engines show of a title, a Chinese character taking two (what Bing Webmaster
/// Tools' Site Scan calls too long begins above 70 characters).
const TITLE: usize = 70;

/// How many columns they show of a description (the same, above 160 characters).
pub(super) const SUMMARY: usize = 160;

/// The columns that a text takes: two for a character of full width.
pub(super) fn columns(text: &str) -> usize {
    let wide =
        |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}');
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// Looks at the front matter of all pages.
pub(super) fn check(site: &Site<'_>, written: &[Written<'_>], now: &Now) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in written {
        if let Some(node) = &file.data {
            future(file.path, node, now, &mut found);
        }
    }
    for doc in site.batches.iter().flat_map(|batch| &batch.docs.docs) {
        not_yet(site, doc, now, &mut found);
    }
    for page in site.pages.iter() {
        for (lang, doc) in page.docs.present() {
            let own = |key: &str| value(doc, key, lang);
            let (title, summary) = (page.facts.title.get(lang), page.facts.summary.get(lang));
            if let (Some(title), Some(value)) = (title, own("title")) {
                found.extend(long("long-title", title, TITLE, doc, value));
            }
            if let (Some(summary), Some(value)) = (summary, own("summary")) {
                found.extend(long("long-summary", summary, SUMMARY, doc, value));
            }
            if summary.is_none() && page.is_listed() {
                found.push(no_summary(doc, lang));
            }
        }
        let order =
            page.facts.date.zip(page.facts.updated).filter(|(date, updated)| updated < date);
        for (_, doc) in page.written.present().filter(|_| order.is_some()) {
            found.extend(reversed(doc));
        }
    }
    same_titles(site, &mut found);
    for (taxonomy, key) in [
        (&site.outline.taxonomies.tags, "tags"),
        (&site.outline.taxonomies.categories, "categories"),
        (&site.outline.taxonomies.issues, "issue"),
    ] {
        unnamed(site, taxonomy, key, &mut found);
    }
    found
}

fn place(doc: &Doc, keys: &[&str]) -> Option<Range<usize>> {
    doc.front.node.as_ref().and_then(|node| node.at(keys)).map(|value| value.span.clone())
}

/// Dates of what has happened, that lie in the future.
fn future(path: &Arc<str>, node: &Node, now: &Now, found: &mut Vec<Diagnostic>) {
    let terms =
        ["term", "terms"].into_iter().filter_map(|key| node.get(key)).flat_map(Node::tables);
    let terms = terms.chain([node]).map(|term| (term.get("first_seen"), "first_seen"));
    let own =
        [(node.get("updated"), "updated"), (node.at(&["source", "published"]), "source.published")];
    for (value, key) in own.into_iter().chain(terms) {
        let Some(value) = value else { continue };
        let date = match &value.kind {
            Kind::Date(date) => Some(*date),
            Kind::Str(text) => Date::parse(text).ok(),
            _ => None,
        };
        let Some(date) = date.filter(|date| date.is_after(now)) else { continue };
        let message = msg!("`{key}` lies in the future: {date}", "`{key}` 的日期在将来：{date}");
        let problem = Diagnostic::warning("future-date", path.clone(), value.span.clone(), message);
        found.push(problem.help(msg!("correct the date", "请改正日期")));
    }
}

/// Pages that wait for their date.
fn not_yet(site: &Site<'_>, doc: &Doc, now: &Now, found: &mut Vec<Diagnostic>) {
    let Some(date) = doc.front.front.date.filter(|date| date.is_after(now)) else { return };
    let draft = doc.front.front.draft == Some(true);
    let shown =
        site.pages.iter().any(|page| page.docs.present().any(|(_, own)| own.path == doc.path));
    if draft || shown {
        return;
    }
    let day = date.day();
    let message = msg!("this page is not published before {day}", "这个页面要到 {day} 才发布");
    let problem = Diagnostic::hint("not-yet", doc.path.clone(), place(doc, &["date"]), message);
    found.push(problem.help(msg!(
        "build the site again on that day; --future checks it now",
        "到那天要重新构建；用 --future 可以现在就检查"
    )));
}

fn long(
    code: &'static str,
    text: &str,
    limit: usize,
    doc: &Doc,
    value: &Node,
) -> Option<Diagnostic> {
    let columns = columns(text);
    let (path, span) = (doc.path.clone(), value.span.clone());
    let (latin, han) = (limit, limit / 2);
    let help = msg!(
        "search engines show about {latin} letters, or {han} Chinese characters",
        "搜索引擎大约显示 {latin} 个字母或 {han} 个汉字"
    );
    (columns > limit).then(|| {
        let message =
            msg!("this is {columns} columns wide, which is long", "宽 {columns} 列，有点长");
        Diagnostic::hint(code, path, span, message).help(help)
    })
}

fn no_summary(doc: &Doc, lang: Lang) -> Diagnostic {
    let message = msg!("this article has no summary ({lang})", "这篇文章没有摘要（{lang}）");
    let title = value(doc, "title", lang).map(|value| value.span.clone());
    let span = title.unwrap_or_default();
    Diagnostic::hint("missing-summary", doc.path.clone(), span, message).help(msg!(
        "add summary = \"…\": lists, feeds and search engines show the beginning of the text for it",
        "请写上 summary = \"…\"：列表、订阅源和搜索引擎现在用的是正文开头"
    ))
}

fn reversed(doc: &Doc) -> Option<Diagnostic> {
    let span = place(doc, &["updated"])?;
    let message = msg!("`updated` is before `date`", "`updated` 早于 `date`");
    let problem = Diagnostic::warning("reversed-dates", doc.path.clone(), span, message)
        .help(msg!("correct one of them", "请改正其中一个"));
    Some(match place(doc, &["date"]) {
        Some(date) => {
            problem.related(doc.path.clone(), date, msg!("the date is here", "发布日期在这里"))
        }
        None => problem,
    })
}

/// Pages that have a title in common.
fn same_titles(site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    for lang in Lang::ALL {
        let mut known: BTreeMap<&str, &Arc<Doc>> = BTreeMap::new();
        for page in site.pages.iter() {
            let (Some(title), Some(doc)) = (page.facts.title.get(lang), page.docs.get(lang)) else {
                continue;
            };
            let Some(first) = known.get(title.trim()) else {
                known.insert(title.trim(), doc);
                continue;
            };
            let span = |doc: &Doc| value(doc, "title", lang).map(|value| value.span.clone());
            let message =
                msg!("another page has the title “{title}” too", "另一个页面的标题也是“{title}”");
            found.push(
                Diagnostic::hint("same-title", doc.path.clone(), span(doc), message)
                    .help(msg!("say what sets them apart", "请写出两者的区别"))
                    .related(first.path.clone(), span(first), msg!("the other page", "另一个页面")),
            );
        }
    }
}

/// Tags and their like that have no name, on a site that names them.
fn unnamed(site: &Site<'_>, taxonomy: &Taxonomy, key: &str, found: &mut Vec<Diagnostic>) {
    let settings = &site.config.taxonomies;
    let names = match taxonomy.kind {
        "tags" => &settings.tags.terms,
        "categories" => &settings.categories.terms,
        _ => &settings.issues.terms,
    };
    if names.is_empty() {
        return;
    }
    for group in &taxonomy.groups {
        let id = &group.id;
        if names.contains_key(id) || site.words.glossary.get(id).is_some() {
            continue;
        }
        let docs = group.pages.iter().flat_map(|&page| site.pages[page].written.present());
        let Some((doc, span)) = docs.filter_map(|(_, doc)| Some((doc, item(doc, key, id)?))).next()
        else {
            continue;
        };
        let kind = taxonomy.kind;
        let near = suggest(id, names.keys().map(String::as_str));
        let message = msg!("“{id}” has no name in book.toml", "“{id}”在 book.toml 里没有名称");
        found.push(match near {
            Some(near) if id.chars().count() > 3 => {
                Diagnostic::warning("similar-tag", doc.path.clone(), span, message)
                    .help(msg!("did you mean “{near}”?", "是不是“{near}”？"))
            }
            _ => Diagnostic::hint("unnamed-tag", doc.path.clone(), span, message).help(msg!(
                "add it to [taxonomies.{kind}.terms]: {id} = {{ zh = \"…\", en = \"…\" }}",
                "请在 [taxonomies.{kind}.terms] 里加上 {id} = {{ zh = \"…\", en = \"…\" }}"
            )),
        });
    }
}

/// Where a document lists a word under a key.
fn item(doc: &Doc, key: &str, word: &str) -> Option<Range<usize>> {
    let value = doc.front.node.as_ref()?.get(key)?;
    let one = std::slice::from_ref(value);
    let nodes = if value.items().is_empty() { one } else { value.items() };
    nodes.iter().find(|node| node.word().as_deref() == Some(word)).map(|node| node.span.clone())
}
