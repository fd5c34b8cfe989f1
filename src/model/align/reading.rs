//! The features of the sentences of two texts, found once for blocks, for parts of blocks and for the
//! sentences themselves.

use rustc_hash::FxHashMap;

use super::features::{self, Kind, Lexicon, Sort};
use super::names::Names;

/// The features of an English unit: sorted numbers, each once.
pub type English = Vec<u32>;

/// The features of a Chinese unit.
#[derive(Debug, Clone, Default)]
pub struct Chinese {
    /// Those that the English text has anywhere: sorted, each once, as the surest kind.
    pub known: Vec<(u32, Kind)>,
    /// What the English text has nowhere and a translation should have: sorted, each once.
    pub lost: Vec<(u32, Kind)>,
}

impl Chinese {
    /// The features of units together.
    pub fn join<'a>(units: impl IntoIterator<Item = &'a Chinese>) -> Chinese {
        let mut all = Chinese::default();
        for unit in units {
            all.known.extend_from_slice(&unit.known);
            all.lost.extend_from_slice(&unit.lost);
        }
        all.sort();
        all
    }

    fn sort(&mut self) {
        self.known.sort_unstable();
        self.known.dedup_by_key(|(id, _)| *id);
        self.lost.sort_unstable();
        self.lost.dedup_by_key(|(id, _)| *id);
    }
}

/// The features of English units together.
pub fn join<'a>(units: impl IntoIterator<Item = &'a English>) -> English {
    let mut all: English = units.into_iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A text to be read: a sentence, or what a block has beside its sentences.
#[derive(Debug, Clone, Default)]
pub struct Source<'a> {
    /// What readers see.
    pub text: &'a str,
    /// What must stand alike in both versions: code, addresses, ids.
    pub same: Vec<String>,
    /// Further text in Latin letters, such as the words of code.
    pub code: String,
}

/// How many sorts of features there are.
const SORTS: usize = Sort::Lost as usize + 1;

/// Gives features their numbers.
pub struct Reading<'a> {
    lexicon: Lexicon<'a>,
    /// Whether English words can be expected to be found by the dictionary.
    pub has_dictionary: bool,
    names: Names,
    /// The numbers of features, by their sort.
    ids: [FxHashMap<String, u32>; SORTS],
    sorts: Vec<Sort>,
    lost: FxHashMap<String, u32>,
}

impl<'a> Reading<'a> {
    /// Begins to read; the English text comes first.
    pub fn new(lexicon: Lexicon<'a>) -> Self {
        Reading {
            lexicon,
            has_dictionary: !lexicon.dictionary.is_empty(),
            names: Names::default(),
            ids: Default::default(),
            sorts: Vec::new(),
            lost: FxHashMap::default(),
        }
    }

    /// How many features the English text has.
    pub fn count(&self) -> usize {
        self.sorts.len()
    }

    /// Where a feature comes from.
    pub fn sort(&self, id: u32) -> Sort {
        self.sorts[id as usize]
    }

    /// The features of an English text.
    pub fn english(&mut self, source: &Source<'_>) -> English {
        let mut own = Vec::new();
        let Reading { lexicon, names, ids, sorts, .. } = self;
        let mut take = |sort: Sort, feature: &str| {
            let ids = &mut ids[sort as usize];
            let id = ids.get(feature).copied().unwrap_or_else(|| {
                let id = sorts.len() as u32;
                sorts.push(sort);
                ids.insert(feature.to_owned(), id);
                id
            });
            own.push(id);
        };
        features::english(source.text, *lexicon, names, &mut take);
        let plain = Lexicon { words: None, ..*lexicon };
        features::english(&source.code, plain, &mut Names::default(), &mut take);
        source.same.iter().for_each(|same| take(Sort::Same, same));
        own.sort_unstable();
        own.dedup();
        own
    }

    /// The features of a Chinese text.
    pub fn chinese(&mut self, source: &Source<'_>) -> Chinese {
        let mut own = Chinese::default();
        let Reading { lexicon, names, ids, lost, .. } = self;
        let mut take = |sort: Sort, feature: &str, kind: Kind| {
            let id = ids[sort as usize].get(feature);
            own.known.extend(id.map(|id| (*id, kind)));
            if id.is_none() && is_telling(sort, kind) {
                let next = lost.len() as u32;
                let id = lost.get(feature).copied().unwrap_or_else(|| {
                    lost.insert(feature.to_owned(), next);
                    next
                });
                own.lost.push((id, kind));
            }
            id.is_some()
        };
        features::chinese(source.text, *lexicon, names, &mut take);
        let plain = Lexicon { words: None, ..*lexicon };
        features::chinese(&source.code, plain, &Names::default(), &mut take);
        source.same.iter().for_each(|same| {
            take(Sort::Same, same, Kind::Same);
        });
        own.sort();
        own
    }
}

/// Whether it tells something that a feature of a Chinese text is nowhere in the English one: of a
/// gloss it does not, as most glosses of a word are not the one that is meant.
fn is_telling(sort: Sort, kind: Kind) -> bool {
    sort == Sort::Lost || matches!(kind, Kind::Number | Kind::Latin | Kind::Term)
}
