//! `gen init`: a small site to start with.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::Outcome;
use super::args::{InitArgs, said};
use super::console::Console;
use crate::config::{Book, is_site_url};
use crate::date::Date;
use crate::diag::{Diagnostic, Message};
use crate::lang::Lang;
use crate::msg;
use crate::scaffold::{Answers, Starter, repository, starter};
use crate::source::Now;
use crate::write::{self, WriteError};

/// What an author may do next, in English and in Chinese.
const NEXT: (&str, &str) = (
    "  gen new article \"Cat tax\"    starts another article\n  gen new term 猫税            \
     adds a term to the glossary\n  gen check                    says what could be better",
    "  gen new article 猫税    再写一篇文章\n  gen new term 猫税       在词汇表里添一条\n  \
     gen check               看看哪里还能改进",
);

/// The workflow gets the program from its releases. A program that was built where nobody had named them
/// does not know where they are.
const UNKNOWN_REPOSITORY: (&str, &str) = (
    "\n\nBefore you publish: .github/workflows/pages.yml has to know the repository of gen \
     (GEN_REPOSITORY).",
    "\n\n发布之前：请在 .github/workflows/pages.yml 里写上 gen 的代码仓库（GEN_REPOSITORY）。",
);

pub(super) fn run(args: &InitArgs, console: &Console) -> Outcome {
    let root = args.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    if root.join("book.toml").symlink_metadata().is_ok() {
        return console.fail(there_already(&root), Outcome::Problems);
    }
    let Some(answers) = answers(args, console) else { return Outcome::Problems };
    let today = Date { date: Now::read().local.date(), ..Date::default() };
    let files = match starter(&answers, &today, console.lang()) {
        Ok(files) => files,
        Err(problem) => return console.fail(*problem, Outcome::Problems),
    };
    let (kept, files) = match sorted(&root, files) {
        Ok(sorted) => sorted,
        Err(problem) => return console.fail(*problem, Outcome::Problems),
    };
    for file in &files {
        let path = root.join(&*file.made.path);
        if let Err(error) = write::create_file(&path, file.made.text.as_bytes()) {
            return console.fail(Diagnostic::from(&error), Outcome::Problems);
        }
    }
    for file in &kept {
        let path = &file.made.path;
        console.progress(&msg!("{path} was there and is kept", "已有 {path}，保持原样"));
    }
    console.summary(&summary(args.dir.as_deref(), &files))
}

/// The files that are there and may stay, and those to write. One that is there and would not do is an
/// error: nothing is ever written over.
fn sorted(
    root: &Path,
    files: Vec<Starter>,
) -> Result<(Vec<Starter>, Vec<Starter>), Box<Diagnostic>> {
    let is_there = |file: &Starter| root.join(&*file.made.path).symlink_metadata().is_ok();
    let (there, new): (Vec<Starter>, Vec<Starter>) = files.into_iter().partition(is_there);
    match there.iter().find(|file| file.needed) {
        Some(file) => {
            let path = root.join(&*file.made.path);
            Err(Box::new(Diagnostic::from(&WriteError::Exists { path })))
        }
        None => Ok((there, new)),
    }
}

/// What the new site is called, who makes it, and where it will be: as the arguments say, and on a
/// terminal as the author answers. None if the terminal went away.
fn answers(args: &InitArgs, console: &Console) -> Option<Answers> {
    let asks = !args.yes && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut answers = Answers {
        title: Book::default().title.into_each(),
        author: said(args.author.as_deref()),
        site_url: args.base_url.clone(),
    };
    let given = [(Lang::Zh, &args.title_zh), (Lang::En, &args.title_en)];
    for (lang, text) in given {
        // A name in one language is better in both than two that differ.
        let own = said(text.as_deref());
        let other = || given.iter().find_map(|(_, text)| said(text.as_deref()));
        let is_said = own.is_some();
        if let Some(title) = own.or_else(|| if asks { None } else { other() }) {
            *answers.title.get_mut(lang) = title;
        }
        if asks && !is_said {
            let (en, zh) = match lang {
                Lang::Zh => ("The name of the site in Chinese", "站点的中文名"),
                Lang::En => ("The name of the site in English", "站点的英文名"),
            };
            let question = msg!("{en}", "{zh}");
            let default = answers.title.get(lang).clone();
            *answers.title.get_mut(lang) = ask(&question, &default, console)?;
        }
    }
    if asks && answers.author.is_none() {
        let question = msg!("Who publishes it (may be empty)", "由谁发布（可以不填）");
        answers.author = said(Some(&ask(&question, "", console)?));
    }
    while asks && answers.site_url.is_none() {
        let question =
            msg!("Where it will be, https://… (may be empty)", "将来的地址，https://…（可以不填）");
        let url = ask(&question, "", console)?;
        if url.is_empty() {
            break;
        }
        answers.site_url = Some(url).filter(|url| is_site_url(url));
        if answers.site_url.is_none() {
            console.progress(&msg!(
                "write https://host/path/, or a path that begins with /",
                "请写 https://主机/路径/，或者以 / 开头的路径"
            ));
        }
    }
    Some(answers)
}

/// Asks for one line on the terminal. An empty one is the default; none if there are no more lines.
fn ask(question: &Message, default: &str, console: &Console) -> Option<String> {
    let question = question.get(console.lang());
    let shown = if default.is_empty() { String::new() } else { format!(" [{default}]") };
    let mut err = std::io::stderr().lock();
    write!(err, "{question}{shown}: ").and_then(|()| err.flush()).ok()?;
    let mut line = String::new();
    if std::io::stdin().lock().read_line(&mut line).ok()? == 0 {
        let _ = writeln!(err);
        return None;
    }
    Some(said(Some(&line)).unwrap_or_else(|| default.to_owned()))
}

fn there_already(root: &Path) -> Diagnostic {
    let path = root.join("book.toml");
    Diagnostic::from(&WriteError::Exists { path }).help(msg!(
        "there is a site here: build it with gen build, or name another folder",
        "这里已经有一个站点：用 gen build 构建它，或者指定另一个文件夹"
    ))
}

/// What was made, and what to do next.
fn summary(dir: Option<&Path>, files: &[Starter]) -> Message {
    let count = files.len();
    let shown = dir.map_or(".".to_owned(), |dir| dir.display().to_string());
    let mut message =
        msg!("made a site in {shown}: {count} files", "在 {shown} 建好了站点：{count} 个文件");
    for text in [&mut message.en, &mut message.zh] {
        for file in files {
            *text += "\n  + ";
            *text += &file.made.path;
        }
    }
    let enter = dir.map_or(String::new(), |dir| format!("cd {} && ", dir.display()));
    let (en, zh) = NEXT;
    message.en += &format!("\n\nNext:\n  {enter}gen serve --drafts --open\n{en}");
    message.zh += &format!("\n\n接下来：\n  {enter}gen serve --drafts --open\n{zh}");
    if repository().is_none() {
        message.en += UNKNOWN_REPOSITORY.0;
        message.zh += UNKNOWN_REPOSITORY.1;
    }
    message
}
