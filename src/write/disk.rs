//! EDGE: calls to the file system, with the path in every error, and never through a link.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::{LOCK, WriteError};

/// What stands at a path. Links are not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Missing,
    File,
    Folder,
    Link,
    Other,
}

/// Whether an error says that nothing is at a path.
fn is_missing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

pub(super) fn kind(path: &Path) -> Result<Kind, WriteError> {
    match path.symlink_metadata().map(|metadata| metadata.file_type()) {
        Ok(kind) if kind.is_file() => Ok(Kind::File),
        Ok(kind) if kind.is_dir() => Ok(Kind::Folder),
        Ok(kind) if kind.is_symlink() => Ok(Kind::Link),
        Ok(_) => Ok(Kind::Other),
        Err(error) if is_missing(&error) => Ok(Kind::Missing),
        Err(error) => Err(WriteError::io(path)(error)),
    }
}

/// Whether a file holds exactly these bytes; they are read only when the length is right.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let metadata = path.symlink_metadata().map_err(WriteError::io(path))?;
    if metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    Ok(fs::read(path).map_err(WriteError::io(path))? == bytes)
}

/// The text of one of gen's own files, or none when it is missing.
pub(super) fn read_own(path: &Path) -> Result<Option<String>, WriteError> {
    match kind(path)? {
        Kind::Missing => Ok(None),
        Kind::File => {
            let bytes = fs::read(path).map_err(WriteError::io(path))?;
            let text = String::from_utf8(bytes);
            text.map(Some).map_err(|_| WriteError::Damaged { path: path.to_owned() })
        }
        Kind::Link => Err(WriteError::Link { path: path.to_owned() }),
        Kind::Folder | Kind::Other => Err(WriteError::InTheWay { path: path.to_owned() }),
    }
}

/// The names in a folder, sorted; none when it is missing.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, WriteError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(WriteError::io(folder))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(WriteError::io(folder))?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Writes a file that must not be there yet.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(WriteError::io(path))
}

/// Waits until a file's bytes are on the disk.
pub(super) fn flush(path: &Path) -> Result<(), WriteError> {
    let file = File::options().write(true).open(path);
    file.and_then(|file| file.sync_all()).map_err(WriteError::io(path))
}

/// Waits until the names in a folder are on the disk, where the system can.
pub(super) fn flush_folder(path: &Path) {
    // Windows has no such call, and keeps their order.
    let _ = File::open(path).and_then(|folder| folder.sync_all());
}

/// Renames a file into its place; whether it was there.
pub(super) fn rename(from: &Path, to: &Path) -> Result<bool, WriteError> {
    match fs::rename(from, to) {
        Ok(()) => Ok(true),
        Err(error) if is_missing(&error) && kind(from)? == Kind::Missing => Ok(false),
        Err(error) => Err(WriteError::io(to)(error)),
    }
}

/// Removes a regular file; whether it was there.
pub(super) fn remove_file(path: &Path) -> Result<bool, WriteError> {
    if kind(path)? != Kind::File {
        return Ok(false);
    }
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if is_missing(&error) => Ok(false),
        Err(error) => Err(WriteError::io(path)(error)),
    }
}

/// Creates a folder and those above it, where they are missing.
pub(super) fn create_folders(path: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(path).map_err(WriteError::io(path))
}

/// Creates a folder inside the output folder, unless it is there.
pub(super) fn create_folder(path: &Path) -> Result<(), WriteError> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made.map_err(WriteError::io(path)),
    }
}

/// Removes a folder if it is empty.
pub(super) fn remove_empty(path: &Path) {
    // That it is not empty, or gone, is as good.
    let _ = fs::remove_dir(path);
}

/// The folders above some paths of an output folder, parents first, each once.
pub(super) fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for mut path in paths {
        while let Some((parent, _)) = path.rsplit_once('/') {
            if !folders.insert(parent) {
                break;
            }
            path = parent;
        }
    }
    folders
}

/// Removes the folders above removed paths that are empty now, the innermost first.
pub(super) fn prune<'a>(out: &Path, removed: impl Iterator<Item = &'a str>) {
    for folder in folders(removed).into_iter().rev() {
        remove_empty(&out.join(folder));
    }
}

/// Fails when one of the folders is a link.
pub(super) fn refuse_links(out: &Path, folders: &BTreeSet<&str>) -> Result<(), WriteError> {
    for folder in folders {
        let path = out.join(folder);
        if kind(&path)? == Kind::Link {
            return Err(WriteError::Link { path });
        }
    }
    Ok(())
}

/// The right to write into an output folder, until it is dropped.
pub(super) struct Lock(#[expect(dead_code, reason = "held, not used")] File);

impl Lock {
    pub(super) fn take(out: &Path) -> Result<Lock, WriteError> {
        let path = out.join(LOCK);
        match kind(&path)? {
            Kind::Missing | Kind::File => {}
            Kind::Link => return Err(WriteError::Link { path }),
            Kind::Folder | Kind::Other => return Err(WriteError::InTheWay { path }),
        }
        let file = File::options().append(true).create(true).open(&path);
        let file = file.map_err(WriteError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(WriteError::Locked { path: out.to_owned() }),
            // A file system without locks: one build at a time is then up to its user.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                Ok(Lock(file))
            }
            Err(TryLockError::Error(error)) => Err(WriteError::io(path)(error)),
        }
    }
}
