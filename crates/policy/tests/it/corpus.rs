//! Replays the fuzzer's corpus in an ordinary test run.

use std::{fs, path::Path};

#[path = "../../fuzz/bodies/document.rs"]
mod document;
#[path = "../../fuzz/bodies/request.rs"]
mod request;

fn replay(name: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()).collect();
    assert!(files.len() >= 20, "{name} has only {} seeds", files.len());
    for file in files {
        let seed = fs::read(&file).unwrap();
        run(&seed);
        // The fuzzer's first steps: the text cut short, and one byte changed.
        for at in (0..seed.len()).step_by(41) {
            run(&seed[..at]);
            let mut changed = seed.clone();
            changed[at] = changed[at].wrapping_add(1);
            run(&changed);
        }
    }
}

#[test]
fn documents() {
    replay("document", document::run);
}

#[test]
fn requests() {
    replay("request", request::run);
}
