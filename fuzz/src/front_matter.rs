use digest_gen::parse::front_matter::{parse, split};
use digest_gen::parse::term::{parse_glossary, parse_term_file};

use crate::{PATH, problems};

/// A file with front matter is read; what is wrong is told at its place. The same text as a term's
/// file, and as glossary.toml.
pub fn front_matter(text: &str) {
    let file = parse(PATH, text);
    problems::check(text, &file.diagnostics);
    problems::span(text, &(file.body_start..text.len()));

    let (data, body_start, _) = split(PATH, text);
    assert_eq!(file.body_start, body_start);
    if let Some((_, data)) = &data {
        problems::span(text, data);
        assert!(data.end <= body_start);
        assert!(file.node.is_some() || !file.diagnostics.is_empty(), "lost without a word");
    }
    if let Some(node) = &file.node {
        problems::span(text, &node.span);
    }

    let term = parse_term_file(PATH, text);
    problems::check(text, &term.diagnostics);
    assert!(term.term.is_some() || !term.diagnostics.is_empty(), "lost without a word");
    if let Some(found) = &term.term {
        found.see.iter().chain([&found.span]).for_each(|at| problems::span(text, at));
    }

    let (terms, diagnostics) = parse_glossary(PATH, text);
    problems::check(text, &diagnostics);
    for found in terms {
        found.see.iter().chain([&found.span]).for_each(|at| problems::span(text, at));
    }
}
