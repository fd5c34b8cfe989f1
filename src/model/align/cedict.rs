//! A bilingual dictionary in the CC-CEDICT format, reduced to what pairing needs.
//!
//! A line of the format is `傳統 传统 [chuan2 tong3] /tradition/traditional/`. What is kept of it is
//! the simplified word and the stems of the words in its glosses: 传统, `tradition`. The build
//! script reduces the dictionary that is built in with this same file, so it uses nothing but the
//! standard library and [`super::english`].

use super::english::{is_function_word, stem};

/// The longest words that are kept, in characters: longer ones are proverbs and names of
/// institutions, whose parts are words themselves.
pub const LONGEST: usize = 4;

/// How many stems of a word are kept, in the order of its glosses.
const STEMS: usize = 8;

/// Glosses that say something about the word and not what it means.
const ABOUT: &[&str] = &[
    "CL:",
    "variant of",
    "old variant",
    "surname",
    "see ",
    "also written",
    "abbr.",
    "used in",
    "Japanese variant",
    "also pr.",
    "erhua variant",
    "archaic variant",
    "(dialect)",
    "Kangxi radical",
];

/// Reduces a dictionary: sorted words, each once, with their stems. Lines that are not of the format are left
/// out.
pub fn reduce(text: &str) -> Vec<(&str, Vec<String>)> {
    let mut entries: Vec<(&str, Vec<String>)> = text.lines().filter_map(entry).collect();
    entries.sort_by(|a, b| a.0.cmp(b.0));
    let words = entries.chunk_by(|a, b| a.0 == b.0).map(|same| {
        let mut kept: Vec<String> = Vec::new();
        for stem in same.iter().flat_map(|(_, stems)| stems) {
            if kept.len() < STEMS && !kept.contains(stem) {
                kept.push(stem.clone());
            }
        }
        (same[0].0, kept)
    });
    words.filter(|(_, kept)| !kept.is_empty()).collect()
}

/// The simplified word of a line and the stems of its glosses.
fn entry(line: &str) -> Option<(&str, Vec<String>)> {
    if line.starts_with('#') {
        return None;
    }
    let mut words = line.split(' ');
    let word = words.nth(1)?;
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    if word.is_empty() || !word.chars().all(han) || word.chars().count() > LONGEST {
        return None;
    }
    let (_, glosses) = line.split_once("] /")?;
    let mut stems = Vec::new();
    for gloss in glosses.trim_end().trim_end_matches('/').split('/') {
        if ABOUT.iter().any(|about| gloss.starts_with(about)) {
            continue;
        }
        for word in plain(gloss).split(|c: char| !c.is_alphanumeric() && c != '\'') {
            let word = word.trim_matches('\'').to_lowercase();
            let latin = word.bytes().all(|b| b.is_ascii_alphanumeric());
            if !word.is_empty() && latin && !is_function_word(&word) {
                stems.push(stem(&word));
            }
        }
    }
    Some((word, stems))
}

/// A gloss without what stands in brackets.
fn plain(gloss: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for c in gloss.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::reduce;

    #[test]
    fn keeps_words_and_the_stems_of_their_glosses() {
        let text = "# a comment\n\
                    傳統 传统 [chuan2 tong3] /tradition/traditional/CL:個|个[ge4]/\n\
                    貓 猫 [mao1] /cat (CL:隻|只[zhi1])/(dialect) to hide oneself/\n\
                    貓 猫 [mao2] /used in 貓腰|猫腰[mao2yao1]/\n\
                    not of the format\n\
                    3C 3C [san1 C] /computers/\n";
        let stems = |stems: &[&str]| stems.iter().map(|&stem| stem.to_owned()).collect::<Vec<_>>();
        let reduced = [("传统", stems(&["tradition", "traditional"])), ("猫", stems(&["cat"]))];
        assert_eq!(reduce(text), reduced);
    }
}
