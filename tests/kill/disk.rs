//! Disks that are full, disks that may not be written, builds that meet.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::site::{Shelf, Tree};

/// Runs a script in a namespace of its own, where it may mount; its exit status, or none where that is not
/// allowed.
fn mounting(folder: &Path, script: &str) -> Option<i32> {
    let allowed = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-e", "-c", script]).current_dir(folder);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().ok().and_then(|status| status.code())
    };
    if allowed("mount -t tmpfs none /mnt") != Some(0) {
        println!("skipped: mounting is not allowed here");
        return None;
    }
    allowed(script)
}

/// What a build on a small disk came to, and what was there afterwards.
struct After {
    code: i32,
    said: String,
    tree: Tree,
    later: Tree,
}

/// Builds the new site over the old one on a disk with so many free pages of memory, and once more when there
/// is room.
fn build_on(shelf: &Shelf, options: &str) -> Option<After> {
    let root = shelf.root().parent().unwrap().to_owned();
    for name in ["after", "later", "said", "code"] {
        let _ = fs::remove_dir_all(root.join(name));
        let _ = fs::remove_file(root.join(name));
    }
    shelf.restore();
    let gen_ = shelf.gen_build().join(" ");
    let script = format!(
        "mount -t tmpfs none site/public -o size=64m; cp -a kept/. site/public/; \
         mount -o remount,{options} site/public; \
         code=0; {gen_} --format json 2>said || code=$?; echo $code >code; cp -a site/public after; \
         mount -o remount,rw,size=64m site/public; {gen_}; cp -a site/public later"
    );
    let status = mounting(&root, &script)?;
    assert_eq!(status, 0);
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    Some(After {
        code: read("code").trim().parse().unwrap(),
        said: read("said"),
        tree: Tree::of(&root.join("after"), false),
        later: Tree::of(&root.join("later"), true),
    })
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let shelf = Shelf::new();
    // Each file takes a page of memory, and so does each folder but the first.
    shelf.restore();
    let pages = |bytes: usize| bytes.div_ceil(4096);
    let used: usize =
        Tree::of(&shelf.public(), true).0.values().map(|bytes| pages(bytes.len())).sum();
    let (mut failed, mut steps) = (0, 0);
    for free in [0, 1, 2, 3, 5, 9, 17, 33, 50, 70, 90, 2_000] {
        let size = (used + free) * 4;
        let Some(after) = build_on(&shelf, &format!("size={size}k")) else { return };
        steps += 1;
        match after.code {
            0 => assert!(after.tree == shelf.new, "{free} pages free"),
            code => {
                failed += 1;
                assert_eq!(code, 1, "{}", after.said);
                assert!(after.said.contains("\"unwritable-file\""), "{}", after.said);
                assert!(after.said.contains("the disk is full"), "{}", after.said);
                assert!(
                    after.tree == shelf.old,
                    "{free} pages free: {}",
                    after.tree.against(&shelf)
                );
            }
        }
        assert!(after.later == shelf.fresh, "{free} pages free, and more later");
    }
    println!("{steps} disks, {failed} of them full");
    assert!(failed > 0 && failed < steps);
}

#[test]
fn a_disk_that_may_not_be_written_keeps_the_old_site() {
    let shelf = Shelf::new();
    let Some(after) = build_on(&shelf, "ro") else { return };
    assert_eq!(after.code, 1);
    assert!(after.said.contains("the file system is read-only"), "{}", after.said);
    assert!(after.tree == shelf.old);
    assert!(after.later == shelf.fresh);
}

#[test]
fn builds_at_once_do_not_mix() {
    let shelf = Shelf::new();
    let line = shelf.gen_build();
    for _ in 0..3 {
        shelf.restore();
        let start = || {
            let mut command = Command::new(&line[0]);
            command.args(&line[1..]).args(["--format", "json"]).stderr(Stdio::piped());
            command.spawn().unwrap()
        };
        let builds = [start(), start(), start()];
        let ends = builds.map(|build| build.wait_with_output().unwrap());
        let fine = ends.iter().filter(|end| end.status.success()).count();
        assert!(fine >= 1);
        for end in ends.iter().filter(|end| !end.status.success()) {
            let said = String::from_utf8_lossy(&end.stderr);
            assert!(said.contains("output-locked"), "{said}");
        }
        assert!(Tree::of(&shelf.public(), true) == shelf.fresh);
    }
}
