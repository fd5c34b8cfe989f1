//! A site served to a browser from memory.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use digest_gen::output::Outputs;

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

/// Serves a site on a port of the system's choice, beside a page at `/run` that may report what it
/// sees.
pub fn serve(outputs: Outputs, page: String) -> (u16, Receiver<Report>) {
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
    (port, reports)
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
        match outputs.get(name.as_str()) {
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
