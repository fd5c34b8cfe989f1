//! `gen check`: finds what is wrong with a site, and mends it where asked to.

use std::mem::ManuallyDrop;

use super::Outcome;
use super::args::CheckArgs;
use super::console::Console;
use super::site::Site;
use super::{build, fix};
use crate::build::check_with;
use crate::check::Answers;
use crate::diag::{Diagnostic, Severity};
use crate::memo::Memo;
use crate::msg;
use crate::source::{self, Sources};
#[cfg(feature = "external")]
use crate::{
    build::outside,
    external::{Manners, ask},
};

pub(super) fn run(args: &CheckArgs, console: &Console) -> Outcome {
    let site = match Site::find(args.dir.as_deref(), console) {
        Ok(site) => site,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let options = args.unpublished.options(None);
    let sources = source::read(&site.root, &site.layout(), options);
    // The program ends after this, and what it holds goes with it.
    let mut memo = ManuallyDrop::new(Memo::new());
    let sources = if args.fix {
        match fix::run(&site, &sources, &mut memo, console) {
            Ok(fixed) => fixed,
            Err(problem) => return console.fail(*problem, Outcome::Problems),
        }
    } else {
        sources
    };
    let (answers, kept) = answers(args, &site, &sources, &mut memo, console);
    let mut checked = check_with(&sources, &mut memo, &answers);
    checked.diagnostics.extend(kept);
    let hint = |found: &Diagnostic| found.severity == Severity::Hint;
    let hints = checked.diagnostics.iter().filter(|found| hint(found)).count();
    if !args.hints {
        checked.diagnostics.retain(|found| !hint(found));
    }
    let found = &checked.diagnostics;
    let printed = console.findings(found, &|path| build::text_of(&sources, path));
    let wrong = found.iter().any(|found| !hint(found));
    if wrong {
        return Outcome::Problems;
    }
    if !console.is_human() {
        return printed;
    }
    let pages = checked.pages;
    let page = if pages == 1 { "page" } else { "pages" };
    console.summary(&match hints {
        hidden if hidden > 0 && !args.hints => {
            let hint = if hidden == 1 { "hint" } else { "hints" };
            msg!(
                "checked {pages} {page}: no problems ({hidden} {hint}; --hints shows them)",
                "检查了 {pages} 个页面：没有问题（另有 {hidden} 个提示，用 --hints 查看）"
            )
        }
        _ => msg!("checked {pages} {page}: no problems", "检查了 {pages} 个页面：没有问题"),
    })
}

/// What other sites answer, where they are to be asked; and why that could not be kept.
#[cfg(feature = "external")]
fn answers(
    args: &CheckArgs,
    site: &Site,
    sources: &Sources,
    memo: &mut Memo,
    console: &Console,
) -> (Answers, Option<Diagnostic>) {
    if !args.external {
        return (Answers::new(), None);
    }
    let links = outside(sources, memo);
    let told = |done: usize, all: usize| console.counter(done, all);
    let (answers, kept) = ask(&site.root, &links, Manners::default(), &told);
    (answers, kept.err().map(|error| Diagnostic::from(&error)))
}

#[cfg(not(feature = "external"))]
fn answers(
    _: &CheckArgs,
    _: &Site,
    _: &Sources,
    _: &mut Memo,
    _: &Console,
) -> (Answers, Option<Diagnostic>) {
    (Answers::new(), None)
}
