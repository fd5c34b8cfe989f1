//! Checks terms against each other and fills their pinyin.

use std::collections::HashMap;

use super::{Entry, Glossary, fold, reading};
use crate::diag::Diagnostic;
use crate::msg;

/// Adds terms to a glossary that was checked before: an empty one, or the site's.
pub(super) fn join(base: &Glossary, mut new: Vec<Entry>) -> (Glossary, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    new.sort_by(|a, b| {
        let key = |e: &Entry| (e.term.id.clone(), e.path.clone(), e.span.start);
        key(a).cmp(&key(b))
    });
    new.dedup_by(|second, first| {
        let same = second.term.id == first.term.id;
        if same {
            diagnostics.push(duplicate(first, second));
        }
        same
    });
    for entry in &mut new {
        diagnostics.extend(fill_pinyin(entry));
        diagnostics.extend(base.get(&entry.term.id).map(|(_, global)| shadowed(entry, global)));
    }

    let is_new: Vec<String> = new.iter().map(|entry| entry.term.id.clone()).collect();
    let is_new = |entry: &Entry| is_new.binary_search(&entry.term.id).is_ok();
    let kept = base.terms.iter().filter(|entry| !is_new(entry)).cloned();
    let mut terms: Vec<Entry> = kept.collect();
    terms.extend(new);
    terms.sort_by(|a, b| a.term.id.cmp(&b.term.id));

    let glossary = Glossary::of(terms);
    for entry in glossary.terms.iter().filter(|entry| is_new(entry)) {
        let see = entry.term.see.iter().enumerate();
        let unknown = see.filter(|(_, id)| glossary.get(id).is_none());
        diagnostics
            .extend(unknown.map(|(at, id)| unknown_see(entry, at, id, glossary.suggest(id))));
    }
    diagnostics.extend(collisions(&glossary, is_new));
    (glossary, diagnostics)
}

fn duplicate(first: &Entry, second: &Entry) -> Diagnostic {
    let id = &second.term.id;
    Diagnostic::error(
        "duplicate-term",
        second.path.clone(),
        second.span.clone(),
        msg!("the id `{id}` belongs to two terms", "两个词条都用了 id `{id}`"),
    )
    .help(msg!(
        "give one of them another id, or make them one term",
        "请给其中一个换个 id，或把两者合为一条"
    ))
    .related(
        first.path.clone(),
        first.span.clone(),
        msg!("it is first defined here", "前一次在这里定义"),
    )
}

fn shadowed(local: &Entry, global: &Entry) -> Diagnostic {
    let id = &local.term.id;
    Diagnostic::warning(
        "shadowed-term",
        local.path.clone(),
        local.span.clone(),
        msg!(
            "in this article `{id}` hides the glossary's term of that id",
            "本文的 `{id}` 盖住了词汇表里同 id 的词条"
        ),
    )
    .help(msg!("leave it out here, or give it another id", "请删去本文的这一条，或换个 id"))
    .related(
        global.path.clone(),
        global.span.clone(),
        msg!("the glossary defines it here", "词汇表在这里定义了它"),
    )
}

fn unknown_see(entry: &Entry, at: usize, id: &str, near: Option<&str>) -> Diagnostic {
    let from = &entry.term.id;
    let diagnostic = Diagnostic::error(
        "unknown-term",
        entry.path.clone(),
        entry.see.get(at).unwrap_or(&entry.span).clone(),
        msg!(
            "`see` of `{from}` names `{id}`, which is no term",
            "`{from}` 的 `see` 里写了 `{id}`，但没有这个词条"
        ),
    );
    match near {
        Some(near) => diagnostic.help(msg!("did you mean `{near}`?", "是不是 `{near}`？")),
        None => diagnostic.help(msg!(
            "define the term, or take it out of `see`",
            "请定义这个词条，或从 `see` 里删去"
        )),
    }
}

/// Fills the pinyin that an author left out; the problem, if the reading is not sure.
fn fill_pinyin(entry: &mut Entry) -> Option<Diagnostic> {
    let term = &mut entry.term;
    if term.pinyin.as_deref().is_some_and(|pinyin| !pinyin.trim().is_empty()) {
        return None;
    }
    let name = term.zh.clone()?;
    term.pinyin = None;
    let reading = reading::read(&name)?;
    let pinyin = term.pinyin.insert(reading.pinyin);
    if reading.unsure.is_empty() {
        return None;
    }
    let mut unsure: Vec<String> = reading.unsure.iter().map(char::to_string).collect();
    unsure.dedup();
    let (latin, chinese) = (unsure.join(", "), unsure.join("、"));
    let diagnostic = Diagnostic::warning(
        "unconfirmed-pinyin",
        entry.path.clone(),
        entry.span.clone(),
        msg!(
            "`{name}` was read as `{pinyin}`, but {latin} can be read in several ways",
            "`{name}` 暂读作 `{pinyin}`，但“{chinese}”不止一种读法"
        ),
    );
    Some(diagnostic.help(msg!(
        "confirm or correct it by adding this to the term: pinyin = \"{pinyin}\"",
        "请确认或改正，在这一条里写上：pinyin = \"{pinyin}\""
    )))
}

/// Names that two terms share. The first term by id gets the links.
fn collisions(glossary: &Glossary, is_new: impl Fn(&Entry) -> bool) -> Vec<Diagnostic> {
    let mut owners: HashMap<String, usize> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (index, entry) in glossary.terms.iter().enumerate() {
        let mut told = Vec::new();
        for name in entry.names() {
            let folded = fold::squeeze(name);
            if folded.is_empty() {
                continue;
            }
            let owner = *owners.entry(folded).or_insert(index);
            let first = &glossary.terms[owner];
            if owner != index && !told.contains(&owner) && (is_new(entry) || is_new(first)) {
                told.push(owner);
                diagnostics.push(colliding(first, entry, name));
            }
        }
    }
    diagnostics
}

fn colliding(first: &Entry, second: &Entry, name: &str) -> Diagnostic {
    // A problem of an article's own terms is told in the article.
    let (here, there) =
        if first.local && !second.local { (first, second) } else { (second, first) };
    let (winner, loser) = (&first.term.id, &second.term.id);
    Diagnostic::warning(
        "colliding-term",
        here.path.clone(),
        here.span.clone(),
        msg!(
            "`{name}` is a name of both `{winner}` and `{loser}`: texts link to `{winner}`",
            "`{name}` 既是 `{winner}` 的名称，又是 `{loser}` 的名称：正文会链接到 `{winner}`"
        ),
    )
    .help(msg!(
        "take the name out of one of them, or link by hand: [[{loser}|{name}]]",
        "请从其中一条里删去这个名称，或手动链接：[[{loser}|{name}]]"
    ))
    .related(
        there.path.clone(),
        there.span.clone(),
        msg!("the other term is here", "另一条在这里"),
    )
}
