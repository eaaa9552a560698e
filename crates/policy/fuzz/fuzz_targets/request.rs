#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../bodies/request.rs"]
mod request;

fuzz_target!(|data: &[u8]| request::run(data));
