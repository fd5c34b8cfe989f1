//! EDGE: which files of the site's folders are read, and which are refused.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::name;
use crate::diag::{Diagnostic, Message};
use crate::msg;

/// What stands at the start of a walk, and whether the site can do without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// A file that has to be there.
    File,
    /// A folder that has to be there.
    Folder,
    /// A folder that may be missing.
    OptionalFolder,
    /// A file that may be missing.
    OptionalFile,
}

/// The files to read, and what is wrong with the others.
#[derive(Default)]
pub(super) struct Found {
    /// Paths relative to the site's root, and where to read them.
    pub files: Vec<(Arc<str>, PathBuf)>,
    /// Files that are refused.
    pub diagnostics: Vec<Diagnostic>,
    /// The links that were followed.
    pub links: Vec<PathBuf>,
    /// The links that may lead out of the site, as book.toml names them.
    pub may_leave: Vec<String>,
}

impl Found {
    fn may_leave(&self, path: &str) -> bool {
        let mut named = self.may_leave.iter().map(|link| link.strip_prefix("./").unwrap_or(link));
        named.any(|link| link.trim_end_matches('/') == path)
    }
}

/// Walks one start of a site. Nothing is opened here, so that a FIFO cannot hold the build up.
pub(super) fn walk(root: &Path, start: &str, kind: Start, found: &mut Found) {
    let top = root.join(start);
    if let Err(error) = top.symlink_metadata() {
        let optional = matches!(kind, Start::OptionalFolder | Start::OptionalFile);
        if !optional || error.kind() != std::io::ErrorKind::NotFound {
            found.diagnostics.push(missing(start, kind, &error));
        }
        return;
    }
    let walker = Walker { root, real_root: root.canonicalize().unwrap_or_default(), kind };
    let mut entries = WalkDir::new(top).follow_links(true).sort_by_file_name().into_iter();
    let mut linked = Linked::default();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) if linked.exceeds(&entry) => {
                found.diagnostics.push(too_many(root, &linked.link));
                return;
            }
            Ok(entry) => {
                let entered = walker.visit(&entry, found);
                if entry.file_type().is_dir() && !entered {
                    entries.skip_current_dir();
                }
            }
            Err(error) => found.diagnostics.extend(walker.failed(&error)),
        }
    }
}

/// How many entries the folders may hold that links lead to, all together. Links inside such folders
/// double what they lead to again and again.
const LINKED: usize = 10_000;

/// How deep folders may nest. Every folder is a section, and every page names those above it.
const DEEPEST: usize = 128;

struct Walker<'a> {
    root: &'a Path,
    real_root: PathBuf,
    kind: Start,
}

/// Counts what stands in folders that links lead to.
#[derive(Default)]
struct Linked {
    /// The link that leads to where the walk is.
    link: PathBuf,
    depth: usize,
    count: usize,
}

impl Linked {
    fn exceeds(&mut self, entry: &DirEntry) -> bool {
        if self.depth == 0 || entry.depth() <= self.depth {
            self.depth = 0;
            if entry.path_is_symlink() && entry.file_type().is_dir() {
                self.depth = entry.depth();
                self.link = entry.path().to_owned();
            }
            return false;
        }
        self.count += 1;
        self.count > LINKED
    }
}

