//! A site on disk, the program that serves it, and requests to it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use digest_gen::memo::Memo;
use digest_gen::output::Outputs;
use digest_gen::source::{Layout, Options, read};
use tempfile::TempDir;

/// How long is waited for what must come: longer than any machine takes.
pub const LONG: Duration = Duration::from_secs(60);

/// A folder with a site of one bilingual article, a glossary and a static file.
pub fn site() -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, text) in [
        ("book.toml", "[output.html]\nsite-url = \"https://example.org/d/\"\n"),
        ("content/猫/猫税.zh.md", "+++\ndate = 2025-01-14\n+++\n# 猫税\n\n先交猫税。\n"),
        ("content/猫/猫税.en.md", "# The cat tax\n\nFirst the tax.\n"),
        ("content/about.en.md", "+++\naliases = [\"/old/\"]\n+++\n# About\n\nA digest.\n"),
        (
            "content/glossary.toml",
            "[[term]]\nid = \"tax\"\nzh = \"猫税\"\nen = \"cat tax\"\npinyin = \"māo shuì\"\n",
        ),
        ("static/data.txt", "0123456789"),
        ("static/both.html", "<p>file</p>"),
        ("static/both/index.html", "<p>folder</p>"),
        ("static/style.css", "body { color: black }\n"),
    ] {
        write(&dir, path, text);
    }
    dir
}

/// Writes a file of a site, with its folders.
pub fn write(dir: &TempDir, path: &str, text: &str) {
    let path = dir.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What a clean build of a folder makes.
pub fn clean(dir: &Path) -> Outputs {
    let sources = read(dir, &Layout::default(), Options::default());
    digest_gen::build(&sources, &mut Memo::new()).outputs
}

/// A server that runs; it is ended with its value.
pub struct Served {
    pub child: Child,
    pub port: u16,
    /// What it has printed, line by line.
    pub lines: Arc<Mutex<Vec<String>>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves a folder at a free port, and waits until it says where.
pub fn serve(dir: &Path, arguments: &[&str]) -> Served {
    let mut all = vec!["serve", "--watch", "-p", "0"];
    if arguments.contains(&"-p") {
        all.truncate(2);
    }
    all.extend(arguments);
    let mut child = Command::new(env!("CARGO_BIN_EXE_gen"))
        .args(all)
        .current_dir(dir)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env_remove("LANG")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let pipes: [Box<dyn Read + Send>; 2] =
        [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
    for pipe in pipes {
        let lines = lines.clone();
        thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                lines.lock().unwrap().push(line);
            }
        });
    }
    let mut served = Served { child, port: 0, lines };
    let line = served.line_with("serving http://");
    let port = line.split("http://").nth(1).and_then(|rest| rest.split(['/', ' ']).next());
    served.port = port.and_then(|host| host.rsplit(':').next()).unwrap().parse().unwrap();
    served
}

impl Served {
    /// Waits for a line that holds a text.
    pub fn line_with(&self, text: &str) -> String {
        let mut found = None;
        wait(|| {
            found = self.lines.lock().unwrap().iter().find(|line| line.contains(text)).cloned();
            found.is_some()
        });
        found.unwrap_or_else(|| panic!("no `{text}` in {:#?}", self.lines.lock().unwrap()))
    }

    /// How many builds it has told of.
    pub fn builds(&self) -> usize {
        let lines = self.lines.lock().unwrap();
        lines.iter().filter(|l| l.contains("rendered in") || l.contains("not built")).count()
    }

    /// Asks for an address.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// The text of an address.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.get(path).body).unwrap()
    }

    /// Sends a request with headers; those of HTTP/1.1 are added.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head += &format!("Host: {host}\r\n");
        }
        headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
        self.send(&format!("{head}\r\n"))
    }

    /// Sends bytes and reads what comes back.
    pub fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        // The server may have answered and hung up before it has read all.
        let _ = stream.write_all(request.as_bytes());
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        Answer::read(&all)
    }

    /// Waits until the text of an address holds for a condition.
    pub fn until(&self, path: &str, holds: impl Fn(&str) -> bool) {
        let right = wait(|| holds(&self.text(path)));
        assert!(right, "{path}: {}\n{:#?}", self.text(path), self.lines.lock().unwrap());
    }

    /// The first bytes of a stream of events, until they hold a text.
    pub fn stream(&self, path: &str, until: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let (mut all, mut part) = (String::new(), [0; 4096]);
        while !all.contains(until) {
            let read = stream.read(&mut part).unwrap_or_else(|error| panic!("{error}: {all}"));
            assert!(read > 0, "the stream has ended: {all}");
            all += &String::from_utf8_lossy(&part[..read]);
        }
        all
    }
}

/// Waits until a condition holds; false if it never does.
pub fn wait(mut holds: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + LONG;
    while Instant::now() < end {
        if holds() {
            return true;
        }
        thread::sleep(Duration::from_millis(10));
    }
    holds()
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    fn read(all: &[u8]) -> Answer {
        let at = all.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(all.len());
        let head = String::from_utf8_lossy(&all[..at]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let body = all.get(at + 4..).unwrap_or_default().to_vec();
        Answer { status: status.unwrap_or(0), headers, body }
    }

    /// The value of a header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }
}
