//! What book.toml could say, and what of it no page needs.

use std::collections::BTreeMap;

use super::facts::{SUMMARY, columns};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::model::site::{Site, Taxonomy};
use crate::msg;
use crate::parse::data::{self, Node};
use crate::source::Sources;
use crate::text::Text;

/// Looks at book.toml.
pub(super) fn check(site: &Site<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Some((path, file)) = sources.files.get_key_value("book.toml") else { return found };
    let Ok(text) = std::str::from_utf8(&file.bytes) else { return found };
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let Ok(node) = data::parse_toml(path, &text[start..], start) else { return found };
    if site.urls.origin.is_none() {
        let message =
            msg!("book.toml does not say where the site is", "book.toml 没有写网站的地址");
        found.push(Diagnostic::hint("missing-site-url", path.clone(), None, message).help(msg!(
            "add site-url = \"https://…/\" to [output.html]: the sitemap and other sites need it",
            "请在 [output.html] 里写上 site-url = \"https://…/\"：网站地图和别的网站要用"
        )));
    }
    for lang in Lang::ALL {
        let length = columns(site.config.book.description.get(lang));
        let Some(value) = node.at(&["book", "description"]).filter(|_| length > SUMMARY) else {
            continue;
        };
        let span = value.get(lang.key()).unwrap_or(value).span.clone();
        let message =
            msg!("this is {length} columns wide, which is long", "宽 {length} 列，有点长");
        let (latin, han) = (SUMMARY, SUMMARY / 2);
        found.push(Diagnostic::hint("long-description", path.clone(), span, message).help(msg!(
            "search engines show about {latin} letters, or {han} Chinese characters",
            "搜索引擎大约显示 {latin} 个字母或 {han} 个汉字"
        )));
    }
    let (settings, made) = (&site.config.taxonomies, &site.outline.taxonomies);
    let kinds: [(&[&str], &BTreeMap<String, Text>, &Taxonomy); 3] = [
        (&["taxonomies", "tags", "terms"], &settings.tags.terms, &made.tags),
        (&["taxonomies", "categories", "terms"], &settings.categories.terms, &made.categories),
        (&["taxonomies", "issues", "terms"], &settings.issues.terms, &made.issues),
    ];
    for (keys, names, taxonomy) in kinds {
        let unused = names.keys().filter(|name| taxonomy.group(name).is_none());
        unused.for_each(|name| found.extend(no_use(path, &node, keys, name)));
    }
    let terms = &site.words.glossary.terms;
    let used = |name: &String| terms.iter().any(|entry| entry.term.category.as_ref() == Some(name));
    let unused = site.config.glossary.categories.keys().filter(|name| !used(name));
    unused.for_each(|name| found.extend(no_use(path, &node, &["glossary", "categories"], name)));
    found
}

/// A name that nothing bears.
fn no_use(
    path: &std::sync::Arc<str>,
    node: &Node,
    keys: &[&str],
    name: &str,
) -> Option<Diagnostic> {
    let span = node.at(keys)?.key_span(name)?;
    let message = msg!("no page or term uses “{name}”", "没有页面或词条用到“{name}”");
    Some(
        Diagnostic::hint("unused-name", path.clone(), span, message)
            .help(msg!("remove it, or check its spelling", "请删去，或者看看是不是写错了")),
    )
}
