//! Bringing an output folder to the outputs: what is written, what is left alone, what a crash
//! leaves behind.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test looks at files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use digest_gen::diag::Diagnostic;
use digest_gen::output::{Output, Outputs};
use digest_gen::write::{
    SyncOptions, SyncReport, WriteError, check_target, clean, commit, plan, recover, stage, sync,
};
use proptest::prelude::*;
use tempfile::TempDir;

const FORCE: SyncOptions = SyncOptions { force: true };

fn outputs(files: &[(&str, &str)]) -> Outputs {
    files.iter().map(|(path, text)| ((*path).into(), Output::new(text.as_bytes()))).collect()
}

fn run(out: &Path, files: &[(&str, &str)]) -> Result<SyncReport, WriteError> {
    sync(out, &outputs(files), SyncOptions::default())
}

/// The code of the error that a sync fails with.
fn refused(out: &Path, files: &[(&str, &str)]) -> &'static str {
    Diagnostic::from(&run(out, files).unwrap_err()).code
}

fn report(written: usize, removed: usize, unchanged: usize) -> SyncReport {
    SyncReport { written, removed, unchanged }
}

/// Everything in a folder but gen's own files: folders end with a slash.
fn listing(out: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walk(out, out) {
        let text = fs::read_to_string(out.join(&entry)).unwrap_or_default();
        found.insert(entry, text);
    }
    found
}

fn walk(root: &Path, folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        if path.is_dir() {
            found.push(name + "/");
            found.extend(walk(root, &path));
        } else if !matches!(&*name, ".gen-manifest" | ".gen-lock") {
            found.push(name);
        }
    }
    found
}

fn paths(out: &Path) -> Vec<String> {
    listing(out).into_keys().collect()
}

#[test]
fn writes_updates_and_removes() {
    let dir = TempDir::new().unwrap();
    let out = &dir.path().join("deep/public");
    let first = [("index.html", "1"), ("a/b/index.html", "2"), ("a/x.css", "3")];
    assert_eq!(run(out, &first).unwrap(), report(3, 0, 0));
    assert_eq!(paths(out), ["a/", "a/b/", "a/b/index.html", "a/x.css", "index.html"]);
    assert_eq!(run(out, &first).unwrap(), report(0, 0, 3));
    assert_eq!(run(out, &[("index.html", "1"), ("a/x.css", "4")]).unwrap(), report(1, 1, 1));
    assert_eq!(paths(out), ["a/", "a/x.css", "index.html"]);
    assert_eq!(listing(out)["a/x.css"], "4");
}

#[test]
fn keeps_the_times_of_unchanged_files_and_restores_edited_ones() {
    let dir = TempDir::new().unwrap();
    let files = [("a.html", "same"), ("b.html", "good")];
    run(dir.path(), &files).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = fs::File::options().write(true).open(dir.path().join("a.html")).unwrap();
    file.set_modified(long_ago).unwrap();
    fs::write(dir.path().join("b.html"), "evil").unwrap();
    assert_eq!(run(dir.path(), &files).unwrap(), report(1, 0, 1));
    assert_eq!(dir.path().join("a.html").metadata().unwrap().modified().unwrap(), long_ago);
    assert_eq!(listing(dir.path())["b.html"], "good");
}

#[test]
fn has_the_same_manifest_whatever_went_before() {
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let files = [("b", "2"), ("a", "1")];
    run(one.path(), &[("z", "9")]).unwrap();
    for dir in [&one, &two] {
        run(dir.path(), &files).unwrap();
    }
    let manifest = |dir: &TempDir| fs::read_to_string(dir.path().join(".gen-manifest")).unwrap();
    assert_eq!(manifest(&one), manifest(&two));
    assert_eq!(manifest(&one).lines().count(), 3);
}

#[test]
fn refuses_a_folder_with_files_of_others() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("thesis.doc"), "mine").unwrap();
    let error = run(dir.path(), &[("a", "1")]).unwrap_err();
    assert!(error.to_string().contains("thesis.doc"), "{error}");
    assert_eq!(paths(dir.path()), ["thesis.doc"]);
    assert!(!dir.path().join(".gen-lock").exists());
    sync(dir.path(), &outputs(&[("a", "1")]), FORCE).unwrap();
    assert_eq!(paths(dir.path()), ["a", "thesis.doc"]);
    run(dir.path(), &[]).unwrap();
    assert_eq!(paths(dir.path()), ["thesis.doc"]);
}

