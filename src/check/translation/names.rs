//! Names in Latin letters, handles and the like that the other version has lost.

use std::collections::{HashMap, HashSet};

use super::words::{self, Word};
use crate::check::unit::{Both, Sides, is_prose};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::msg;
use crate::parse::markdown::Block;

/// The Latin words of both versions of a text.
#[derive(Default)]
pub(super) struct Names {
    /// Every word of the English, folded, with the rows in which it stands.
    en: HashMap<String, HashSet<usize>>,
    /// Every word of the Chinese.
    zh: HashMap<String, HashSet<usize>>,
}

impl Names {
    pub fn of(both: &Both<'_>) -> Names {
        let of = |lang: Lang| {
            let mut found: HashMap<String, HashSet<usize>> = HashMap::new();
            for (at, row) in both.text.alignment.rows.iter().enumerate() {
                for block in both.blocks(row, lang) {
                    add(block, at, &mut found);
                }
            }
            let notes = both.version(lang).body.footnotes.iter().flat_map(|note| &note.blocks);
            notes.for_each(|block| add(block, EVERYWHERE, &mut found));
            found
        };
        Names { en: of(Lang::En), zh: of(Lang::Zh) }
    }

    /// The names of a text that the other version has not. `at` is the row in which it stands; none if it
    /// is no part of the rows.
    pub fn check(&self, sides: &Sides<'_>, at: Option<usize>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for lang in Lang::ALL {
            let other = sides.joined(lang.other());
            for (sentence, piece) in sides.get(lang).iter().enumerate() {
                if !is_prose(piece.block) {
                    continue;
                }
                for word in words::of_piece(piece) {
                    let kept = match lang {
                        Lang::Zh => is_name(&word, piece.text()),
                        Lang::En => word.is_identifier() && is_plain_identifier(&word),
                    };
                    if !kept
                        || is_measure(&word, piece.text())
                        || !seen.insert(word.text)
                        || self.is_there(&word, lang.other(), at, &other)
                    {
                        continue;
                    }
                    let name = word.text;
                    let message = match lang {
                        Lang::Zh => msg!("“{name}” is not in the English", "“{name}”在英文里没有"),
                        Lang::En => msg!("“{name}” is not in the Chinese", "“{name}”在中文里没有"),
                    };
                    let counterpart = sides.counterpart(lang, sentence);
                    let span = piece.span(&word.range);
                    let problem = sides.finding("lost-name", lang, span, counterpart, message);
                    found.push(problem.help(msg!(
                        "write the name as the other version does",
                        "请按另一种语言里的写法写上这个名字"
                    )));
                }
            }
        }
        found
    }

    /// Whether the other version has a word: in the row or beside it, or anywhere if it is an ordinary word,
    /// which a pronoun may stand for.
    fn is_there(&self, word: &Word<'_>, lang: Lang, at: Option<usize>, text: &str) -> bool {
        let all = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        let near = |rows: &HashSet<usize>| {
            !word.is_identifier()
                || at.is_some_and(|at| rows.iter().any(|row| row.abs_diff(at) <= 1))
                || rows.contains(&EVERYWHERE)
        };
        // The first form is the word as a whole.
        keys(word.text).first().is_some_and(|key| all.get(key).is_some_and(near))
            || at.is_none() && words::of(text).iter().any(|other| is_alike(other.text, word.text))
            || is_abbreviation(word.text, text)
            || word.text.chars().all(|c| c.is_ascii_digit())
    }
}

/// The row of what may stand beside any.
const EVERYWHERE: usize = usize::MAX;

/// Adds the words of a block, sentence by sentence: the leaves of a block follow one another without a
/// space. What has no sentences, as code, is read as it is shown.
fn add(block: &Block, row: usize, found: &mut HashMap<String, HashSet<usize>>) {
    let sentences = block.sentences.iter().map(|sentence| &block.text[sentence.range.clone()]);
    for text in sentences.chain([block.html.as_str()]) {
        for word in words::of(text) {
            for key in keys(word.text) {
                found.entry(key).or_default().insert(row);
            }
        }
    }
}

/// The forms under which a word is found: in lower case, without what is joined and without a plural's s;
/// of a word that is joined its parts too.
fn keys(word: &str) -> Vec<String> {
    let fold = |word: &str| -> String {
        let folded: String =
            word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let cut = folded.strip_suffix('s').filter(|stem| stem.len() > 1);
        cut.map_or_else(|| folded.clone(), str::to_owned)
    };
    let mut keys = vec![fold(word)];
    let possessive = ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end));
    keys.extend(possessive.map(fold));
    if word.contains(['-', '.', '_', '+']) {
        keys.extend(word.split(['-', '.', '_', '+']).map(fold));
    }
    keys.retain(|key| !key.is_empty());
    keys
}

/// Whether a word is another one, or holds it.
fn is_alike(word: &str, wanted: &str) -> bool {
    keys(wanted).first().is_some_and(|wanted| keys(word).contains(wanted))
}

/// Whether a word in a Chinese text is a name that a translation keeps: more than a letter, and not in
/// lower case alone unless it is a handle.
fn is_name(word: &Word<'_>, sentence: &str) -> bool {
    let name = word.text;
    let han = sentence.chars().any(crate::parse::cjk::is_han);
    let capital = name.chars().any(char::is_uppercase);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    han && !word.is_number()
        && (word.is_identifier() && is_plain_identifier(word) || capital && letters > 1)
}

/// Whether a word is what a number before it counts: 5 PB, 30 km.
fn is_measure(word: &Word<'_>, sentence: &str) -> bool {
    let before = sentence[..word.range.start].trim_end();
    word.text.len() <= 3 && before.ends_with(|c: char| c.is_ascii_digit())
}

/// Not an address, which is compared with the links.
fn is_plain_identifier(word: &Word<'_>) -> bool {
    !word.text.contains("://") && (word.text.starts_with('@') || !word.text.contains('@'))
}

/// Whether a text spells an abbreviation out: KOL, key opinion leader; or the reverse.
fn is_abbreviation(word: &str, text: &str) -> bool {
    let letters: Vec<char> =
        word.chars().filter(|c| c.is_ascii_uppercase()).map(|c| c.to_ascii_lowercase()).collect();
    if letters.len() < 2 {
        return false;
    }
    let firsts: Vec<char> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    firsts.windows(letters.len()).any(|window| window == letters)
}
