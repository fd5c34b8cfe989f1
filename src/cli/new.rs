//! `gen new`: an article, a section, a term, an issue.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Outcome;
use super::args::{NewArticleArgs, NewCommand, NewTermArgs};
use super::console::Console;
use super::site::Site;
use crate::build;
use crate::date::Date;
use crate::diag::{Diagnostic, Message, Severity};
use crate::memo::Memo;
use crate::model::glossary::assemble;
use crate::msg;
use crate::scaffold::{self, Archetypes, FOLDER, Form, Made, Names, NewIssue, NewPage, NewTerm};
use crate::source::{self, File, Options, Sources};
use crate::write::{self, WriteError};

type Problem = Box<Diagnostic>;

/// What a command is run with.
struct Desk<'a> {
    site: &'a Site,
    sources: Sources,
    archetypes: &'a Archetypes,
    src: String,
}

pub(super) fn run(command: &NewCommand, console: &Console) -> Outcome {
    let site = match Site::find(command.shared().dir.as_deref(), console) {
        Ok(site) => site,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let (files, problems) = source::read_folder(&site.root, FOLDER);
    if let Some(problem) = problems.into_iter().next() {
        return console.fail(problem, Outcome::Problems);
    }
    let archetypes = match Archetypes::new(&files) {
        Ok(archetypes) => archetypes,
        Err(problem) => return console.fail(*problem, Outcome::Problems),
    };
    // What is a draft or of the future has its address too.
    let options = Options { drafts: true, future: true, ..Options::default() };
    let sources = source::read(&site.root, &site.layout(), options);
    let src = site.config.book.folder();
    let mut desk = Desk { site: &site, sources, archetypes: &archetypes, src };
    let made = match command {
        NewCommand::Article(args) => article(args, &mut desk),
        NewCommand::Section(args) => {
            let names = args.shared.names();
            let kind = args.shared.kind.as_deref().unwrap_or("section");
            let new = page(args.name.as_deref(), names, None, kind, today(), &desk);
            scaffold::section(&new, desk.archetypes)
                .map_err(|problem| vec![*problem])
                .and_then(|made| pages(&made, &mut desk))
        }
        NewCommand::Term(args) => term(args, &desk).map_err(|problem| vec![*problem]),
        NewCommand::Issue(args) => {
            let names = args.shared.names();
            let kind = args.shared.kind.as_deref().unwrap_or("issue");
            issue(args.id.as_deref(), names, kind, &desk).map_err(|problem| vec![*problem])
        }
    };
    match made {
        Ok(message) => console.summary(&message),
        Err(problems) => {
            console.report(&problems, &|path| match desk.archetypes.text(path) {
                Some(text) => Some(text),
                None => super::build::text_of(&desk.sources, path),
            });
            Outcome::Problems
        }
    }
}

fn today() -> Date {
    Date { date: source::Now::read().local.date(), ..Date::default() }
}

fn page<'a>(
    name: Option<&'a str>,
    titles: Names,
    section: Option<&'a str>,
    kind: &'a str,
    date: Date,
    desk: &'a Desk<'_>,
) -> NewPage<'a> {
    let lead = desk.site.config.book.language;
    NewPage { name, titles, section, kind, date, src: &desk.src, lead }
}

fn article(args: &NewArticleArgs, desk: &mut Desk<'_>) -> Result<Message, Vec<Diagnostic>> {
    let kind = args.shared.kind.as_deref().unwrap_or("article");
    let date = args.date.unwrap_or_else(today);
    let section = args.section.as_deref();
    let new = page(args.name.as_deref(), args.shared.names(), section, kind, date, desk);
    let form = match (args.one_file, args.folder) {
        (true, _) => Form::One,
        (_, true) => Form::Folder,
        _ => Form::Two,
    };
    let made = scaffold::article(&new, form, desk.archetypes).map_err(|problem| vec![*problem])?;
    let message = pages(&made, desk)?;
    Ok(Message {
        en: format!("{}\nit is a draft: gen serve --drafts shows it", message.en),
        zh: format!("{}\n这是草稿：用 gen serve --drafts 查看", message.zh),
    })
}