#[test]
fn never_deletes_what_others_put_beside_its_files() {
    let dir = TempDir::new().unwrap();
    run(dir.path(), &[("a/x", "1"), ("b/x", "1")]).unwrap();
    fs::write(dir.path().join("a/note"), "mine").unwrap();
    run(dir.path(), &[]).unwrap();
    assert_eq!(paths(dir.path()), ["a/", "a/note"]);
}

#[test]
fn overwrites_files_of_others_only_by_force() {
    let dir = TempDir::new().unwrap();
    run(dir.path(), &[]).unwrap();
    fs::write(dir.path().join("CNAME"), "mine").unwrap();
    fs::write(dir.path().join("same"), "same").unwrap();
    let files = [("CNAME", "gen's"), ("same", "same")];
    let error = run(dir.path(), &files).unwrap_err().to_string();
    assert!(error.contains("CNAME") && !error.contains("same"), "{error}");
    assert_eq!(listing(dir.path())["CNAME"], "mine");
    assert_eq!(sync(dir.path(), &outputs(&files), FORCE).unwrap(), report(1, 0, 1));
    assert_eq!(listing(dir.path())["CNAME"], "gen's");
}

#[test]
fn turns_files_into_folders_and_back() {
    let dir = TempDir::new().unwrap();
    let (file, folder) = ([("a", "file")], [("a/b/index.html", "page"), ("a/c", "x")]);
    run(dir.path(), &file).unwrap();
    assert_eq!(run(dir.path(), &folder).unwrap(), report(2, 1, 0));
    assert_eq!(paths(dir.path()), ["a/", "a/b/", "a/b/index.html", "a/c"]);
    assert_eq!(run(dir.path(), &file).unwrap(), report(1, 2, 0));
    assert_eq!(paths(dir.path()), ["a"]);
    run(dir.path(), &folder).unwrap();
    fs::write(dir.path().join("a/b/note"), "mine").unwrap();
    assert_eq!(refused(dir.path(), &file), "foreign-file");
    assert_eq!(refused(dir.path(), &[("a/b/note/x", "1")]), "foreign-file");
    assert_eq!(paths(dir.path()), ["a/", "a/b/", "a/b/index.html", "a/b/note", "a/c"]);
}

#[test]
fn refuses_paths_that_leave_the_folder_or_collide() {
    let dir = TempDir::new().unwrap();
    for path in ["../a", "/a", "a/../b", "a//b", "", "a\nb", ".gen-manifest", "a/.gen-stage-0~"] {
        assert_eq!(refused(dir.path(), &[(path, "1")]), "bad-output-path", "{path}");
    }
    assert_eq!(refused(dir.path(), &[("a", "1"), ("a/b", "2")]), "bad-output-path");
    assert!(paths(dir.path()).is_empty());
}

#[test]
fn refuses_damaged_lists() {
    let dir = TempDir::new().unwrap();
    run(dir.path(), &[("a", "1")]).unwrap();
    let fingerprint = "0".repeat(32);
    let bad = ["", "gen-manifest 2\n", "gen-manifest 1\nshort a\n", "gen-manifest 1\ncut"];
    let bad = bad.map(str::to_owned).into_iter();
    let outside = ["../a", "/etc/passwd", "a/../../b"];
    let outside = outside.map(|path| format!("gen-manifest 1\n{fingerprint} {path}\n"));
    for text in bad.chain(outside) {
        fs::write(dir.path().join(".gen-manifest"), &text).unwrap();
        assert_eq!(refused(dir.path(), &[("a", "1")]), "damaged-manifest", "{text}");
        assert!(clean(dir.path()).is_err());
    }
    // Files of others stay where people do as they are told.
    let error = clean(dir.path()).unwrap_err();
    let help = Diagnostic::from(&error).help.unwrap();
    assert_eq!(help.en, "delete this file alone, and build again with --force");
    fs::write(dir.path().join("own.txt"), "x").unwrap();
    fs::remove_file(dir.path().join(".gen-manifest")).unwrap();
    sync(dir.path(), &outputs(&[("a", "2")]), FORCE).unwrap();
    assert!(dir.path().join("own.txt").exists());
    fs::write(dir.path().join(".gen-journal"), "gen-journal 1\n- ../a\nend\n").unwrap();
    assert!(matches!(recover(dir.path()), Err(WriteError::Damaged { .. })));
}

