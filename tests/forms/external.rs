//! `gen check --external` against a server of our own.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use assert_cmd::Command;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;

/// What the server has seen.
#[derive(Default)]
struct Seen {
    /// The requests, as `HEAD /ok`, with when they came.
    requests: Mutex<Vec<(String, Instant)>>,
    /// How many are being answered, and how many were at most.
    open: AtomicUsize,
    most: AtomicUsize,
}

impl Seen {
    fn count(&self, request: &str) -> usize {
        self.requests.lock().unwrap().iter().filter(|(seen, _)| seen == request).count()
    }

    fn total(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

async fn answer(State(seen): State<Arc<Seen>>, request: Request) -> (StatusCode, HeaderMap) {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    seen.requests.lock().unwrap().push((format!("{method} {path}"), Instant::now()));
    seen.most.fetch_max(seen.open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(30)).await;
    seen.open.fetch_sub(1, Ordering::SeqCst);
    let mut headers = HeaderMap::new();
    let mut to = |status, name, value| {
        headers.insert(name, HeaderValue::from_static(value));
        status
    };
    let status = match (path.as_str(), method) {
        ("/gone", _) => StatusCode::NOT_FOUND,
        ("/moved", _) => to(StatusCode::MOVED_PERMANENTLY, header::LOCATION, "/moved-on"),
        ("/moved-on", _) => to(StatusCode::PERMANENT_REDIRECT, header::LOCATION, "/ok?new"),
        ("/elsewhere-today", _) => to(StatusCode::FOUND, header::LOCATION, "/ok"),
        ("/moved-to-nothing", _) => to(StatusCode::MOVED_PERMANENTLY, header::LOCATION, "/gone"),
        ("/for-people", _) => StatusCode::FORBIDDEN,
        ("/get-only", Method::HEAD) => StatusCode::METHOD_NOT_ALLOWED,
        ("/round", _) => to(StatusCode::FOUND, header::LOCATION, "/round"),
        ("/down", _) => StatusCode::SERVICE_UNAVAILABLE,
        ("/wait-long", _) => to(StatusCode::TOO_MANY_REQUESTS, header::RETRY_AFTER, "86400"),
        ("/busy", _) if seen.count("HEAD /busy") < 2 => {
            to(StatusCode::TOO_MANY_REQUESTS, header::RETRY_AFTER, "1")
        }
        _ => StatusCode::OK,
    };
    (status, headers)
}

/// Starts the server; its address, and what it sees.
fn serve() -> (String, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Seen::default());
    let router = Router::new().fallback(answer).with_state(seen.clone());
    std::thread::spawn(move || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().build().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let service = TowerToHyperService::new(router.clone());
                let http = hyper::server::conn::http1::Builder::new();
                // A client that goes away is no problem.
                tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
            }
        });
    });
    (address, seen)
}

/// Runs `gen check`; the findings as `code path:line`, the exit status.
fn check(root: &Path, args: &[&str]) -> (Vec<String>, i32) {
    let mut command = Command::cargo_bin("gen").unwrap();
    command.arg("check").arg(root).args(["--format", "json", "--hints"]).args(args);
    // The server is on this machine.
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    let output = command.output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let found = lines.lines().map(|line| {
        let found: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        let line = &found["line"];
        format!("{} {}:{line} {}", text("code"), text("file"), text("message"))
    });
    (found.filter(|found| found.contains("link")).collect(), output.status.code().unwrap())
}

fn site(address: &str, paths: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("content")).unwrap();
    fs::write(dir.path().join("book.toml"), "").unwrap();
    let mut text = "# Page\n\n".to_owned();
    for path in paths {
        text += &format!("[{path}]({address}{path})\n");
    }
    fs::write(dir.path().join("content/a.en.md"), text).unwrap();
    dir
}

