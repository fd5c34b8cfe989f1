//! The features of the sentences of two texts, found once for blocks, for parts of blocks and for the
//! sentences themselves.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::dictionary::Dictionary;
use super::english::stem;
use super::features::{self, Kind, Lexicon, Licences, Sort, telling};
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

impl Source<'_> {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.same.is_empty() && self.code.is_empty()
    }
}

/// How many sorts of features there are.
const SORTS: usize = Sort::Same as usize + 1;

/// How many different words room is made for at first.
const WORDS: usize = 400;

/// Gives features their numbers.
pub struct Reading<'a> {
    lexicon: Lexicon<'a>,
    /// Whether English words can be expected to be found by the dictionary.
    pub has_dictionary: bool,
    names: Names,
    /// The English words that were read, as written, with their numbers; those that tell nothing have
    /// none.
    words: FxHashMap<String, Option<u32>>,
    numbers: Numbers,
    lost: Lost,
}

/// The numbers of the features of the English text.
struct Numbers {
    /// By their sort.
    ids: [FxHashMap<String, u32>; SORTS],
    sorts: Vec<Sort>,
    /// Which stems of the dictionary are features, as bits, and which features they are.
    stems: Vec<u64>,
    of_stem: FxHashMap<u32, u32>,
}

/// The numbers of what the English text has nowhere.
#[derive(Default)]
struct Lost {
    features: FxHashMap<String, u32>,
    words: FxHashMap<usize, u32>,
}

impl<'a> Reading<'a> {
    /// Begins to read; the English text comes first.
    pub fn new(lexicon: Lexicon<'a>) -> Self {
        let stems = vec![0; lexicon.dictionary.stems().div_ceil(64)];
        let mut ids = [(); SORTS].map(|()| FxHashMap::default());
        ids[Sort::Word as usize].reserve(WORDS);
        let of_stem = FxHashMap::with_capacity_and_hasher(WORDS, FxBuildHasher);
        Reading {
            lexicon,
            has_dictionary: !lexicon.dictionary.is_empty(),
            names: Names::default(),
            words: FxHashMap::with_capacity_and_hasher(WORDS, FxBuildHasher),
            numbers: Numbers { ids, sorts: Vec::new(), stems, of_stem },
            lost: Lost::default(),
        }
    }

    /// How many features the English text has.
    pub fn count(&self) -> usize {
        self.numbers.sorts.len()
    }

    /// Where a feature comes from.
    pub fn sort(&self, id: u32) -> Sort {
        self.numbers.sorts[id as usize]
    }

    /// The features of an English text.
    pub fn english(&mut self, source: &Source<'_>) -> English {
        let mut own = Vec::new();
        let Reading { lexicon, names, words, numbers, .. } = self;
        let dictionary = lexicon.dictionary;
        let mut take =
            |sort: Sort, feature: &str| own.push(numbers.give(sort, feature, dictionary));
        let text = features::english(source.text, *lexicon, &mut take);
        let plain = Lexicon { words: None, ..*lexicon };
        let code = match source.code.is_empty() {
            true => Vec::new(),
            false => features::english(&source.code, plain, &mut take),
        };
        source.same.iter().for_each(|same| take(Sort::Same, same));
        for word in text {
            let mut read = || {
                let bare = telling(word)?;
                if word.starts_with(char::is_uppercase) {
                    names.add(&bare);
                }
                Some(numbers.give(Sort::Word, &stem(&bare), dictionary))
            };
            own.extend(match words.get(word) {
                Some(known) => *known,
                None => *words.entry(word.to_owned()).or_insert(read()),
            });
        }
        // Code names nobody.
        for word in code.into_iter().filter_map(telling) {
            own.push(numbers.give(Sort::Word, &stem(&word), dictionary));
        }
        own.sort_unstable();
        own.dedup();
        own
    }

    /// The features of a Chinese text.
    pub fn chinese(&mut self, source: &Source<'_>) -> Chinese {
        let Reading { lexicon, names, numbers, lost, .. } = self;
        let mut taker = Taker { own: Chinese::default(), numbers, lost };
        features::chinese(source.text, *lexicon, names, &mut taker);
        if !source.code.is_empty() {
            let plain = Lexicon { words: None, ..*lexicon };
            features::chinese(&source.code, plain, &Names::default(), &mut taker);
        }
        source.same.iter().for_each(|same| taker.take(Sort::Same, same, Kind::Same));
        let mut own = taker.own;
        own.sort();
        own
    }
}

impl Numbers {
    /// The number of a feature of the English text.
    fn give(&mut self, sort: Sort, feature: &str, dictionary: &Dictionary) -> u32 {
        let ids = &mut self.ids[sort as usize];
        if let Some(id) = ids.get(feature) {
            return *id;
        }
        let id = self.sorts.len() as u32;
        self.sorts.push(sort);
        ids.insert(feature.to_owned(), id);
        if let Some(stem) = dictionary.stem(feature).filter(|_| sort == Sort::Word) {
            self.stems[stem as usize / 64] |= 1 << (stem % 64);
            self.of_stem.insert(stem, id);
        }
        id
    }
}

/// Takes the features of a Chinese text.
struct Taker<'r> {
    own: Chinese,
    numbers: &'r Numbers,
    lost: &'r mut Lost,
}

impl Licences for Taker<'_> {
    fn take(&mut self, sort: Sort, feature: &str, kind: Kind) {
        if let Some(id) = self.numbers.ids[sort as usize].get(feature) {
            self.own.known.push((*id, kind));
        } else if matches!(kind, Kind::Number | Kind::Latin | Kind::Term) {
            let next = self.lost.count();
            let known = self.lost.features.get(feature).copied();
            let id = known.unwrap_or_else(|| {
                self.lost.features.insert(feature.to_owned(), next);
                next
            });
            self.own.lost.push((id, kind));
        }
    }

    fn gloss(&mut self, stem: u32, kind: Kind) -> bool {
        // Most glosses of a word are not the one that is meant.
        if self.numbers.stems[stem as usize / 64] >> (stem % 64) & 1 == 0 {
            return false;
        }
        self.own.known.extend(self.numbers.of_stem.get(&stem).map(|id| (*id, kind)));
        true
    }

    fn lost(&mut self, word: usize) {
        let next = self.lost.count();
        let id = *self.lost.words.entry(word).or_insert(next);
        self.own.lost.push((id, Kind::Word));
    }
}

impl Lost {
    fn count(&self) -> u32 {
        (self.features.len() + self.words.len()) as u32
    }
}
