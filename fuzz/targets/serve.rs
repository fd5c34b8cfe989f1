#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| digest_gen_fuzz::serve(text));
