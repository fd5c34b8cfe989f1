//! Which requests are answered at all.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Settings;

/// The longest address that is answered, in bytes: what browsers and hosts have in common.
const LONGEST: usize = 8 << 10;

/// Refuses what no page of the site asks for. A page of another site can make a browser send
/// requests to this machine, under a name of its own that it lets lead here (DNS rebinding): the
/// name then shows in `Host`.
pub async fn guard(
    State(settings): State<Arc<Settings>>,
    request: Request,
    next: Next,
) -> Response {
    let refuse = |status: StatusCode, text: &'static str| (status, text).into_response();
    if request.uri().path_and_query().is_some_and(|path| path.as_str().len() > LONGEST) {
        return refuse(StatusCode::URI_TOO_LONG, "the address is too long\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow, "only GET and HEAD\n").into_response();
    }
    let Some(host) = host(request.headers()) else {
        return refuse(StatusCode::BAD_REQUEST, "the request names no host\n");
    };
    let named = request.uri().authority().is_none_or(|named| is_own(named.host(), &settings.host));
    if !named || !is_own(host.host(), &settings.host) {
        return refuse(StatusCode::FORBIDDEN, "this server is not reached by that name\n");
    }
    next.run(request).await
}

/// The host that a request names.
fn host(headers: &HeaderMap) -> Option<Authority> {
    let mut all = headers.get_all(HOST).iter();
    let host = all.next()?.to_str().ok()?.parse().ok()?;
    all.next().is_none().then_some(host)
}

/// Whether a name is this server's: an address of a machine, which no one can make lead elsewhere,
/// `localhost`, or the host that was asked for on the command line.
fn is_own(name: &str, asked: &str) -> bool {
    let name = name.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    let name = name.to_ascii_lowercase();
    name.parse::<IpAddr>().is_ok()
        || name == "localhost"
        || name.ends_with(".localhost")
        || name == asked.to_ascii_lowercase()
}

/// Whether a request comes from a page of this server. Browsers name the origin of what asks from
/// elsewhere, and they may leave it out on the same one.
pub fn is_same_origin(headers: &HeaderMap) -> bool {
    let cross = headers
        .get("sec-fetch-site")
        .is_some_and(|site| !matches!(site.to_str(), Ok("same-origin" | "none")));
    let own = host(headers).map(|host| format!("http://{host}"));
    let origin = headers.get(ORIGIN).map(|origin| origin.to_str().ok());
    !cross && origin.is_none_or(|origin| origin == own.as_deref())
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn knows_its_names() {
        for name in ["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "[::1]", "10.0.0.7"] {
            assert!(is_own(name, "127.0.0.1"), "{name}");
        }
        for name in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
            assert!(!is_own(name, "127.0.0.1"), "{name}");
        }
        assert!(is_own("desk.local", "desk.local") && !is_own("desk.local", "0.0.0.0"));
    }
}
