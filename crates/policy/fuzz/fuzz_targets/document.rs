#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../bodies/document.rs"]
mod document;

fuzz_target!(|data: &[u8]| document::run(data));
