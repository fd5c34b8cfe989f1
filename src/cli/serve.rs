//! `gen serve`: builds the site in memory, serves it, and builds it again when a file changes.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Outcome;
use super::args::ServeArgs;
use super::build::report;
use super::console::Console;
use super::site::Site;
use crate::diag::{Diagnostic, Message};
use crate::msg;
use crate::serve::{self, Address, Builder, Rebuilt, Server, Settings};
use crate::watch::{Mode, Watch};

pub(super) fn run(args: &ServeArgs, console: &Console) -> Outcome {
    let site = match Site::find(args.dir.as_deref(), console) {
        Ok(site) => site,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let (listener, address) = match serve::bind(&args.host, args.port) {
        Ok(bound) => bound,
        Err(error) => return console.fail(no_port(args, &error), Outcome::Problems),
    };
    let newest = serve::newest();
    let options = args.unpublished.options(Some(&args.address));
    let mut builder = Builder::new(site.root.clone(), options, console.lang(), newest.clone());
    let mode = if args.poll { Mode::Poll } else { Mode::Events };
    let mut watch = match args.watch.then(|| Watch::new(&site.root, mode)).transpose() {
        Ok(watch) => watch,
        Err(error) => return console.fail(unwatched(&site.root, &error), Outcome::Problems),
    };
    follow(&builder, watch.as_mut(), &site.root, console);
    let mut told = Vec::new();
    if let Some(first) = builder.rebuild(&[]) {
        say(&first, &builder, console, true);
        told = first.diagnostics;
    }
    let url = format!("{}{}", address.url(), builder.base());
    console.summary(&msg!("serving {url} (Ctrl-C ends)", "正在提供 {url}（按 Ctrl-C 结束）"));
    if address.is_open() {
        exposed(&address, &builder.base(), console);
    }
    if args.open {
        open(&url);
    }
    let settings = Settings { reload: !args.no_reload, host: args.host.clone() };
    let server = Server::new(listener, newest, settings);
    let root = site.root;
    let console = *console;
    if let Some(watch) = watch {
        std::thread::spawn(move || rebuild(builder, watch, told, &root, &console));
        return end(server, &console);
    }
    end(server, &console)
}

/// Serves until the end. The process goes at once, in the middle of a build too: nothing is on
/// disk that could be half done.
fn end(server: Server, console: &Console) -> Outcome {
    match server.run() {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            let text = msg!("the server cannot run: {error}", "服务器无法运行：{error}");
            console.fail(Diagnostic::error("no-server", "serve", None, text), Outcome::Problems)
        }
    }
}

/// Builds whenever something has changed: first what did so before the watcher looked. `told` are
/// the problems that the terminal shows already.
fn rebuild(
    mut builder: Builder,
    mut watch: Watch,
    mut told: Vec<Diagnostic>,
    root: &Path,
    console: &Console,
) {
    let mut hints = Vec::new();
    loop {
        follow(&builder, Some(&mut watch), root, console);
        // What the system named is built at once; then the whole site is looked at, for truth.
        let hinted = std::mem::take(&mut hints);
        if let Some(rebuilt) = builder.rebuild(&hinted) {
            let news = rebuilt.diagnostics != told;
            say(&rebuilt, &builder, console, news);
            told = rebuilt.diagnostics;
            // Links and the content folder may be others now.
            continue;
        }
        if hinted.is_empty() {
            match watch.wait() {
                Some(paths) => hints = paths,
                None => return,
            }
        }
    }
}

fn follow(builder: &Builder, watch: Option<&mut Watch>, root: &Path, console: &Console) {
    let (src, links) = builder.watched();
    let followed = watch.map(|watch| watch.follow(src, links));
    if let Some(Err(error)) = followed {
        console.fail(unwatched(root, &error), Outcome::Problems);
    }
}

/// One line for a build; the problems where they are news.
fn say(rebuilt: &Rebuilt, builder: &Builder, console: &Console, news: bool) {
    if let Some(sources) = builder.sources().filter(|_| news) {
        report(&rebuilt.diagnostics, sources, console);
    }
    let seconds = rebuilt.time.as_secs_f64();
    let pages = rebuilt.rendered;
    let page = if pages == 1 { "page" } else { "pages" };
    let Message { en, zh } = what(&rebuilt.changed);
    console.summary(&match rebuilt.published {
        true => msg!(
            "{en}: {pages} {page} rendered in {seconds:.2} s",
            "{zh}：渲染了 {pages} 个页面，用时 {seconds:.2} 秒"
        ),
        false => msg!(
            "{en}: not built, the last good site stays ({seconds:.2} s)",
            "{zh}：未能构建，仍提供上一次的站点（{seconds:.2} 秒）"
        ),
    });
}

/// What changed: the file, or the first one and how many more.
fn what(changed: &[std::sync::Arc<str>]) -> Message {
    match changed {
        [] => msg!("what can be read", "可读取的文件"),
        [one] => msg!("{one}", "{one}"),
        [first, rest @ ..] => {
            let (more, all) = (rest.len(), changed.len());
            msg!("{first} and {more} more", "{first} 等 {all} 个文件")
        }
    }
}

/// What `--host` opens to others.
fn exposed(address: &Address, base: &str, console: &Console) {
    let url = address.outside_url().unwrap_or_else(|| address.url());
    console.summary(&msg!(
        "everyone on the network can read the site at {url}{base}, with its drafts if they are built; nothing else of this machine",
        "网络上的任何人都能在 {url}{base} 看到这个站点（若构建了草稿也包括草稿），但看不到本机的其他内容"
    ));
}

/// Opens the browser. Where there is none, the address stands in the terminal.
fn open(url: &str) {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        // Its end is waited for, so that it leaves no entry among the processes.
        std::thread::spawn(move || child.wait());
    }
}

fn no_port(args: &ServeArgs, error: &std::io::Error) -> Diagnostic {
    let host = &args.host;
    let text = match args.port {
        Some(port) => msg!(
            "port {port} of {host} cannot be taken: {error}",
            "无法使用 {host} 的端口 {port}：{error}"
        ),
        None => {
            msg!("no port of {host} can be taken: {error}", "无法使用 {host} 的任何端口：{error}")
        }
    };
    Diagnostic::error("no-port", "serve", None, text).help(msg!(
        "name another one with -p, or leave -p out for the next free one",
        "用 -p 换一个端口，或者不写 -p 以使用下一个空闲端口"
    ))
}

fn unwatched(root: &Path, error: &notify::Error) -> Diagnostic {
    let shown = root.display().to_string();
    let text = msg!(
        "the system does not tell of changes here: {error}",
        "系统无法通知这里的变化：{error}"
    );
    Diagnostic::error("unwatched", shown, None, text)
        .help(msg!("use --poll, which looks every half second", "请用 --poll，每半秒查看一次"))
}
