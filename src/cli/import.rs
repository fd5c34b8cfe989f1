//! `gen import`: terms from other programs into the glossary.

use std::fmt::Write as _;
use std::path::Path;

use super::Outcome;
use super::args::{ImportGlossaryArgs, PreferArg};
use super::console::Console;
use super::input::{self, Input};
use super::site::Site;
use crate::build::glossary_terms;
use crate::diag::{Diagnostic, Message, has_errors, sort};
use crate::lang::Lang;
use crate::model::glossary::assemble;
use crate::model::glossary::merge::{Merged, Prefer, Source, merge};
use crate::msg;
use crate::parse::exchange::{Read, csv, tbx};
use crate::source::{self, Options};
use crate::write;

pub(super) fn run(args: &ImportGlossaryArgs, console: &Console) -> Outcome {
    let site = match Site::find(args.dir.as_deref(), console) {
        Ok(site) => site,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let input = match input::read(Some(&args.file)) {
        Ok(input) => input,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let (terms, mut problems) = match read(&args.file, &input) {
        Ok(read) => read,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let sources = source::read(&site.root, &site.layout(), Options::default());
    let src = site.config.book.folder();
    let path = format!("{src}/glossary.toml");
    let text = |path: &str| {
        let bytes = sources.files.get(path).map(|file| &*file.bytes);
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok())
    };
    let (own, broken) = glossary_terms(&sources, &src);
    problems.extend(broken.into_iter().filter(|problem| has_errors(std::slice::from_ref(problem))));
    let mut merged = Merged::default();
    if !has_errors(&problems) {
        let (glossary, _) = assemble(own);
        let source = Source { path: input.name.clone(), terms: &terms };
        let prefer = args.prefer.map(|side| match side {
            PreferArg::Ours => Prefer::Ours,
            PreferArg::Theirs => Prefer::Theirs,
        });
        merged = merge((&path, text(&path).unwrap_or("")), &glossary, &source, prefer);
        problems.append(&mut merged.problems);
    }
    sort(&mut problems);
    console.report(&problems, &|path| match path == &*input.name {
        true => Some(input.text.as_str()),
        false => text(path),
    });
    if has_errors(&problems) {
        console.progress(&msg!("{path} is left as it was", "{path} 没有改动"));
        return Outcome::Problems;
    }
    if let (Some(text), false) = (&merged.text, args.dry_run)
        && let Err(error) = write::replace_file(&site.root.join(&path), text.as_bytes())
    {
        return console.fail(Diagnostic::from(&error), Outcome::Problems);
    }
    console.summary(&summary(&path, &merged, args.dry_run))
}

/// Reads a file as its ending says.
fn read(file: &Path, input: &Input) -> Result<Read, Box<Diagnostic>> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("csv" | "tsv") => Ok(csv::read(&input.name, &input.text)),
        Some("tbx" | "xml") => Ok(tbx::read(&input.name, &input.text)),
        _ => {
            let text =
                msg!("the name of this file does not say what it is", "从文件名看不出这是什么文件");
            let problem = Diagnostic::error("unknown-format", input.name.clone(), None, text);
            Err(Box::new(problem.help(msg!("name it .csv or .tbx", "请把后缀写成 .csv 或 .tbx"))))
        }
    }
}

/// What was done, a line for each term that is not what it was.
fn summary(path: &str, merged: &Merged, dry_run: bool) -> Message {
    let (added, changed, same) = (merged.added.len(), merged.changed.len(), merged.same);
    let (s, were) = (if added == 1 { "" } else { "s" }, if same == 1 { "was" } else { "were" });
    let head = msg!(
        "{path}: {added} term{s} added, {changed} changed, {same} {were} there",
        "{path}：新增 {added} 条，改动 {changed} 条，{same} 条已有"
    );
    let mut lines = head;
    if dry_run {
        lines.en += "; nothing is written";
        lines.zh += "；没有写入";
    }
    for lang in Lang::ALL {
        let text = if lang == Lang::Zh { &mut lines.zh } else { &mut lines.en };
        for id in &merged.added {
            let _ = write!(text, "\n  + {id}");
        }
        for (id, fields) in &merged.changed {
            let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
            let _ = write!(text, "\n  ~ {id}: {}", names.join(", "));
        }
    }
    lines
}
