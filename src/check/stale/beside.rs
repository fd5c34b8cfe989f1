//! What is said of a page beside its blocks: title, summary and footnotes. Their pairs have names of their
//! own in the lock, so that a lock without them says nothing of them.

use super::{Item, mark};
use crate::check::translation::said::{footnotes, value};
use crate::check::unit::Both;
use crate::lang::{Lang, PerLang};
use crate::model::pages::Page;
use crate::parse::data::{Kind, Node};
use crate::parse::markdown::Block;

/// The pairs of a text that is called `key` in the lock, by their names there.
pub(super) fn of(key: &str, both: &Both<'_>, page: Option<&Page>) -> Vec<(String, Vec<Item>)> {
    let mut found = Vec::new();
    for field in ["title", "summary"] {
        let item = page.and_then(|page| of_field(page, field));
        found.extend(item.map(|item| (format!("{key} #{field}"), vec![item])));
    }
    let notes = footnotes(both).into_iter().map(|notes| {
        let blocks =
            PerLang { zh: notes.zh.blocks.iter().collect(), en: notes.en.blocks.iter().collect() };
        Item::of(&blocks, both)
    });
    let notes: Vec<Item> = notes.collect();
    if !notes.is_empty() {
        found.push((format!("{key} #footnotes"), notes));
    }
    found
}

/// A text of the front matter, where both files write it.
fn of_field(page: &Page, field: &str) -> Option<Item> {
    let block = |lang: Lang| match value(page.docs.get(lang).as_ref()?, field, lang)? {
        Node { kind: Kind::Str(text), span, .. } => Some(Block::plain(text, span.clone())),
        _ => None,
    };
    let blocks = PerLang { zh: block(Lang::Zh)?, en: block(Lang::En)? };
    Some(Item {
        places: PerLang::from_fn(|lang| Some(blocks.get(lang).span.clone())),
        sentences: PerLang::from_fn(|_| Vec::new()),
        pair: PerLang::from_fn(|lang| Some(mark::of_text(blocks.get(lang)))),
    })
}
