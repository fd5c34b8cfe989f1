//! EDGE: which folders are watched, as they come and go.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use notify::RecursiveMode::{self, NonRecursive, Recursive};

use super::Told;

/// The folders of a site that are watched.
pub(super) struct Folders {
    root: PathBuf,
    watched: BTreeMap<PathBuf, (RecursiveMode, Identity)>,
}

/// Which folder stands at a path: another one may take its place under the same name.
type Identity = Option<(u64, u64)>;

impl Folders {
    pub(super) fn new(root: &Path) -> Folders {
        Folders { root: root.to_owned(), watched: BTreeMap::new() }
    }

    /// Watches what is to be watched and was not, and lets go of what is no more.
    pub(super) fn follow(
        &mut self,
        src: &str,
        links: &[PathBuf],
        told: &mut Told,
    ) -> notify::Result<()> {
        let wanted = self.wanted(src, links);
        let stale: Vec<PathBuf> = self
            .watched
            .iter()
            .filter(|(path, state)| wanted.get(*path) != Some(*state))
            .map(|(path, _)| path.clone())
            .collect();
        for path in stale {
            // A folder that is gone is watched no more already.
            let _ = told.unwatch(&path);
            self.watched.remove(&path);
        }
        let mut result = Ok(());
        for (path, (mode, identity)) in wanted {
            if self.watched.contains_key(&path) {
                continue;
            }
            match told.watch(&path, mode) {
                Ok(()) => drop(self.watched.insert(path, (mode, identity))),
                // It went away between two looks: its parent tells when it is back.
                Err(_) if !path.exists() => {}
                Err(error) => result = Err(error),
            }
        }
        result
    }

    /// The root tells of book.toml and of folders that appear; the content folder, `templates/`,
    /// `static/` and `data/` of all that is in them. What links lead to may lie elsewhere.
    fn wanted(&self, src: &str, links: &[PathBuf]) -> BTreeMap<PathBuf, (RecursiveMode, Identity)> {
        let mut wanted = BTreeMap::new();
        let mut add = |path: PathBuf, mode: RecursiveMode| {
            if let Some(identity) = identity(&path) {
                let entry = wanted.entry(path).or_insert((mode, identity));
                if mode == Recursive {
                    entry.0 = Recursive;
                }
            }
        };
        add(self.root.clone(), NonRecursive);
        let mut above = PathBuf::new();
        for part in Path::new(src).parent().into_iter().flat_map(Path::components) {
            above.push(part);
            add(self.root.join(&above), NonRecursive);
        }
        for folder in [src, "templates", "static", "data"] {
            add(self.root.join(folder), Recursive);
        }
        for target in links.iter().filter_map(|link| link.canonicalize().ok()) {
            match (target.is_dir(), target.parent()) {
                (true, _) => add(target, Recursive),
                (false, Some(parent)) => add(parent.to_owned(), NonRecursive),
                (false, None) => {}
            }
        }
        wanted
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let meta = path.metadata().ok()?;
    Some(Some((meta.dev(), meta.ino())))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.exists().then_some(None)
}
