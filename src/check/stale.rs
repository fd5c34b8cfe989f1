//! Which blocks have changed since their translation was accepted.
//!
//! A pair is fresh while both of its sides are as they were accepted. Where one side has changed the other
//! is stale, whichever language is the original. What is compared is a fingerprint of what a block says
//! and how it is built: how its lines are wrapped and where spaces stand is no part of it.

mod beside;
mod mark;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::unit::Both;
use crate::diag::{Diagnostic, Message};
use crate::lang::{Lang, PerLang};
use crate::model::pages::Page;
use crate::model::site::Site;
use crate::model::texts::Text;
use crate::msg;
use crate::parse::lock::{Lock, Mark, Pair};
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

/// A text with its names in the lock.
pub(super) struct Named<'a> {
    /// The page's key, or that of the term's page.
    pub key: String,
    pub both: Both<'a>,
    /// The files of both versions.
    pub paths: PerLang<Arc<str>>,
    /// What else is said of the page, by its name in the lock: title, summary, footnotes.
    beside: Vec<(String, Vec<Item>)>,
}

/// A pair as it is now.
#[derive(Clone)]
pub(super) struct Item {
    places: PerLang<Option<Range<usize>>>,
    sentences: PerLang<Vec<Range<usize>>>,
    pair: Pair,
}

/// How a pair stands to what was accepted, with the sentences that have changed if that can be told.
pub(super) struct Looked {
    places: PerLang<Option<Range<usize>>>,
    pub state: State,
    changed: Option<Range<usize>>,
}

/// Every text that has both versions, with its names in the lock.
pub(super) fn named<'a>(site: &'a Site<'_>) -> Vec<Named<'a>> {
    let name = |key: String, text: &'a Text, page: Option<&Page>| {
        let both = Both::of(text)?;
        let paths = PerLang { zh: both.zh.path.clone(), en: both.en.path.clone() };
        let key = if key.is_empty() { "/".to_owned() } else { key };
        let beside = beside::of(&key, &both, page);
        Some(Named { key, both, paths, beside })
    };
    let pages = site.texts.iter().zip(site.pages.iter());
    let pages = pages.filter_map(|(text, page)| name(page.key.clone(), text, Some(page)));
    let mut found: Vec<Named<'a>> = pages.collect();
    let mut terms: Vec<_> = site.term_texts.iter().collect();
    terms.sort_by_key(|(index, _)| **index);
    found.extend(terms.into_iter().filter_map(|(index, text)| {
        name(format!("glossary/{}", site.words.glossary.terms[*index].term.id), text, None)
    }));
    found
}

impl Named<'_> {
    /// The pairs of the blocks as they are now, one for each row that says something.
    fn items(&self) -> Vec<Item> {
        let rows = self.both.text.alignment.rows.iter();
        let items = rows.map(|row| {
            let blocks = PerLang::from_fn(|lang| {
                let blocks = self.both.blocks(row, lang).iter();
                blocks.filter(|block| block.kind != BlockKind::Rule).collect::<Vec<_>>()
            });
            Item::of(&blocks, &self.both)
        });
        items.filter(|item| item.pair.zh.is_some() || item.pair.en.is_some()).collect()
    }

    /// How each pair stands to the lock; none if nothing of the page was ever accepted. What is said
    /// beside the blocks is left out if it was not accepted with them.
    pub fn states(&self, lock: &Lock) -> Option<Vec<Looked>> {
        let mut found = states(lock.pages.get(&self.key)?, self.items());
        for (key, items) in &self.beside {
            if let Some(accepted) = lock.pages.get(key) {
                found.extend(states(accepted, items.iter().cloned()));
            }
        }
        Some(found)
    }
}

impl Item {
    /// The pair of some blocks of both versions.
    fn of(blocks: &PerLang<Vec<&Block>>, both: &Both<'_>) -> Item {
        let pair = PerLang::from_fn(|lang| {
            let blocks = blocks.get(lang);
            (!blocks.is_empty()).then(|| mark::of(blocks, &both.version(lang).body))
        });
        let sentences = PerLang::from_fn(|lang| {
            let of = |block: &&Block| {
                let ranges = block.sentences.iter().map(|sentence| &sentence.range);
                ranges.map(|range| block.source_span(range)).collect::<Vec<_>>()
            };
            blocks.get(lang).iter().flat_map(of).collect()
        });
        let place = |lang: Lang| blocks.get(lang).first().map(|block| block.span.clone());
        Item { places: PerLang::from_fn(place), sentences, pair }
    }
}

