//! EDGE: the files of a site, all read before anything is built from them.
#![expect(clippy::disallowed_methods, reason = "an edge: reads the site's files and the clock")]

mod name;
mod read;
mod root;
mod walk;

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::{Timestamp, Zoned};
pub use read::{Reader, read_folder};
pub use root::find_root;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::memo::Fingerprint;
use crate::msg;

/// Everything a build may know: the files of the site and what was asked for. A build reads
/// nothing else, neither a file nor a clock.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Every file by its path relative to the site's root, with `/` on every system: `book.toml`,
    /// all of `content/` (or what `[book] src` names), `templates/`, `static/` and
    /// `translations.lock`.
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

impl Now {
    /// Reads the clock, in the time zone of the machine.
    pub fn read() -> Self {
        let now = Zoned::now();
        Now { instant: now.timestamp(), local: now.datetime() }
    }
}

/// Where a site keeps its files, as far as book.toml decides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The content folder, relative to the site's root: `[book] src`.
    pub src: String,
    /// The bilingual dictionary, relative to the site's root: `[align] dictionary`.
    pub dictionary: Option<String>,
    /// The links that may lead out of the site: `[book] outside-links`.
    pub outside_links: Vec<String>,
}

impl Layout {
    /// What book.toml says of it.
    pub fn of(config: &Config) -> Layout {
        Layout {
            src: config.book.src.clone(),
            dictionary: config.align.dictionary.clone(),
            outside_links: config.book.outside_links.clone(),
        }
    }
}

impl Default for Layout {
    fn default() -> Self {
        Layout { src: "content".to_owned(), dictionary: None, outside_links: Vec::new() }
    }
}

/// Reads a site once; see [`Reader::read`].
pub fn read(root: &Path, layout: &Layout, options: Options) -> Sources {
    Reader::default().read(root, layout, options)
}

/// The content folder without `./` and a final `/`, or none when it is not a folder of its own
/// inside the site.
fn content_folder(src: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in Path::new(src).components() {
        match part {
            Component::CurDir => {}
            Component::Normal(part) => parts.push(part.to_str()?),
            _ => return None,
        }
    }
    let own = !matches!(parts.first(), None | Some(&"templates" | &"static" | &"data"));
    own.then(|| parts.join("/"))
}

fn bad_src(src: &str) -> Diagnostic {
    let text = msg!(
        "[book] src = \"{src}\" is not a folder of its own inside the site",
        "[book] src = \"{src}\" 不是站点之内一个单独的文件夹"
    );
    Diagnostic::error("bad-src", "book.toml", None, text).help(msg!(
        "name a folder beside book.toml, such as \"content\"",
        "请写 book.toml 旁边的一个文件夹，例如 \"content\""
    ))
}
