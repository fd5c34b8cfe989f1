//! Pairing against texts that were paired by hand, and its bounds.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod gold;

use digest_gen::model::align::Lexicon;
use digest_gen::model::align::dictionary::Dictionary;

use gold::{Gold, Score};

type How = fn(&Gold, Lexicon<'_>) -> Score;

/// The strict F1 of some texts.
fn f1(texts: &[Gold], dictionary: &Dictionary, how: How) -> f64 {
    let lexicon = Lexicon { words: None, dictionary };
    let scores: Vec<Score> = texts.iter().map(|gold| how(gold, lexicon)).collect();
    for (gold, score) in texts.iter().zip(&scores) {
        println!("{:16} {score:?} {:.3}", gold.name, score.f1());
    }
    let sum = Score::sum(scores.into_iter());
    println!("{:16} {sum:?} {:.3}", "all", sum.f1());
    sum.f1()
}

#[test]
fn the_gold_is_large_enough() {
    let all: Vec<Gold> = gold::own().into_iter().chain(gold::free()).collect();
    let beads = || all.iter().flat_map(|gold| &gold.beads);
    let pairs = beads().filter(|(zh, en)| !zh.is_empty() && !en.is_empty()).count();
    let grouped = beads().filter(|(zh, en)| zh.len() + en.len() > 2).count();
    let alone = beads().filter(|(zh, en)| zh.is_empty() || en.is_empty()).count();
    assert!(pairs >= 250 && grouped >= 60 && alone >= 5, "{pairs} {grouped} {alone}");
}

#[test]
fn sentences_are_paired_as_by_hand() {
    let all: Vec<Gold> = gold::own().into_iter().chain(gold::free()).collect();
    let free = gold::free();
    for (name, dictionary) in [("dict", Dictionary::built_in()), ("none", Dictionary::none())] {
        println!("== {name}");
        println!("{:.3}", f1(&all, &dictionary, Gold::paired));
        println!("{:.3}", f1(&free, &dictionary, Gold::paired));
        println!("{:.3}", f1(&all, &dictionary, Gold::without_paragraphs));
        println!("{:.3}", f1(&free, &dictionary, Gold::without_paragraphs));
    }
}
