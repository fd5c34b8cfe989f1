//! Problems as they are printed: at places that exist, without what steers a terminal.

use std::ops::Range;

use digest_gen::diag::{Diagnostic, Format, Printer};
use digest_gen::lang::Lang;

/// How many problems of a text are printed; the rest is only looked at.
const PRINTED: usize = 20;

/// A span has to be a stretch of whole characters of its text.
pub fn span(text: &str, span: &Range<usize>) {
    assert!(text.get(span.clone()).is_some(), "{span:?} of {} bytes: {text:?}", text.len());
}

/// Problems that were found in a text of [`crate::PATH`].
pub fn check(text: &str, problems: &[Diagnostic]) {
    for problem in problems {
        assert_eq!(&*problem.path, crate::PATH);
        let related = problem.related.iter().filter(|place| &*place.path == crate::PATH);
        let places = related.map(|place| &place.span).chain([&problem.span]).flatten();
        places.chain(problem.fix.iter().map(|edit| &edit.span)).for_each(|at| span(text, at));
    }
    let printed: Vec<&Diagnostic> = problems.iter().take(PRINTED).collect();
    let source = |path: &str| (path == crate::PATH).then_some(text);
    for lang in Lang::ALL {
        let print = |format| Printer { format, lang, color: false }.print(&printed, &source);
        let human = print(Format::Human);
        let steers = |c: char| c.is_control() && c != '\n' || is_direction(c);
        assert!(!human.contains(steers), "{human:?}");
        let lines = |text: &str| text.lines().count();
        assert_eq!(lines(&print(Format::Github)), printed.len());
        assert_eq!(lines(&print(Format::Json)), printed.len());
    }
}

/// Whether a character turns the direction of what follows (Unicode Annex 9, section 2).
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
