//! Runs the real program on a hostile site, with limits of memory and time, and judges what comes of it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use wait4::Wait4 as _;

use crate::case::{Case, Ground, Size, Want};

/// How long a run may take before it counts as hanging, on any machine.
const HANG: Duration = Duration::from_secs(300);
/// How much address space a run may take, in KiB.
const SPACE: u64 = 8 << 20;

/// What a run cost.
pub struct Cost {
    /// Its name.
    pub name: String,
    /// How it ended: the exit status, or what stopped it.
    pub end: String,
    /// Time of the processors, on all threads.
    pub cpu: Duration,
    /// Time on the clock.
    pub wall: Duration,
    /// The peak of memory in bytes.
    pub peak: u64,
    /// The bytes of the site.
    pub input: u64,
    /// How many files and folders it becomes.
    pub output: u64,
    /// What is not as it is to be.
    pub faults: Vec<String>,
}

/// Makes a site, runs gen on it, and judges.
pub fn run(case: &Case, size: Size) -> Cost {
    // At full size in memory, where there is such a folder: what disks take is not the program's.
    let memory = Path::new("/dev/shm");
    let dir = match size == Size::Full && memory.is_dir() {
        true => TempDir::new_in(memory).unwrap(),
        false => TempDir::new().unwrap(),
    };
    let ground = Ground { root: dir.path().join("around/site"), size };
    ground.file("book.toml", "").file("../beside/mine.txt", "mine\n");
    fs::create_dir(ground.root.join("content")).unwrap();
    (case.make)(&ground);
    let before = listing(dir.path(), &ground.root.join("public"));
    let mut cost = gen_on(case, dir.path(), &ground.root);
    cost.output = listing(&ground.root.join("public"), Path::new("")).len() as u64;
    cost.input = before.values().map(|entry| entry.1).sum();
    let after = listing(dir.path(), &ground.root.join("public"));
    for (path, _) in before.iter().filter(|(path, entry)| after.get(*path) != Some(entry)) {
        cost.faults.push(format!("touched {}", path.display()));
    }
    for path in after.keys().filter(|path| !before.contains_key(*path)) {
        cost.faults.push(format!("made {}", path.display()));
    }
    if cost.faults.is_empty() && matches!(case.want, Want::Builds) {
        whole(case, &ground.root.join("public"), &mut cost.faults);
    }
    if !matches!(case.want, Want::Builds) && ground.root.join("public/index.html").exists() {
        cost.faults.push("a failed build wrote".to_owned());
    }
    cost
}

fn gen_on(case: &Case, dir: &Path, root: &Path) -> Cost {
    let (out, err) = (dir.join("stdout"), dir.join("stderr"));
    let started = Instant::now();
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -v {SPACE}; ulimit -c 0; exec \"$0\" \"$@\"")])
        .arg(env!("CARGO_BIN_EXE_gen"))
        .args(&case.args)
        .args(["--format", "json"])
        .current_dir(root)
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .stdin(Stdio::null())
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let (used, hung) = loop {
        if let Some(used) = child.try_wait4().unwrap() {
            break (used, false);
        }
        if started.elapsed() > HANG {
            child.kill().unwrap();
            break (child.wait4().unwrap(), true);
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let wall = started.elapsed();
    let said = String::from_utf8_lossy(&fs::read(&err).unwrap()).into_owned();
    for path in [out, err] {
        fs::remove_file(path).unwrap();
    }
    let mut faults = judge(case, used.status, &said);
    if hung {
        faults.push("hangs".to_owned());
    }
    let end = match (used.status.code(), used.status.signal()) {
        (Some(code), _) => code.to_string(),
        (_, signal) => format!("signal {}", signal.unwrap_or(0)),
    };
    let (cpu, peak) = (used.rusage.utime + used.rusage.stime, used.rusage.maxrss);
    Cost { name: case.name.clone(), end, cpu, wall, peak, input: 0, output: 0, faults }
}

/// The exit status and the findings against what is wanted.
fn judge(case: &Case, status: ExitStatus, said: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let code = match &case.want {
        Want::Builds => 0,
        Want::Fails(_) => 1,
        Want::Refuses(_) => 2,
    };
    let shown: String = said.chars().take(1500).collect();
    if status.code() != Some(code) || said.contains("panicked at") {
        faults.push(format!("ended with {status}, not {code}:\n{shown}"));
    }
    // What is kept of each is little: a child's peak of memory is never less than its parent's.
    let found: Vec<(String, String, String)> = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .map(|found| {
            let text = |key: &str| found[key].as_str().unwrap_or("").to_owned();
            (text("code"), text("file"), place(&found))
        })
        .collect();
    if found.len() != said.lines().count() {
        faults.push(format!("not all of this is JSON:\n{shown}"));
    }
    let wanted = match &case.want {
        Want::Builds => Vec::new(),
        Want::Fails(codes) => codes.clone(),
        Want::Refuses(code) => vec![(*code, String::new())],
    };
    for (code, at) in wanted {
        let is = |(own, file, place): &(String, String, String)| {
            own == code && (at.is_empty() || at == *place || at == *file)
        };
        if !found.iter().any(is) {
            faults.push(format!("no {code} at “{at}”:\n{shown}"));
        }
    }
    for text in case.says.iter().filter(|text| !said.contains(*text)) {
        faults.push(format!("does not say “{text}”:\n{shown}"));
    }
    faults
}

/// `file:line` of a finding.
fn place(finding: &Value) -> String {
    format!("{}:{}", finding["file"].as_str().unwrap_or(""), finding["line"])
}

/// Whether a site is whole: a home page, every page to its end, and what the case says of it.
fn whole(case: &Case, public: &Path, faults: &mut Vec<String>) {
    let mut pages = 0;
    for (path, _) in listing(public, Path::new("")) {
        let bytes = fs::read(public.join(&path)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let name = path.to_string_lossy().into_owned();
        if name.ends_with("index.html") {
            pages += 1;
            if !text.trim_end().ends_with("</html>") {
                faults.push(format!("{name} is cut off"));
            }
        }
        // JSON is no mark-up.
        let marked = name.ends_with(".html") || name.ends_with(".xml");
        for lacks in case.lacks.iter().filter(|lacks| marked && text.contains(**lacks)) {
            faults.push(format!("{name} holds “{lacks}”"));
        }
    }
    if pages == 0 {
        faults.push("there are no pages".to_owned());
    }
    for (path, text) in &case.holds {
        let page = fs::read(public.join(path)).unwrap_or_default();
        if !String::from_utf8_lossy(&page).contains(text) {
            faults.push(format!("{path} lacks “{text}”"));
        }
    }
}

/// Every entry below a folder but those of the output: its kind, its length, its time. Nothing is followed.
type Listing = BTreeMap<PathBuf, (u32, u64, i64)>;

fn listing(folder: &Path, public: &Path) -> Listing {
    let mut found = BTreeMap::new();
    let walk = walkdir::WalkDir::new(folder).into_iter();
    for entry in walk.filter_entry(|entry| entry.path() != public).flatten() {
        let meta = entry.path().symlink_metadata().unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_owned();
        // A folder's own length and time change with the output inside it.
        let (length, time) = if meta.is_dir() { (0, 0) } else { (meta.len(), meta.mtime_nsec()) };
        found.insert(path, (meta.mode(), length, time));
    }
    found
}
