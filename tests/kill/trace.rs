//! The system calls of a build, by phase, and a build that is killed right before one of them.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

use crate::exists;
use crate::site::Shelf;

/// What a build does, in order: it reads the site, builds it in memory, compares the output folder, stages
/// what differs, commits the journal, deletes old files, renames new ones in.
pub const PHASES: [&str; 7] =
    ["read", "build", "compare", "stage", "journal", "delete", "rename in"];

/// A system call: the `number`th of its name in its thread.
#[derive(Debug, Clone)]
pub struct Point {
    /// The name of the call.
    pub name: String,
    /// From 1.
    pub number: usize,
    /// The phase that it fell into in the build that was traced.
    pub phase: &'static str,
}

/// Whether strace is there and may trace.
pub fn works() -> bool {
    let traced = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .stderr(Stdio::null())
        .status();
    traced.is_ok_and(|status| status.success())
}

fn strace(shelf: &Shelf, options: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-s", "0", "-o"])
        .arg(shelf.log())
        .args(options)
        .args(shelf.gen_build());
    command.env("RAYON_NUM_THREADS", "1").stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Traces a whole build of the new site over the old one.
pub fn calls(shelf: &Shelf) -> Vec<Point> {
    shelf.restore();
    assert!(strace(shelf, &[]).status().unwrap().success());
    let log = fs::read_to_string(shelf.log()).unwrap();
    let mut phase = Phase::default();
    let mut numbers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let Some((thread, name)) = call(line) else { continue };
        let number = numbers.entry((thread, name)).or_default();
        *number += 1;
        calls.push(Point { name: name.to_owned(), number: *number, phase: phase.of(line) });
    }
    calls
}

/// The thread and the name of a call, of a line that begins one.
fn call(line: &str) -> Option<(&str, &str)> {
    let (thread, rest) = line.split_once(' ')?;
    let name = &rest.trim_start()[..rest.trim_start().find('(')?];
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    // A kill can only be asked for at calls that come back.
    (is_name && !matches!(name, "execve" | "exit" | "exit_group")).then_some((thread, name))
}

/// Tells phases by the files that calls name, as they come.
#[derive(Default)]
struct Phase(usize);

impl Phase {
    /// The phase of a call, of the line that begins it.
    fn of(&mut self, line: &str) -> &'static str {
        let names = |what: &str| line.contains(what);
        let creates = names("O_CREAT");
        self.0 = match self.0 {
            // The lock of the translations is the last file to be read.
            0 if names("translations.lock") => 1,
            0 | 1 if names(".gen-lock") && creates => 2,
            2 if names(".gen-journal~") && creates => 3,
            // What is staged is flushed and committed.
            3 if names(".gen-journal~") => 4,
            // The journal is in place: it is read again.
            4 if names(".gen-journal\"") && !names("rename") => 5,
            5 if names("mkdir") || names("rename") => 6,
            same => same,
        };
        PHASES[self.0]
    }
}

/// So many of the calls, as even over the phases as they allow, and evenly inside each.
pub fn spread(calls: &[Point], wanted: usize) -> Vec<Point> {
    let mut points = Vec::new();
    let mut left = wanted;
    let mut phases: Vec<Vec<&Point>> = PHASES
        .iter()
        .map(|phase| calls.iter().filter(|call| call.phase == *phase).collect())
        .collect();
    phases.sort_by_key(Vec::len);
    for (number, phase) in phases.iter().enumerate() {
        let share = (left / (PHASES.len() - number)).min(phase.len());
        left -= share;
        points.extend((0..share).map(|n| phase[n * phase.len() / share].clone()));
    }
    points
}

/// Builds and kills at a point. Returns the phase that the kill fell into, or none where the build came to
/// its end.
pub fn kill_at(shelf: &Shelf, point: &Point) -> Option<&'static str> {
    let inject = format!("inject={}:signal=SIGKILL:when={}", point.name, point.number);
    let status = strace(shelf, &["-e", &inject]).status().unwrap();
    let killed = status.signal() == Some(9) || status.code() == Some(137);
    let log = fs::read_to_string(shelf.log()).unwrap();
    let mut phase = Phase::default();
    let mut last = PHASES[0];
    for line in log.lines().filter(|line| call(line).is_some()) {
        last = phase.of(line);
    }
    assert!(exists(&shelf.public()));
    killed.then_some(last)
}
