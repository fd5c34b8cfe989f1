//! What a text is found by: words, single characters and pairs of characters, as numbers.
//!
//! `static/search.js` does the same to a query, character for character; `tests/search.rs` holds
//! the two together.

use unicode_normalization::UnicodeNormalization;

use crate::model::glossary::fold::{fold, is_word};

/// English words that are in every text and tell none apart. The page is given the list.
pub const STOP: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "its", "of",
    "on", "or", "that", "the", "this", "to", "was", "were", "with",
];

/// What follows an apostrophe inside a word without being a word.
const CLITICS: [&str; 7] = ["s", "t", "d", "m", "re", "ll", "ve"];

/// How many bits the number of a token has.
pub const BITS: u32 = 30;

/// How a character takes part in a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or digit of a word between spaces.
    Word,
    /// A character of a script without spaces: each one, and each pair, is a token.
    Gram,
    /// An accent, which belongs to the letter before it.
    Mark,
    /// What divides tokens.
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        _ if is_word(c) => Kind::Word,
        '\u{300}'..='\u{36F}' => Kind::Mark,
        _ if c.is_alphanumeric() => Kind::Gram,
        _ => Kind::Other,
    }
}

/// Folds a character as names are folded, and takes its accents off.
fn plain(c: char) -> char {
    let folded = fold(c);
    match folded {
        '\u{C0}'..='\u{1EFF}' => std::iter::once(folded).nfd().next().unwrap_or(folded),
        _ => folded,
    }
}

/// A text as only its letters, digits and characters: two titles of one form are the same title.
pub fn letters(text: &str) -> String {
    text.chars().map(plain).filter(|c| matches!(kind(*c), Kind::Word | Kind::Gram)).collect()
}

/// Hands every token of a text on, as often as it is there.
pub fn each(text: &str, mut take: impl FnMut(u32)) {
    let mut word = String::new();
    let mut before: Option<char> = None;
    let mut clitic = false;
    for c in text.chars().map(plain).chain(std::iter::once('.')) {
        match kind(c) {
            Kind::Word => {
                word.push(c);
                before = None;
                continue;
            }
            Kind::Mark => continue,
            kind => {
                if !word.is_empty() {
                    let skipped = clitic && CLITICS.contains(&word.as_str());
                    if !skipped && !STOP.contains(&word.as_str()) {
                        take(hash(stem(&mut word).chars()));
                    }
                    clitic = c == '\'';
                    word.clear();
                } else {
                    clitic = false;
                }
                if kind == Kind::Gram {
                    take(hash([c]));
                    if let Some(before) = before {
                        take(hash([before, c]));
                    }
                    before = Some(c);
                } else if c != ' ' {
                    before = None;
                }
            }
        }
    }
}

/// The number of a token, of [`BITS`]: FNV-1a over its characters, mixed so that the first bits,
/// which choose the shard, depend on all of them. Two tokens in a thousand million share one; a page
/// that is found by mistake stands last, as its text does not hold the query.
pub fn hash(token: impl IntoIterator<Item = char>) -> u32 {
    let fnv = |hash: u32, c: char| (hash ^ c as u32).wrapping_mul(0x0100_0193);
    let mut hash = token.into_iter().fold(0x811C_9DC5, fnv);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2C1B_3C6D);
    (hash ^ (hash >> 12)) >> (u32::BITS - BITS)
}

/// An English word without its regular endings: those of Harman's S stemmer (“How Effective Is
/// Suffixing?”, 1991) and -ed, -ing, -e. Words of other letters stay as they are.
fn stem(word: &mut String) -> &str {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word;
    }
    let ends = |word: &str, endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
    if word.len() > 4 && ends(word, &["ies", "ied"]) {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ends(word, &["sses", "xes", "zes", "ches", "shes"]) {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') && !ends(word, &["ss", "us", "is"]) {
        word.pop();
    }
    let cut = if word.ends_with("ing") { 3 } else { 2 };
    if ends(word, &["ing", "ed"]) && !word.ends_with("eed") {
        let rest = &word[..word.len() - cut];
        if rest.len() > 1 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
            word.truncate(word.len() - cut);
            let mut last = word.chars().rev();
            let (one, two) = (last.next(), last.next());
            if one == two && !word.ends_with(['a', 'e', 'i', 'o', 'u', 'l', 's', 'z']) {
                word.pop();
            }
        }
    }
    if word.len() > 2 && word.ends_with('e') {
        word.pop();
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_their_endings() {
        let cases = [
            ("taxes tax", "tax tax"),
            ("pictures picture", "pictur pictur"),
            ("stories story storied", "story story story"),
            ("stopped stopping stops stop", "stop stop stop stop"),
            ("using used uses use", "us us us us"),
            ("momos bus class this", "momo bus class this"),
            ("falling need king red", "fall need king red"),
            ("v50 café", "v50 café"),
        ];
        for (words, stems) in cases {
            let found: Vec<String> =
                words.split(' ').map(|word| stem(&mut word.to_owned()).to_owned()).collect();
            assert_eq!(found.join(" "), stems);
        }
    }

    #[test]
    fn a_text_is_found_by_its_words_characters_and_pairs() {
        let cases: [(&str, &[&str]); 8] = [
            ("猫税", &["猫", "税", "猫税"]),
            ("貓，稅", &["猫", "税"]),
            ("猫\n税", &["猫", "税", "猫税"]),
            ("V 我 50", &["v", "我", "50"]),
            ("用Momo头", &["用", "momo", "头"]),
            ("The cat's café, don’t", &["cat", "caf", "don"]),
            ("ＶＲ５０", &["vr50"]),
            ("", &[]),
        ];
        for (text, tokens) in cases {
            let mut found = Vec::new();
            each(text, |token| found.push(token));
            let expected: Vec<u32> = tokens.iter().map(|token| hash(token.chars())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn titles_are_the_same_without_spaces_and_marks() {
        assert_eq!(letters("星期四，V 我 50"), letters("星期四 Ｖ我50！"));
        assert_eq!(letters("Māo shuì"), "maoshui");
    }
}
