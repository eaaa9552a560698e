//! The tests in `tests/browser`, run by Node against the built site.
//!
//! They find what they need in the environment: `BASE` is the site at a root, `BASE_BELOW` the same
//! site below a path, `OTHER` another origin that serves `tests/browser/pages`, `CHROMIUM` the
//! browser.

use anyhow::{Result, bail};

use crate::program::{files_below, program, root, run};
use crate::serve::Server;
use crate::tools;

/// Serves `dist/` and runs the tests.
pub(crate) fn main() -> Result<()> {
    let folder = root().join("tests/browser");
    let mut tests = files_below(&folder);
    tests.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    if tests.is_empty() {
        bail!("there are no tests in tests/browser");
    }
    let dist = root().join("dist");
    let servers = [
        ("BASE", Server::bind(0, "/", dist.clone())?),
        ("BASE_BELOW", Server::bind(0, "/x/y/", dist)?),
        ("OTHER", Server::bind(0, "/", folder.join("pages"))?),
    ];
    let mut node = program(tools::node()?);
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(tests);
    for (name, server) in servers {
        node.env(name, server.address());
        server.start();
    }
    run(node.env("CHROMIUM", tools::browser()?))
}
