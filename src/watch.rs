//! EDGE: says when a site may have changed, and where the system saw it. It reads no file, and what
//! it says is a hint: whoever is told reads the site again, for truth.
#![expect(clippy::disallowed_methods, reason = "an edge: asks where folders are, and the clock")]

mod folders;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};

use folders::Folders;

/// How long the watcher waits for a file to be left alone: programs write in several steps.
const QUIET: Duration = Duration::from_millis(20);
/// How many paths make a batch that is likely to go on: another branch, a folder copied.
const MANY: usize = 8;
/// How long such a batch is waited for before what is there is built.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often a site is read where the system tells nothing.
const POLL: Duration = Duration::from_millis(500);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The system tells of them.
    Events,
    /// The site is read every half second: for network drives and containers, where the system
    /// tells nothing.
    Poll,
}

/// Tells when a site may have changed.
pub struct Watch(Source);

enum Source {
    Events { folders: Folders, debouncer: Box<Told>, batches: Receiver<Vec<PathBuf>> },
    Poll,
}

type Told = Debouncer<RecommendedWatcher, NoCache>;

impl Watch {
    /// Begins to watch. An error says why the system cannot.
    pub fn new(root: &Path, mode: Mode) -> notify::Result<Watch> {
        if mode == Mode::Poll {
            return Ok(Watch(Source::Poll));
        }
        let (sender, batches) = channel();
        let tick = Some(QUIET / 4);
        let config = notify::Config::default();
        let told = move |events| tell(events, &sender);
        let debouncer = Box::new(new_debouncer_opt(QUIET, tick, told, NoCache, config)?);
        let folders = Folders::new(root);
        Ok(Watch(Source::Events { folders, debouncer, batches }))
    }

    /// Sees that all folders of a site are watched: call it before each reading. `src` is the
    /// content folder, `links` are those that the last reading followed. An error says which
    /// folder the system does not watch.
    pub fn follow(&mut self, src: &str, links: &[PathBuf]) -> notify::Result<()> {
        match &mut self.0 {
            Source::Events { folders, debouncer, .. } => folders.follow(src, links, debouncer),
            Source::Poll => Ok(()),
        }
    }

    /// Waits until something may have changed. Returns the paths that the system named, which may
    /// be none of those that have changed; nothing when no more can be told.
    pub fn wait(&self) -> Option<Vec<PathBuf>> {
        let Source::Events { batches, .. } = &self.0 else {
            std::thread::sleep(POLL);
            return Some(Vec::new());
        };
        let mut paths = batches.recv().ok()?;
        let end = Instant::now() + PATIENCE;
        loop {
            let wait = if paths.len() >= MANY { QUIET * 3 } else { Duration::ZERO };
            let wait = wait.min(end.saturating_duration_since(Instant::now()));
            match batches.recv_timeout(wait) {
                Ok(more) => paths.extend(more),
                Err(RecvTimeoutError::Timeout) => return Some(paths),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

/// Passes on the paths that a batch names. Opening and reading a file changes nothing: gen itself
/// does it all the time.
fn tell(events: DebounceEventResult, sender: &Sender<Vec<PathBuf>>) {
    let changes = match events {
        Ok(events) => events
            .into_iter()
            .filter(|event| !matches!(event.kind, EventKind::Access(_)))
            .map(|event| event.event.paths)
            .collect(),
        // What was lost is found by reading.
        Err(_) => vec![Vec::new()],
    };
    if !changes.is_empty() {
        // Nobody listens any more only at the end.
        let _ = sender.send(changes.concat());
    }
}
