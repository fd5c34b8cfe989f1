//! What the terminal shows, and how the program ends.

use std::net::TcpListener;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{serve, site, wait, write};

#[test]
fn a_build_is_one_line_and_nothing_is_said_of_nothing() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let before = served.lines.lock().unwrap().len();
    write(&dir, "content/about.en.md", "# About\n\nAnother digest.\n");
    let line = served.line_with("content/about.en.md:");
    assert!(line.contains("rendered in"), "{line}");
    // The same bytes again, and files that are not the site's.
    write(&dir, "content/about.en.md", "# About\n\nAnother digest.\n");
    write(&dir, "content/.about.en.md.swp", "x");
    write(&dir, "public/index.html", "x");
    write(&dir, "notes.txt", "x");
    thread::sleep(Duration::from_millis(500));
    assert_eq!(served.lines.lock().unwrap().len(), before + 1, "{:?}", served.lines);
}

#[test]
fn a_build_beside_it_changes_nothing() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let before = served.lines.lock().unwrap().len();
    let mut build = Command::new(env!("CARGO_BIN_EXE_gen"));
    assert!(build.args(["build", "-q"]).current_dir(&dir).status().unwrap().success());
    thread::sleep(Duration::from_millis(500));
    assert_eq!(served.lines.lock().unwrap().len(), before);
}

#[cfg(unix)]
#[test]
fn ends_at_once_and_leaves_nothing() {
    for signal in ["-INT", "-TERM"] {
        let dir = site();
        let files = |dir: &std::path::Path| std::fs::read_dir(dir).unwrap().count();
        let before = files(dir.path());
        let mut served = serve(dir.path(), &[]);
        let _open = std::net::TcpStream::connect(("127.0.0.1", served.port)).unwrap();
        let asked = Instant::now();
        let id = served.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let status = served.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{signal}");
        assert!(asked.elapsed() < Duration::from_secs(20));
        assert_eq!(files(dir.path()), before);
    }
}

#[test]
fn a_taken_port_is_an_error_where_it_was_asked_for() {
    let dir = site();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let gen_serve = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gen"));
        command.arg("serve").args(arguments).current_dir(&dir).env("LANG", "C").output().unwrap()
    };
    let output = gen_serve(&["-p", &port]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("no-port") && said.contains(&port), "{said}");
    // Without -p there are others.
    let (a, b) = (serve(dir.path(), &[]), serve(dir.path(), &[]));
    assert_ne!(a.port, b.port);
}

#[test]
fn an_open_host_is_told() {
    let dir = site();
    let served = serve(dir.path(), &["--host", "0.0.0.0"]);
    served.line_with("everyone on the network can read the site at http://");
    let served = serve(dir.path(), &[]);
    assert!(!served.lines.lock().unwrap().iter().any(|line| line.contains("everyone")));
}

#[test]
fn without_watching_it_builds_once() {
    let dir = site();
    let served = serve(dir.path(), &["--watch=false"]);
    write(&dir, "content/about.en.md", "# About\n\nAnother digest.\n");
    thread::sleep(Duration::from_millis(500));
    assert!(served.text("/d/en/about/").contains("A digest."));
    assert_eq!(served.builds(), 1);
}

#[test]
fn problems_are_printed_once() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    write(&dir, "content/about.en.md", "# About\n\n[x](nothing.md)\n");
    served.line_with("not built, the last good site stays");
    assert!(wait(|| served.text("/d/en/about/").contains("A digest.")));
    write(&dir, "static/data.txt", "1");
    served.line_with("static/data.txt: not built");
    let lines = served.lines.lock().unwrap();
    assert_eq!(lines.iter().filter(|line| line.contains("error[broken-link]")).count(), 1);
}
