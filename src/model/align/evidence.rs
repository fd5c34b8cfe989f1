//! How much it tells that two texts share features: logarithms of likelihood ratios.
//!
//! A feature occurs in a share `e` of the English units of a text (blocks or sentences) and is
//! licensed by a share `z` of the Chinese ones. If two units have nothing to do with each other, both
//! have it with the probability `e·z`. If one translates the other, with `r·min(e, z)`, where `r`
//! is what the kind of evidence is good for ([`reliability`]). The logarithm of the ratio is what the
//! feature says where both have it, where one lacks it, and where the other does: what is rare tells
//! much, what is everywhere tells nothing. (After the likelihood ratio of Dunning, “Accurate
//! Methods for the Statistics of Surprise and Coincidence”, 1993, and the association scores of
//! Melamed, “Models of Translational Equivalence among Words”, 2000.)

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::features::{Kind, Sort};
use super::reading::{Chinese, English, Reading};

/// The share of what could be found again that is: of features of this kind in one text, how many
/// the translation has. Estimated from aligned texts; see docs/alignment.md.
fn reliability(kind: Kind) -> f64 {
    match kind {
        Kind::Term => 0.85,
        Kind::Same => 0.95,
        Kind::Number => 0.85,
        Kind::Latin => 0.9,
        Kind::Name => 0.85,
        Kind::Word => 0.5,
        Kind::Small => 0.5,
        Kind::Mark => 0.6,
        Kind::Character => 0.35,
        Kind::Syllable => 0.3,
    }
}

/// Shares are counted as if this many more units had been seen …
const UNSEEN: f64 = 10.0;
/// … of which this many had the feature.
const HITS: f64 = 0.3;

/// The least part of its occurrences that a feature stands alone in: what always has a counterpart may
/// once have none.
const LEAST: f64 = 0.02;

/// How many kinds of evidence there are.
const KINDS: usize = Kind::ALL.len();

/// Words are no independent witnesses: what they say together is taken by this part.
const WEIGHT: f64 = 0.6;

/// A feature of a Chinese unit.
#[derive(Debug, Clone, Copy, Default)]
struct Licence {
    id: u32,
    /// The logarithm of the reliability of its kind.
    ln_r: f32,
    /// The logarithm of the share of units that have it.
    ln_share: f32,
    /// What it says if the other side lacks it.
    missed: f32,
}

/// A feature of an English unit.
#[derive(Debug, Clone, Copy)]
struct Feature {
    id: u32,
    ln_share: f32,
    missed: f32,
}

/// Two texts in units, with all that tells which belong together.
#[derive(Debug, Default)]
pub struct Evidence {
    zh: Vec<Vec<Licence>>,
    en: Vec<Vec<Feature>>,
    holders: Holders,
    /// What the features of a unit say if none is found opposite.
    missed_zh: Vec<f64>,
    missed_en: Vec<f64>,
}

impl Evidence {
    /// Counts the features of two sequences of units.
    pub fn of(zh: &[Chinese], en: &[English], read: &Reading<'_>) -> Evidence {
        let mut found = weigh(zh, en, read.count());
        found.lose(zh, en, read);
        found
    }

    /// Takes in what has no counterpart anywhere in the other text. Either the text was not translated
    /// where it stands, or it was and the dictionary does not know how; the second may be true of a
    /// feature once, wherever it stands.
    fn lose(&mut self, zh: &[Chinese], en: &[English], read: &Reading<'_>) {
        let mut times: FxHashMap<u32, f64> = FxHashMap::default();
        for (lost, _) in zh.iter().flat_map(|unit| &unit.lost) {
            *times.entry(*lost).or_default() += 1.0;
        }
        for (missed, unit) in self.missed_zh.iter_mut().zip(zh) {
            for (lost, kind) in &unit.lost {
                *missed += WEIGHT * (1.0 - reliability(*kind)).ln() / times[lost];
            }
        }
        let mut times = vec![0.0; read.count()];
        en.iter().flatten().for_each(|id| times[*id as usize] += 1.0);
        let mut found = vec![false; read.count()];
        self.zh.iter().flatten().for_each(|own| found[own.id as usize] = true);
        for (missed, own) in self.missed_en.iter_mut().zip(en) {
            for id in own.iter().filter(|id| !found[**id as usize]) {
                let kind = match read.sort(*id) {
                    Sort::Number => Kind::Number,
                    Sort::Term => Kind::Term,
                    Sort::Word if read.has_dictionary => Kind::Word,
                    _ => continue,
                };
                *missed += WEIGHT * (1.0 - reliability(kind)).ln() / times[*id as usize];
            }
        }
    }

    /// What speaks against Chinese and English units being counterparts before any shared feature is
    /// seen: at most 0.
    pub fn missed(&self, zh: Range<usize>, en: Range<usize>) -> f64 {
        self.missed_zh(zh) + self.missed_en(en)
    }

