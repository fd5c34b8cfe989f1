//! A short run of every target, the same each time: the inputs of `corpus`, then changes to them by a fixed
//! seed. libFuzzer makes the long ones; without coverage it changes nothing.

use std::path::Path;
use std::{env, fs, panic};

/// A target: its name, and what takes an input.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 7] = [
    ("front_matter", |bytes| digest_gen_fuzz::front_matter(text(bytes))),
    ("markdown", |bytes| digest_gen_fuzz::markdown(text(bytes))),
    ("emphasis", digest_gen_fuzz::emphasis),
    ("align", |bytes| digest_gen_fuzz::align(text(bytes))),
    ("glossary", |bytes| digest_gen_fuzz::glossary(text(bytes))),
    ("tbx", |bytes| digest_gen_fuzz::tbx(text(bytes))),
    ("serve", |bytes| digest_gen_fuzz::serve(text(bytes))),
];

/// How many changed inputs a target gets.
const CHANGED: usize = 400;

/// The longest input, as in long runs.
const LONGEST: usize = 4096;

/// The text that bytes begin with, as libFuzzer's targets get it.
fn text(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, run) in TARGETS {
        let files = fs::read_dir(here.join("corpus").join(name)).expect("a corpus");
        let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        paths.sort();
        let mut inputs: Vec<_> = paths.iter().map(|path| fs::read(path).expect("read")).collect();
        let mut random = Random(1);
        for _ in 0..CHANGED {
            let changed = change(&inputs[..paths.len()], &mut random);
            inputs.push(changed);
        }
        for input in &inputs {
            if panic::catch_unwind(|| run(input)).is_err() {
                let kept = env::temp_dir().join(format!("{name}-failed"));
                fs::write(&kept, input).expect("written");
                eprintln!("{name} fails on {}", kept.display());
                std::process::exit(1);
            }
        }
        println!("{name}: {} inputs", inputs.len());
    }
}

/// One of the inputs with some pieces taken out, doubled, put in from another one, or with other bytes.
fn change(inputs: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut changed = inputs[random.below(inputs.len())].clone();
    for _ in 0..=random.below(4) {
        let other = &inputs[random.below(inputs.len())];
        let from = random.piece(other.len());
        let at = random.piece(changed.len());
        let piece = match random.below(4) {
            0 => Vec::new(),
            1 => changed[at.clone()].repeat(3),
            2 => other[from].to_vec(),
            _ => changed[at.clone()].iter().map(|byte| byte ^ 1 << random.below(8)).collect(),
        };
        changed.splice(at, piece);
    }
    changed.truncate(LONGEST);
    changed
}

/// Numbers that look random: xorshift (Marsaglia, “Xorshift RNGs”, 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % end.max(1)
    }

    fn piece(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below((length - start).min(40) + 1)
    }
}
