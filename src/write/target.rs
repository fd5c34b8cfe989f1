//! EDGE: which folders may be an output folder.

use std::path::{Component, Path, PathBuf};

use super::WriteError;
use crate::diag::Message;
use crate::msg;

/// Refuses an output folder that would put the site's own files at risk: the root of the disk,
/// the site's folder or one above it, its content, templates or static files, or a file.
pub fn check_target(root: &Path, src: &str, out: &Path) -> Result<(), WriteError> {
    match refusal(&real(root), src, &real(out)) {
        Some(why) => Err(WriteError::Target { path: out.to_owned(), why }),
        None => Ok(()),
    }
}

fn refusal(root: &Path, src: &str, out: &Path) -> Option<Message> {
    if out.is_file() {
        return Some(msg!("the output folder cannot be a file", "输出文件夹不能是一个文件"));
    }
    if out.ancestors().skip(1).any(Path::is_file) {
        return Some(msg!(
            "the output folder cannot lie in a file",
            "输出文件夹不能在一个文件之中"
        ));
    }
    if out.parent().is_none() {
        return Some(msg!(
            "the output folder cannot be the root of the disk",
            "输出文件夹不能是磁盘的根目录"
        ));
    }
    if root.starts_with(out) {
        return Some(msg!(
            "the output folder cannot be the site's folder, or one above it",
            "输出文件夹不能是站点的文件夹，也不能是它的上级"
        ));
    }
    let sources = [src, "templates", "static", "data"];
    let own = sources.into_iter().find(|name| {
        let folder = real(&root.join(name));
        out.starts_with(&folder) || folder.starts_with(out)
    })?;
    Some(msg!(
        "the output folder cannot hold, or lie in, the site's own folder {own}",
        "输出文件夹不能包含站点自己的文件夹 {own}，也不能在它之中"
    ))
}

/// A path without links as far as it exists, and without `.` and `..`.
fn real(path: &Path) -> PathBuf {
    let mut path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    loop {
        if let Ok(mut real) = path.canonicalize() {
            real.extend(missing.iter().rev());
            return plain(&real);
        }
        let Some(name) = path.components().next_back().map(|part| part.as_os_str().to_owned())
        else {
            return path;
        };
        missing.push(name);
        if !path.pop() {
            return plain(&missing.iter().rev().collect::<PathBuf>());
        }
    }
}

fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            _ => plain.push(part),
        }
    }
    plain
}
