//! EDGE: brings a folder on disk to what a build put out, and touches nothing else in it.
//!
//! A manifest in the output folder lists what gen wrote there. [`sync`] compares the outputs with
//! the bytes on disk, stages what differs beside its place, commits a journal with one rename, and
//! carries the journal out. A crash before the commit leaves the old site; a crash after it is
//! finished by the next call. Nothing is deleted that the manifest does not list, no link is
//! followed, and a file that is already right keeps its modification time.
#![expect(clippy::disallowed_methods, reason = "an edge: writes the output folder")]

mod disk;
mod error;
mod file;
mod journal;
mod manifest;
mod plan;
mod replace;
mod target;

use std::path::Path;

use rayon::prelude::*;

pub use error::WriteError;
pub use file::{create_file, replace_file};
pub use journal::{commit, recover, stage};
pub use plan::{Plan, Write, plan};
pub use replace::{own_file, replace};
pub use target::check_target;

use crate::output::Outputs;
use disk::{Kind, Lock};
use manifest::Manifest;

/// The list of what gen wrote into an output folder.
const MANIFEST: &str = ".gen-manifest";
/// The manifest that a journal will put in place.
const NEXT_MANIFEST: &str = ".gen-manifest~";
/// The steps that a committed journal still has to take.
const JOURNAL: &str = ".gen-journal";
/// A journal that is not committed: its stages count for nothing.
const NEXT_JOURNAL: &str = ".gen-journal~";
/// Held while a build writes.
const LOCK: &str = ".gen-lock";
/// How every name begins that gen keeps for itself.
const OWN: &str = ".gen-";

/// How [`sync`] treats files that gen did not write.
#[derive(Debug, Clone, Copy, Default)]
pub struct SyncOptions {
    /// Takes over a folder that holds other files, and overwrites those in the way of an output.
    pub force: bool,
}

/// What [`sync`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncReport {
    /// Files written, because they were missing or different.
    pub written: usize,
    /// Files removed, because an earlier build wrote them and this one does not.
    pub removed: usize,
    /// Files left as they are.
    pub unchanged: usize,
}

/// Makes the output folder hold the outputs, by the fewest writes.
pub fn sync(out: &Path, outputs: &Outputs, options: SyncOptions) -> Result<SyncReport, WriteError> {
    if !options.force && !is_ours(out)? {
        plan::refuse_foreign(out)?;
    }
    disk::create_folders(out)?;
    let _lock = Lock::take(out)?;
    recover(out)?;
    let plan = plan(out, outputs, options)?;
    let report = plan.report();
    if !plan.is_empty() {
        stage(out, &plan)?;
        commit(out)?;
        recover(out)?;
    }
    Ok(report)
}

/// Finishes or undoes what a build that was cut off has left in an output folder, so that the site there is
/// whole whatever comes of the next build. Does nothing, and takes no lock, where nothing was left.
pub fn mend(out: &Path) -> Result<(), WriteError> {
    let (journal, next) = (disk::kind(&out.join(JOURNAL))?, disk::kind(&out.join(NEXT_JOURNAL))?);
    if (journal, next) == (Kind::Missing, Kind::Missing) {
        return Ok(());
    }
    let _lock = Lock::take(out)?;
    recover(out)
}

/// Removes what gen wrote into an output folder, and the folders that are empty then. Returns
/// how many files it removed.
pub fn clean(out: &Path) -> Result<usize, WriteError> {
    if !is_ours(out)? {
        return Ok(0);
    }
    let removed = {
        let _lock = Lock::take(out)?;
        recover(out)?;
        let manifest = Manifest::read(out)?.unwrap_or_default();
        let paths: Vec<&str> = manifest.paths().collect();
        disk::refuse_links(out, &disk::folders(paths.iter().copied()))?;
        let removed: Result<Vec<bool>, WriteError> =
            paths.par_iter().map(|path| disk::remove_file(&out.join(path))).collect();
        disk::prune(out, paths.iter().copied());
        disk::remove_file(&out.join(MANIFEST))?;
        removed?.into_iter().filter(|removed| *removed).count()
    };
    disk::remove_file(&out.join(LOCK))?;
    disk::remove_empty(out);
    Ok(removed)
}

/// Whether gen wrote into a folder before, be it only half.
fn is_ours(out: &Path) -> Result<bool, WriteError> {
    for name in [MANIFEST, JOURNAL, NEXT_JOURNAL] {
        if disk::kind(&out.join(name))? != Kind::Missing {
            return Ok(true);
        }
    }
    Ok(false)
}
