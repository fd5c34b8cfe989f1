//! What has to change in an output folder: the outputs against the bytes on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::disk::{self, Kind};
use super::manifest::{self, Manifest};
use super::{OWN, SyncOptions, SyncReport, WriteError};
use crate::output::{Output, Outputs};

/// How many files an error names.
const NAMED: usize = 5;

/// A file to write.
#[derive(Debug)]
pub struct Write {
    /// Where its bytes wait for the commit, relative to the output folder.
    pub stage: String,
    /// Its path relative to the output folder.
    pub target: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The changes that bring an output folder to its outputs.
#[derive(Debug)]
pub struct Plan {
    /// Files that are missing or different.
    pub writes: Vec<Write>,
    /// Files that an earlier build wrote and this one does not.
    pub removes: Vec<String>,
    /// The text of the new manifest, when it differs from the old one.
    pub manifest: Option<String>,
    unchanged: usize,
}

impl Plan {
    /// Whether the folder is right as it is.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.removes.is_empty() && self.manifest.is_none()
    }

    /// What carrying it out will have done.
    pub fn report(&self) -> SyncReport {
        SyncReport {
            written: self.writes.len(),
            removed: self.removes.len(),
            unchanged: self.unchanged,
        }
    }
}

/// Compares the outputs with the folder. Nothing is changed; whatever forbids a change is found
/// here.
pub fn plan(out: &Path, outputs: &Outputs, options: SyncOptions) -> Result<Plan, WriteError> {
    check_paths(outputs)?;
    let old = Manifest::read(out)?;
    if old.is_none() && !options.force {
        refuse_foreign(out)?;
    }
    let next = old.as_ref().is_none_or(|old| !old.lists(outputs));
    let old = old.unwrap_or_default();
    let removes = removes(out, &old, outputs)?;
    let view = View {
        out,
        old: &old,
        folders: folder_kinds(out, &old, outputs)?,
        removed_lower: removes.iter().map(|path| path.to_lowercase()).collect(),
        force: options.force,
    };
    view.check_folders(outputs)?;
    let states = outputs.par_iter().map(|(path, output)| {
        let state = view.state(path, output)?;
        Ok((path, output, state))
    });
    let states = states.collect::<Result<Vec<_>, WriteError>>()?;
    let foreign = states.iter().filter(|(.., state)| *state == State::Foreign);
    let some: Vec<String> = foreign.take(NAMED).map(|(path, ..)| path.to_string()).collect();
    if !some.is_empty() {
        return Err(WriteError::Foreign { path: out.to_owned(), some });
    }
    let changed = states.iter().filter(|(.., state)| *state == State::Changed).enumerate();
    let writes = changed.map(|(number, (path, output, _))| Write {
        stage: view.stage_path(path, number),
        target: path.to_string(),
        bytes: Arc::clone(&output.bytes),
    });
    let writes: Vec<Write> = writes.collect();
    let unchanged = outputs.len() - writes.len();
    Ok(Plan { writes, removes, manifest: next.then(|| manifest::text(outputs)), unchanged })
}

/// Refuses a folder that holds anything but gen's own files.
pub(super) fn refuse_foreign(out: &Path) -> Result<(), WriteError> {
    let names = disk::names(out)?.into_iter().filter(|name| !name.starts_with(OWN));
    let some: Vec<String> = names.take(NAMED).collect();
    match some.is_empty() {
        true => Ok(()),
        false => Err(WriteError::NotEmpty { path: out.to_owned(), some }),
    }
}

/// Refuses outputs whose paths no folder can hold together.
fn check_paths(outputs: &Outputs) -> Result<(), WriteError> {
    let folders = disk::folders(outputs.keys().map(|path| &**path));
    let bad = |path: &&Arc<str>| !manifest::is_sound(path) || folders.contains(&***path);
    match outputs.keys().find(bad) {
        Some(path) => Err(WriteError::BadPath { path: path.to_string() }),
        None => Ok(()),
    }
}

