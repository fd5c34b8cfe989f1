//! EDGE: asks the addresses of other sites whether they are still there.
//!
//! [`ask`] takes the addresses of a site and returns what is known of each: from the [`cache`], else by
//! asking. What is asked and how often is decided in `queue`, how one address is asked in `client`.
#![expect(clippy::disallowed_methods, reason = "an edge: asks other hosts, and the clock")]

mod cache;
mod client;
mod queue;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use crate::check::{Answer, Answers, Outside};
use crate::write::WriteError;
use client::Client;

/// How politely other sites are asked.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// How many addresses are asked at the same time.
    pub together: usize,
    /// How many of one host.
    pub per_host: usize,
    /// How long a host is left alone between two questions.
    pub pause: Duration,
    /// How often an address is asked that gives no answer.
    pub tries: u32,
    /// How long after a failure it is asked again; twice as long after each further one. A host that
    /// says how long to wait (`Retry-After`) is believed.
    pub backoff: Duration,
    /// The longest wait that is waited for.
    pub patience: Duration,
    /// How long one question may take.
    pub timeout: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Manners {
            together: 16,
            per_host: 2,
            pause: Duration::from_millis(200),
            tries: 3,
            backoff: Duration::from_secs(1),
            patience: Duration::from_secs(60),
            timeout: Duration::from_secs(20),
        }
    }
}

/// What is known of the addresses of other sites. `root` is the folder of book.toml, in which answers are
/// kept; `told` hears how many of how many addresses have been asked.
///
/// # Errors
///
/// When the answers cannot be kept; they are returned too.
pub fn ask(
    root: &Path,
    outside: &[Outside],
    manners: Manners,
    told: &(dyn Fn(usize, usize) + Sync),
) -> (Answers, Result<(), WriteError>) {
    let now = Timestamp::now();
    let urls: BTreeSet<&str> = outside.iter().map(|link| link.url.as_str()).collect();
    let mut cache = cache::read(root);
    cache.forget(now, &urls);
    let new: Vec<&str> = urls.iter().copied().filter(|url| !cache.has(url)).collect();
    let client = Client::new(manners.timeout);
    let asked = queue::ask_all(&client, &new, manners, told);
    for (url, answer) in &asked {
        // No answer may be a matter of the moment.
        if !matches!(answer, Answer::Silent { .. }) {
            cache.keep(url, answer.clone(), now);
        }
    }
    let kept = if asked.is_empty() { Ok(()) } else { cache.write(root) };
    let mut answers = cache.answers(&urls);
    answers.extend(asked);
    (answers, kept)
}
