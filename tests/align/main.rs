//! Pairing against texts that were paired by hand, and its bounds.
#![allow(clippy::print_stdout, reason = "scores are shown with --nocapture")]

mod gold;

use digest_gen::model::align::dictionary::Dictionary;
use digest_gen::model::align::{Lexicon, align_sentences};

use gold::{Gold, Score};

type How = fn(&Gold, Lexicon<'_>) -> Score;

/// The strict F1 of some texts; `cargo test --test align -- --nocapture` prints each.
fn f1(name: &str, texts: &[Gold], dictionary: &Dictionary, how: How) -> f64 {
    let lexicon = Lexicon { words: None, dictionary };
    let scores: Vec<Score> = texts.iter().map(|gold| how(gold, lexicon)).collect();
    println!("{name}");
    for (gold, score) in texts.iter().zip(&scores) {
        println!("  {:16} {:.3}  {score:?}", gold.name, score.f1());
    }
    let sum = Score::sum(scores.into_iter());
    println!("  {:16} {:.3}  {sum:?}", "all", sum.f1());
    sum.f1()
}

fn all() -> Vec<Gold> {
    gold::own().into_iter().chain(gold::free()).collect()
}

#[test]
fn the_gold_has_merges_and_omissions() {
    let all = all();
    let beads = || all.iter().flat_map(|gold| &gold.beads);
    let pairs = beads().filter(|(zh, en)| !zh.is_empty() && !en.is_empty()).count();
    let grouped = beads().filter(|(zh, en)| zh.len() + en.len() > 2).count();
    let alone = beads().filter(|(zh, en)| zh.is_empty() || en.is_empty()).count();
    assert!(pairs >= 300 && grouped >= 45 && alone >= 6, "{pairs} {grouped} {alone}");
}

#[test]
fn sentences_are_paired_as_by_hand() {
    let (all, free, none) = (all(), gold::free(), Dictionary::none());
    let how: [(&str, How); 2] =
        [("paragraphs", Gold::paired), ("whole texts", Gold::without_paragraphs)];
    for (name, how) in how {
        let name = |dictionary: &str| format!("{name}, {dictionary}");
        assert!(f1(&name("no dictionary"), &all, &none, how) >= 0.95);
        assert!(f1(&name("no dictionary, free"), &free, &none, how) >= 0.88);
        if cfg!(feature = "cedict") {
            let dictionary = Dictionary::built_in();
            assert!(f1(&name("dictionary"), &all, &dictionary, how) >= 0.97);
            assert!(f1(&name("dictionary, free"), &free, &dictionary, how) >= 0.95);
        }
    }
}

/// How long texts may be without more than a few million steps: what is checked here is that they end,
/// with every sentence in one group. `lattice` and `band` have tests that count.
#[test]
fn long_texts_are_paired_to_their_ends() {
    let dictionary = Dictionary::built_in();
    let lexicon = Lexicon { words: None, dictionary: &dictionary };
    let zh: Vec<String> = (0..3000).map(|n| format!("第{n}句话。")).collect();
    let en: Vec<String> = (0..3000).map(|n| format!("This is sentence {n}.")).collect();
    for (n, m) in [(3000, 3000), (1, 3000), (3000, 1), (0, 5), (5, 0)] {
        let zh: Vec<&str> = zh[..n].iter().map(String::as_str).collect();
        let en: Vec<&str> = en[..m].iter().map(String::as_str).collect();
        let beads = align_sentences(&zh, &en, lexicon);
        assert_eq!(beads.iter().map(|bead| bead.zh.len()).sum::<usize>(), n);
        assert_eq!(beads.iter().map(|bead| bead.en.len()).sum::<usize>(), m);
        // The numbers lead through the band.
        let right = beads.iter().filter(|bead| bead.is_pair() && bead.zh == bead.en).count();
        assert!(n != m || right > n * 9 / 10, "{right}");
    }
}
