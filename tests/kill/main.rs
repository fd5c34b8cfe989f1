//! The real program, killed at system calls all over a build that writes over an old site: afterwards
//! the old site is there or the new one, byte for byte, at once or after the next command.
//!
//! `strace` kills it right before the call that is asked for. Where there is no `strace`, or where it may
//! not trace, nothing is tested, and that is said.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test makes files, runs programs, and fails by panicking"
)]

mod disk;
mod site;
mod trace;

use std::collections::BTreeMap;
use std::path::Path;

use site::{Shelf, Tree};
use trace::{PHASES, Point};

/// What came of the kills in one phase.
#[derive(Debug, Default)]
struct Count {
    kills: usize,
    old_at_once: usize,
    new_at_once: usize,
    old_after: usize,
    new_after: usize,
    others: Vec<String>,
}

/// Kills a build at about so many points, spread evenly over each phase, and counts what is left.
fn kill(wanted: usize) -> Option<BTreeMap<&'static str, Count>> {
    if !trace::works() {
        println!("skipped: strace is not there, or may not trace");
        return None;
    }
    let shelf = Shelf::new();
    let calls = trace::calls(&shelf);
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    for point in trace::spread(&calls, wanted) {
        shelf.restore();
        let Some(phase) = trace::kill_at(&shelf, &point) else { continue };
        let count = counts.entry(phase).or_default();
        count.kills += 1;
        judge(&shelf, &point, count);
    }
    Some(counts)
}

fn judge(shelf: &Shelf, point: &Point, count: &mut Count) {
    let left = Tree::of(&shelf.public(), false);
    let is_old = left == shelf.old;
    let is_new = left == shelf.new;
    // The next command need not succeed: the site is whole even after a build that fails.
    let failed = shelf.broken_build();
    let after = Tree::of(&shelf.public(), true);
    let left_over: Vec<&String> =
        after.0.keys().filter(|path| path.contains(".gen-stage")).collect();
    let site = Tree::of(&shelf.public(), false);
    if site != shelf.old && site != shelf.new || failed.is_none() || !left_over.is_empty() {
        count.others.push(format!("{point:?}: {failed:?}, {left_over:?}, {}", site.against(shelf)));
        return;
    }
    match (is_old, is_new, site == shelf.new) {
        (true, _, false) => count.old_at_once += 1,
        (_, true, true) => count.new_at_once += 1,
        (_, _, false) => count.old_after += 1,
        (_, _, true) => count.new_after += 1,
    }
    shelf.build_new();
    if Tree::of(&shelf.public(), true) != shelf.fresh {
        count.others.push(format!("{point:?}: the next build is not the new site"));
    }
}

fn hold(counts: &BTreeMap<&'static str, Count>) {
    println!(
        "{:<12} {:>6} {:>12} {:>12} {:>10} {:>10} {:>7}",
        "phase", "kills", "old at once", "new at once", "old after", "new after", "others"
    );
    let mut others = Vec::new();
    for phase in PHASES {
        let none = Count::default();
        let count = counts.get(phase).unwrap_or(&none);
        println!(
            "{phase:<12} {:>6} {:>12} {:>12} {:>10} {:>10} {:>7}",
            count.kills,
            count.old_at_once,
            count.new_at_once,
            count.old_after,
            count.new_after,
            count.others.len()
        );
        others.extend(count.others.iter().cloned());
    }
    let kills = counts.values().map(|count| count.kills).sum::<usize>();
    println!("{kills} kills");
    assert!(kills > 0 && others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn a_kill_leaves_the_old_site_or_the_new_one() {
    if let Some(counts) = kill(14) {
        hold(&counts);
    }
}

/// By hand: `cargo test --release --test kill -- --ignored --nocapture`.
#[test]
#[ignore = "hundreds of builds: by hand, in a release build"]
fn a_kill_at_any_of_hundreds_of_points_leaves_one_of_both() {
    let counts = kill(300).unwrap();
    hold(&counts);
    assert!(counts.values().map(|count| count.kills).sum::<usize>() >= 200);
    // Threads run as they like, so that a few points may all fall into the phases beside theirs; hundreds do not.
    for phase in PHASES {
        assert!(counts.contains_key(phase), "nothing was killed while it was to {phase}");
    }
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