/// The files that the manifest lists, the outputs do not, and the disk has.
fn removes(out: &Path, old: &Manifest, outputs: &Outputs) -> Result<Vec<String>, WriteError> {
    let gone: Vec<&str> = old.paths().filter(|path| !outputs.contains_key(*path)).collect();
    let there: Result<Vec<Option<String>>, WriteError> = gone
        .into_par_iter()
        .map(|path| {
            let there = disk::kind(&out.join(path))? == Kind::File;
            Ok(there.then(|| path.to_owned()))
        })
        .collect();
    Ok(there?.into_iter().flatten().collect())
}

/// What stands at every folder that old or new files need. A link among them is an error.
fn folder_kinds(
    out: &Path,
    old: &Manifest,
    outputs: &Outputs,
) -> Result<BTreeMap<String, Kind>, WriteError> {
    let folders = disk::folders(old.paths().chain(outputs.keys().map(|path| &**path)));
    disk::refuse_links(out, &folders)?;
    let kinds = folders.into_iter().map(|folder| {
        let kind = disk::kind(&out.join(folder))?;
        Ok((folder.to_owned(), kind))
    });
    kinds.collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unchanged,
    Changed,
    Foreign,
}

/// The output folder as a plan sees it.
struct View<'a> {
    out: &'a Path,
    old: &'a Manifest,
    folders: BTreeMap<String, Kind>,
    /// Paths that will be removed, in lower case: a file system that ignores case would show
    /// them under their new spelling.
    removed_lower: BTreeSet<String>,
    force: bool,
}

impl View<'_> {
    /// Refuses a file of others where outputs need a folder.
    fn check_folders(&self, outputs: &Outputs) -> Result<(), WriteError> {
        for folder in disk::folders(outputs.keys().map(|path| &**path)) {
            let free = match self.folders.get(folder) {
                None | Some(Kind::Missing | Kind::Folder) => true,
                Some(Kind::File) => self.old.contains(folder),
                Some(Kind::Link | Kind::Other) => false,
            };
            if !free {
                return Err(WriteError::InTheWay { path: self.out.join(folder) });
            }
        }
        Ok(())
    }

    fn state(&self, path: &str, output: &Output) -> Result<State, WriteError> {
        let place = self.out.join(path);
        match disk::kind(&place)? {
            Kind::Missing => Ok(State::Changed),
            Kind::File => self.file_state(path, &place, output),
            Kind::Folder => {
                self.check_replaced(path, &place)?;
                Ok(State::Changed)
            }
            Kind::Link => Err(WriteError::Link { path: place }),
            Kind::Other => Err(WriteError::InTheWay { path: place }),
        }
    }

    fn file_state(&self, path: &str, place: &Path, output: &Output) -> Result<State, WriteError> {
        let respelled =
            !self.removed_lower.is_empty() && self.removed_lower.contains(&path.to_lowercase());
        if respelled {
            return Ok(State::Changed);
        }
        if disk::holds(place, &output.bytes)? {
            return Ok(State::Unchanged);
        }
        let ours = self.force || self.old.contains(path);
        Ok(if ours { State::Changed } else { State::Foreign })
    }

    /// Refuses to put a file where a folder holds anything that gen did not write.
    fn check_replaced(&self, path: &str, place: &Path) -> Result<(), WriteError> {
        for entry in WalkDir::new(place).min_depth(1) {
            let inside = entry.ok().and_then(|entry| {
                let rest = entry.path().strip_prefix(place).ok()?.to_str()?.replace('\\', "/");
                let rest = format!("{path}/{rest}");
                let folder = entry.file_type().is_dir() && self.folders.contains_key(&rest);
                (folder || self.old.contains(&rest)).then_some(())
            });
            if inside.is_none() {
                return Err(WriteError::InTheWay { path: place.to_owned() });
            }
        }
        Ok(())
    }

    /// Where an output waits: in the nearest folder above it that is already there, so that
    /// nothing but stages has to be undone before the commit.
    fn stage_path(&self, path: &str, number: usize) -> String {
        let name = format!("{OWN}stage-{number}~");
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if self.folders.get(parent) == Some(&Kind::Folder) {
                return format!("{parent}/{name}");
            }
            folder = parent;
        }
        name
    }
}
