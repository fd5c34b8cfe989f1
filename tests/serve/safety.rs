//! What is not answered.

use crate::support::{serve, site};

#[test]
fn answers_only_to_its_own_names() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let status = |host: &str| served.ask("GET", "/d/", &[("Host", host)]).status;
    for host in ["localhost", "localhost:3000", "a.localhost:1", "127.0.0.1", "[::1]:3000"] {
        assert_eq!(status(host), 200, "{host}");
    }
    for host in
        ["evil.example", "evil.example:3000", "127.0.0.1.evil.example", "localhost.evil.example"]
    {
        assert_eq!(status(host), 403, "{host}");
    }
    for request in [
        "GET /d/ HTTP/1.1\r\n\r\n",
        "GET /d/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET /d/ HTTP/1.1\r\nHost: local host\r\n\r\n",
    ] {
        assert_eq!(served.send(request).status, 400, "{request}");
    }
    let absolute =
        "GET http://evil.example/d/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(served.send(absolute).status, 403);
}

#[test]
fn the_stream_of_events_is_for_its_own_pages() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let path = "/__gen/events?path=/d/&content=x&style=y";
    let status = |headers: &[(&str, &str)]| served.ask("HEAD", path, headers).status;
    let own = format!("http://127.0.0.1:{}", served.port);
    assert_eq!(status(&[]), 200);
    assert_eq!(status(&[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]), 200);
    assert_eq!(status(&[("Origin", "http://evil.example")]), 403);
    assert_eq!(status(&[("Origin", "null")]), 403);
    assert_eq!(status(&[("Origin", "http://127.0.0.1:1")]), 403);
    assert_eq!(status(&[("Sec-Fetch-Site", "cross-site")]), 403);
    assert_eq!(served.get("/__gen/events").status, 400);
}

#[test]
fn nothing_outside_the_site_is_served() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    for path in [
        "/book.toml",
        "/d/book.toml",
        "/d/content/about.en.md",
        "/d/../book.toml",
        "/d/..%2fbook.toml",
        "/d/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/d/..\\..\\book.toml",
        "//etc/passwd",
        "/d//etc/passwd",
        "/d/\0",
        "/d/%00",
        "/d/%ff%fe",
        "/d/%",
    ] {
        let answer = served.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
    }
    // A redirect never leads to another host.
    let to = served.get("/d/both/..//evil.example/%2e%2e/both").header("location").to_owned();
    assert_eq!(to, "");
}

#[test]
fn requests_have_bounds() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let long = "x".repeat(9_000);
    assert_eq!(served.get(&format!("/d/?{long}")).status, 414);
    let longer = "x".repeat(100_000);
    assert_eq!(served.ask("GET", "/d/", &[("X-Long", &longer)]).status, 431);
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = served.ask(method, "/d/", &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    assert_eq!(served.send("nonsense\r\n\r\n").status, 400);
    assert_eq!(served.get("/d/").status, 200);
}
