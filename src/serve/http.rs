//! Files of a snapshot as answers: kinds, conditions, ranges.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use percent_encoding::{CONTROLS, utf8_percent_encode};

use super::page::{is_page, stand_in, with_script};
use super::snapshot::{Found, Snapshot};
use crate::memo::Fingerprint;
use crate::output::Output;

/// Browsers keep files, and ask each time whether they are still the same.
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers a request for an address of the site. With `reload` pages get the script.
pub fn answer(snapshot: &Snapshot, uri: &Uri, headers: &HeaderMap, reload: bool) -> Response {
    let path = uri.path();
    match snapshot.find(path) {
        Found::File(file, output) => {
            let (bytes, tag) = sent(snapshot, path, file, output, reload);
            conditional(bytes, kind(file), tag, headers)
        }
        Found::Moved(to) => moved(StatusCode::MOVED_PERMANENTLY, &to, uri),
        Found::Missing(Some(page)) => {
            let (bytes, _) = sent(snapshot, path, "404.html", page, reload);
            let headers = [(CONTENT_TYPE, kind("404.html")), (CACHE_CONTROL, NO_CACHE)];
            (StatusCode::NOT_FOUND, headers, Bytes::from_owner(bytes)).into_response()
        }
        Found::Outside if path == "/" && snapshot.built => {
            moved(StatusCode::FOUND, &snapshot.base, uri)
        }
        Found::Missing(None) | Found::Outside => {
            let (status, text) = match snapshot.built {
                true => (StatusCode::NOT_FOUND, "404: nothing is here. The site is at:"),
                false => (StatusCode::SERVICE_UNAVAILABLE, "The site is not built yet."),
            };
            let headers = [(CONTENT_TYPE, kind("x.html")), (CACHE_CONTROL, NO_CACHE)];
            let page = if reload { stand_in(snapshot, path, text) } else { format!("{text}\n") };
            (status, headers, page).into_response()
        }
    }
}

/// The bytes of a file as they are sent, with their tag.
fn sent(
    snapshot: &Snapshot,
    path: &str,
    file: &str,
    output: &Output,
    reload: bool,
) -> (Arc<[u8]>, Fingerprint) {
    if reload && is_page(file) {
        let bytes = with_script(snapshot, path, output);
        let tag = Fingerprint::of(&bytes);
        return (bytes, tag);
    }
    (output.bytes.clone(), output.fingerprint)
}

fn moved(status: StatusCode, to: &str, uri: &Uri) -> Response {
    let to = match uri.query() {
        // A client may send what no address holds.
        Some(query) => format!("{to}?{}", utf8_percent_encode(query, CONTROLS)),
        None => to.to_owned(),
    };
    let to = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/"));
    (status, [(LOCATION, to), (CACHE_CONTROL, NO_CACHE)]).into_response()
}

/// The media type of a file, by its ending; texts are UTF-8.
fn kind(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let text = guess.type_() == "text"
        || guess.suffix().is_some_and(|suffix| suffix == "xml" || suffix == "json")
        || matches!(guess.subtype().as_str(), "json" | "javascript" | "xml" | "xhtml");
    let charset = if text { "; charset=utf-8" } else { "" };
    let kind = format!("{}{charset}", guess.essence_str());
    HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// A file, or what a condition of the request leaves of it (RFC 9110, sections 13 and 14).
fn conditional(
    bytes: Arc<[u8]>,
    kind: HeaderValue,
    tag: Fingerprint,
    asked: &HeaderMap,
) -> Response {
    let tag = format!("\"{tag}\"");
    let mut headers = HeaderMap::new();
    // Browsers keep files, and ask each time whether they are still the same.
    headers.insert(CACHE_CONTROL, NO_CACHE);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    let text = |name| asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if text(IF_NONE_MATCH).is_some_and(|list| matches(list, &tag)) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let whole = Bytes::from_owner(bytes);
    let wanted = text(RANGE).filter(|_| text(IF_RANGE).is_none_or(|one| one == tag));
    // What is no range of bytes is ignored, and several at once are answered by the whole.
    let parsed = wanted.and_then(|wanted| http_range_header::parse_range_header(wanted).ok());
    let Some(parsed) = parsed else { return (headers, Body::from(whole)).into_response() };
    match parsed.validate(whole.len() as u64).as_deref() {
        Ok([range]) => {
            let (first, last) = (*range.start(), *range.end());
            let value = format!("bytes {first}-{last}/{}", whole.len());
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(CONTENT_RANGE, value);
            }
            let part = whole.slice(first as usize..=last as usize);
            (StatusCode::PARTIAL_CONTENT, headers, Body::from(part)).into_response()
        }
        Ok(_) => (headers, Body::from(whole)).into_response(),
        Err(_) => {
            if let Ok(value) = HeaderValue::from_str(&format!("bytes */{}", whole.len())) {
                headers.insert(CONTENT_RANGE, value);
            }
            (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
        }
    }
}

/// Whether a list of tags names one, weakly compared.
fn matches(list: &str, tag: &str) -> bool {
    let mut tags = list.split(',').map(|one| one.trim().trim_start_matches("W/"));
    tags.any(|one| one == tag || one == "*")
}

/// Marks the tag of a compressed answer as weak: its bytes are others than those of the file.
pub async fn weaken(mut response: Response) -> Response {
    let headers = response.headers_mut();
    if headers.contains_key(CONTENT_ENCODING) {
        headers.remove(CONTENT_LENGTH);
        let weak =
            headers.get(ETAG).and_then(|tag| tag.to_str().ok()).map(|tag| format!("W/{tag}"));
        if let Some(Ok(weak)) = weak.map(|weak| HeaderValue::from_str(&weak)) {
            headers.insert(ETAG, weak);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::{LOCATION, Snapshot, answer};

    #[test]
    fn a_query_goes_along_in_ascii() {
        let snapshot = Snapshot { base: "/d/".into(), ..Snapshot::default() };
        for (asked, to) in
            [("/d", "/d/"), ("/d?q=a%20b", "/d/?q=a%20b"), ("/d?猫", "/d/?%E7%8C%AB")]
        {
            let answer = answer(&snapshot, &asked.parse().unwrap(), &Default::default(), false);
            assert_eq!(answer.headers()[LOCATION], to);
        }
    }
}
