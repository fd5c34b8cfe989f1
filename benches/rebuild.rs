//! How long a build takes after one edit, stage by stage, in a folder with a site:
//! `cargo bench --bench rebuild -- DIR FILE [EDITS]`.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark"
)]

use std::path::Path;
use std::time::Instant;

use digest_gen::build;
use digest_gen::memo::Memo;
use digest_gen::source::{Layout, Options, Reader};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [dir, file, rest @ ..] = arguments.as_slice() else {
        println!("cargo bench --bench rebuild -- DIR FILE [EDITS]");
        return;
    };
    let edits: usize = rest.first().map_or(10, |n| n.parse().unwrap());
    let root = Path::new(dir);
    let original = std::fs::read_to_string(root.join(file)).unwrap();
    let mut reader = Reader::default();
    let mut memo = Memo::new();
    let mut kept = None;
    for edit in 0..=edits {
        if edit > 0 {
            std::fs::write(root.join(file), format!("{original}\n\nEdit {edit}.\n")).unwrap();
        }
        let start = Instant::now();
        let sources = reader.read(root, &Layout::default(), Options::default());
        let read = start.elapsed();
        let built = build(&sources, &mut memo);
        let all = start.elapsed();
        drop(kept.replace((sources, built)));
        println!("read {read:.1?}, build {:.1?}, drop {:.1?}", all - read, start.elapsed() - all);
    }
    std::fs::write(root.join(file), original).unwrap();
}
