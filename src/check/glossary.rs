//! What the terms of the glossary lack, and what no text needs of them.
//!
//! Unknown ids, ids and names that two terms share, and readings that are not sure are problems of a
//! build: `model::glossary` reports them.

mod pinyin;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::written::Written;
use crate::diag::{Diagnostic, Message, suggest};
use crate::lang::Lang;
use crate::model::glossary::fold::squeeze;
use crate::model::site::Site;
use crate::msg;
use crate::parse::data::Node;

/// A term as it is written.
struct Told<'a> {
    path: &'a Arc<str>,
    id: String,
    node: &'a Node,
}

/// Looks at the terms of the glossary, and of articles.
pub(super) fn check(site: &Site<'_>, written: &[Written<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let rich = site.words.glossary.terms.iter().filter(|entry| entry.rich);
    let rich: HashMap<&str, &str> =
        rich.map(|entry| (&*entry.path, entry.term.id.as_str())).collect();
    for term in written.iter().flat_map(|file| terms(&rich, file)) {
        names(&term, &mut found);
        definitions(site, &term, &mut found);
        category(site, &term, &mut found);
        found.extend(pinyin::of_term(&term));
    }
    for file in written {
        let readings = file.data.as_ref().and_then(|node| node.get("readings"));
        for entry in readings.map_or(&[][..], Node::entries) {
            let fit = entry.value.word().and_then(|pinyin| pinyin::misfit(&entry.key, &pinyin));
            found.extend(fit.map(|misfit| misfit.problem(file.path, &entry.value)));
        }
    }
    found.extend(unused(site));
    found
}

/// The terms that a file defines. `rich` has the ids of those with a file of their own.
fn terms<'a>(rich: &HashMap<&str, &str>, file: &'a Written<'_>) -> Vec<Told<'a>> {
    let Some(node) = &file.data else { return Vec::new() };
    let told = |node: &'a Node| {
        let id = node.get("id").and_then(Node::word).unwrap_or_default();
        Told { path: file.path, id, node }
    };
    if let Some(id) = rich.get(&**file.path) {
        return vec![Told { id: (*id).to_owned(), ..told(node) }];
    }
    let lists = ["term", "terms"].into_iter().filter_map(|key| node.get(key));
    lists.flat_map(Node::tables).map(told).collect()
}

impl Told<'_> {
    /// Where problems of the whole term are shown: at its id, else at its first key.
    fn place(&self) -> Range<usize> {
        let first = || self.node.entries().first().map(|entry| entry.key_span.clone());
        let id = self.node.get("id").map(|id| id.span.clone());
        id.or_else(first).unwrap_or_else(|| self.node.span.clone())
    }

    fn warn(&self, code: &'static str, span: Range<usize>, message: Message) -> Diagnostic {
        Diagnostic::warning(code, self.path.clone(), span, message)
    }

    fn hint(&self, code: &'static str, span: Range<usize>, message: Message) -> Diagnostic {
        Diagnostic::hint(code, self.path.clone(), span, message)
    }

    /// The texts at a path of keys, one or a list, with their bytes.
    fn texts(&self, keys: &[&str]) -> Vec<(String, Range<usize>)> {
        let Some(value) = self.node.at(keys) else { return Vec::new() };
        let nodes =
            if value.items().is_empty() { std::slice::from_ref(value) } else { value.items() };
        let written = nodes.iter().filter_map(|node| Some((node.word()?, node.span.clone())));
        written.filter(|(text, _)| !text.trim().is_empty()).collect()
    }
}

