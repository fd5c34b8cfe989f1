//! `gen build`: reads the site, builds it in memory, and writes it when nothing is wrong.

use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::Instant;

use super::Outcome;
use super::args::BuildArgs;
use super::console::Console;
use super::site::Site;
use crate::diag::{Diagnostic, Message, has_errors};
use crate::memo::Memo;
use crate::msg;
use crate::source::{self, Sources};
use crate::write::{self, SyncOptions, SyncReport, WriteError};
use crate::{Built, build};

pub(super) fn run(args: &BuildArgs, console: &Console) -> Outcome {
    let started = Instant::now();
    let site = match Site::find(args.dir.as_deref(), console) {
        Ok(site) => site,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let out = site.out(args.dest_dir.as_deref());
    let src = &site.config.book.src;
    if let Err(error) = write::check_target(&site.root, src, &out) {
        return console.fail(Diagnostic::from(&error), Outcome::Usage);
    }

    if let Err(error) = write::mend(&out) {
        return console.fail(Diagnostic::from(&error), Outcome::Problems);
    }

    let sources =
        source::read(&site.root, &site.layout(), args.unpublished.options(Some(&args.address)));
    let files = sources.files.len();
    console.note(&msg!("files read: {files}", "已读取 {files} 个文件"));
    // The program ends after this, and what it holds goes with it: value by value that takes its time.
    let mut memo = ManuallyDrop::new(Memo::new());
    let built = ManuallyDrop::new(build(&sources, &mut memo));
    report(&built.diagnostics, &sources, console);
    let failed = has_errors(&built.diagnostics);
    if failed || (args.strict && !built.diagnostics.is_empty()) {
        return Outcome::Problems;
    }

    match publish(&built, &out, args.force) {
        Ok(report) => {
            let seconds = started.elapsed().as_secs_f64();
            console.summary(&summary(built.pages, seconds, report, &site.shown(&out)))
        }
        Err(error) => console.fail(Diagnostic::from(&error), Outcome::Problems),
    }
}

/// Prints the problems of a build.
pub(super) fn report(diagnostics: &[Diagnostic], sources: &Sources, console: &Console) {
    console.report(diagnostics, &|path| text_of(sources, path));
}

/// The text of a file, for the lines that are shown.
pub(super) fn text_of<'s>(sources: &'s Sources, path: &str) -> Option<&'s str> {
    let bytes = &sources.files.get(path)?.bytes;
    // Of a file that is not UTF-8, the lines up to where it stops being text can be shown.
    let end = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    std::str::from_utf8(&bytes[..end]).ok()
}

fn publish(built: &Built, out: &Path, force: bool) -> Result<SyncReport, WriteError> {
    write::sync(out, &built.outputs, SyncOptions { force })
}

/// `built 42 pages in 0.31 s: 12 files written, 3 removed, 120 unchanged → public`.
fn summary(pages: usize, seconds: f64, report: SyncReport, out: &str) -> Message {
    let SyncReport { written, removed, unchanged } = report;
    let page = if pages == 1 { "page" } else { "pages" };
    let file = if written == 1 { "file" } else { "files" };
    msg!(
        "built {pages} {page} in {seconds:.2} s: {written} {file} written, {removed} removed, {unchanged} unchanged → {out}",
        "构建了 {pages} 个页面，用时 {seconds:.2} 秒：写入 {written} 个文件，删除 {removed} 个，{unchanged} 个未变 → {out}"
    )
}