/// Writes the files of a page, if the site has room for them: no file of their names, and no other page
/// at their address.
fn pages(made: &[Made], desk: &mut Desk<'_>) -> Result<Message, Vec<Diagnostic>> {
    let root = &desk.site.root;
    for file in made {
        let path = root.join(&*file.path);
        if path.symlink_metadata().is_ok() {
            return Err(vec![Diagnostic::from(&WriteError::Exists { path: path_of(file) })]);
        }
    }
    let new: BTreeMap<Arc<str>, File> =
        made.iter().map(|file| (file.path.clone(), File::new(file.text.as_bytes()))).collect();
    desk.sources.files.extend(new.clone());
    let mut problems = build::addresses(&desk.sources, &mut Memo::new());
    problems.retain(|problem| {
        let about = |path: &Arc<str>| new.contains_key(path);
        let related = problem.related.iter().any(|other| about(&other.path));
        problem.severity == Severity::Error && (about(&problem.path) || related)
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    for file in made {
        let path = root.join(&*file.path);
        write::create_file(&path, file.text.as_bytes())
            .map_err(|error| vec![Diagnostic::from(&error)])?;
    }
    let paths: Vec<&str> = made.iter().map(|file| &*file.path).collect();
    let (en, zh) = (paths.join("\n  + "), paths.join("\n  + "));
    Ok(msg!("made:\n  + {en}", "建好了：\n  + {zh}"))
}

fn path_of(file: &Made) -> std::path::PathBuf {
    std::path::PathBuf::from(&*file.path)
}

fn term(args: &NewTermArgs, desk: &Desk<'_>) -> Result<Message, Problem> {
    let (entries, problems) = build::glossary_terms(&desk.sources, &desk.src);
    if let Some(error) = problems.into_iter().find(|one| one.severity == Severity::Error) {
        return Err(Box::new(error));
    }
    let path = format!("{}/glossary.toml", desk.src);
    let text = super::build::text_of(&desk.sources, &path).unwrap_or("");
    let new = NewTerm {
        name: args.name.as_deref(),
        names: args.shared.names(),
        id: args.id.as_deref(),
        category: args.category.as_deref(),
        definition: args.definition(),
        kind: args.shared.kind.as_deref().unwrap_or("term"),
        src: &desk.src,
        own_file: args.own_file,
    };
    let (id, made) = scaffold::term(&new, &assemble(entries).0, text, desk.archetypes)?;
    put(&made, desk)?;
    let path = &made.path;
    Ok(msg!("added `{id}` to {path}", "在 {path} 里添了 `{id}`"))
}

fn issue(id: Option<&str>, names: Names, kind: &str, desk: &Desk<'_>) -> Result<Message, Problem> {
    let text = super::build::text_of(&desk.sources, "book.toml").unwrap_or("");
    let new = NewIssue { id, names, kind };
    let (id, made) = scaffold::issue(&new, text, desk.archetypes)?;
    put(&made, desk)?;
    Ok(msg!(
        "added the issue “{id}” to book.toml: articles of it say issue = \"{id}\"",
        "在 book.toml 里添了“{id}”这一期：属于它的文章写 issue = \"{id}\""
    ))
}

/// Writes a file that is new, or puts it in the place of the one that was read.
fn put(made: &Made, desk: &Desk<'_>) -> Result<(), Problem> {
    let root = &desk.site.root;
    let written = match desk.sources.files.get(&made.path) {
        Some(before) => write::replace(root, &made.path, &before.bytes, made.text.as_bytes()),
        None => write::create_file(&root.join(&*made.path), made.text.as_bytes()),
    };
    written.map_err(|error| Box::new(Diagnostic::from(&error)))
}
