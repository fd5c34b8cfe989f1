//! A site in two states, and what each of them is built into.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The files of a folder and what they hold; folders end with a slash.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Tree(pub BTreeMap<String, Vec<u8>>);

impl Tree {
    /// Of a folder, with gen's own files or without them.
    pub fn of(folder: &Path, own: bool) -> Tree {
        let mut tree = BTreeMap::new();
        for entry in walkdir::WalkDir::new(folder).min_depth(1).into_iter().flatten() {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            let is_own = entry.file_name().to_string_lossy().starts_with(".gen-");
            if entry.file_type().is_file() && (own || !is_own) {
                tree.insert(path, fs::read(entry.path()).unwrap());
            }
        }
        Tree(tree)
    }

    /// Where it differs from the old site and from the new one.
    pub fn against(&self, shelf: &Shelf) -> String {
        let differ = |other: &Tree| {
            let all = self.0.keys().chain(other.0.keys());
            let differs = |path: &&String| self.0.get(*path) != other.0.get(*path);
            all.filter(differs).take(5).cloned().collect::<Vec<_>>()
        };
        format!(
            "not the old site at {:?}, not the new one at {:?}",
            differ(&shelf.old),
            differ(&shelf.new)
        )
    }
}

/// A site whose sources are those of the new one, with copies of what it was built into.
pub struct Shelf {
    dir: TempDir,
    /// The old site.
    pub old: Tree,
    /// The new one.
    pub new: Tree,
    /// The output folder after a build of the new site over the old one, with gen's own files.
    pub fresh: Tree,
}

impl Shelf {
    /// Builds the old site, keeps it, and builds the new one over it.
    pub fn new() -> Shelf {
        let dir = TempDir::new().unwrap();
        let mut shelf =
            Shelf { dir, old: Tree::default(), new: Tree::default(), fresh: Tree::default() };
        shelf.write("book.toml", "[search]\nenable = false\n");
        for n in 0..8 {
            shelf.write(&format!("content/p{n}.zh.md"), &format!("# 题{n}\n\n旧。\n"));
        }
        shelf.write("content/gone/x.zh.md", "# 去\n\n旧。\n");
        shelf.write("static/turns", "a file\n");
        shelf.build_new();
        shelf.old = Tree::of(&shelf.public(), false);
        copy(&shelf.public(), &shelf.dir.path().join("kept"));
        for n in 0..8 {
            shelf.write(&format!("content/p{n}.zh.md"), &format!("# 题{n}\n\n新，也长一些。\n"));
        }
        fs::remove_dir_all(shelf.root().join("content/gone")).unwrap();
        fs::remove_file(shelf.root().join("static/turns")).unwrap();
        shelf.write("static/turns/into/a-folder", "new\n");
        shelf.write("content/come/x.zh.md", "# 来\n\n新。\n");
        shelf.build_new();
        shelf.new = Tree::of(&shelf.public(), false);
        shelf.fresh = Tree::of(&shelf.public(), true);
        assert!(shelf.old != shelf.new);
        shelf
    }

    /// The site's root.
    pub fn root(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    /// Where traces are written.
    pub fn log(&self) -> PathBuf {
        self.dir.path().join("log")
    }

    /// The output folder.
    pub fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// Puts the old site back, as it was when it was built.
    pub fn restore(&self) {
        fs::remove_dir_all(self.public()).unwrap();
        copy(&self.dir.path().join("kept"), &self.public());
    }

    /// The command of a build, on one thread, so that its calls come in one order.
    pub fn gen_build(&self) -> Vec<String> {
        let gen_ = env!("CARGO_BIN_EXE_gen").to_owned();
        vec![gen_, "build".to_owned(), "-q".to_owned(), self.root().to_str().unwrap().to_owned()]
    }

    /// Builds the site, which has to succeed.
    pub fn build_new(&self) {
        let line = self.gen_build();
        assert!(Command::new(&line[0]).args(&line[1..]).status().unwrap().success());
    }

    /// Builds the site with a page that is wrong, and takes that page away again. Returns the exit status if
    /// it is that of a build with problems.
    pub fn broken_build(&self) -> Option<i32> {
        self.write("content/wrong.zh.md", "# 错\n\n[x](nothing.md)\n");
        let line = self.gen_build();
        let output = Command::new(&line[0]).args(&line[1..]).output().unwrap();
        fs::remove_file(self.root().join("content/wrong.zh.md")).unwrap();
        output.status.code().filter(|code| *code == 1)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
