//! EDGE: which address is asked next: several at a time, few of one host, none before its time.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::Manners;
use super::client::{Attempt, Client};
use crate::check::{Answer, Answers};

/// An address to ask.
struct Question {
    url: String,
    tries: u32,
}

/// A host and what is to be asked of it.
struct Host {
    waiting: VecDeque<Question>,
    active: usize,
    /// Before this it is left alone.
    free_at: Instant,
}

#[derive(Default)]
struct State {
    hosts: BTreeMap<String, Host>,
    answers: Answers,
}

struct Queue<'a> {
    state: Mutex<State>,
    changed: Condvar,
    client: &'a Client,
    manners: Manners,
}

/// Asks all addresses.
pub(super) fn ask_all(
    client: &Client,
    urls: &[&str],
    manners: Manners,
    told: &(dyn Fn(usize, usize) + Sync),
) -> Answers {
    let mut state = State::default();
    let now = Instant::now();
    for url in urls {
        let host = Url::parse(url).ok().and_then(|url| {
            let host = url.host_str()?.to_owned();
            Some(format!("{host}:{}", url.port_or_known_default().unwrap_or_default()))
        });
        let host = state.hosts.entry(host.unwrap_or_default()).or_insert_with(|| Host {
            waiting: VecDeque::new(),
            active: 0,
            free_at: now,
        });
        host.waiting.push_back(Question { url: (*url).to_owned(), tries: 0 });
    }
    let queue = Queue { state: Mutex::new(state), changed: Condvar::new(), client, manners };
    std::thread::scope(|scope| {
        for _ in 0..manners.together.min(urls.len()) {
            scope.spawn(|| queue.work(urls.len(), told));
        }
    });
    queue.state.into_inner().unwrap_or_else(PoisonError::into_inner).answers
}

/// What a worker is to do.
enum Next {
    Ask(String, Question),
    Wait(Option<Duration>),
    End,
}

impl State {
    /// The next question: of the host that has been free for longest.
    fn next(&mut self, manners: &Manners) -> Next {
        let now = Instant::now();
        let open = |host: &&mut Host| !host.waiting.is_empty() && host.active < manners.per_host;
        let busy = self.hosts.values().any(|host| host.active > 0 || !host.waiting.is_empty());
        let hosts = self.hosts.iter_mut();
        let first = hosts.filter(|(_, host)| open(host)).min_by_key(|(_, host)| host.free_at);
        match first {
            Some((_, host)) if host.free_at > now => Next::Wait(Some(host.free_at - now)),
            Some((name, host)) => match host.waiting.pop_front() {
                Some(question) => {
                    host.active += 1;
                    host.free_at = now + manners.pause;
                    Next::Ask(name.clone(), question)
                }
                None => Next::Wait(None),
            },
            None if busy => Next::Wait(None),
            None => Next::End,
        }
    }
}

impl Queue<'_> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, count: usize, told: &(dyn Fn(usize, usize) + Sync)) {
        let mut state = self.lock();
        loop {
            match state.next(&self.manners) {
                Next::End => return,
                Next::Wait(None) => {
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                Next::Wait(Some(time)) => {
                    let waited = self.changed.wait_timeout(state, time);
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
                Next::Ask(host, question) => {
                    drop(state);
                    let attempt = self.client.ask(&question.url);
                    state = self.lock();
                    self.note(&mut state, &host, question, attempt);
                    told(state.answers.len(), count);
                    self.changed.notify_all();
                }
            }
        }
    }

    /// Notes what an attempt told: an answer, or that it is to be tried again.
    fn note(&self, state: &mut State, name: &str, mut question: Question, attempt: Attempt) {
        let Some(host) = state.hosts.get_mut(name) else { return };
        host.active -= 1;
        match attempt {
            Attempt::Known(answer) => drop(state.answers.insert(question.url, answer)),
            Attempt::Again { why, after } => {
                question.tries += 1;
                let wait =
                    after.unwrap_or(self.manners.backoff * 2u32.pow(question.tries.min(10) - 1));
                if question.tries >= self.manners.tries || wait > self.manners.patience {
                    state.answers.insert(question.url, Answer::Silent { why });
                    return;
                }
                host.free_at = host.free_at.max(Instant::now() + wait);
                host.waiting.push_back(question);
            }
        }
    }
}
