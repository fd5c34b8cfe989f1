//! EDGE: `gen serve`: the site from memory, over HTTP, as GitHub Pages serves it, built again when
//! a file changes.
//!
//! One thread builds ([`Builder`]) and publishes a whole [`snapshot::Snapshot`] at a time; the
//! other answers requests from the newest one ([`Server`]). Nothing is written to disk. Open
//! pages hold a stream of events and reload when they have changed ([`events`]).
//!
//! Knows HTTP and the outputs of a build, and nothing of Markdown or templates.
#![expect(clippy::disallowed_methods, reason = "an edge: the clock, addresses of the machine")]

mod builder;
mod events;
mod guard;
mod http;
mod page;
mod problems;
mod server;
mod snapshot;

pub use builder::{Builder, Rebuilt};
pub use http::answer;
pub use server::{Address, DEFAULT_PORT, Server, bind};
pub use snapshot::{Found, Snapshot};

use std::sync::Arc;

use tokio::sync::watch;

/// How the site is served.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether pages get the script that reloads them and shows problems. Without it every file is
    /// served as `gen build` would write it.
    pub reload: bool,
    /// The host that was asked for, as requests may name it.
    pub host: String,
}

/// Where the newest snapshot is put and found.
pub type Newest = watch::Sender<Arc<Snapshot>>;

/// A place for snapshots, with an empty one in it.
pub fn newest() -> Arc<Newest> {
    Arc::new(watch::Sender::new(Arc::new(Snapshot::default())))
}
