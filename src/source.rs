//! EDGE: the files of a site, read once, before anything is built from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::diag::Diagnostic;
use crate::memo::Fingerprint;

/// Everything a build may know: the files of the site and what was asked for. A build reads
/// nothing else, neither a file nor a clock.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Every file by its path relative to the site's root, with `/` on every system: `book.toml`,
    /// all of `content/` (or what `[book] src` names), `templates/` and `static/`.
    pub files: BTreeMap<Arc<str>, File>,
    /// What went wrong while reading.
    pub diagnostics: Vec<Diagnostic>,
    /// What was asked for on the command line.
    pub options: Options,
    /// When the build began: decides which dates lie in the future, and nothing else.
    pub now: Now,
}

/// One file of the site.
#[derive(Debug, Clone)]
pub struct File {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The fingerprint of the bytes.
    pub fingerprint: Fingerprint,
}

impl File {
    /// A file from its bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        File { fingerprint: Fingerprint::of(&bytes), bytes }
    }
}

/// What the command line asks of a build, beyond book.toml.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Replaces `[output.html] site-url`.
    pub base_url: Option<String>,
    /// Builds pages marked `draft = true` too.
    pub drafts: bool,
    /// Builds pages with a date in the future too.
    pub future: bool,
}

/// A moment: as an instant, and on the writer's own calendar (a date without a time in front
/// matter means that calendar).
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// The instant.
    pub instant: Timestamp,
    /// The local date and time.
    pub local: DateTime,
}
