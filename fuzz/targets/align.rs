#![no_main]

use digest_gen_fuzz::{align, warm_up};

libfuzzer_sys::fuzz_target!(init: warm_up(), |text: &str| align(text));
