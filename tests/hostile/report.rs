//! The table of what each site cost, and the bounds it is held to.

use std::time::Duration;

use crate::run::Cost;

/// What a run may take beyond what its input explains.
const TIME: Duration = Duration::from_secs(2);
const MEMORY: u64 = 500 << 20;
/// What ordinary text of the same length takes at most, for each byte of input: text of ten megabytes
/// in one paragraph was measured at half of both.
const TIME_PER_MEGABYTE: Duration = Duration::from_millis(400);
const MEMORY_PER_BYTE: u64 = 60;
/// What an ordinary page takes at most that is written: a tag of five bytes has a page in three views, and
/// two feeds in each.
const TIME_PER_FILE: Duration = Duration::from_micros(100);
const MEMORY_PER_FILE: u64 = 4 << 10;

/// Prints the table: name, end, seconds of processor and clock, peak of memory, size of the input.
pub fn print(costs: &[Cost]) {
    println!(
        "{:<46} {:>6} {:>7} {:>7} {:>8} {:>9} {:>7}",
        "site", "status", "cpu s", "clock s", "peak MB", "input KB", "files"
    );
    for cost in costs {
        println!(
            "{:<46} {:>6} {:>7.2} {:>7.2} {:>8} {:>9} {:>7}{}",
            cost.name,
            cost.end,
            cost.cpu.as_secs_f64(),
            cost.wall.as_secs_f64(),
            cost.peak >> 20,
            cost.input >> 10,
            cost.output,
            if cost.faults.is_empty() { "" } else { "  ✗" },
        );
    }
    let most = |of: fn(&Cost) -> f64| costs.iter().map(of).fold(0.0, f64::max);
    println!(
        "{} sites; at most {:.2} s of processor, {:.0} MB",
        costs.len(),
        most(|cost| cost.cpu.as_secs_f64()),
        most(|cost| (cost.peak >> 20) as f64),
    );
}

/// Adds a fault where a run took more than it may.
pub fn bound(costs: &mut [Cost]) {
    for cost in costs {
        let time = TIME
            + TIME_PER_MEGABYTE * (cost.input >> 20) as u32
            + TIME_PER_FILE * cost.output as u32;
        let memory = MEMORY + MEMORY_PER_BYTE * cost.input + MEMORY_PER_FILE * cost.output;
        if cost.cpu > time {
            cost.faults.push(format!(
                "took {:.1} s of {:.1} s",
                cost.cpu.as_secs_f64(),
                time.as_secs_f64()
            ));
        }
        if cost.peak > memory {
            cost.faults.push(format!("took {} MB of {} MB", cost.peak >> 20, memory >> 20));
        }
    }
}

/// Fails with all faults at once.
#[track_caller]
pub fn hold(costs: &[Cost]) {
    let faults = costs.iter().flat_map(|cost| cost.faults.iter().map(move |fault| (cost, fault)));
    let faults: Vec<String> =
        faults.map(|(cost, fault)| format!("{}: {fault}", cost.name)).collect();
    assert!(faults.is_empty(), "{} faults:\n\n{}", faults.len(), faults.join("\n\n"));
}
