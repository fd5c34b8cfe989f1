//! The anchors of headings, by GitHub's rule.

use std::collections::HashMap;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// Gives each heading of a document an anchor of its own.
#[derive(Default)]
pub(super) struct Anchors {
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor for a heading's text: lower case, punctuation left out, spaces turned into
    /// hyphens, Chinese kept; a repeated one gets `-1`, `-2`, … behind it.
    pub fn assign(&mut self, text: &str) -> String {
        let mut slug = slug(text);
        if slug.is_empty() || is_reserved(&slug) {
            slug.insert_str(0, "section-");
        }
        self.claim(slug)
    }

    /// An anchor that the author chose, made unique like any other.
    pub fn claim(&mut self, id: String) -> String {
        let Some(count) = self.taken.get(&id).copied() else {
            self.taken.insert(id.clone(), 0);
            return id;
        };
        let free = (count + 1..).find(|n| !self.taken.contains_key(&format!("{id}-{n}")));
        let number = free.unwrap_or(count + 1);
        self.taken.insert(id.clone(), number);
        let unique = format!("{id}-{number}");
        self.taken.insert(unique.clone(), 0);
        unique
    }
}

/// GitHub's rule: every character that is no letter, mark, decimal digit, connector, hyphen or
/// space is dropped.
fn slug(text: &str) -> String {
    let kept = GeneralCategoryGroup::Letter
        .union(GeneralCategoryGroup::Mark)
        .union(GeneralCategoryGroup::DecimalNumber)
        .union(GeneralCategoryGroup::ConnectorPunctuation);
    let category = CodePointMapData::<GeneralCategory>::new();
    text.trim()
        .chars()
        .filter_map(|c| match c {
            ' ' | '\n' => Some('-'),
            '-' => Some('-'),
            c if kept.contains(category.get(c)) => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Ids of the page itself that a heading must not take: pairs (`p3`), sentences (`p3-z1`), words
/// (`w-…`), footnotes (`fn-…`) and what the built-in theme names.
pub(super) fn is_reserved(slug: &str) -> bool {
    let pair =
        slug.strip_prefix('p').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let theme = ["text", "q", "py", "toc", "top", "card", "vocabulary", "footnotes"];
    let prefixes = ["w-", "fn-", "fnref-", "v-", "th-", "sz-"];
    pair || theme.contains(&slug) || prefixes.iter().any(|prefix| slug.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn follow_github() {
        let mut anchors = Anchors::default();
        let cases = [
            ("先交猫税", "先交猫税"),
            ("Hello, World!", "hello-world"),
            ("什么是“V50”？", "什么是v50"),
            ("C# & F#", "c--f"),
            ("Hello World", "hello-world-1"),
            ("snake_case", "snake_case"),
            ("？！", "section-"),
            ("p3", "section-p3"),
            ("Text", "section-text"),
        ];
        for (text, anchor) in cases {
            assert_eq!(anchors.assign(text), anchor, "{text}");
        }
    }
}