#[test]
fn what_other_sites_answer_is_reported_on_the_line() {
    let (address, seen) = serve();
    let paths = [
        "/ok",
        "/gone",
        "/moved",
        "/elsewhere-today",
        "/moved-to-nothing",
        "/for-people",
        "/get-only",
        "/round",
        "/down",
        "/wait-long",
        "/busy",
        "/ok#part",
        "/猫?税=a",
    ];
    let dir = site(&address, &paths);
    let (found, status) = check(dir.path(), &["--external"]);
    let place = |path: &str| 3 + paths.iter().position(|own| *own == path).unwrap();
    let told: BTreeMap<String, String> = found
        .iter()
        .map(|found| {
            let (place, message) = found.split_once(' ').unwrap();
            let (line, message) = message.split_once(' ').unwrap();
            (line.to_owned(), format!("{place} {message}"))
        })
        .collect();
    let at = |path: &str| told.get(&format!("content/a.en.md:{}", place(path)));
    let says = |path: &str, code: &str, text: &str| {
        let found = at(path).unwrap_or_else(|| panic!("{path}: {found:?}"));
        assert!(found.starts_with(code) && found.ends_with(text), "{path}: {found}");
    };
    says("/gone", "dead-link", "is not there: 404");
    says("/moved", "moved-link", "has moved for good");
    says("/moved-to-nothing", "dead-link", "is not there: 404");
    says("/round", "unreachable-link", "redirects without end");
    says("/down", "unreachable-link", "503 Service Unavailable");
    says("/wait-long", "unreachable-link", "429 Too Many Requests");
    assert_eq!((told.len(), status), (6, 1), "{told:?}");
    // Nothing is asked twice but for a reason, and few at a time.
    assert_eq!((seen.count("HEAD /get-only"), seen.count("GET /get-only")), (1, 1));
    assert_eq!((seen.count("HEAD /down"), seen.count("HEAD /busy")), (3, 2));
    assert_eq!(seen.count("HEAD /wait-long"), 1);
    assert_eq!(seen.count("HEAD /%E7%8C%AB"), 1);
    assert!(seen.most.load(Ordering::SeqCst) <= 2);
    let waited = |request: &str| {
        let all = seen.requests.lock().unwrap();
        let times: Vec<Instant> =
            all.iter().filter(|(own, _)| own == request).map(|(_, at)| *at).collect();
        times[1] - times[0]
    };
    assert!(waited("HEAD /busy") >= Duration::from_secs(1));
}

#[test]
fn answers_are_kept_until_they_are_old() {
    let (address, seen) = serve();
    let dir = site(&address, &["/ok", "/gone"]);
    let (found, _) = check(dir.path(), &["--external"]);
    let asked = seen.total();
    assert_eq!((found.len(), asked), (1, 3));
    assert_eq!(fs::read_to_string(dir.path().join(".gen/.gitignore")).unwrap(), "*\n");
    // From what was kept.
    assert_eq!(check(dir.path(), &["--external"]).0, found);
    assert_eq!(seen.total(), asked);
    // Two days later what was gone is asked again, eight days later all.
    let cache = dir.path().join(".gen/links.json");
    let old = |days: i64| {
        let mut kept: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&cache).unwrap()).unwrap();
        for (_, link) in kept["links"].as_object_mut().unwrap() {
            let asked: jiff::Timestamp = link["asked"].as_str().unwrap().parse().unwrap();
            let asked = asked - jiff::SignedDuration::from_hours(24 * days);
            link["asked"] = asked.to_string().into();
        }
        fs::write(&cache, kept.to_string()).unwrap();
    };
    old(2);
    check(dir.path(), &["--external"]);
    assert_eq!(seen.total(), asked + 2);
    old(8);
    check(dir.path(), &["--external"]);
    assert_eq!(seen.total(), asked + 5);
    // What is no cache counts as nothing.
    fs::write(&cache, "{\"links\": 1}").unwrap();
    assert_eq!(check(dir.path(), &["--external"]).0, found);
    assert_eq!(seen.total(), asked + 8);
}

#[test]
fn nothing_is_asked_unless_wanted() {
    let (address, seen) = serve();
    let dir = site(&address, &["/gone"]);
    assert_eq!(check(dir.path(), &[]).0, Vec::<String>::new());
    assert_eq!(seen.total(), 0);
    assert!(!dir.path().join(".gen").exists());
}

#[test]
fn addresses_in_html_front_matter_and_terms_are_asked_and_can_be_silenced() {
    let (address, seen) = serve();
    let dir = site(&address, &[]);
    let write = |path: &str, text: &str| {
        fs::write(dir.path().join(path), text.replace("HOST", &address)).unwrap();
    };
    write(
        "content/a.en.md",
        "+++\ntitle = \"A\"\n[source]\nurl = \"HOST/source\"\n+++\n\n<a href=\"HOST/gone?a=1&amp;b=2\">x</a>\n\n\
         <!-- gen-check: off dead-link -->\n[silent](HOST/gone)\n",
    );
    write(
        "content/glossary.toml",
        "[[term]]\nid = \"cat\"\nzh = \"猫\"\nen = \"cat\"\nsources = [\"HOST/term\", \"A book\"]\n",
    );
    let (found, _) = check(dir.path(), &["--external"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("dead-link content/a.en.md:7"), "{found:?}");
    for request in ["HEAD /source", "HEAD /term", "HEAD /gone"] {
        assert!(seen.count(request) > 0, "{request}");
    }
}