/// How pairs stand to those that were accepted.
fn states(accepted: &[Pair], items: impl IntoIterator<Item = Item>) -> Vec<Looked> {
    let whole = |mark: &Option<Mark>| mark.as_ref().map(|mark| mark.whole.clone());
    let key = |pair: &Pair| (whole(&pair.zh), whole(&pair.en));
    let pairs: HashSet<_> = accepted.iter().map(key).collect();
    let known = PerLang::from_fn(|lang| {
        accepted.iter().filter_map(|pair| whole(pair.get(lang))).collect::<HashSet<String>>()
    });
    let state = |pair: &Pair| {
        if pairs.contains(&key(pair)) {
            return State::Fresh;
        }
        let is_known =
            |lang: Lang| whole(pair.get(lang)).is_some_and(|mark| known.get(lang).contains(&mark));
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
    let look = |item: Item| {
        let state = state(&item.pair);
        let changed = match state {
            State::Stale(lang) => changed(accepted, &item, lang),
            _ => None,
        };
        Looked { places: item.places, state, changed }
    };
    items.into_iter().map(look).collect()
}

/// The sentences that have changed since the other side of a pair, which is in `lang`, was accepted: what
/// is not alike at the beginning and the end. None if the lock does not know them, or none differs.
fn changed(accepted: &[Pair], item: &Item, lang: Lang) -> Option<Range<usize>> {
    let other = lang.other();
    let own = item.pair.get(lang).as_ref()?;
    let was = |pair: &&Pair| pair.get(lang).as_ref().is_some_and(|mark| mark.whole == own.whole);
    let old = accepted.iter().find(was)?.get(other).as_ref()?;
    let of = |mark: &str| -> Vec<String> {
        mark.as_bytes().chunks(3).map(|digits| String::from_utf8_lossy(digits).into()).collect()
    };
    let (old, new) = (of(&old.sentences), of(&item.pair.get(other).as_ref()?.sentences));
    let spans = item.sentences.get(other);
    if old.is_empty() || new.len() != spans.len() {
        return None;
    }
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, rest) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (first, last) = (spans.get(start)?, spans.get((new.len() - end).checked_sub(1)?)?);
    (start + end < new.len()).then(|| first.start..last.end.max(first.start))
}

/// Looks at every text of which something was accepted.
pub(super) fn check(site: &Site<'_>, lock: &Lock) -> Vec<Diagnostic> {
    if lock.pages.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for named in named(site) {
        for looked in named.states(lock).into_iter().flatten() {
            found.extend(finding(&named, &looked));
        }
    }
    found
}

fn finding(named: &Named<'_>, looked: &Looked) -> Option<Diagnostic> {
    let problem = |code, lang: Lang, message: Message| {
        let place = looked.places.get(lang).clone()?;
        Some(Diagnostic::warning(code, named.paths.get(lang).clone(), place, message))
    };
    let with = |problem: Option<Diagnostic>, lang: Lang, note: Message| {
        let place = looked.places.get(lang).clone()?;
        let place = looked.changed.clone().unwrap_or(place);
        Some(problem?.related(named.paths.get(lang).clone(), place, note))
    };
    let accept = msg!(
        "see whether both versions agree, then write gen status --accept",
        "请看看两种语言是否一致，然后运行 gen status --accept"
    );
    let problem = match looked.state {
        State::Fresh => None,
        State::Stale(lang) => {
            let message = msg!(
                "its counterpart has changed since this translation was accepted",
                "译文确认之后，对应的一段改过了"
            );
            let note = match looked.changed {
                Some(_) => msg!("this has changed", "改过的是这里"),
                None => msg!("this block has changed", "改过的是这一段"),
            };
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
        let keep = |key: &String| Some((key.clone(), lock.pages.get(key)?.clone()));
        if !selected(&named) {
            let keys = std::iter::once(&named.key).chain(named.beside.iter().map(|(key, _)| key));
            new.pages.extend(keys.filter_map(keep));
            continue;
        }
        let pairs = |items: Vec<Item>| items.into_iter().map(|item| item.pair).collect();
        new.pages.insert(named.key.clone(), pairs(named.items()));
        new.pages.extend(named.beside.into_iter().map(|(key, items)| (key, pairs(items))));
    }
    new
}