/// The names of a term in each language: there, each once, and none of them forbidden.
fn names(term: &Told<'_>, found: &mut Vec<Diagnostic>) {
    let id = &term.id;
    for lang in Lang::ALL {
        let key = lang.key();
        let main = term.texts(&[key]);
        if main.is_empty() && !term.texts(&[lang.other().key()]).is_empty() {
            let message = msg!("the term `{id}` has no {key}", "词条 `{id}` 没有 {key}");
            found.push(term.warn("missing-rendering", term.place(), message).help(msg!(
                "add {key} = \"…\"; where it is not translated, write the same in both",
                "请写上 {key} = \"…\"；如果不译，两种语言写成一样"
            )));
        }
        let mut known: Vec<String> = Vec::new();
        for (name, span) in main.into_iter().chain(term.texts(&["aliases", key])) {
            let folded = squeeze(&name);
            if known.contains(&folded) {
                let message =
                    msg!("“{name}” is a name of `{id}` already", "“{name}”已经是 `{id}` 的名称");
                found.push(term.hint("repeated-name", span, message).help(msg!(
                    "remove it: letter case, widths and traditional characters are told apart by no one",
                    "请删去：大小写、全半角、繁简都算同一个名称"
                )));
            }
            known.push(folded);
        }
        for (name, span) in term.texts(&["avoid", key]) {
            if known.contains(&squeeze(&name)) {
                let message = msg!(
                    "“{name}” is to be avoided, and is a name of `{id}` too",
                    "“{name}”既要避免，又是 `{id}` 的名称"
                );
                let help = msg!("take it out of one of the two", "请从其中一处删去");
                found.push(term.warn("avoided-name", span, message).help(help));
            }
        }
    }
    for (see, span) in term.texts(&["see"]) {
        if see == term.id {
            let message = msg!("`{id}` names itself as related", "`{id}` 把自己列为相关词条");
            let help = msg!("take it out of `see`", "请从 `see` 里删去");
            found.push(term.warn("see-itself", span, message).help(help));
        }
    }
}

/// What is said of a term: in both languages, and its part of speech.
fn definitions(site: &Site<'_>, term: &Told<'_>, found: &mut Vec<Diagnostic>) {
    let id = &term.id;
    for lang in Lang::ALL {
        if !term.texts(&["definition", lang.key()]).is_empty() || !needed(site, lang) {
            continue;
        }
        let key = lang.key();
        let place = term.node.get("definition").map_or_else(|| term.place(), |d| d.span.clone());
        let message =
            msg!("the term `{id}` has no definition in {key}", "词条 `{id}` 没有释义（{key}）");
        found.push(
            term.warn("missing-definition", place, message)
                .help(msg!("add definition.{key} = \"…\"", "请写上 definition.{key} = \"…\"")),
        );
    }
    if term.texts(&["part_of_speech"]).is_empty() {
        let message = msg!("the term `{id}` has no part of speech", "词条 `{id}` 没有词性");
        found.push(term.hint("missing-part-of-speech", term.place(), message).help(msg!(
            "add part_of_speech = \"noun\", or what it is",
            "请写上 part_of_speech = \"noun\" 之类"
        )));
    }
}

/// Whether a language is one that the site is written in: a site may have one only.
fn needed(site: &Site<'_>, lang: Lang) -> bool {
    site.pages.is_empty() || site.pages.iter().any(|page| page.has(lang))
}

/// The category of a term, where the site names its categories.
fn category(site: &Site<'_>, term: &Told<'_>, found: &mut Vec<Diagnostic>) {
    let names = &site.config.glossary.categories;
    for (category, span) in term.texts(&["category"]) {
        if names.is_empty() || names.contains_key(&category) {
            continue;
        }
        let message = msg!(
            "the category “{category}” has no name in book.toml",
            "类别“{category}”在 book.toml 里没有名称"
        );
        let help = match suggest(&category, names.keys().map(String::as_str)) {
            Some(near) => msg!("did you mean “{near}”?", "是不是“{near}”？"),
            None => msg!(
                "add it to [glossary.categories]: {category} = {{ zh = \"…\", en = \"…\" }}",
                "请在 [glossary.categories] 里加上 {category} = {{ zh = \"…\", en = \"…\" }}"
            ),
        };
        found.push(term.hint("unnamed-category", span, message).help(help));
    }
}

/// Terms of the glossary that no text mentions and no term names.
fn unused(site: &Site<'_>) -> Vec<Diagnostic> {
    let terms = &site.words.glossary.terms;
    let named: HashSet<&str> =
        terms.iter().flat_map(|entry| &entry.term.see).map(String::as_str).collect();
    let unused = terms.iter().enumerate().filter(|(index, entry)| {
        site.uses.count(*index) == 0 && !entry.rich && !named.contains(entry.term.id.as_str())
    });
    let problem = |(_, entry): (usize, &crate::model::glossary::Entry)| {
        let id = &entry.term.id;
        let message = msg!("no text mentions the term `{id}`", "没有文章提到词条 `{id}`");
        Diagnostic::hint("unused-term", entry.path.clone(), entry.span.clone(), message).help(msg!(
            "add the form in which texts have it to `aliases`, or remove the term",
            "请把文章里的写法加进 `aliases`，或者删去这个词条"
        ))
    };
    unused.map(problem).collect()
}
