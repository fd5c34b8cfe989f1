//! What is said beside the blocks of a page: titles, summaries, footnotes, and the definitions of terms.

use std::ops::Range;
use std::sync::Arc;

use super::names::Names;
use super::{language, numbers};
use crate::check::unit::{Both, Piece, Sides};
use crate::check::written::Written;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::model::pages::Page;
use crate::parse::data::{Kind, Node};
use crate::parse::doc::Doc;
use crate::parse::markdown::{Block, Footnote};

/// A text of a page, or of a term, in both languages.
struct Said {
    paths: PerLang<Arc<str>>,
    blocks: PerLang<Vec<Block>>,
}

/// Compares the titles and summaries of a page, where each version writes its own.
pub(super) fn of_page(page: &Page, names: &Names) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let (Some(zh), Some(en)) = (&page.docs.zh, &page.docs.en) else { return found };
    for key in ["title", "summary"] {
        let values = PerLang { zh: value(zh, key, Lang::Zh), en: value(en, key, Lang::En) };
        let paths = PerLang { zh: zh.path.clone(), en: en.path.clone() };
        found.extend(of_values(paths, values).iter().flat_map(|said| said.check(names, true)));
    }
    found
}

/// Compares the footnotes of a text: those of one label, or the first with the first where there are as many.
pub(super) fn of_footnotes(both: &Both<'_>, names: &Names) -> Vec<Diagnostic> {
    let paths = PerLang { zh: both.zh.path.clone(), en: both.en.path.clone() };
    let said = footnotes(both).into_iter().map(|notes| Said {
        paths: paths.clone(),
        blocks: PerLang { zh: notes.zh.blocks.clone(), en: notes.en.blocks.clone() },
    });
    // What is left in the other language is looked for in all footnotes, paired or not.
    said.flat_map(|said| said.check(names, false)).collect()
}

/// The footnotes of both versions that belong together.
pub(in crate::check) fn footnotes<'a>(both: &Both<'a>) -> Vec<PerLang<&'a Footnote>> {
    let (zh, en) = (&both.zh.body.footnotes, &both.en.body.footnotes);
    let named = |note: &'a Footnote| {
        let other = en.iter().find(|other| other.label == note.label)?;
        Some(PerLang { zh: note, en: other })
    };
    let found: Vec<_> = zh.iter().filter_map(named).collect();
    if found.is_empty() && zh.len() == en.len() {
        return zh.iter().zip(en).map(|(zh, en)| PerLang { zh, en }).collect();
    }
    found
}

/// Compares the definitions of the terms that files define.
pub(super) fn of_terms(written: &[Written<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in written {
        let Some(node) = &file.data else { continue };
        let listed = ["term", "terms"].into_iter().filter_map(|key| node.get(key));
        for term in listed.flat_map(Node::tables).chain([node]) {
            let Some(definition) = term.get("definition") else { continue };
            let values = PerLang::from_fn(|lang: Lang| definition.get(lang.key()));
            let paths = PerLang::from_fn(|_| file.path.clone());
            let said = of_values(paths, values);
            found.extend(said.iter().flat_map(|said| said.check(&Names::default(), true)));
        }
    }
    found
}

/// The value of a text in a language, where a document writes it.
pub(in crate::check) fn value<'a>(doc: &'a Doc, key: &str, lang: Lang) -> Option<&'a Node> {
    let value = doc.front.node.as_ref()?.get(key)?;
    match value.kind {
        Kind::Table(_) => value.get(lang.key()),
        _ => Some(value),
    }
}

fn of_values(paths: PerLang<Arc<str>>, values: PerLang<Option<&Node>>) -> Option<Said> {
    let block = |value: Option<&Node>| match value {
        Some(Node { kind: Kind::Str(text), span, .. }) => Some(Block::plain(text, span.clone())),
        _ => None,
    };
    let (zh, en) = (block(values.zh)?, block(values.en)?);
    // A plain text in a file of both languages stands for both.
    let same = paths.zh == paths.en && zh.span == en.span;
    (!same).then(|| Said { paths, blocks: PerLang { zh: vec![zh], en: vec![en] } })
}

impl Said {
    fn check(&self, names: &Names, language: bool) -> Vec<Diagnostic> {
        let texts = PerLang::from_fn(|lang| pieces(self.blocks.get(lang)));
        let places = PerLang::from_fn(|lang| whole(self.blocks.get(lang)));
        let sides = Sides { paths: self.paths.clone(), places, beads: Vec::new(), texts };
        let mut found = numbers::check(&sides);
        found.extend(names.check(&sides, None));
        for lang in Lang::ALL.into_iter().filter(|_| language) {
            let pieces = sides.get(lang).iter();
            let path = self.paths.get(lang);
            found.extend(pieces.filter_map(|piece| language::check_piece(piece, lang, path)));
        }
        found
    }
}

fn pieces(blocks: &[Block]) -> Vec<Piece<'_>> {
    let of = |block| move |sentence| Piece { block, sentence };
    blocks.iter().flat_map(|block| block.sentences.iter().map(of(block))).collect()
}

fn whole(blocks: &[Block]) -> Range<usize> {
    blocks.first().map_or(0..0, |block| block.span.clone())
}
