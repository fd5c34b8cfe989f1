#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| digest_gen_fuzz::emphasis(bytes));
