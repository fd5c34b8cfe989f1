//! EDGE: reads the files of a site, and keeps those that have not changed since.

use std::collections::{BTreeMap, HashMap};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::name::site_path;
use super::walk::{Found, Start, unreadable, walk};
use super::{File, Layout, Now, Options, Sources, bad_src, content_folder};
use crate::diag::{Diagnostic, sort};
use crate::parse::lock;

/// How old a file must be before its time is believed: file systems count time in steps, two
/// seconds on FAT, and a file that is written twice within one step looks unchanged. (Git treats
/// its index likewise: "racy-git" in its technical documentation.)
const STEP: Duration = Duration::from_secs(2);

/// Reads a site again and again. A file is opened only if the system says that it may have
/// changed.
#[derive(Default)]
pub struct Reader {
    known: HashMap<Arc<str>, Known>,
    links: Vec<PathBuf>,
}

fn is_gone(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::NotFound
}

/// A file that was read before.
struct Known {
    stamp: Stamp,
    file: File,
    /// Whether the stamp alone can tell that the file has not changed.
    settled: bool,
}

/// What the system says of a file without opening it.
#[derive(PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// On Unix: the time of the last change to the file or its attributes, which no program sets,
    /// and the number of the file, which another one in its place does not share.
    identity: [i64; 4],
}

impl Stamp {
    fn of(meta: &Metadata) -> Stamp {
        Stamp { length: meta.len(), modified: meta.modified().ok(), identity: identity(meta) }
    }

    /// Whether the file was last changed well before a moment.
    fn settled(&self, now: SystemTime) -> bool {
        let old = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age > STEP);
        let changed = u64::try_from(self.identity[0]).unwrap_or(0);
        let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(changed);
        self.modified.is_some_and(old) && old(changed)
    }
}

#[cfg(unix)]
fn identity(meta: &Metadata) -> [i64; 4] {
    use std::os::unix::fs::MetadataExt;
    [meta.ctime(), meta.ctime_nsec(), meta.ino().cast_signed(), meta.dev().cast_signed()]
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> [i64; 4] {
    [0; 4]
}

type Read = Result<(Arc<str>, Known), Box<Diagnostic>>;

impl Reader {
    /// Reads a site: book.toml, the content folder, `templates/`, `static/`, `data/` and
    /// `translations.lock`.
    ///
    /// Hidden files and editors' leftovers are left out. What cannot or must not be read (a link
    /// out of the site, a pipe, a name that is not UTF-8) becomes an error among the diagnostics.
    pub fn read(&mut self, root: &Path, layout: &Layout, options: Options) -> Sources {
        let now = SystemTime::now();
        let mut found = Found { may_leave: layout.outside_links.clone(), ..Found::default() };
        walk(root, "book.toml", Start::File, &mut found);
        match content_folder(&layout.src) {
            Some(src) => walk(root, &src, Start::Folder, &mut found),
            None => found.diagnostics.push(bad_src(&layout.src)),
        }
        walk(root, "templates", Start::OptionalFolder, &mut found);
        walk(root, "static", Start::OptionalFolder, &mut found);
        walk(root, "data", Start::OptionalFolder, &mut found);
        walk(root, lock::PATH, Start::OptionalFile, &mut found);
        if let Some(dictionary) = &layout.dictionary {
            walk(root, dictionary, Start::File, &mut found);
        }

        let Found { files, mut diagnostics, links, .. } = found;
        let read: Vec<Read> =
            files.into_par_iter().map(|(path, place)| self.read_file(path, &place, now)).collect();
        let mut known = HashMap::with_capacity(read.len());
        let mut files = Vec::with_capacity(read.len());
        for result in read {
            match result {
                Ok((path, one)) => {
                    files.push((path.clone(), one.file.clone()));
                    known.insert(path, one);
                }
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        sort(&mut diagnostics);
        self.known = known;
        self.links = links;
        let files: BTreeMap<Arc<str>, File> = files.into_iter().collect();
        Sources { files, diagnostics, options, now: Now::read() }
    }

    /// Looks at some files of a site that was read before, and takes in what has changed in them.
    /// Returns nothing where these paths are more than files that were there: then the site has to
    /// be read.
    pub fn refresh(&mut self, root: &Path, paths: &[PathBuf], sources: &mut Sources) -> Option<()> {
        let now = SystemTime::now();
        for place in paths {
            let path = site_path(root, place).ok()?;
            match place.symlink_metadata() {
                Ok(meta) if meta.is_file() && self.known.contains_key(&path) => {
                    let (path, known) = self.read_file(path, place, now).ok()?;
                    sources.files.insert(path.clone(), known.file.clone());
                    self.known.insert(path, known);
                }
                // What an editor wrote beside the file, and has put in its place.
                Err(error) if is_gone(&error) && !self.known.contains_key(&path) => {}
                _ => return None,
            }
        }
        sources.now = Now::read();
        Some(())
    }

    /// The links that the last [`Reader::read`] followed. What they lead to may lie outside of
    /// the folders that were read.
    pub fn links(&self) -> &[PathBuf] {
        &self.links
    }

    /// The stamp is taken before the file is read: a change in between shows the next time.
    fn read_file(&self, path: Arc<str>, place: &Path, now: SystemTime) -> Read {
        let failed = |error: &std::io::Error| Box::new(unreadable(path.clone(), error));
        let stamp = Stamp::of(&std::fs::metadata(place).map_err(|error| failed(&error))?);
        let settled = stamp.settled(now);
        let file = match self.known.get(&path) {
            Some(known) if known.settled && known.stamp == stamp => known.file.clone(),
            _ => File::new(std::fs::read(place).map_err(|error| failed(&error))?),
        };
        Ok((path, Known { stamp, file, settled }))
    }
}

/// Reads a folder that is no part of a build, such as `archetypes/`, by the same rules; it may be missing.
pub fn read_folder(root: &Path, folder: &str) -> (BTreeMap<Arc<str>, File>, Vec<Diagnostic>) {
    let mut found = Found::default();
    walk(root, folder, Start::OptionalFolder, &mut found);
    let mut files = BTreeMap::new();
    for (path, place) in found.files {
        match std::fs::read(&place) {
            Ok(bytes) => drop(files.insert(path, File::new(bytes))),
            Err(error) => found.diagnostics.push(unreadable(path, &error)),
        }
    }
    (files, found.diagnostics)
}
