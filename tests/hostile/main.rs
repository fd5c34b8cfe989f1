//! Sites that are made to break gen: each is written by code, built by the real program with limits
//! of memory and time, and held to what is to come of it.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test makes files, runs programs, and fails by panicking"
)]

mod addresses;
mod case;
mod collisions;
mod data;
mod encodings;
mod files;
mod markdown;
mod output;
mod report;
mod run;
mod shortcodes;
mod templates;
mod terms;

use std::sync::Mutex;

use case::{Case, Size};
use run::Cost;

/// Every hostile site, by concern.
fn cases() -> Vec<Case> {
    let all = [
        markdown::cases(),
        data::cases(),
        terms::cases(),
        templates::cases(),
        shortcodes::cases(),
        files::cases(),
        addresses::cases(),
        encodings::cases(),
        collisions::cases(),
        output::cases(),
    ];
    let mut all: Vec<Case> = all.into_iter().flatten().collect();
    if let Ok(only) = std::env::var("GEN_HOSTILE") {
        all.retain(|case| case.name.contains(&only));
    }
    all
}

/// Runs all cases, some at a time, and returns what they cost, in their order.
fn run_all(size: Size, at_once: usize) -> Vec<Cost> {
    let queue = Mutex::new(cases().into_iter().enumerate());
    let costs = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some((number, case)) = next else { break };
                    let cost = run::run(&case, size);
                    costs.lock().unwrap().push((number, cost));
                }
            });
        }
    });
    let mut costs = costs.into_inner().unwrap();
    costs.sort_by_key(|(number, _)| *number);
    costs.into_iter().map(|(_, cost)| cost).collect()
}

#[test]
fn hostile_sites_end_well() {
    let costs = run_all(Size::Small, 2);
    report::print(&costs);
    report::hold(&costs);
}

/// The bounds of time and memory at full size. By hand, in a release build on a quiet machine:
/// `cargo test --release --test hostile -- --ignored --nocapture bounds`.
#[test]
#[ignore = "measures time and memory: by hand, in a release build"]
fn hostile_sites_keep_the_bounds() {
    let mut costs = run_all(Size::Full, 1);
    report::bound(&mut costs);
    report::print(&costs);
    report::hold(&costs);
}

#[test]
fn there_are_enough_and_each_has_a_name() {
    let mut names: Vec<String> = cases().into_iter().map(|case| case.name).collect();
    assert!(names.len() >= 120 || std::env::var("GEN_HOSTILE").is_ok(), "{}", names.len());
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}
