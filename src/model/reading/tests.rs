use super::*;

#[test]
fn reads_words() {
    // The context decides for three characters: `只/Count` is 只 behind a number.
    let mut wrong = Vec::new();
    let cases: Vec<&str> =
        include_str!("cases.txt").lines().filter(|l| !l.starts_with('#')).collect();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    for case in cases {
        let Some((given, expected)) = case.split_once(' ') else { continue };
        let (name, before) = match given.split_once('/') {
            Some((name, "Count")) => (name, Before::Count),
            Some((name, "Verb")) => (name, Before::Predicate(true)),
            Some((name, _)) => (name, Before::Predicate(false)),
            None => (given, Before::Other),
        };
        let found = word(name, before).map_or_else(String::new, |syllables| join(&syllables));
        if found != expected {
            wrong.push(format!("{given}: {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_correction_has_a_syllable_for_each_character() {
    for (word, pinyin) in PHRASES.iter() {
        assert_eq!(word.chars().count(), pinyin.split(' ').count(), "{word} {pinyin}");
    }
}
