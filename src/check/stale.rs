//! Which blocks have changed since their translation was accepted.
//!
//! A pair is fresh while both of its sides are as they were accepted. Where one side has changed the other
//! is stale, whichever language is the original. What is compared is a fingerprint of what a block says
//! and how it is built: how its lines are wrapped and where spaces stand is no part of it.

mod mark;

use std::collections::HashSet;
use std::sync::Arc;

use super::unit::Both;
use crate::diag::{Diagnostic, Message};
use crate::lang::{Lang, PerLang};
use crate::model::align::Row;
use crate::model::site::Site;
use crate::model::texts::Text;
use crate::msg;
use crate::parse::lock::{Lock, Pair};
use crate::parse::markdown::{Block, BlockKind};

/// How a row stands to what was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// As it was accepted.
    Fresh,
    /// The other side has changed since.
    Stale(Lang),
    /// Both sides have changed since, or are new.
    Changed,
    /// New, and without a counterpart.
    Added(Lang),
    /// Its counterpart is no longer there.
    Left(Lang),
}

/// A text with its name in the lock.
pub(super) struct Named<'a> {
    pub key: String,
    pub both: Both<'a>,
    /// The files of both versions.
    pub paths: PerLang<Arc<str>>,
}

/// Every text that has both versions, with its name in the lock: the page's key, or that of the term's page.
pub(super) fn named<'a>(site: &'a Site<'_>) -> Vec<Named<'a>> {
    let name = |key: String, text: &'a Text<'_>| {
        let both = Both::of(text)?;
        let paths = PerLang { zh: both.zh.path.clone(), en: both.en.path.clone() };
        Some(Named { key: if key.is_empty() { "/".to_owned() } else { key }, both, paths })
    };
    let pages =
        site.texts.iter().zip(site.pages).filter_map(|(text, page)| name(page.key.clone(), text));
    let mut found: Vec<Named<'a>> = pages.collect();
    let mut terms: Vec<_> = site.term_texts.iter().collect();
    terms.sort_by_key(|(index, _)| **index);
    found.extend(terms.into_iter().filter_map(|(index, text)| {
        name(format!("glossary/{}", site.words.glossary.terms[*index].term.id), text)
    }));
    found
}

impl Named<'_> {
    /// The pairs of the text as they are now, one for each row that says something.
    pub fn pairs(&self) -> Vec<(&Row, Pair)> {
        let rows = self.both.text.alignment.rows.iter();
        let pair = |row| PerLang::from_fn(|lang| self.mark(row, lang));
        let pairs = rows.map(|row| (row, pair(row)));
        pairs.filter(|(_, pair): &(_, Pair)| pair.zh.is_some() || pair.en.is_some()).collect()
    }

    fn mark(&self, row: &Row, lang: Lang) -> Option<String> {
        let version = self.both.version(lang);
        let blocks = self.both.blocks(row, lang).iter();
        let says = |block: &&Block| !matches!(block.kind, BlockKind::Rule);
        let blocks: Vec<&Block> = blocks.filter(says).collect();
        (!blocks.is_empty()).then(|| mark::of(&blocks, version.body))
    }

    /// How each row stands to the lock; none if nothing of the page was ever accepted.
    pub fn states(&self, lock: &Lock) -> Option<Vec<(&Row, State)>> {
        let accepted = lock.pages.get(&self.key)?;
        let pairs: HashSet<&Pair> = accepted.iter().collect();
        let known = PerLang::from_fn(|lang| {
            accepted.iter().filter_map(|pair| pair.get(lang).as_deref()).collect::<HashSet<&str>>()
        });
        let state = |pair: &Pair| {
            if pairs.contains(pair) {
                return State::Fresh;
            }
            let is_known = |lang: Lang| {
                pair.get(lang).as_deref().is_some_and(|mark| known.get(lang).contains(mark))
            };
            match (&pair.zh, &pair.en) {
                (Some(_), None) if is_known(Lang::Zh) => State::Left(Lang::Zh),
                (None, Some(_)) if is_known(Lang::En) => State::Left(Lang::En),
                (Some(_), None) => State::Added(Lang::Zh),
                (None, Some(_)) => State::Added(Lang::En),
                _ => match (is_known(Lang::Zh), is_known(Lang::En)) {
                    (true, false) => State::Stale(Lang::Zh),
                    (false, true) => State::Stale(Lang::En),
                    _ => State::Changed,
                },
            }
        };
        Some(self.pairs().iter().map(|(row, pair)| (*row, state(pair))).collect())
    }
}

/// Looks at every text of which something was accepted.
pub(super) fn check(site: &Site<'_>, lock: &Lock) -> Vec<Diagnostic> {
    if lock.pages.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for named in named(site) {
        for (row, state) in named.states(lock).into_iter().flatten() {
            found.extend(finding(&named, row, state));
        }
    }
    found
}

fn finding(named: &Named<'_>, row: &Row, state: State) -> Option<Diagnostic> {
    let problem = |code, lang: Lang, message: Message| {
        let block = named.both.blocks(row, lang).first()?;
        let path = named.paths.get(lang).clone();
        Some(Diagnostic::warning(code, path, block.span.clone(), message))
    };
    let with = |problem: Option<Diagnostic>, lang: Lang, note: Message| {
        let block = named.both.blocks(row, lang).first()?;
        Some(problem?.related(named.paths.get(lang).clone(), block.span.clone(), note))
    };
    let accept = msg!(
        "see whether both versions agree, then write gen status --accept",
        "请看看两种语言是否一致，然后运行 gen status --accept"
    );
    let problem = match state {
        State::Fresh => None,
        State::Stale(lang) => {
            let message = msg!(
                "its counterpart has changed since this translation was accepted",
                "译文确认之后，对应的一段改过了"
            );
            let note = msg!("this has changed", "改过的是这里");
            with(problem("stale-block", lang, message), lang.other(), note)
        }
        State::Changed => {
            let message = msg!(
                "this and its counterpart have both changed since they were accepted",
                "这一段和对应的一段都改过，还没有确认"
            );
            let note = msg!("the counterpart", "另一种语言");
            with(problem("unaccepted-block", Lang::Zh, message), Lang::En, note)
        }
        State::Added(lang) => {
            let message = msg!(
                "this was added since the translation was accepted",
                "这一段是确认译文之后加上的"
            );
            problem("added-block", lang, message)
        }
        State::Left(lang) => {
            let message = msg!(
                "the counterpart of this was removed since the translation was accepted",
                "确认译文之后，与这一段对应的一段被删去了"
            );
            problem("deleted-block", lang, message)
        }
    };
    problem.map(|problem| problem.help(accept))
}

/// The lock with some pages as they are now. `selected` says which; pages that are no more are dropped.
pub(super) fn accept(site: &Site<'_>, lock: &Lock, selected: impl Fn(&Named<'_>) -> bool) -> Lock {
    let mut new = Lock::default();
    for named in named(site) {
        let old = lock.pages.get(&named.key).cloned();
        let pairs = match selected(&named) {
            true => Some(named.pairs().into_iter().map(|(_, pair)| pair).collect()),
            false => old,
        };
        if let Some(pairs) = pairs {
            new.pages.insert(named.key, pairs);
        }
    }
    new
}
