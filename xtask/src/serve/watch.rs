//! Notices that a source file changed, by asking for the times of all of them. A few hundred files
//! twice a second cost nothing that can be seen, and it is the same on every system.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::program::{files_below, root};

const FOLDERS: [&str; 3] = ["src", "crates", "static"];
const FILES: [&str; 4] = ["index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml"];

/// The files and when each was last changed.
#[derive(PartialEq)]
pub(crate) struct Seen(BTreeMap<PathBuf, SystemTime>);

impl Seen {
    /// As the files are now.
    pub(crate) fn now() -> Self {
        let folders = FOLDERS.iter().flat_map(|name| files_below(&root().join(name)));
        let files = FILES.iter().map(|name| root().join(name));
        let dated = folders
            .chain(files)
            .filter_map(|path| Some((path.clone(), path.metadata().ok()?.modified().ok()?)));
        Self(dated.collect())
    }

    /// Waits for a change, and then until the changes have come to rest.
    pub(crate) fn wait(&self) -> Self {
        let mut last = Self::now();
        while last == *self {
            std::thread::sleep(Duration::from_millis(500));
            last = Self::now();
        }
        loop {
            std::thread::sleep(Duration::from_millis(150));
            let next = Self::now();
            if next == last {
                return next;
            }
            last = next;
        }
    }
}
