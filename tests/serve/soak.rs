//! Random edits against a server that runs: what it serves is what a clean build makes, and it does
//! not grow.
//!
//! `GEN_SOAK=2000 GEN_SOAK_SITE=DIR cargo test --release --test serve soak -- --nocapture` makes
//! that many edits in a copy of a site.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use digest_gen::memo::Memo;
use digest_gen::output::Outputs;
use digest_gen::source::{Layout, Options, Reader};
use tempfile::TempDir;

use crate::support::{Served, serve, site, wait, write};

/// How many edits are made before the server is left alone and asked.
const BATCH: usize = 10;
/// How many files are asked for.
const ASKED: usize = 20;

/// Numbers that look random and are the same each time (Marsaglia, "Xorshift RNGs", 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count.max(1) as u64) as usize
    }

    fn pick<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }
}

/// A site with what was done to it.
struct Garden {
    dir: TempDir,
    dice: Dice,
    /// What each file was at the start: edits wander around it, and do not only grow.
    first: BTreeMap<PathBuf, Vec<u8>>,
    /// Folders that are elsewhere for now: where, and from where.
    away: Vec<(PathBuf, PathBuf)>,
    number: usize,
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => found.push(entry.path()),
            }
        }
    }
    found.sort();
    found
}

impl Garden {
    fn new(dir: TempDir) -> Garden {
        let root = dir.path().join("content");
        let first = files(&root).into_iter().map(|path| (path.clone(), fs::read(path).unwrap()));
        let first = first.collect();
        Garden { dir, dice: Dice(0x9E37_79B9_7F4A_7C15), first, away: Vec::new(), number: 0 }
    }

    /// Makes one edit, of any kind.
    fn edit(&mut self) {
        self.number += 1;
        let number = self.number;
        let root = self.dir.path().to_owned();
        let articles: Vec<PathBuf> = self
            .first
            .keys()
            .filter(|path| path.to_string_lossy().ends_with(".md"))
            .cloned()
            .collect();
        let path = self.dice.pick(&articles).clone();
        let text = || String::from_utf8_lossy(&self.first[&path]).into_owned();
        let front = |line: String| match text().strip_prefix("+++\n") {
            Some(rest) => format!("+++\n{line}\n{rest}"),
            None => format!("+++\n{line}\n+++\n{}", text()),
        };
        let in_place = |text: String| {
            if path.parent().unwrap().exists() {
                fs::write(&path, text).unwrap();
            }
        };
        match self.dice.below(16) {
            0..=4 => in_place(format!("{}\n\nEdit {number}. 第 {number} 处。\n", text())),
            5 if !text().contains("aliases") => {
                in_place(front(format!("aliases = [\"/alias-{number}/\"]")));
            }
            6 => in_place(front("draft = true".to_owned())),
            7 => in_place(front(format!("weight = {number}"))),
            8 => in_place(front("slug = \"broken".to_owned())),
            9 => {
                // As many editors save.
                if path.parent().unwrap().exists() {
                    let aside = path.with_extension("tmp~");
                    fs::write(&aside, format!("{}\n\nAtomic {number}.\n", text())).unwrap();
                    fs::rename(aside, &path).unwrap();
                }
            }
            10 => drop(fs::remove_file(&path)),
            11 => {
                let page = root.join(format!("content/extra-{}.en.md", number % 7));
                fs::write(page, format!("# Extra {number}\n\nSee [[nothing-{number}]].\n"))
                    .unwrap();
                let page = root.join(format!("content/extra-{}.en.md", number % 7));
                fs::write(page, format!("# Extra {number}\n\nText.\n")).unwrap();
            }
            12 => {
                let glossary = root.join("content/glossary.toml");
                let text = fs::read_to_string(&glossary).unwrap();
                let text = text.split("\n# end").next().unwrap();
                let term = format!(
                    "[[term]]\nid = \"extra-{number}\"\nzh = \"额外{number}\"\nen = \"extra {number}\"\npinyin = \"éwài\"\n"
                );
                fs::write(&glossary, format!("{text}\n# end\n{term}")).unwrap();
            }
            13 => match self.away.pop() {
                Some((aside, place)) => fs::rename(aside, place).unwrap(),
                None => {
                    // A folder that goes out of the site, and comes back another time.
                    let folder = path.parent().unwrap().to_owned();
                    let aside = root.join(format!("aside-{number}"));
                    if folder != root.join("content") && folder.exists() {
                        fs::rename(&folder, &aside).unwrap();
                        self.away.push((aside, folder));
                    }
                }
            },
            14 => write(&self.dir, "static/numbers/x.txt", &number.to_string()),
            _ => {
                let templates = root.join("templates");
                match templates.exists() {
                    true => fs::remove_dir_all(templates).unwrap(),
                    false => write(&self.dir, "templates/404.html", &format!("lost {number}")),
                }
            }
        }
    }

