//! A site served to Chromium, which runs a page and reports what it saw.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use digest_gen::output::Outputs;
use tempfile::TempDir;

/// Where the site stands.
pub const BASE: &str = "/digest/";

/// What a page reports: a line of text that it has sent to `/report`, with the files that were
/// asked for since the report before it.
pub struct Report {
    /// The text.
    pub text: String,
    /// The paths of the files in the output.
    pub files: Vec<String>,
}

/// A browser on a page; it is ended with its value.
pub struct Browser {
    child: Child,
    reports: Receiver<Report>,
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser {
    /// Opens a page, whose HTML is given, beside a site.
    pub fn open(outputs: Outputs, page: String) -> Browser {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, reports) = channel();
        let state = Arc::new((outputs, page, Mutex::new(Vec::new())));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, sender) = (state.clone(), sender.clone());
                thread::spawn(move || answer(stream, &state.0, &state.1, &state.2, &sender));
            }
        });
        let profile = TempDir::new().unwrap();
        let child = ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| {
            Command::new(name)
                .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
                .args(["--no-first-run", "--disable-extensions", "--disable-background-networking"])
                .arg(format!("--user-data-dir={}", profile.path().display()))
                .arg("--remote-debugging-port=0")
                .arg(format!("http://127.0.0.1:{port}/run"))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .ok()
        });
        let child = child.expect("this test needs Chromium; scripts/test installs it");
        Browser { child, reports, _profile: profile }
    }

    /// The next report.
    pub fn report(&self) -> Report {
        self.reports.recv_timeout(Duration::from_secs(120)).expect("the page reports in time")
    }
}

/// Answers one request.
fn answer(
    mut stream: TcpStream,
    outputs: &Outputs,
    page: &str,
    files: &Mutex<Vec<String>>,
    sender: &Sender<Report>,
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    let mut length = 0;
    let mut line = String::new();
    if reader.read_line(&mut first).is_err() {
        return;
    }
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        let header = line.to_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let target = first.split(' ').nth(1).unwrap_or("/");
    let path = target.split('?').next().unwrap_or("/");
    let (status, kind, body): (_, _, Arc<[u8]>) = if path == "/run" {
        ("200 OK", "text/html; charset=utf-8", page.as_bytes().into())
    } else if path == "/report" {
        let mut text = vec![0; length];
        let _ = reader.read_exact(&mut text);
        let text = String::from_utf8_lossy(&text).into_owned();
        let files = std::mem::take(&mut *files.lock().unwrap());
        let _ = sender.send(Report { text, files });
        ("200 OK", "text/plain", Arc::from([]))
    } else {
        let inside = path.strip_prefix(BASE).unwrap_or("?");
        let index = if inside.is_empty() || inside.ends_with('/') { "index.html" } else { "" };
        let name = format!("{inside}{index}");
        match outputs.get(&name) {
            Some(output) => {
                files.lock().unwrap().push(name);
                ("200 OK", kind(path), output.bytes.clone())
            }
            None => ("404 Not Found", "text/plain", Arc::from([])),
        }
    };
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n");
    let _ = write!(head, "Content-Length: {}\r\n", body.len());
    head += "Cache-Control: no-store\r\nConnection: close\r\n\r\n";
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("bin") => "application/octet-stream",
        _ => "text/html; charset=utf-8",
    }
}
