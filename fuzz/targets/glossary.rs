#![no_main]

use digest_gen_fuzz::{glossary, warm_up};

libfuzzer_sys::fuzz_target!(init: warm_up(), |text: &str| glossary(text));
