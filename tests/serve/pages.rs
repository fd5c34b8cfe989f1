//! The conformance table of docs/serve.md: each of its rows is a case here.

use std::fs;

use crate::support::{Answer, serve, site};

/// A request and what comes back: status, and parts of the answer.
type Case = (&'static str, &'static str, u16, Expected);

enum Expected {
    Text(&'static str),
    To(&'static str),
    Kind(&'static str),
    Any,
}
use Expected::{Any, Kind, Text, To};

const CAT: &str = "/d/zh/%E7%8C%AB/%E7%8C%AB%E7%A8%8E/";

const TABLE: &[Case] = &[
    ("a page", CAT, 200, Text("先交")),
    ("a page by its file", "/d/zh/about/index.html", 404, Text("404")),
    ("a page by its file", "/d/en/about/index.html", 200, Text("A digest.")),
    ("a page by its file without ending", "/d/en/about/index", 200, Text("A digest.")),
    ("a folder without its slash", "/d/en/about", 301, To("/d/en/about/")),
    (
        "a folder with a query",
        "/d/en/about?a=1&b=%E7%8C%AB",
        301,
        To("/d/en/about/?a=1&b=%E7%8C%AB"),
    ),
    ("a Chinese folder without its slash", "/d/zh/%E7%8C%AB/%E7%8C%AB%E7%A8%8E", 301, To(CAT)),
    ("escapes in small letters", "/d/zh/%e7%8c%ab/%e7%8c%ab%e7%a8%8e/", 200, Text("先交")),
    ("a page without its ending", "/d/404", 200, Text("404")),
    ("a file and a folder of one name", "/d/both", 200, Text("file")),
    ("a file and a folder of one name", "/d/both/", 200, Text("folder")),
    ("a file with a slash behind it", "/d/404/", 404, Text("404")),
    ("a folder without a page", "/d/img/", 404, Any),
    ("nothing", "/d/nothing/", 404, Text("404")),
    ("nothing", "/d/nothing.css", 404, Kind("text/html; charset=utf-8")),
    ("another letter case", "/d/en/About/", 404, Any),
    ("the path of the site without its slash", "/d", 301, To("/d/")),
    ("the root above the path of the site", "/", 302, To("/d/")),
    ("outside of the path of the site", "/en/about/", 404, Text("/d/")),
    ("a page's kind", "/d/", 200, Kind("text/html; charset=utf-8")),
    ("a text's kind", "/d/data.txt", 200, Kind("text/plain; charset=utf-8")),
    ("a feed's kind", "/d/feed.xml", 200, Kind("text/xml; charset=utf-8")),
    ("JSON's kind", "/d/feed.json", 200, Kind("application/json; charset=utf-8")),
    ("a style sheet's kind", "/d/style.css", 200, Kind("text/css; charset=utf-8")),
    ("a script's kind", "/d/reader.js", 200, Kind("text/javascript; charset=utf-8")),
    ("a file without a known kind", "/d/search/w0.bin", 200, Kind("application/octet-stream")),
    ("a hidden file that is published", "/d/.nojekyll", 200, Any),
];

#[test]
fn answers_as_pages_does() {
    let dir = site();
    fs::write(dir.path().join("static/reader.js"), "1").unwrap();
    let served = serve(dir.path(), &[]);
    for (what, path, status, expected) in TABLE {
        let answer = served.get(path);
        let body = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, *status, "{what}: {path}\n{body}");
        match expected {
            Text(text) => assert!(body.contains(text), "{what}: {path}: {body}"),
            To(to) => assert_eq!(answer.header("location"), *to, "{what}: {path}"),
            Kind(kind) => assert_eq!(answer.header("content-type"), *kind, "{what}: {path}"),
            Any => {}
        }
    }
}

#[test]
fn answers_parts_and_conditions() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let ask = |headers: &[(&str, &str)]| served.ask("GET", "/d/data.txt", headers);
    let whole = ask(&[]);
    assert_eq!((whole.status, whole.body.as_slice()), (200, &b"0123456789"[..]));
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("content-length"), "10");
    let tag = whole.header("etag").to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    // A part.
    let cases: [(&str, u16, &str, &[u8]); 7] = [
        ("bytes=2-4", 206, "bytes 2-4/10", b"234"),
        ("bytes=7-", 206, "bytes 7-9/10", b"789"),
        ("bytes=-3", 206, "bytes 7-9/10", b"789"),
        ("bytes=2-99", 206, "bytes 2-9/10", b"23456789"),
        ("bytes=99-", 416, "bytes */10", b""),
        ("bytes=0-1,4-5", 200, "", b"0123456789"),
        ("lines=1-2", 200, "", b"0123456789"),
    ];
    for (range, status, content_range, body) in cases {
        let answer = ask(&[("Range", range)]);
        assert_eq!(answer.status, status, "{range}");
        assert_eq!(answer.header("content-range"), content_range, "{range}");
        assert_eq!(answer.body, body, "{range}");
    }
    let still = ask(&[("Range", "bytes=2-4"), ("If-Range", &tag)]);
    assert_eq!(still.status, 206);
    assert_eq!(ask(&[("Range", "bytes=2-4"), ("If-Range", "\"other\"")]).status, 200);
    // What the browser has already.
    for tags in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = ask(&[("If-None-Match", &tags)]);
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{tags}");
        assert_eq!(answer.header("etag"), tag);
    }
    assert_eq!(ask(&[("If-None-Match", "\"other\"")]).status, 200);
    // The head alone.
    let head = served.ask("HEAD", "/d/data.txt", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), "10");
    assert_eq!(served.ask("HEAD", "/d/nothing", &[]).status, 404);
}

#[test]
fn compresses_texts() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let ask = |path: &str| served.ask("GET", path, &[("Accept-Encoding", "gzip, br")]);
    let page: Answer = ask("/d/");
    assert_eq!(page.header("content-encoding"), "gzip");
    assert_eq!(page.header("vary"), "accept-encoding");
    let tag = page.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(served.ask("GET", "/d/", &[("If-None-Match", &tag)]).status, 304);
    assert_eq!(served.get("/d/").header("content-encoding"), "");
    let part = served.ask("GET", "/d/", &[("Accept-Encoding", "gzip"), ("Range", "bytes=0-9")]);
    assert_eq!((part.status, part.header("content-encoding")), (206, ""));
}

#[test]
fn pages_are_those_of_a_build_and_a_script() {
    let dir = site();
    let with = serve(dir.path(), &[]);
    let without = serve(dir.path(), &["--no-reload"]);
    for (path, output) in crate::support::clean(dir.path()) {
        let address = format!("/d/{}", digest_gen::model::urls::encode(&path));
        assert_eq!(without.get(&address).body, &*output.bytes, "{path}");
        let page = String::from_utf8_lossy(&with.get(&address).body).into_owned();
        let scripts = page.matches("<script src=\"/__gen/reload.js\"").count();
        assert_eq!(scripts, usize::from(path.ends_with(".html")), "{path}");
    }
    assert_eq!(without.get("/__gen/reload.js").status, 404);
    // A redirect leads to this server, not to the published site.
    assert!(with.text("/d/old/").contains("content=\"0; url=/d/en/about/\""));
    assert!(without.text("/d/old/").contains("content=\"0; url=https://example.org/d/en/about/\""));
}
