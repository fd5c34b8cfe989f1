use digest_gen::diag::has_errors;
use digest_gen::model::glossary::Glossary;
use digest_gen::model::glossary::merge::{Prefer, Source, merge};
use digest_gen::parse::exchange::{Read, csv, tbx as format};
use digest_gen::parse::term::parse_glossary;

use crate::{PATH, problems};

/// A termbase is read; its terms make a glossary that is valid, and that says the same when it is
/// imported into itself. A text that does not begin with `<` is read as a table.
pub fn tbx(text: &str) {
    let (terms, diagnostics): Read = match text.trim_start().starts_with('<') {
        true => format::read(PATH, text),
        false => csv::read(PATH, text),
    };
    problems::check(text, &diagnostics);
    for term in &terms {
        term.places.iter().map(|(_, at)| at).chain([&term.span]).for_each(|at| {
            problems::span(text, at);
        });
    }
    if has_errors(&diagnostics) {
        return;
    }
    let source = Source { path: PATH.into(), terms: &terms };
    let glossary = ("content/glossary.toml", "");
    let merged = merge(glossary, &Glossary::default(), &source, Some(Prefer::Theirs));
    let Some(written) = merged.text.filter(|_| !has_errors(&merged.problems)) else { return };
    let (read, diagnostics) = parse_glossary("content/glossary.toml", &written);
    assert!(!has_errors(&diagnostics), "{diagnostics:?}\n{written}");
    assert_eq!(read.len(), merged.added.len(), "{written}");
    let again = merge(
        ("content/glossary.toml", &written),
        &Glossary::default(),
        &source,
        Some(Prefer::Theirs),
    );
    assert!(again.text.is_none_or(|text| text == written), "not the same twice: {written}");
}
