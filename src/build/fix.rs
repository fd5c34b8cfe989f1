//! What is mechanical, mended in the sources.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Built, check};
use crate::check::mend;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::memo::Memo;
use crate::parse::markdown::Rules;
use crate::source::{File, Sources};

/// How often a site is looked at: what is mended may uncover more, as `,,` does. Beyond that, the rest
/// waits for the next call.
const ROUNDS: usize = 12;

/// A site with mended files.
pub struct Fixed {
    /// The site as it is now.
    pub sources: Sources,
    /// What is still wrong with it; no hints.
    pub built: Built,
    /// The problems that were mended, by file.
    pub mended: BTreeMap<Arc<str>, Vec<Diagnostic>>,
}

/// Mends in memory what `gen check` finds and knows how to mend. Nothing but the bytes that the problems
/// name is changed. With `sources` mended, it changes nothing more.
pub fn fix(sources: &Sources, memo: &mut Memo) -> Fixed {
    let mut sources = sources.clone();
    let rules = rules(&sources);
    let mut built = check(&sources, memo);
    let mut mended: BTreeMap<Arc<str>, Vec<Diagnostic>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let changed = round(&mut sources, &built.diagnostics, rules, &mut mended);
        if !changed {
            break;
        }
        built = check(&sources, memo);
    }
    Fixed { sources, built, mended }
}

/// Mends each file once; whether anything was.
fn round(
    sources: &mut Sources,
    problems: &[Diagnostic],
    rules: Rules,
    mended: &mut BTreeMap<Arc<str>, Vec<Diagnostic>>,
) -> bool {
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| !problem.fix.is_empty()) {
        by_file.entry(&problem.path).or_default().push(problem);
    }
    let mut changed = false;
    for (path, problems) in by_file {
        let Some(file) = sources.files.get_mut(path) else { continue };
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        let new = mend(path, text, &problems, rules);
        if new.text == text {
            continue;
        }
        changed = true;
        *file = File::new(new.text.into_bytes());
        let done = new.problems.into_iter().filter_map(|at| problems.get(at));
        mended.entry(path.clone()).or_default().extend(done.map(|problem| (*problem).clone()));
    }
    changed
}

fn rules(sources: &Sources) -> Rules {
    let book = sources.files.get("book.toml");
    let text = book.map(|file| String::from_utf8_lossy(&file.bytes)).unwrap_or_default();
    Rules::of(&Config::parse("book.toml", &text).0.markdown)
}
