//! EDGE: one file of an author's, written whole or not at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::WriteError;

/// Puts bytes into a file: first into a new one beside it, which then takes its place, so that a
/// crash leaves the old file or the new one. Where a link leads to the file, the link stays; the
/// permissions of a file that is there stay too.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // A pipe or a device is written to, not replaced.
    if fs::metadata(&target).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        return fs::write(&target, bytes).map_err(WriteError::io(path));
    }
    put(&target, bytes).map_err(WriteError::io(path))
}

/// Makes a file, with the folders that hold it. One that is there is an error, and stays as it is.
pub fn create_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(WriteError::io(folder))?;
    }
    let mut file = match File::create_new(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(WriteError::Exists { path: path.to_owned() });
        }
        Err(error) => return Err(WriteError::io(path)(error)),
    };
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        // Half a file is none.
        let _ = fs::remove_file(path);
        WriteError::io(path)(error)
    })
}

/// Puts bytes in the place of a file that is no link, or where there is none.
pub(super) fn put(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let staged = beside(target);
    let written = stage(target, &staged, bytes).and_then(|()| fs::rename(&staged, target));
    written.inspect_err(|_| {
        // Nothing is left behind.
        let _ = fs::remove_file(&staged);
    })
}

fn stage(target: &Path, staged: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(staged)?;
    if let Ok(meta) = fs::metadata(target) {
        fs::set_permissions(staged, meta.permissions())?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

/// A hidden name in the same folder, which no reader of a site looks at.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.gen~"))
}