#[test]
fn builds_do_not_mix() {
    let dir = TempDir::new().unwrap();
    run(dir.path(), &[("a", "1")]).unwrap();
    let lock = fs::File::open(dir.path().join(".gen-lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(refused(dir.path(), &[("a", "2")]), "output-locked");
    drop(lock);
    run(dir.path(), &[("a", "2")]).unwrap();
}

#[test]
fn cleans_what_it_wrote() {
    let dir = TempDir::new().unwrap();
    let out = &dir.path().join("public");
    assert_eq!(clean(out).unwrap(), 0);
    run(out, &[("a/b", "1"), ("c", "2")]).unwrap();
    assert_eq!(clean(out).unwrap(), 2);
    assert!(!out.exists());
    run(out, &[("a/b", "1"), ("c", "2")]).unwrap();
    fs::write(out.join("a/note"), "mine").unwrap();
    assert_eq!(clean(out).unwrap(), 2);
    assert_eq!(walk(out, out), ["a/", "a/note"]);
    assert_eq!(clean(out).unwrap(), 0);
}

#[test]
fn refuses_folders_that_hold_the_site() {
    let dir = TempDir::new().unwrap();
    let root = &dir.path().join("site");
    fs::create_dir_all(root.join("text/content/2025")).unwrap();
    fs::write(root.join("book.toml"), "").unwrap();
    let code = |out: &Path| match check_target(root, "text/content", out) {
        Ok(()) => "fine",
        Err(error) => Diagnostic::from(&error).code,
    };
    for out in ["", ".", "..", "text", "text/content", "text/content/2025", "static/x", "book.toml"]
    {
        assert_eq!(code(&root.join(out)), "bad-output-folder", "{out}");
    }
    for out in ["templates", "missing/../static", "../site/."] {
        assert_eq!(code(&root.join(out)), "bad-output-folder", "{out}");
    }
    assert_eq!(code(Path::new("/")), "bad-output-folder");
    for out in ["public", "../public", "text/out", "contents", "static-out/x"] {
        assert_eq!(code(&root.join(out)), "fine", "{out}");
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn never_writes_or_deletes_through_links() {
        let (dir, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        fs::write(other.path().join("x"), "mine").unwrap();
        run(dir.path(), &[("a/x", "1"), ("b", "1")]).unwrap();
        fs::remove_dir_all(dir.path().join("a")).unwrap();
        symlink(other.path(), dir.path().join("a")).unwrap();
        assert_eq!(refused(dir.path(), &[("a/x", "2"), ("b", "1")]), "link-in-output");
        assert_eq!(refused(dir.path(), &[("b", "1")]), "link-in-output");
        assert!(clean(dir.path()).is_err());
        fs::remove_file(dir.path().join("a")).unwrap();
        symlink(other.path().join("x"), dir.path().join("a")).unwrap();
        assert_eq!(refused(dir.path(), &[("a", "2"), ("b", "1")]), "link-in-output");
        assert_eq!(listing(other.path()), BTreeMap::from([("x".to_owned(), "mine".to_owned())]));
    }

    #[test]
    fn refuses_a_link_to_the_site() {
        let dir = TempDir::new().unwrap();
        let root = &dir.path().join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        symlink("site/content", dir.path().join("link")).unwrap();
        assert!(check_target(root, "content", &dir.path().join("link/x")).is_err());
    }

    #[test]
    fn gives_files_the_usual_mode() {
        let dir = TempDir::new().unwrap();
        run(dir.path(), &[("a", "1")]).unwrap();
        fs::write(dir.path().join("usual"), "").unwrap();
        let mode = |name| dir.path().join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode("a"), mode("usual"));
    }
}

const OLD: [(&str, &str); 5] =
    [("a", "file"), ("b/c/x", "1"), ("same", "s"), ("edit", "1"), ("gone/x", "g")];
const NEW: [(&str, &str); 5] =
    [("a/index.html", "2"), ("b/c", "2"), ("same", "s"), ("edit", "2"), ("new/deep/x", "2")];

/// A folder with the old site in which the new one is staged.
fn staged() -> TempDir {
    let dir = TempDir::new().unwrap();
    run(dir.path(), &OLD).unwrap();
    let plan = plan(dir.path(), &outputs(&NEW), SyncOptions::default()).unwrap();
    stage(dir.path(), &plan).unwrap();
    dir
}

fn fresh(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let dir = TempDir::new().unwrap();
    run(dir.path(), files).unwrap();
    listing(dir.path())
}

#[test]
fn a_crash_before_the_commit_leaves_the_old_site() {
    let dir = staged();
    recover(dir.path()).unwrap();
    assert_eq!(listing(dir.path()), fresh(&OLD));
    assert_eq!(run(dir.path(), &OLD).unwrap(), report(0, 0, 5));

    let dir = staged();
    fs::write(dir.path().join(".gen-journal~"), "gen-jour").unwrap();
    run(dir.path(), &NEW).unwrap();
    assert_eq!(listing(dir.path()), fresh(&NEW));
}

#[test]
fn a_crash_after_the_commit_leads_to_the_new_site() {
    let dir = staged();
    commit(dir.path()).unwrap();
    recover(dir.path()).unwrap();
    assert_eq!(listing(dir.path()), fresh(&NEW));
    assert_eq!(run(dir.path(), &NEW).unwrap(), report(0, 0, 5));
}

/// Takes the first steps of the committed journal by hand, as a process that dies then would.
fn take_steps(out: &Path, count: usize) {
    let journal = fs::read_to_string(out.join(".gen-journal")).unwrap();
    let removes = journal.lines().filter_map(|line| line.strip_prefix("- "));
    let writes = journal.lines().filter_map(|line| line.strip_prefix("+ "));
    let steps = removes.map(|path| (path, None));
    let steps =
        steps.chain(writes.map(|line| line.split_once('\t').unwrap()).map(|(s, t)| (s, Some(t))));
    for (path, target) in steps.take(count) {
        match target {
            None => {
                fs::remove_file(out.join(path)).unwrap();
                if let Some((folder, _)) = path.rsplit_once('/') {
                    let _ = fs::remove_dir(out.join(folder));
                }
            }
            Some(target) => {
                fs::create_dir_all(out.join(target).parent().unwrap()).unwrap();
                fs::rename(out.join(path), out.join(target)).unwrap();
            }
        }
    }
}

#[test]
fn a_crash_between_any_two_steps_leads_to_the_new_site() {
    for count in 0..=7 {
        let dir = staged();
        commit(dir.path()).unwrap();
        take_steps(dir.path(), count);
        recover(dir.path()).unwrap();
        assert_eq!(listing(dir.path()), fresh(&NEW), "after {count} steps");
        assert_eq!(run(dir.path(), &NEW).unwrap(), report(0, 0, 5));
    }
}

#[test]
fn a_crash_in_the_first_build_is_no_reason_to_refuse_the_next() {
    let dir = TempDir::new().unwrap();
    let plan = plan(dir.path(), &outputs(&NEW), SyncOptions::default()).unwrap();
    stage(dir.path(), &plan).unwrap();
    run(dir.path(), &OLD).unwrap();
    assert_eq!(listing(dir.path()), fresh(&OLD));
}

/// A handful of paths that often stand in each other's way.
fn site() -> impl Strategy<Value = Vec<(String, String)>> {
    let path = prop::sample::select(vec!["a", "a/b", "a/b/c", "a/d", "b", "b/c", "c/d/e", "c/d"]);
    prop::collection::btree_map(path, "[12]", 0..6).prop_map(|files| {
        let folders: Vec<String> = files.keys().map(|path| format!("{path}/")).collect();
        let free = |path: &&str| !folders.iter().any(|folder| path.starts_with(folder));
        let kept = files.iter().filter(|(path, _)| free(path));
        kept.map(|(path, text)| ((*path).to_owned(), text.clone())).collect()
    })
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn a_sync_over_an_old_site_equals_a_sync_into_an_empty_folder(
        old in site(),
        new in site(),
        crash in 0..3,
    ) {
        let (old, new) = (borrowed(&old), borrowed(&new));
        let dir = TempDir::new().unwrap();
        run(dir.path(), &old).unwrap();
        if crash > 0 {
            let plan = plan(dir.path(), &outputs(&new), SyncOptions::default()).unwrap();
            stage(dir.path(), &plan).unwrap();
        }
        if crash > 1 {
            commit(dir.path()).unwrap();
        }
        run(dir.path(), &new).unwrap();
        prop_assert_eq!(listing(dir.path()), fresh(&new));
    }
}
