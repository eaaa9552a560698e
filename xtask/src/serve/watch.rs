//! Notices that a source file changed, by comparing the modification times of all of them. For a few
//! hundred files this costs next to nothing, and it works the same on every system.
//!
//! What a change concerns is not decided here: cargo knows which crates use a file, and compiles
//! those alone.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::program::{files_below, root};

const FOLDERS: [&str; 3] = ["src", "crates", "static"];
const FILES: [&str; 4] = ["index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml"];

const POLL: Duration = Duration::from_millis(300);
const DEBOUNCE: Duration = Duration::from_millis(100);

/// The source files and when each was last changed.
#[derive(PartialEq)]
pub(crate) struct Snapshot(BTreeMap<PathBuf, SystemTime>);

impl Snapshot {
    /// Reads the present state.
    pub(crate) fn take() -> Self {
        let folders = FOLDERS.iter().flat_map(|name| files_below(&root().join(name)));
        let files = FILES.iter().map(|name| root().join(name));
        let dated = folders
            .chain(files)
            .filter_map(|path| Some((path.clone(), path.metadata().ok()?.modified().ok()?)));
        Self(dated.collect())
    }

    /// Waits for a change, and then until no further change follows.
    pub(crate) fn wait_for_change(&self) -> Self {
        let mut last = Self::take();
        while last == *self {
            std::thread::sleep(POLL);
            last = Self::take();
        }
        loop {
            std::thread::sleep(DEBOUNCE);
            let next = Self::take();
            if next == last {
                return next;
            }
            last = next;
        }
    }
}
