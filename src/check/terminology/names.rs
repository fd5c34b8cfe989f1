//! The names of terms in a text, by their words: inflection, plural and hyphens do not count.

use std::ops::Range;

use crate::check::unit::Piece;
use crate::lang::Lang;
use crate::model::align::english::stem;
use crate::model::glossary::fold::squeeze;
use crate::parse::cjk::is_han;
use crate::parse::term::Term;

/// A side of a unit, as names are looked for in it.
pub(super) struct Text {
    /// Without letter case, width and spaces.
    squeezed: String,
    /// Without spaces and hyphens between words too.
    joined: String,
    /// The stems of its Latin words, each between spaces.
    stems: String,
}

impl Text {
    pub fn of(side: &[Piece<'_>]) -> Text {
        let text: String = side.iter().map(|piece| format!("{}\n", piece.text())).collect();
        Text::from(&text)
    }

    fn from(text: &str) -> Text {
        Text { squeezed: squeeze(text), joined: joined(text), stems: stems(text) }
    }

    /// Whether it has a name.
    pub fn has(&self, name: &str) -> bool {
        match name.chars().any(is_han) {
            true => self.squeezed.contains(&squeeze(name)),
            false => {
                let stems = stems(name);
                let joined = joined(name);
                stems.len() > 1 && self.stems.contains(&stems)
                    || joined.len() >= JOINED && self.joined.contains(&joined)
                    || is_derivable(name)
                        && self.stems.split(' ').any(|word| is_derived(word, name))
            }
        }
    }
}

/// From how many letters on a name is found inside a word too: `multithreaded`, `PersistentVolume`.
const JOINED: usize = 6;

/// How many first letters two words share at the least for one to be derived from the other.
const SHARED: usize = 5;

/// Whether other words are derived from a name: from a common word, and not from the name of a thing.
pub(super) fn is_derivable(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// What makes a noun of a word.
const ENDINGS: &[&str] = &["ship", "ing", "er", "or", "ment", "ness", "ion", "ance", "ence", "al"];

/// Whether a word belongs to the family of a name: authorized, authorization; concurrent, concurrency; own,
/// ownership.
fn is_derived(word: &str, name: &str) -> bool {
    let shared = word.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
    let whole = word.len() > 2 && shared == word.len() && ENDINGS.contains(&&name[shared..]);
    whole || shared >= SHARED && 5 * shared >= 3 * name.len()
}

/// Whether a term is named in English by a common word: “user” and “function” have many translations, of which
/// the term's is one. `shown` is the name as it stands in a text.
pub(super) fn is_vague(term: &Term, shown: &str) -> bool {
    let shown = squeeze(shown);
    let own = all(term).filter(|name| shown.starts_with(&squeeze(name)));
    own.max_by_key(|name| name.len()).is_some_and(is_derivable)
}

fn joined(text: &str) -> String {
    squeeze(text).replace([' ', '-'], "")
}

/// The stems of a text's Latin words, each between spaces: ` cat tax receipt `.
fn stems(text: &str) -> String {
    let mut out = String::from(" ");
    let plain = text.replace(['\'', '’'], " ' ");
    for word in plain.split(|c: char| !c.is_alphanumeric() || is_han(c)) {
        // What is left of a possessive.
        if !word.is_empty() && word != "s" {
            out += &stem(&word.to_lowercase());
            out.push(' ');
        }
    }
    out
}

/// Whether a side has a name of a term, in whatever language: Latin names stand in Chinese too.
pub(super) fn is_said(term: &Term, text: &Text) -> bool {
    all(term).any(|name| text.has(name))
}

/// Every name of a term.
fn all(term: &Term) -> impl Iterator<Item = &str> {
    Lang::ALL.into_iter().flat_map(|lang| of(term, lang))
}

/// The names of a term in a language, the main one first.
pub(super) fn of(term: &Term, lang: Lang) -> impl Iterator<Item = &str> {
    let main = match lang {
        Lang::Zh => &term.zh,
        Lang::En => &term.en,
    };
    main.iter().chain(term.aliases.get(lang)).map(String::as_str)
}

/// The main name of a term in a language.
pub(super) fn first_of(term: &Term, lang: Lang) -> Option<&str> {
    of(term, lang).next()
}

/// Where a name stands in a text as it is, in any letter case, at the edges of words.
pub(super) fn find<'t>(name: &str, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    // Lower case of these texts is as long as they are, or nothing is found.
    let (lower, name) = (text.to_lowercase(), name.to_lowercase());
    let same = lower.len() == text.len() && !name.is_empty();
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    let mut found = Vec::new();
    for (at, _) in lower.match_indices(&name).filter(|_| same) {
        let end = at + name.len();
        let (before, after) = (lower[..at].chars().next_back(), lower[end..].chars().next());
        let (first, last) = (name.chars().next(), name.chars().next_back());
        let open = is_latin(first) && is_latin(before);
        // A plural is the name too.
        let plural = lower[end..].starts_with('s') && !is_latin(lower[end + 1..].chars().next());
        let close = is_latin(last) && is_latin(after) && !plural;
        if !open && !close {
            found.push(at..end);
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflection_plural_and_hyphens_do_not_count() {
        let text = Text::from;
        for (name, said) in [
            ("cat tax", "They paid their cat-taxes."),
            ("plant grass", "It is known for planting grass"),
            ("KOL", "mainly KOLs, much"),
            ("猫税", "交 猫税 了"),
            ("Xiaohongshu", "Xiaohongshu’s users"),
            ("TikTok 难民", "自称TikTok难民"),
            ("authorization", "the request is authorized"),
            ("persistent volume", "new PersistentVolumes"),
        ] {
            assert!(text(said).has(name), "{name}");
        }
        assert!(!text("a category of taxes").has("cat tax"));
        assert!(!text("concatenate").has("cat"));
    }

    #[test]
    fn forbidden_names_are_found_as_they_are() {
        let found = |name: &str, text: &str| {
            find(name, text).map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            found("little red potato", "Little Red Potatoes; two Little Red Potatos"),
            ["Little Red Potato"]
        );
        assert_eq!(found("momo", "momos, Momo and momology"), ["momo", "Momo"]);
        assert_eq!(found("土著", "小红书土著来了"), ["土著"]);
    }
}