    /// The part of it that Chinese units have in it.
    pub fn missed_zh(&self, zh: Range<usize>) -> f64 {
        self.missed_zh[zh].iter().sum()
    }

    /// The part of it that English units have in it.
    pub fn missed_en(&self, en: Range<usize>) -> f64 {
        self.missed_en[en].iter().sum()
    }

    /// What the features that an English unit shares with some Chinese ones say for them.
    pub fn shared(&self, zh: Range<usize>, en: usize) -> f64 {
        let mut sum = 0.0;
        let own = &self.en[en];
        if zh.len() == 1 {
            let mut at = 0;
            for licence in &self.zh[zh.start] {
                while own.get(at).is_some_and(|feature| feature.id < licence.id) {
                    at += 1;
                }
                if let Some(feature) = own.get(at).filter(|feature| feature.id == licence.id) {
                    sum += f64::from(gain(licence, feature));
                }
            }
            return sum;
        }
        let mut at = [0; 4];
        for feature in own {
            let mut best = 0.0f32;
            for (unit, at) in zh.clone().zip(&mut at) {
                let licences = &self.zh[unit];
                while licences.get(*at).is_some_and(|licence| licence.id < feature.id) {
                    *at += 1;
                }
                if let Some(licence) = licences.get(*at).filter(|own| own.id == feature.id) {
                    best = best.max(gain(licence, feature));
                }
            }
            sum += f64::from(best);
        }
        sum
    }

    /// What each feature of an English unit that a stretch of Chinese ones licenses says for these: hands on the
    /// units and what it says, feature by feature.
    pub fn gains(&self, zh: Range<usize>, en: usize, mut take: impl FnMut(&[(usize, f32)])) {
        let mut gains = Vec::new();
        for feature in &self.en[en] {
            let holders = self.holders.of(feature.id, &zh);
            gains.clear();
            gains.extend(holders.iter().map(|(unit, licence)| (*unit, gain(licence, feature))));
            gains.retain(|(_, gain)| *gain > 0.0);
            take(&gains);
        }
    }

    /// Pairs of units with features that hardly any other unit has, and how much these say.
    pub fn anchors(&self) -> Vec<(usize, usize, f64)> {
        let mut holders: FxHashMap<u32, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for (unit, features) in self.en.iter().enumerate() {
            for feature in features {
                holders.entry(feature.id).or_default().1.push(unit);
            }
        }
        for (unit, licences) in self.zh.iter().enumerate() {
            for licence in licences {
                holders.entry(licence.id).or_default().0.push(unit);
            }
        }
        let mut pairs: FxHashMap<(usize, usize), f64> = FxHashMap::default();
        for (zh, en) in holders.values().filter(|(zh, en)| zh.len() * en.len() <= 2) {
            for pair in zh.iter().flat_map(|zh| en.iter().map(move |en| (*zh, *en))) {
                *pairs.entry(pair).or_default() += 1.0;
            }
        }
        let mut found: Vec<_> = pairs.into_iter().map(|((zh, en), sum)| (zh, en, sum)).collect();
        found.sort_by_key(|(zh, en, _)| (*zh, *en));
        found
    }
}

/// Which Chinese units have a feature.
#[derive(Debug, Default)]
struct Holders {
    /// Feature by feature, each in the order of the units.
    units: Vec<(usize, Licence)>,
    /// Where those of each feature end.
    ends: Vec<usize>,
}

impl Holders {
    fn of_all(zh: &[Vec<Licence>], count: usize) -> Holders {
        let mut ends = vec![0; count];
        zh.iter().flatten().for_each(|licence| ends[licence.id as usize] += 1);
        let mut sum = 0;
        for end in &mut ends {
            // Where it begins, at first.
            (*end, sum) = (sum, sum + *end);
        }
        let mut units = vec![(0, Licence::default()); sum];
        for (unit, licence) in
            zh.iter().enumerate().flat_map(|(at, own)| own.iter().map(move |l| (at, l)))
        {
            let end = &mut ends[licence.id as usize];
            units[*end] = (unit, *licence);
            *end += 1;
        }
        Holders { units, ends }
    }

    /// Those of a feature in a stretch.
    fn of(&self, id: u32, stretch: &Range<usize>) -> &[(usize, Licence)] {
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        let all = &self.units[start..self.ends[id as usize]];
        let at = |unit: usize| all.partition_point(|(own, _)| *own < unit);
        &all[at(stretch.start)..at(stretch.end)]
    }
}

fn gain(licence: &Licence, feature: &Feature) -> f32 {
    let both = licence.ln_r - licence.ln_share.max(feature.ln_share);
    (both * WEIGHT as f32 - licence.missed - feature.missed).max(0.0)
}

/// What an English feature says, before it is known how long the unit is.
#[derive(Debug, Clone, Copy, Default)]
struct Worth {
    hits: u32,
    share: f64,
    missed: f32,
}

