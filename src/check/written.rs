//! The files of a site as they are written: their texts, character by character.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::lang::Lang;
use crate::model::site::Site;
use crate::parse::cjk::is_han;
use crate::parse::data::{self, Kind, Node};
use crate::parse::doc::Form;
use crate::parse::front_matter::{self, Format};
use crate::parse::leaf::Leaf;
use crate::parse::markdown::{Blocks, Leaves, Rules, Spoken, leaves};
use crate::source::Sources;

/// A file of texts.
pub(super) struct Written<'a> {
    /// Its path.
    pub path: &'a Arc<str>,
    /// All of it.
    pub text: &'a str,
    /// Its front matter, or its data.
    pub data: Option<Node>,
    /// The texts in it that readers see.
    pub values: Vec<Leaf>,
    /// Its Markdown.
    pub body: Leaves,
}

impl Written<'_> {
    /// All its texts.
    pub fn leaves(&self) -> impl Iterator<Item = &Leaf> {
        self.values.iter().chain(&self.body.leaves)
    }
}

/// Which file is read as what.
enum Kept {
    /// A page, or the text of a term.
    Markdown(Form),
    /// The glossary.
    Glossary,
}

/// Reads the files of the pages that are published and of the glossary, in the order of their paths.
pub(super) fn read<'a>(site: &Site<'_>, sources: &'a Sources) -> Vec<Written<'a>> {
    let mut kept: BTreeMap<Arc<str>, Kept> = BTreeMap::new();
    for page in site.pages.iter() {
        for (_, doc) in page.docs.present() {
            kept.insert(doc.path.clone(), Kept::Markdown(doc.form));
        }
    }
    for entry in site.words.glossary.terms.iter().filter(|entry| !entry.local) {
        let kind =
            if entry.path.ends_with(".toml") { Kept::Glossary } else { Kept::Markdown(Form::Both) };
        kept.entry(entry.path.clone()).or_insert(kind);
    }
    let rules = Rules::of(&site.config.markdown);
    let kept: Vec<_> = kept.into_iter().collect();
    let read = |(path, kind): &(Arc<str>, Kept)| {
        let (path, file) = sources.files.get_key_value(path)?;
        let text = std::str::from_utf8(&file.bytes).ok()?;
        Some(match kind {
            Kept::Markdown(form) => markdown(path, text, *form, rules),
            Kept::Glossary => glossary(path, text),
        })
    };
    kept.par_iter().filter_map(read).collect()
}

/// Reads a page, or the text of a term.
pub(super) fn markdown<'a>(
    path: &'a Arc<str>,
    text: &'a str,
    form: Form,
    rules: Rules,
) -> Written<'a> {
    let (data, body_start, _) = front_matter::split(path, text);
    let node = data.and_then(|(format, range)| {
        let (start, data) = (range.start, &text[range]);
        match format {
            Format::Toml => data::parse_toml(path, data, start).ok(),
            Format::Yaml => data::parse_yaml(path, data, start).ok(),
        }
    });
    let lang = match form {
        Form::One(lang) => Some(lang),
        Form::Both => None,
    };
    let values = node.as_ref().map(|node| values(node, text, lang)).unwrap_or_default();
    let body = match lang {
        Some(lang) => leaves(text, body_start, Spoken::One(lang), rules),
        None => {
            let blocks = Blocks::of(text, body_start, rules);
            leaves(text, body_start, Spoken::Each(&blocks), rules)
        }
    };
    Written { path, text, data: node, values, body }
}

/// Reads `glossary.toml`.
pub(super) fn glossary<'a>(path: &'a Arc<str>, text: &'a str) -> Written<'a> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let node = data::parse_toml(path, &text[start..], start).ok();
    let terms = node.as_ref().and_then(|node| node.get("term"));
    let values = terms.into_iter().flat_map(Node::tables).flat_map(|term| values(term, text, None));
    let values = values.collect();
    Written { path, text, data: node, values, body: Leaves::default() }
}

/// The texts among the values of front matter, or of a term: what is written for this site. What
/// quotes others (`source.original_title`) is not.
fn values(node: &Node, text: &str, lang: Option<Lang>) -> Vec<Leaf> {
    let of_term = |term: &Node| term.get("definition").map(|value| texts(value, text, lang));
    let own = [&["title"][..], &["summary"], &["source", "statement"], &["definition"]];
    let own =
        own.iter().filter_map(|keys| node.at(keys)).flat_map(|value| texts(value, text, lang));
    let local = node.get("terms").into_iter().flat_map(Node::tables).filter_map(of_term).flatten();
    own.chain(local).collect()
}

/// A plain or bilingual text.
fn texts(value: &Node, text: &str, lang: Option<Lang>) -> Vec<Leaf> {
    match &value.kind {
        Kind::Str(plain) => {
            // A plain text in a file of both languages stands for both.
            let script = if plain.chars().any(is_han) { Lang::Zh } else { Lang::En };
            value.leaf(text, lang.or(Some(script))).into_iter().collect()
        }
        _ => {
            let each = Lang::ALL.into_iter().filter_map(|own| Some((own, value.get(own.key())?)));
            each.filter_map(|(own, value)| value.leaf(text, Some(own))).collect()
        }
    }
}
