//! Pairs of blocks that are not built alike.

use crate::check::unit::Both;
use crate::diag::{Diagnostic, Message};
use crate::lang::{Lang, PerLang};
use crate::model::align::Row;
use crate::msg;
use crate::parse::markdown::{Block, BlockKind};

pub(super) fn check(both: &Both<'_>, row: &Row) -> Vec<Diagnostic> {
    let (zh, en) = (both.blocks(row, Lang::Zh), both.blocks(row, Lang::En));
    let ([zh], [en]) = (zh, en) else { return Vec::new() };
    if let Some(message) = difference(zh, en) {
        let version = both.version(Lang::Zh);
        let problem = Diagnostic::warning(
            "different-structure",
            version.path.clone(),
            zh.span.clone(),
            message,
        );
        let (path, note) = (both.en.path.clone(), msg!("the counterpart", "另一种语言"));
        return vec![problem.related(path, en.span.clone(), note)];
    }
    if !matches!(zh.kind, BlockKind::List { .. } | BlockKind::Table | BlockKind::Definitions) {
        return Vec::new();
    }
    items(both, row, &PerLang { zh, en })
}

/// How two blocks differ in kind.
fn difference(zh: &Block, en: &Block) -> Option<Message> {
    match (zh.kind, en.kind) {
        (BlockKind::Heading(a), BlockKind::Heading(b)) if a != b => Some(msg!(
            "this heading is of level {a}, and of level {b} in English",
            "这个标题是 {a} 级，英文是 {b} 级"
        )),
        (BlockKind::List { ordered: a }, BlockKind::List { ordered: b }) if a != b => {
            Some(msg!("this list is numbered in one version only", "这个列表只在一种语言里带编号"))
        }
        (a, b) if std::mem::discriminant(&a) != std::mem::discriminant(&b) => {
            let free = |kind| matches!(kind, BlockKind::Html);
            if free(a) || free(b) {
                return None;
            }
            let ((en_a, zh_a), (en_b, zh_b)) = (name(a), name(b));
            Some(msg!("this is {en_a}, and {en_b} in English", "这里是{zh_a}，英文是{zh_b}"))
        }
        _ => None,
    }
}

fn name(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Paragraph => ("a paragraph", "段落"),
        BlockKind::Heading(_) => ("a heading", "标题"),
        BlockKind::Quote => ("a quote", "引文"),
        BlockKind::Alert => ("an alert", "提示"),
        BlockKind::List { .. } => ("a list", "列表"),
        BlockKind::Definitions => ("a definition list", "定义列表"),
        BlockKind::Table => ("a table", "表格"),
        BlockKind::Code => ("code", "代码"),
        BlockKind::Math => ("a formula", "公式"),
        BlockKind::Image => ("an image", "图片"),
        BlockKind::Rule => ("a rule", "分隔线"),
        BlockKind::Html => ("raw HTML", "HTML"),
    }
}

/// Items of a list, or rows of a table, that only one version has.
fn items(both: &Both<'_>, row: &Row, blocks: &PerLang<&Block>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for pair in &row.parts {
        for (lang, own, other) in [(Lang::Zh, &pair.zh, &pair.en), (Lang::En, &pair.en, &pair.zh)] {
            if own.is_empty() || !other.is_empty() {
                continue;
            }
            let (block, counterpart) = (*blocks.get(lang), *blocks.get(lang.other()));
            for part in &block.parts[own.clone()] {
                let message = match lang {
                    Lang::Zh => {
                        msg!("this item has no counterpart in English", "这一项没有对应的英文")
                    }
                    Lang::En => {
                        msg!("this item has no counterpart in Chinese", "这一项没有对应的中文")
                    }
                };
                let path = both.version(lang).path.clone();
                let problem =
                    Diagnostic::warning("unpaired-item", path, part.span.clone(), message);
                let path = both.version(lang.other()).path.clone();
                let note = msg!("the list as a whole", "另一种语言里的整个列表");
                found.push(problem.related(path, counterpart.span.clone(), note));
            }
        }
    }
    found
}
