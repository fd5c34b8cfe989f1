//! `gen check --fix`: mends what is mechanical, and writes the files that changed.

use std::collections::BTreeMap;

use super::console::Console;
use super::site::Site;
use crate::build::{Fixed, fix};
use crate::diag::Diagnostic;
use crate::memo::Memo;
use crate::msg;
use crate::source::Sources;
use crate::write::replace;

/// Mends a site; returns it as it is then, or the file that could not be written.
pub(super) fn run(
    site: &Site,
    before: &Sources,
    memo: &mut Memo,
    console: &Console,
) -> Result<Sources, Box<Diagnostic>> {
    let Fixed { sources, mended, .. } = fix(before, memo);
    for (path, problems) in &mended {
        let (Some(old), Some(new)) = (before.files.get(path), sources.files.get(path)) else {
            continue;
        };
        replace(&site.root, path, &old.bytes, &new.bytes)
            .map_err(|error| Box::new(Diagnostic::from(&error)))?;
        tell(path, problems, console);
    }
    Ok(sources)
}

/// Says what was mended in a file: how often each code.
fn tell(path: &str, problems: &[Diagnostic], console: &Console) {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in problems {
        *codes.entry(problem.code).or_default() += 1;
    }
    let count = |(code, count): (&str, usize)| match count {
        1 => code.to_owned(),
        count => format!("{code} ×{count}"),
    };
    let codes: Vec<String> = codes.into_iter().map(count).collect();
    let (en, zh) = (codes.join(", "), codes.join("、"));
    console.progress(&msg!("{path}: mended {en}", "{path}：已修正 {zh}"));
}
