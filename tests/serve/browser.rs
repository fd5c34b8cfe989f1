//! An open page in Chromium: it follows its file, keeps the reader's place, and shows problems.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use tempfile::TempDir;

use crate::support::{LONG, serve, site, write};

/// The page of a long text.
const FILE: &str = "content/long.en.md";

fn long(before: &str, after: &str) -> String {
    let mut text = format!("+++\ntitle = \"Long\"\n+++\n{before}\n\n");
    for number in 1..=60 {
        let _ = writeln!(text, "Paragraph {number}. {}\n", "It goes on and on. ".repeat(6));
    }
    text + after
}

/// A browser on a page; it is ended with its value.
struct Browser {
    child: Child,
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser {
    fn open(address: &str) -> Browser {
        let profile = TempDir::new().unwrap();
        let child = ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| {
            Command::new(name)
                .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
                .args(["--no-first-run", "--disable-extensions", "--disable-background-networking"])
                .arg(format!("--user-data-dir={}", profile.path().display()))
                .arg("--remote-debugging-port=0")
                .arg(address)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .ok()
        });
        Browser { child: child.unwrap(), _profile: profile }
    }
}

/// Where the page reports to, and what it says.
fn reports() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let (sender, reports) = channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut length, mut line) = (0, String::new());
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            if sender.send(String::from_utf8(body).unwrap()).is_err() {
                return;
            }
        }
    });
    (address, reports)
}

#[test]
fn an_open_page_follows_its_file() {
    let dir = site();
    write(
        &dir,
        "book.toml",
        "[output.html]\nsite-url = \"/d/\"\n[serve]\neditor = \"vscode://file/{path}:{line}:{column}\"\n",
    );
    write(&dir, FILE, &long("", ""));
    write(&dir, "static/runner.html", include_str!("runner.html"));
    let mut served = serve(dir.path(), &[]);
    let (address, reports) = reports();
    let next = || reports.recv_timeout(LONG).unwrap();
    let port = served.port;
    let _browser =
        Browser::open(&format!("http://127.0.0.1:{port}/d/runner.html#{address},/d/en/long/"));
    assert_eq!(next(), "loaded");
    // New text above the reader's place.
    let new = long("Something new.\n\nAnd another paragraph of it.", "");
    write(&dir, FILE, &new);
    assert_eq!(next(), "moved true");
    // A mistake, with mark-up in what is quoted of it.
    write(&dir, FILE, &new.replace("title = \"Long\"", "title = <img src=x onerror=alert(1)>"));
    let editor = format!("vscode://file/{}/content/long.en.md:2:", dir.path().display());
    let panel = next();
    assert!(panel.starts_with(&format!("panel true 0 {editor}")), "{panel}");
    write(&dir, FILE, &new);
    assert_eq!(next(), "mended");
    // A style sheet changes in place.
    assert_eq!(next(), "sheet");
    write(&dir, "static/style.css", "body { color: rgb(1, 2, 3) }\n");
    assert_eq!(next(), "style true 1");
    // Another page is no reason to load this one again.
    write(&dir, "content/other.en.md", "+++\ntitle = \"Other\"\n+++\nText.\n");
    assert_eq!(next(), "quiet true");
    // The server goes, the file changes, the server is back.
    drop(served.child.kill());
    drop(served.child.wait());
    write(&dir, FILE, &long("While it was away.", ""));
    let _served = serve(dir.path(), &["-p", &port.to_string()]);
    assert_eq!(next(), "survived");
}
