//! `gen clean`: removes what gen wrote into the output folder.

use super::Outcome;
use super::args::CleanArgs;
use super::console::Console;
use super::site::Site;
use crate::diag::Diagnostic;
use crate::msg;
use crate::write;

pub(super) fn run(args: &CleanArgs, console: &Console) -> Outcome {
    let site = match Site::find(args.dir.as_deref(), console) {
        Ok(site) => site,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let out = site.out(args.dest_dir.as_deref());
    if let Err(error) = write::check_target(&site.root, &site.config.book.src, &out) {
        return console.fail(Diagnostic::from(&error), Outcome::Usage);
    }
    match write::clean(&out) {
        Ok(removed) => {
            let file = if removed == 1 { "file" } else { "files" };
            let out = site.shown(&out);
            console.summary(&msg!(
                "removed {removed} {file} from {out}",
                "从 {out} 删除了 {removed} 个文件"
            ))
        }
        Err(error) => console.fail(Diagnostic::from(&error), Outcome::Problems),
    }
}
