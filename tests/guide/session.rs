//! A terminal, and a folder that begins empty.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::page::Block;

/// What a test cannot do: it would build the program again, or needs another machine.
const NOT_DONE: [&str; 1] = ["cargo install --path ."];

/// A repository on GitHub that is one on this machine here.
const REMOTE: &str = "https://github.com/mei/digest.git";

/// The year that the guide shows.
const YEAR: &str = "2025";

pub struct Session {
    page: String,
    dir: TempDir,
    /// Where the author is.
    here: PathBuf,
}

impl Session {
    pub fn new(page: &str) -> Session {
        let dir = TempDir::new().unwrap();
        let here = dir.path().join("home");
        fs::create_dir(&here).unwrap();
        Session { page: page.to_owned(), dir, here: here.canonicalize().unwrap() }
    }

    /// Runs the commands of a block, and holds what they print to what is shown.
    pub fn console(&mut self, block: &Block) {
        let mut lines = block.text.lines().peekable();
        while let Some(line) = lines.next() {
            let command = line.strip_prefix("$ ");
            let Some(command) = command else { panic!("{}: no command: {line}", self.page) };
            let mut shown = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                shown.push(line);
            }
            self.command(command, &shown.join("\n"));
        }
    }

    fn command(&mut self, command: &str, shown: &str) {
        if NOT_DONE.contains(&command) {
            assert_eq!(shown, "");
            return;
        }
        let (said, fine) = match command.starts_with("gen serve") {
            true => (self.serve(command), true),
            false => self.shell(command),
        };
        let said = same(&said).replace(&format!("/{}/", this_year()), &format!("/{YEAR}/"));
        let problems =
            shown.lines().any(|line| line.starts_with("error") || line.starts_with("warning"));
        assert!(fine || problems, "{}: {command}\n{said}", self.page);
        let matches = shown.is_empty() || matches(&said, &same(shown));
        assert!(matches, "{}: {command}\n--- shown\n{shown}\n--- printed\n{said}", self.page);
        if command.starts_with("gen init") {
            self.move_year();
        }
    }

    /// What a command prints on both streams, and whether it went well. `cd` lasts.
    fn shell(&mut self, command: &str) -> (String, bool) {
        let state = self.dir.path().join("here");
        let script =
            format!("exec 2>&1\n{command}\nstatus=$?\npwd >'{}'\nexit $status", state.display());
        let output = self.bash(&script).stdin(Stdio::null()).output().unwrap();
        if let Ok(here) = fs::read_to_string(state) {
            self.here = here.trim_end().into();
        }
        (String::from_utf8(output.stdout).unwrap(), output.status.success())
    }

    fn bash(&self, script: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_gen")).parent().unwrap();
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", program.display());
        let remote = self.dir.path().join("remote.git");
        if script.contains("git push") && !remote.exists() {
            let made = Command::new("git").args(["init", "-q", "--bare"]).arg(&remote).status();
            assert!(made.unwrap().success());
        }
        let mut bash = Command::new("bash");
        bash.args(["-c", script]).current_dir(&self.here).env_clear();
        bash.env("PATH", path).env("HOME", self.dir.path()).env("LC_ALL", "C.UTF-8");
        for (key, value) in [
            ("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", &format!("url.{}.insteadOf", remote.display())),
            ("GIT_CONFIG_VALUE_0", REMOTE),
            ("GIT_AUTHOR_NAME", "Mei"),
            ("GIT_AUTHOR_EMAIL", "mei@example.org"),
            ("GIT_COMMITTER_NAME", "Mei"),
            ("GIT_COMMITTER_EMAIL", "mei@example.org"),
        ] {
            bash.env(key, value);
        }
        bash
    }

    /// What the server says before it waits; it has to answer then.
    fn serve(&self, command: &str) -> String {
        let port = if command.contains(" -p") { "" } else { " -p 0" };
        let mut bash = self.bash(&format!("exec {command}{port}"));
        let mut serving =
            Serving(bash.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
        let mut lines = BufReader::new(serving.0.stdout.take().unwrap()).lines();
        let mut said = String::new();
        let address = loop {
            let line = lines.next().unwrap_or_else(|| panic!("{}: {command}: {said}", self.page));
            said += &line.unwrap();
            said.push('\n');
            if let Some((_, address)) = said.split_once("http://") {
                break address.split(['/', ' ', '\n']).next().unwrap().to_owned();
            }
        };
        let mut stream = TcpStream::connect(&address).unwrap();
        let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200") || answer.starts_with(b"HTTP/1.1 302"));
        said
    }

    /// Writes a file, or adds to one.
    pub fn file(&mut self, block: &Block, path: &str) {
        let path = self.here.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = if block.is_added() {
            let old = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {}: {error}", self.page, path.display()));
            match block.language() {
                "toml" => {
                    let mut table: toml::Table = old.parse().unwrap();
                    merge(&mut table, block.text.parse().unwrap());
                    table.to_string()
                }
                _ => format!("{}\n{}", old.trim_end_matches('\n').to_owned() + "\n", block.text),
            }
        } else {
            block.text.clone()
        };
        fs::write(path, text).unwrap();
    }

    /// Each line begins with the path of a file or a folder that is there.
    pub fn listing(&self, block: &Block) {
        for line in block.text.lines() {
            let path = line.split_whitespace().next().unwrap();
            let is_there = self.here.join(path).exists();
            assert!(is_there, "{}: {path} is not in {}", self.page, self.here.display());
        }
    }

    /// A text that `gen render` takes without a complaint, and what it becomes if that is shown.
    pub fn render(&mut self, block: &Block, shown: Option<&Block>) {
        let path = self.dir.path().join("text.md");
        fs::write(&path, &block.text).unwrap();
        let (said, fine) = self.shell(&format!("gen render '{}'", path.display()));
        assert!(fine && !said.contains("warning["), "{}: {said}", self.page);
        if let Some(shown) = shown {
            assert_eq!(said.trim(), shown.text.trim(), "{}: {}", self.page, block.text);
        }
    }

    /// The site that a page has made builds.
    pub fn end(mut self) {
        if self.here.join("book.toml").exists() {
            let (said, fine) = self.shell("gen build --drafts --future");
            assert!(fine, "{}: {said}", self.page);
        }
    }

    /// The first article of a new site lies in the folder of the year.
    fn move_year(&self) {
        let (year, folders) = (this_year(), fs::read_dir(&self.here).unwrap());
        let sites = folders.map(|entry| entry.unwrap().path()).chain([self.here.clone()]);
        for content in sites.map(|site| site.join("content")) {
            if content.join(&year).exists() && year != YEAR {
                fs::rename(content.join(&year), content.join(YEAR)).unwrap();
            }
        }
    }
}

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `gen …` in a sentence: its options exist.
pub fn exists(page: &str, line: &str) {
    let line = line.split(['…', '|']).next().unwrap();
    let mut words: Vec<&str> = line.split_whitespace().collect();
    words.push("--help");
    let output = Command::new(env!("CARGO_BIN_EXE_gen")).args(&words).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{page}: gen {line}: {said}");
}

