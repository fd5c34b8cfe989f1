//! Says which commit is built, and reduces CC-CEDICT to what pairing sentences needs, for the feature
//! `cedict`.
//!
//! The dictionary (CC BY-SA 4.0, <https://cc-cedict.org/>) stays out of this repository: the crate
//! haoxue-dict carries it. That crate holds the text in a private constant and has no function that
//! lists its words. But this script is linked with the crate, so the text stands in the script's own
//! executable, and is read from there. Nothing of the crate is linked into `gen`.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a build script reads, writes, and fails by panicking"
)]

#[cfg(feature = "cedict")]
#[path = "src/model/align/cedict.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod cedict;
#[cfg(feature = "cedict")]
#[path = "src/model/align/english.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod english;
#[cfg(feature = "cedict")]
#[path = "src/model/align/packed.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod packed;

/// The first line of the dictionary.
#[cfg(feature = "cedict")]
const TITLE: &[u8] = b"# CC-CEDICT\n";

/// Fewer lines than the dictionary has had since 2018.
#[cfg(feature = "cedict")]
const ENTRIES: usize = 100_000;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/model/align/cedict.rs");
    println!("cargo:rerun-if-changed=src/model/align/english.rs");
    println!("cargo:rerun-if-changed=src/model/align/packed.rs");
    name_version();
    #[cfg(feature = "cedict")]
    write();
}

/// Sets what `gen --version` says: the version, and the commit where it is known.
fn name_version() {
    let version = std::env::var("CARGO_PKG_VERSION").expect("cargo sets it");
    // A program that is built for trying is not built anew for each commit.
    let released = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    match released.then(commit).flatten() {
        Some(commit) => println!("cargo:rustc-env=GEN_VERSION={version} ({commit})"),
        None => println!("cargo:rustc-env=GEN_VERSION={version}"),
    }
}

/// The first digits of the commit: in a repository of this crate's own that which is checked out, in a
/// published crate the one that cargo notes there.
fn commit() -> Option<String> {
    let root =
        std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let git = |arguments: &[&str]| {
        let run = std::process::Command::new("git").arg("-C").arg(&root).args(arguments).output();
        let run = run.ok().filter(|run| run.status.success())?;
        Some(String::from_utf8(run.stdout).ok()?.trim().to_owned())
    };
    let commit = if root.join(".git").exists() {
        // The branch that is looked at, where that stands, and where it stands once git has tidied up.
        let branch = git(&["symbolic-ref", "-q", "HEAD"]);
        for name in ["HEAD", "packed-refs"].into_iter().chain(branch.as_deref()) {
            let path = git(&["rev-parse", "--git-path", name]).map(|path| root.join(path));
            if let Some(path) = path.filter(|path| path.exists()) {
                println!("cargo:rerun-if-changed={}", path.display());
            }
        }
        git(&["rev-parse", "HEAD"])
    } else {
        let noted = std::fs::read_to_string(root.join(".cargo_vcs_info.json")).unwrap_or_default();
        noted.split_once("\"sha1\"").and_then(|(_, rest)| Some(rest.split('"').nth(1)?.to_owned()))
    };
    let short = commit?.get(..12)?.to_owned();
    short.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(short)
}

#[cfg(feature = "cedict")]
fn write() {
    // Named, so that it is linked.
    std::hint::black_box(std::ptr::from_ref(&haoxue_dict::DICTIONARY));
    let own = std::env::current_exe().expect("a running script has a path");
    let bytes = std::fs::read(own).expect("a running script can be read");
    let starts = bytes.windows(TITLE.len()).enumerate().filter(|(_, window)| *window == TITLE);
    let texts = starts.map(|(start, _)| text(&bytes[start..]));
    let text = texts.max_by_key(|text| text.len()).unwrap_or_default();
    assert!(
        text.lines().count() > ENTRIES,
        "haoxue-dict does not carry CC-CEDICT as expected: build with --no-default-features"
    );
    let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
    let out = std::path::Path::new(&out).join("cedict.bin");
    std::fs::write(out, packed::pack(&cedict::reduce(text))).expect("OUT_DIR can be written");
}

/// The lines of the dictionary's format that some bytes begin with.
#[cfg(feature = "cedict")]
fn text(bytes: &[u8]) -> &str {
    let fits = |line: &[u8]| line.starts_with(b"#") || line.trim_ascii_end().ends_with(b"/");
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').take_while(|line| fits(line));
    let length: usize = lines.map(<[u8]>::len).sum();
    std::str::from_utf8(&bytes[..length]).unwrap_or_default()
}