/// Counts features, and turns the counts into what they say.
fn weigh(zh: &[Chinese], en: &[English], count: usize) -> Evidence {
    let mut in_en = vec![Worth::default(); count];
    // By feature and kind: how many units have it so, and what that says where it is missed.
    let mut in_zh = vec![(0u32, 0f32); count * KINDS];
    let mut any_zh = vec![0u32; count];
    en.iter().flatten().for_each(|id| in_en[*id as usize].hits += 1);
    for (id, kind) in zh.iter().flat_map(|unit| &unit.known) {
        in_zh[*id as usize * KINDS + *kind as usize].0 += 1;
        any_zh[*id as usize] += 1;
    }
    let share = |hits: u32, of: usize| (f64::from(hits) + HITS) / (of as f64 + UNSEEN);
    let seen = |(id, own): &(usize, &mut Worth)| own.hits > 0 || any_zh[*id] > 0;
    for (id, own) in in_en.iter_mut().enumerate().filter(seen) {
        own.share = share(own.hits, en.len());
        let e = own.share;
        // How likely an English unit has the feature and its counterpart licenses it in any way.
        let mut joint = 0.0;
        for kind in Kind::ALL {
            let (hits, says) = &mut in_zh[id * KINDS + kind as usize];
            if *hits == 0 {
                continue;
            }
            let (z, r) = (share(*hits, zh.len()), reliability(kind));
            joint += r * e.min(z);
            let rest = (z - r * e.min(z)).max(LEAST * z);
            *says = ((rest / (z * (1.0 - e))).ln().min(0.0) * WEIGHT) as f32;
        }
        let z = share(any_zh[id], zh.len()).min(0.95);
        let rest = (e - joint).max(LEAST * e);
        own.missed = ((rest / (e * (1.0 - z))).ln().min(0.0) * WEIGHT) as f32;
    }
    let reliabilities = Kind::ALL.map(|kind| reliability(kind).ln() as f32);
    let mean = |all: usize, units: usize| (all as f64 / units.max(1) as f64).max(1.0);
    let mean_zh = mean(zh.iter().map(|unit| unit.known.len()).sum(), zh.len());
    let mean_en = mean(en.iter().map(Vec::len).sum(), en.len());
    let licences = |unit: &Chinese| -> Vec<Licence> {
        let times = (unit.known.len() as f64 / mean_zh).clamp(0.25, 4.0);
        let licence = |(id, kind): &(u32, Kind)| {
            let (hits, missed) = in_zh[*id as usize * KINDS + *kind as usize];
            let ln_share = longer(share(hits, zh.len()), times);
            Licence { id: *id, ln_r: reliabilities[*kind as usize], ln_share, missed }
        };
        unit.known.iter().map(licence).collect()
    };
    let features = |own: &English| -> Vec<Feature> {
        let times = (own.len() as f64 / mean_en).clamp(0.25, 4.0);
        let feature = |id: &u32| {
            let worth = &in_en[*id as usize];
            Feature { id: *id, ln_share: longer(worth.share, times), missed: worth.missed }
        };
        own.iter().filter(|id| any_zh[**id as usize] > 0).map(feature).collect()
    };
    let zh: Vec<_> = zh.iter().map(licences).collect();
    let en: Vec<_> = en.iter().map(features).collect();
    let missed_zh = zh.iter().map(|own| own.iter().map(|l| f64::from(l.missed)).sum()).collect();
    let missed_en = en.iter().map(|own| own.iter().map(|f| f64::from(f.missed)).sum()).collect();
    let holders = Holders::of_all(&zh, count);
    Evidence { zh, en, holders, missed_zh, missed_en }
}

/// The logarithm of the share of units that have a feature, among units that are so many times as
/// long as the mean: a long unit has more of everything, and its odds grow with its length.
fn longer(share: f64, times: f64) -> f32 {
    ((share * times / (1.0 + share * (times - 1.0))) as f32).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::align::band::Band;

    /// Every sentence says the same as every other, or nothing but what no other says.
    #[test]
    fn what_long_texts_share_is_gathered_in_few_steps() {
        const N: usize = 20_000;
        for (zh_units, en_units) in [(N, N), (1, 5_000), (5_000, 1)] {
            let own = |unit: usize| [(0, Kind::Word), (unit as u32 + 1, Kind::Number)];
            let zh: Vec<Chinese> = (0..zh_units)
                .map(|unit| Chinese { known: own(unit).to_vec(), lost: Vec::new() })
                .collect();
            let en: Vec<English> = (0..en_units).map(|unit| vec![0, unit as u32 + 1]).collect();
            let evidence = weigh(&zh, &en, N + 1);
            let band = Band::along(zh_units, en_units, Vec::new);
            let mut steps = 0;
            for j in 0..en_units {
                let rows = band.rows_of(j);
                evidence.gains(rows.start..rows.end.min(zh_units), j, |gains| steps += gains.len());
            }
            assert!(steps <= 2 * band.cells(), "{steps}");
            // Of what only two have, the anchors are made.
            assert_eq!(evidence.anchors().len(), zh_units.min(en_units));
        }
    }
}