    /// Puts back what was broken, so that there is a site to be compared; with `all` every file.
    fn mend(&mut self, all: bool) {
        for (aside, place) in self.away.drain(..) {
            fs::rename(aside, place).unwrap();
        }
        for (path, first) in &self.first {
            let now = fs::read(path).ok();
            let broken = |now: &Vec<u8>| now.starts_with(b"+++\nslug = \"broken");
            if now.as_ref().is_none_or(|now| broken(now) || all && now != first) {
                fs::write(path, first).unwrap();
            }
        }
    }
}

/// The memory of a process in kilobytes, where the system says.
fn memory(served: &Served) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", served.child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Whether some files are served as a build has them.
fn same(served: &Served, base: &str, outputs: &Outputs, paths: &[Arc<str>]) -> bool {
    paths.iter().all(|path| {
        let address = format!("{base}{}", digest_gen::model::urls::encode(path));
        served.get(&address).body == *outputs[path].bytes
    })
}

#[test]
fn soak() {
    let asked = std::env::var("GEN_SOAK").ok();
    let edits: usize = asked.map_or(100, |count| count.parse().unwrap());
    let (dir, base) = match std::env::var("GEN_SOAK_SITE") {
        Ok(from) => {
            let dir = TempDir::new().unwrap();
            for path in files(Path::new(&from)) {
                let inside = path.strip_prefix(&from).unwrap();
                if inside.starts_with("public") {
                    continue;
                }
                let to = dir.path().join(inside);
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::copy(&path, to).unwrap();
            }
            (dir, "/")
        }
        Err(_) => (site(), "/d/"),
    };
    let mut garden = Garden::new(dir);
    let root = garden.dir.path().to_owned();
    let served = serve(&root, &["--no-reload"]);
    // The builds to compare with have no memory; only the reading is remembered.
    let mut reader = Reader::default();
    let (mut compared, mut early, mut late) = (0, None, 0);
    for batch in 1..=edits / BATCH {
        for _ in 0..BATCH {
            garden.edit();
            let pause = [0, 0, 5, 40][garden.dice.below(4)];
            thread::sleep(Duration::from_millis(pause));
        }
        garden.mend(false);
        let mut build = || {
            let sources = reader.read(&root, &Layout::default(), Options::default());
            digest_gen::build(&sources, &mut Memo::new())
        };
        let mut built = build();
        if built.outputs.is_empty() {
            // A draft that others link to: the errors stay until it is none.
            garden.mend(true);
            built = build();
        }
        assert!(!built.outputs.is_empty(), "{:#?}", built.diagnostics);
        let all: Vec<&Arc<str>> = built.outputs.keys().collect();
        let paths: Vec<Arc<str>> = (0..ASKED).map(|_| (*garden.dice.pick(&all)).clone()).collect();
        let right = wait(|| same(&served, base, &built.outputs, &paths));
        assert!(right, "after {} edits: {:#?}", batch * BATCH, served.lines.lock().unwrap());
        // It stays so: no late build makes something else of it.
        thread::sleep(Duration::from_millis(30));
        assert!(same(&served, base, &built.outputs, &paths));
        compared += paths.len();
        late = memory(&served).unwrap_or(0);
        if batch * BATCH == 100 {
            early = Some(late);
        }
        if (batch * BATCH).is_multiple_of(100) {
            println!("{} edits, {compared} files compared, {late} kB", batch * BATCH);
        }
    }
    println!(
        "{edits} edits, {compared} files compared, {} builds, {late} kB at the end, {early:?} after 100 edits",
        served.builds()
    );
    // A small site's memory says nothing: it is the program's own.
    if let Some(early) = early.filter(|_| edits >= 1000) {
        assert!(late * 10 <= early * 12, "{late} kB at the end, {early} kB after 100 edits");
    }
}
