use digest_gen::model::glossary::matcher::{LONGEST, Match, Matcher};
use digest_gen::model::glossary::{Entry, Glossary, assemble, fold, order};
use digest_gen::parse::cjk::is_han;
use digest_gen::parse::term::Term;

/// The first lines are names, a line a term, up to an empty line; the rest is a text. Matches are names
/// of their terms, in order, none inside another, and no Chinese name is missed.
pub fn glossary(input: &str) {
    let (names, text) = input.split_once("\n\n").unwrap_or((input, input));
    let terms = names.lines().take(200).enumerate();
    let entry = |(at, name): (usize, &str)| Entry {
        term: Term { id: format!("t{at:03}"), zh: Some(name.to_owned()), ..Term::default() },
        path: "content/glossary.toml".into(),
        span: 0..0,
        see: Vec::new(),
        local: false,
        rich: false,
    };
    let (glossary, _) = assemble(terms.map(entry).collect());
    let matches = Matcher::new(&glossary).find(text);
    let mut end = 0;
    for found in &matches {
        assert!(end <= found.range.start && found.range.start < found.range.end, "{found:?}");
        end = found.range.end;
        is_name(&glossary, found, text);
    }
    for name in glossary.terms.iter().flat_map(Entry::names) {
        is_not_missed(name, text, &matches);
    }
    let listed = order::by_pinyin(&glossary).into_iter().map(|(_, terms)| terms.len());
    assert!(listed.sum::<usize>() <= glossary.terms.len());
    order::by_letter(&glossary);
    glossary.suggest(text.get(..text.len().min(40)).unwrap_or_default());
}

/// A match reads as a name of its term, or as the plural of one.
fn is_name(glossary: &Glossary, found: &Match, text: &str) {
    let read = fold::squeeze(text.get(found.range.clone()).expect("whole characters"));
    let mut names = glossary.terms[found.term].names().map(fold::squeeze);
    let fits = |name: &String| {
        let plural = ["s", "es"].map(|end| format!("{name}{end}"));
        let stem = name.strip_suffix('y').unwrap_or(name);
        read == *name || plural.contains(&read) || read == format!("{stem}ies")
    };
    assert!(names.any(|name| fits(&name)), "{read:?} is no name of {:?}", found.term);
}

/// A name of Chinese characters alone has no bounds to keep: wherever it is written, a match is there,
/// unless a mark follows that changes its last character or joins it to another.
fn is_not_missed(name: &str, text: &str, matches: &[Match]) {
    let plain = |text: &str| fold::squeeze(text) == text;
    let short = name.chars().count() <= LONGEST;
    if name.is_empty() || !short || !name.chars().all(is_han) || !plain(name) {
        return;
    }
    for (at, _) in text.match_indices(name) {
        let end = at + name.len();
        let bound = |c: Option<char>| c.is_none_or(|c| is_han(c) || c.is_ascii());
        if !bound(text[..at].chars().next_back()) || !bound(text[end..].chars().next()) {
            continue;
        }
        let here = |found: &&Match| found.range.start < end && at < found.range.end;
        assert!(matches.iter().any(|found| here(&found)), "{name:?} at {at} of {text:?}");
    }
}
