use std::sync::{Arc, LazyLock};

use axum::http::header::{HeaderName, HeaderValue, LOCATION};
use axum::http::{HeaderMap, Uri};
use digest_gen::output::{Output, Outputs};
use digest_gen::serve::{Found, Snapshot, answer};

const FILES: [&str; 10] = [
    "index.html",
    "404.html",
    "a.html",
    "both.html",
    "both/index.html",
    "猫/税/index.html",
    "x y/index.html",
    "%2e/index.html",
    "style.css",
    "feed.xml",
];

static SITE: LazyLock<Snapshot> = LazyLock::new(|| {
    let outputs: Outputs = FILES
        .iter()
        .map(|path| {
            let text = format!("<html><link rel=stylesheet href=/d/style.css><body>{path}");
            ((*path).into(), Output::new(text.into_bytes()))
        })
        .collect();
    let base = "/d/".to_owned();
    Snapshot { outputs: Arc::new(outputs), base, built: true, ..Snapshot::default() }
});

/// The first line is an address, each further one a header. Only files of the site are answered, whatever
/// the address says, and who is sent on stays on the site and arrives.
pub fn serve(text: &str) {
    let mut lines = text.lines();
    let Some(address) = lines.next() else { return };
    match SITE.find(address) {
        Found::File(path, output) => assert_eq!(&SITE.outputs[path], output),
        Found::Moved(to) => arrives(&to),
        Found::Missing(_) | Found::Outside => {}
    }
    let Ok(uri) = address.parse::<Uri>() else { return };
    let mut headers = HeaderMap::new();
    for line in lines.take(20) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = HeaderName::from_bytes(name.trim().as_bytes());
        let value = HeaderValue::from_bytes(value.trim().as_bytes());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    for reload in [false, true] {
        let answer = answer(&SITE, &uri, &headers, reload);
        if let Some(to) = answer.headers().get(LOCATION) {
            let to = to.to_str().expect("an address is ASCII");
            assert!(to.starts_with("/d/") || to == "/", "{address:?} leads to {to:?}");
        }
    }
}

/// An address that someone is sent on to is one of the site, and has a file.
fn arrives(to: &str) {
    assert!(to.starts_with("/d/") && to.is_ascii(), "{to:?}");
    assert!(matches!(SITE.find(to), Found::File(..)), "{to:?}");
}