impl Walker<'_> {
    /// Takes one entry in; whether its contents, if it is a folder, are to be walked.
    fn visit(&self, entry: &DirEntry, found: &mut Found) -> bool {
        if entry.depth() > 0 && is_skipped(entry.file_name()) {
            return false;
        }
        let path = match name::site_path(self.root, entry.path()) {
            Ok(path) => path,
            Err(diagnostic) => {
                found.diagnostics.push(*diagnostic);
                return false;
            }
        };
        if entry.depth() > DEEPEST && entry.file_type().is_dir() {
            let text = msg!("folders nest deeper than {DEEPEST}", "文件夹嵌套超过 {DEEPEST} 层");
            found.diagnostics.push(Diagnostic::error("bad-file-name", path, None, text));
            return false;
        }
        match self.refusal(entry, &path, found) {
            Some(diagnostic) => {
                found.diagnostics.push(diagnostic);
                false
            }
            None => {
                if entry.path_is_symlink() {
                    found.links.push(entry.path().to_owned());
                }
                if entry.file_type().is_file() {
                    found.files.push((path, entry.path().to_owned()));
                }
                true
            }
        }
    }

    /// Why an entry with a sound name is not taken.
    fn refusal(&self, entry: &DirEntry, path: &Arc<str>, found: &Found) -> Option<Diagnostic> {
        let kind = entry.file_type();
        let link = entry.path_is_symlink();
        if link && !self.stays_inside(entry.path()) && !found.may_leave(path) {
            return Some(outside(path));
        }
        if !kind.is_file() && !kind.is_dir() {
            let text = msg!(
                "this is neither a file nor a folder (a pipe, a socket or a device)",
                "这既不是文件也不是文件夹（而是管道、套接字或设备）"
            );
            return Some(Diagnostic::error("special-file", path.clone(), None, text));
        }
        if entry.depth() > 0 {
            return None;
        }
        let text = match (self.kind, kind.is_dir()) {
            (Start::File | Start::OptionalFile, true) => {
                msg!("this has to be a file", "这里应当是一个文件")
            }
            (Start::Folder | Start::OptionalFolder, false) => {
                msg!("this has to be a folder", "这里应当是一个文件夹")
            }
            _ => return None,
        };
        Some(Diagnostic::error("unreadable-file", path.clone(), None, text))
    }

    fn stays_inside(&self, link: &Path) -> bool {
        link.canonicalize().is_ok_and(|target| target.starts_with(&self.real_root))
    }

    /// What the walk could not enter. Editors leave broken links behind (`.#name`): those are
    /// skipped like the other leftovers.
    fn failed(&self, error: &walkdir::Error) -> Option<Diagnostic> {
        let path = error.path().unwrap_or(self.root);
        if error.depth() > 0 && path.file_name().is_some_and(is_skipped) {
            return None;
        }
        let path = match name::site_path(self.root, path) {
            Ok(path) => path,
            Err(diagnostic) => return Some(*diagnostic),
        };
        if error.loop_ancestor().is_some() {
            let text = msg!(
                "this link leads back to a folder that holds it",
                "这个链接指回了包含它的文件夹"
            );
            return Some(Diagnostic::error("link-loop", path, None, text));
        }
        let text = match error.io_error() {
            Some(cause) => Message::unreadable(cause),
            None => msg!("{error}", "{error}"),
        };
        Some(Diagnostic::error("unreadable-file", path, None, text))
    }
}

/// A file that the system does not let us read.
pub(super) fn unreadable(path: Arc<str>, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable-file", path, None, Message::unreadable(error))
}

fn outside(path: &Arc<str>) -> Diagnostic {
    let text = msg!("this link leads out of the site's folder", "这个链接指向了站点文件夹之外");
    Diagnostic::error("link-outside", path.clone(), None, text).help(msg!(
        "put a copy here, or allow the link by its name in book.toml: [book] outside-links = [\"{path}\"]",
        "请把文件复制到这里，或者在 book.toml 中写明允许这个链接：[book] outside-links = [\"{path}\"]"
    ))
}

fn too_many(root: &Path, link: &Path) -> Diagnostic {
    let path = name::site_path(root, link).unwrap_or_else(|_| "content".into());
    let text = msg!(
        "links like this one lead to more than {LINKED} files and folders",
        "这样的链接一共通向超过 {LINKED} 个文件和文件夹"
    );
    Diagnostic::error("too-many-files", path, None, text).help(msg!(
        "remove links to folders that hold links to folders",
        "请删去这样的链接：它所指的文件夹里又有指向文件夹的链接"
    ))
}

fn missing(start: &str, kind: Start, error: &std::io::Error) -> Diagnostic {
    let diagnostic = unreadable(start.into(), error);
    match kind {
        Start::Folder => diagnostic.help(msg!(
            "create the folder {start} and put a page into it, or name another one in book.toml as [book] src",
            "请建立文件夹 {start} 并放入一个页面，或者在 book.toml 的 [book] src 中写明别的文件夹"
        )),
        Start::File | Start::OptionalFolder | Start::OptionalFile => diagnostic,
    }
}

/// Whether a name is hidden or an editor's leftover.
fn is_skipped(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".")
        || name.ends_with(b"~")
        || name.ends_with(b".swp")
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"))
}
