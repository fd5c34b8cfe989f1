//! EDGE: one file of the author's put in place of itself, whole or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::disk::{self, Kind};
use super::{WriteError, file};

/// Replaces the contents of a file of a site, `path` from its root. The new file is written beside it
/// and renamed into its place, with the same permissions; where a link inside the site leads to it, the
/// file is replaced and not the link. Nothing is written when the file no longer holds `before`, when
/// it lies outside of the site, or when it may not be written.
pub fn replace(root: &Path, path: &str, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    let shown = PathBuf::from(path);
    let failed = |error| WriteError::io(&shown)(error);
    let real = root.join(path).canonicalize().map_err(failed)?;
    if !real.starts_with(root.canonicalize().map_err(failed)?) {
        return Err(WriteError::Outside { path: shown });
    }
    let metadata = real.symlink_metadata().map_err(failed)?;
    if !metadata.is_file() || fs::read(&real).map_err(failed)? != before {
        return Err(WriteError::Changed { path: shown });
    }
    if metadata.permissions().readonly() {
        return Err(failed(ErrorKind::PermissionDenied.into()));
    }
    file::put(&real, after).map_err(failed)
}

/// Writes one of gen's own files into a folder of its own, which is made where it is missing. What stands
/// in the way and is no file, or no folder, stays.
pub fn own_file(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
    match disk::kind(folder)? {
        Kind::Missing => disk::create_folders(folder)?,
        Kind::Folder => {}
        Kind::Link => return Err(WriteError::Link { path: folder.to_owned() }),
        Kind::File | Kind::Other => return Err(WriteError::InTheWay { path: folder.to_owned() }),
    }
    let (path, beside) =
        (folder.join(name), folder.join(format!("{name}.{}~", std::process::id())));
    match disk::kind(&path)? {
        Kind::File if disk::holds(&path, bytes)? => return Ok(()),
        Kind::Missing | Kind::File => {}
        _ => return Err(WriteError::InTheWay { path }),
    }
    disk::create(&beside, bytes)?;
    disk::rename(&beside, &path).map(drop)
}
