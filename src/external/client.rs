//! EDGE: one address asked over HTTP.

use std::time::Duration;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body};
use url::Url;

use crate::check::Answer;

/// How many redirections are followed (the Fetch Standard, “HTTP-redirect fetch”, has 20).
const REDIRECTS: usize = 20;

/// What one attempt told.
pub(super) enum Attempt {
    /// All there is to know.
    Known(Answer),
    /// Nothing, so far: why, and how long the host asks to be left alone.
    Again { why: String, after: Option<Duration> },
}

pub(super) struct Client {
    agent: Agent,
}

impl Client {
    pub fn new(timeout: Duration) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("digest-gen/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .accept("text/html,*/*;q=0.8")
            .build();
        Client { agent: agent.into() }
    }

    /// Asks an address, and those that it redirects to: for its head, and where the server does not like
    /// that, as a browser does.
    pub fn ask(&self, address: &str) -> Attempt {
        let Ok(mut url) = Url::parse(address) else {
            return Attempt::Known(Answer::Silent { why: "not an address".to_owned() });
        };
        let mut permanent = true;
        for _ in 0..REDIRECTS {
            let response = match self.request(&url) {
                Ok(response) => response,
                Err(error) => return Attempt::Again { why: error.to_string(), after: None },
            };
            let status = response.status();
            let Some(next) = redirection(&response, &url) else {
                return result(
                    &response,
                    (permanent && url.as_str() != address).then_some(&url),
                    address,
                );
            };
            permanent &=
                matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            url = next;
        }
        Attempt::Known(Answer::Silent { why: "it redirects without end".to_owned() })
    }

    fn request(&self, url: &Url) -> Result<Response<Body>, ureq::Error> {
        let response = self.agent.head(url.as_str()).call()?;
        let status = response.status();
        // Some servers answer GET alone, and say so with all sorts of statuses.
        let refused = status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS
            || matches!(status, StatusCode::NOT_IMPLEMENTED | StatusCode::INTERNAL_SERVER_ERROR);
        if refused { self.agent.get(url.as_str()).call() } else { Ok(response) }
    }
}

/// Where a response redirects to; none if it does not.
fn redirection(response: &Response<Body>, from: &Url) -> Option<Url> {
    if !response.status().is_redirection() {
        return None;
    }
    let to = response.headers().get(header::LOCATION)?;
    let to = from.join(std::str::from_utf8(to.as_bytes()).ok()?).ok()?;
    matches!(to.scheme(), "http" | "https").then_some(to)
}

/// What a response says of an address; `moved` is where a chain of permanent redirections led.
fn result(response: &Response<Body>, moved: Option<&Url>, address: &str) -> Attempt {
    let status = response.status();
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        let why = status.to_string();
        return Attempt::Again { why, after: retry_after(response) };
    }
    let same = |url: &Url| Url::parse(address).is_ok_and(|own| own == *url);
    Attempt::Known(match status {
        status if status.is_success() || status.is_redirection() => {
            match moved.filter(|url| !same(url)) {
                Some(url) => Answer::Moved { to: url.to_string() },
                None => Answer::Fine,
            }
        }
        // It is there, for people who log in or are no program (999 is LinkedIn's word for it).
        StatusCode::UNAUTHORIZED
        | StatusCode::PAYMENT_REQUIRED
        | StatusCode::FORBIDDEN
        | StatusCode::PROXY_AUTHENTICATION_REQUIRED
        | StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => Answer::Fine,
        status if status.as_u16() == 999 => Answer::Fine,
        status => Answer::Gone { status: status.as_u16() },
    })
}

/// How long a server asks to wait: seconds, or a date (RFC 9110, section 10.2.3).
fn retry_after(response: &Response<Body>) -> Option<Duration> {
    let value = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::parse(value).ok()?.timestamp();
    let wait = date.duration_since(Timestamp::now()).max(SignedDuration::ZERO);
    wait.try_into().ok()
}
