//! `gen import hugo` and its like: a site of another generator into a new one of gen's.
#![expect(clippy::disallowed_methods, reason = "an edge: lists the folder of the old site")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::Outcome;
use super::args::ImportSiteArgs;
use super::console::Console;
use crate::diag::{Diagnostic, Message, has_errors};
use crate::migrate::{Files, Generator, Migrated, Note, migrate};
use crate::msg;
use crate::source::{File, read_folder};
use crate::write::{self, WriteError};

/// Folders at the top of an old site that hold nothing an author wrote.
const LEFT_OUT: [&str; 7] =
    ["node_modules", "public", "_site", "vendor", "resources", "target", "themes"];

pub(super) fn run(generator: Generator, args: &ImportSiteArgs, console: &Console) -> Outcome {
    let (files, problems) = match read(&args.old) {
        Ok(read) => read,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    console.report(&problems, &|_| None);
    if has_errors(&problems) {
        return Outcome::Problems;
    }
    let mut made = migrate(generator, &files);
    if made.pages.0 == 0 {
        let old = args.old.display();
        let text = msg!("there are no pages in {old}", "{old} 里没有页面");
        let problem = Diagnostic::error("no-old-site", args.old.display().to_string(), None, text);
        return console.fail(
            problem.help(msg!(
                "name the folder that holds the settings of the old site",
                "请指定旧站点的配置文件所在的文件夹"
            )),
            Outcome::Usage,
        );
    }
    let there = |path: &String| args.dir.join(path).symlink_metadata().is_ok();
    // Settings that are there are the author's; all else has to be new.
    let kept = there(&"book.toml".to_owned());
    if kept {
        made.files.remove("book.toml");
    }
    if let Some(path) = made.files.keys().find(|path| there(path)) {
        let problem = Diagnostic::from(&WriteError::Exists { path: args.dir.join(path) });
        return console.fail(problem, Outcome::Problems);
    }
    let notes: Vec<Diagnostic> = made.notes.iter().map(|note| told(note, &files)).collect();
    console.report(&notes, &|path| std::str::from_utf8(&files.get(path)?.bytes).ok());
    for (path, bytes) in made.files.iter().filter(|_| !args.dry_run) {
        if let Err(error) = write::create_file(&args.dir.join(path), bytes) {
            return console.fail(Diagnostic::from(&error), Outcome::Problems);
        }
    }
    if kept {
        console.progress(&msg!("book.toml was there and is kept", "已有 book.toml，保持原样"));
    }
    console.summary(&summary(&made, args.dry_run))
}

/// Reads the folder of an old site, without what tools have put there.
fn read(root: &Path) -> Result<(Files, Vec<Diagnostic>), Box<Diagnostic>> {
    let failed = |error: &std::io::Error| {
        let text = Message::unreadable(error);
        Box::new(Diagnostic::error("unreadable-file", root.display().to_string(), None, text))
    };
    let entries = std::fs::read_dir(root).map_err(|error| failed(&error))?;
    let mut names: Vec<(String, bool)> = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| failed(&error))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let folder = entry.path().is_dir();
        if name.starts_with('.') || (folder && LEFT_OUT.contains(&name.as_str())) {
            continue;
        }
        names.push((name, folder));
    }
    names.sort();
    let (mut files, mut problems): (Files, _) = (BTreeMap::new(), Vec::new());
    for (name, folder) in names {
        if folder {
            let (inside, found) = read_folder(root, &name);
            files.extend(inside);
            problems.extend(found);
        } else {
            let bytes = std::fs::read(root.join(&name)).map_err(|error| failed(&error))?;
            files.insert(name.into(), File::new(bytes));
        }
    }
    Ok((files, problems))
}

/// A note as a warning at its line.
fn told(note: &Note, files: &Files) -> Diagnostic {
    let text = files.get(note.path.as_str()).and_then(|file| std::str::from_utf8(&file.bytes).ok());
    let span = note.line.zip(text).and_then(|(line, text)| line_of(text, line));
    Diagnostic::warning("needs-a-hand", note.path.clone(), span, note.text.clone())
}

/// The bytes of a line, from 1, without the white space around it.
fn line_of(text: &str, number: usize) -> Option<Range<usize>> {
    let line = text.split_inclusive('\n').nth(number.checked_sub(1)?)?;
    let start = text.split_inclusive('\n').take(number - 1).map(str::len).sum::<usize>();
    let start = start + line.len() - line.trim_start().len();
    Some(start..start + line.trim().len())
}

fn summary(made: &Migrated, dry_run: bool) -> Message {
    let (read, out) = made.pages;
    let others = made.files.keys().filter(|path| !path.ends_with(".md")).count();
    let (aliases, notes) = (made.aliases, made.notes.len());
    let mut text = msg!(
        "{out} of {read} pages brought over, {others} other files; {aliases} old addresses lead on; {notes} notes",
        "导入了 {read} 页中的 {out} 页，另有 {others} 个文件；{aliases} 个旧地址会跳转；{notes} 条提示"
    );
    if dry_run {
        text.en += "; nothing is written";
        text.zh += "；没有写入";
    } else {
        text.en += "\n  gen check    says what else needs a hand\n  gen serve    shows the site";
        text.zh += "\n  gen check    看看还有哪些地方要改\n  gen serve    看看网站";
    }
    text
}
