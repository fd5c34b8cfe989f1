//! `gen check`: finds what is wrong with a site, and writes nothing.

use super::Outcome;
use super::args::CheckArgs;
use super::console::Console;
use super::site::Site;
use crate::check;
use crate::memo::Memo;
use crate::msg;
use crate::source::{self, Options};

pub(super) fn run(args: &CheckArgs, console: &Console) -> Outcome {
    let site = match Site::find(args.dir.as_deref(), console) {
        Ok(site) => site,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let options = Options { base_url: None, drafts: args.drafts, future: args.future };
    let sources = source::read(&site.root, &site.layout(), options);
    let checked = check(&sources, &mut Memo::new());
    let printed =
        console.findings(&checked.diagnostics, &|path| super::build::text_of(&sources, path));
    if checked.diagnostics.is_empty() && !console.is_human() {
        return printed;
    }
    if checked.diagnostics.is_empty() {
        let pages = checked.pages;
        let page = if pages == 1 { "page" } else { "pages" };
        return console.summary(&msg!(
            "checked {pages} {page}: no problems",
            "检查了 {pages} 个页面：没有问题"
        ));
    }
    Outcome::Problems
}
