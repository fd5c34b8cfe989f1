//! EDGE: the site that a command is about.

use std::path::{Path, PathBuf};

use super::console::Console;
use crate::config::Config;
use crate::diag::{Diagnostic, Message};
use crate::msg;
use crate::source::{Layout, find_root};

/// A site's place, and what its book.toml says about places. Whatever is wrong with book.toml is
/// left for the build to say.
pub(super) struct Site {
    pub root: PathBuf,
    pub config: Config,
    cwd: PathBuf,
}

impl Site {
    /// Finds the site of a command's DIR.
    pub(super) fn find(dir: Option<&Path>, console: &Console) -> Result<Site, Box<Diagnostic>> {
        let cwd = std::env::current_dir().map_err(|error| Box::new(no_cwd(&error)))?;
        let root = find_root(dir, &cwd)?;
        let shown = root.display();
        console.note(&msg!("site: {shown}", "站点：{shown}"));
        let book = root.join("book.toml");
        // Only a regular file is opened: reading a pipe would never end.
        let bytes =
            if book.is_file() { std::fs::read(book).unwrap_or_default() } else { Vec::new() };
        let (config, _) = Config::parse("book.toml", &String::from_utf8_lossy(&bytes));
        Ok(Site { root, config, cwd })
    }

    /// The output folder: as given, from the current folder; else as set, from the site's.
    pub(super) fn out(&self, dest_dir: Option<&Path>) -> PathBuf {
        match dest_dir {
            Some(dir) => self.cwd.join(dir),
            None => self.root.join(&self.config.build.build_dir),
        }
    }

    /// A path that the command line names, from the current folder.
    pub(super) fn here(&self, path: &Path) -> PathBuf {
        self.cwd.join(path)
    }

    /// Where the site keeps its files.
    pub(super) fn layout(&self) -> Layout {
        Layout::of(&self.config)
    }

    /// A path on the command line as a path of the site: from its root, with `/` on every system. What
    /// is not there may be the key of a page.
    pub(super) fn inside(&self, path: &Path) -> String {
        let whole = self.cwd.join(path);
        let real = whole.canonicalize().ok();
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let inside = real.as_deref().and_then(|real| real.strip_prefix(&root).ok());
        let shown = inside.unwrap_or(path).to_string_lossy().replace('\\', "/");
        if shown.is_empty() { ".".to_owned() } else { shown }
    }

    /// A path as it is shown: from the current folder where it lies inside.
    pub(super) fn shown(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.cwd).ok().filter(|path| path.iter().next().is_some());
        inside.unwrap_or(path).display().to_string()
    }
}

fn no_cwd(error: &std::io::Error) -> Diagnostic {
    let text = Message::unreadable(error);
    Diagnostic::error("unreadable-file", ".", None, text)
}