fn this_year() -> String {
    jiff::Zoned::now().year().to_string()
}

/// Puts what a table says into another: lists of tables grow, other values are replaced.
fn merge(into: &mut toml::Table, new: toml::Table) {
    for (key, value) in new {
        match (into.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(value)) => merge(old, value),
            (Some(toml::Value::Array(old)), toml::Value::Array(value))
                if value.iter().all(toml::Value::is_table) =>
            {
                old.extend(value);
            }
            (_, value) => drop(into.insert(key, value)),
        }
    }
}

/// A text without what differs from one time to the next: seconds, and the numbers of ports.
fn same(text: &str) -> String {
    let mut out = String::new();
    for line in text.trim_end().lines() {
        let words = line.trim_end().split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut words = words.into_iter().peekable();
        let mut parts = Vec::new();
        while let Some(word) = words.next() {
            let is_time = word.contains('.') && word.parse::<f64>().is_ok();
            let next = words.peek().is_some_and(|next| next.trim_end_matches([':', ',']) == "s");
            match word.split_once("//127.0.0.1:") {
                _ if is_time && next => parts.push("0.5".to_owned()),
                Some((start, rest)) => {
                    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                    parts.push(format!("{start}//127.0.0.1:3000{rest}"));
                }
                None => parts.push(word),
            }
        }
        out += &parts.join(" ");
        out.push('\n');
    }
    out
}

/// Whether a text is what is shown. `…` in it is any text, and a line of its own any lines or none.
fn matches(said: &str, shown: &str) -> bool {
    let said: Vec<&str> = said.lines().collect();
    let shown: Vec<&str> = shown.lines().collect();
    lines_match(&said, &shown)
}

fn lines_match(said: &[&str], shown: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((&"…", rest)) => (0..=said.len()).any(|skip| lines_match(&said[skip..], rest)),
        Some((line, rest)) => said
            .split_first()
            .is_some_and(|(first, said)| line_matches(first, line) && lines_match(said, rest)),
    }
}

fn line_matches(said: &str, shown: &str) -> bool {
    let Some((start, end)) = shown.split_once('…') else { return said == shown };
    said.strip_prefix(start).is_some_and(|rest| {
        let mut places = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
        places.any(|at| line_matches(&rest[at..], end))
    })
}

#[test]
fn what_is_shown_is_held_to_what_is_printed() {
    assert!(matches("a\nb\nc\n", "a\n…\nc") && matches("a\nc", "a\n…\nc"));
    assert!(!matches("a\nb\n", "a") && !matches("a\n", "a\nb") && !matches("ab", "a"));
    assert!(matches("built 37 pages", "built … pages") && !matches("built", "built …s"));
    assert_eq!(
        same("in 1.25 s: at http://127.0.0.1:41/x"),
        "in 0.5 s: at http://127.0.0.1:3000/x\n"
    );
}
