//! Texts whose sentences were paired by hand.
//!
//! A file holds paragraphs between empty lines, and in them groups between lines of `-`: Chinese
//! sentences (`z …`) and English ones (`e …`) that say the same. A group or a paragraph may have one
//! side only.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use digest_gen::lang::{Lang, PerLang};
use digest_gen::memo::Memo;
use digest_gen::model::align::{Bead, Lexicon, Rules, align, align_sentences};
use digest_gen::parse::markdown::{self, Body};

/// A text with the groups of its sentences.
pub struct Gold {
    pub name: &'static str,
    /// The sentences of each paragraph.
    pub paragraphs: Vec<PerLang<Vec<String>>>,
    /// The groups, by the numbers of their sentences in the whole text.
    pub beads: Vec<(Range<usize>, Range<usize>)>,
}

macro_rules! gold {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("gold/", $name, ".txt")))),+]
    };
}

const OWN: [(&str, &str); 7] =
    gold!["tiktok-refugees", "momo", "v50", "about", "home", "xiaohongshu", "definitions"];
const FREE: [(&str, &str); 5] =
    gold!["night-market", "letters", "how-to-bargain", "school-radio", "weather-notes"];

/// The texts of this repository's own site, whose translations follow the sentences.
pub fn own() -> Vec<Gold> {
    OWN.into_iter().map(|(name, text)| Gold::parse(name, text)).collect()
}

/// Texts whose translations split, join and leave out sentences.
pub fn free() -> Vec<Gold> {
    FREE.into_iter().map(|(name, text)| Gold::parse(name, text)).collect()
}

impl Gold {
    fn parse(name: &'static str, text: &str) -> Gold {
        let mut gold = Gold { name, paragraphs: Vec::new(), beads: Vec::new() };
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let mut at = PerLang { zh: 0, en: 0 };
        for paragraph in lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
            let mut sentences: PerLang<Vec<String>> = PerLang::default();
            for bead in paragraph.split(|line| *line == "-") {
                let from = at;
                for line in bead {
                    let lang = if line.starts_with("z ") { Lang::Zh } else { Lang::En };
                    assert!(line.starts_with("z ") || line.starts_with("e "), "{name}: {line}");
                    sentences.get_mut(lang).push(line[2..].to_owned());
                    *at.get_mut(lang) += 1;
                }
                gold.beads.push((from.zh..at.zh, from.en..at.en));
            }
            gold.paragraphs.push(sentences);
        }
        gold
    }

    /// The whole of one language as Markdown.
    fn markdown(&self, lang: Lang) -> String {
        let space = if lang == Lang::Zh { "" } else { " " };
        let paragraphs = self.paragraphs.iter().map(|p| p.get(lang).join(space));
        paragraphs.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// What the pairing of two Markdown files finds.
    pub fn paired(&self, lexicon: Lexicon<'_>) -> Score {
        let body = |lang| {
            let rules = markdown::Rules { smart: false, ..markdown::Rules::ALL };
            let text = self.markdown(lang);
            let path = Arc::from(self.name);
            markdown::parse(&path, &text, 0, lang, rules, None, &Memo::new()).body
        };
        let bodies = PerLang::from_fn(body);
        let ends = |body: &Body| -> Vec<usize> {
            let all = body
                .blocks
                .iter()
                .flat_map(|b| b.sentences.iter().map(move |s| &b.text[s.range.clone()]));
            ends(all)
        };
        let ends = PerLang { zh: ends(&bodies.zh), en: ends(&bodies.en) };
        let mut found = BTreeSet::new();
        let before = |body: &Body, to: usize| -> usize {
            body.blocks[..to].iter().map(|block| block.sentences.len()).sum()
        };
        for row in align(&bodies.zh, &bodies.en, Rules { lexicon, confidence: 0.5 }).rows {
            let (zh, en) = (before(&bodies.zh, row.zh.start), before(&bodies.en, row.en.start));
            for bead in row.beads {
                let zh = zh + bead.zh.start..zh + bead.zh.end;
                let en = en + bead.en.start..en + bead.en.end;
                found.extend(place(&ends, zh, en));
            }
        }
        self.score(&found)
    }

    /// What is found without paragraphs, by the sentences alone.
    pub fn without_paragraphs(&self, lexicon: Lexicon<'_>) -> Score {
        let all = PerLang::from_fn(|lang| -> Vec<&str> {
            self.paragraphs.iter().flat_map(|p| p.get(lang)).map(String::as_str).collect()
        });
        let ends = PerLang { zh: ends(all.zh.iter().copied()), en: ends(all.en.iter().copied()) };
        let beads = align_sentences(&all.zh, &all.en, lexicon);
        let places = beads.into_iter().filter_map(|Bead { zh, en, .. }| place(&ends, zh, en));
        self.score(&places.collect())
    }

    fn score(&self, found: &BTreeSet<Place>) -> Score {
        let all = PerLang::from_fn(|lang| {
            ends(self.paragraphs.iter().flat_map(|p| p.get(lang)).map(String::as_str))
        });
        let gold: BTreeSet<Place> =
            self.beads.iter().filter_map(|(zh, en)| place(&all, zh.clone(), en.clone())).collect();
        let right = gold.intersection(found).count();
        Score { right, found: found.len(), gold: gold.len() }
    }
}

/// A group with both sides, by the letters of the text before and up to its end.
type Place = (usize, usize, usize, usize);

fn place(ends: &PerLang<Vec<usize>>, zh: Range<usize>, en: Range<usize>) -> Option<Place> {
    let at = |ends: &[usize], sentence: usize| sentence.checked_sub(1).map_or(0, |s| ends[s]);
    (!zh.is_empty() && !en.is_empty()).then(|| {
        (at(&ends.zh, zh.start), at(&ends.zh, zh.end), at(&ends.en, en.start), at(&ends.en, en.end))
    })
}

/// How many characters a text has up to the end of each sentence, without spaces.
fn ends<'a>(sentences: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut sum = 0;
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    sentences
        .map(|text| {
            sum += count(text);
            sum
        })
        .collect()
}

/// How many groups were found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    pub right: usize,
    pub found: usize,
    pub gold: usize,
}

impl Score {
    /// The sum of scores.
    pub fn sum(scores: impl Iterator<Item = Score>) -> Score {
        scores.fold(Score::default(), |a, b| Score {
            right: a.right + b.right,
            found: a.found + b.found,
            gold: a.gold + b.gold,
        })
    }

    /// The strict F1: groups count if they are exactly those of the gold, and one-sided ones do not
    /// count.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold) as f64
    }
}
