//! `cargo xtask screenshots`: updates the screenshots in `docs/screenshots` from a release build.

use anyhow::Result;

use crate::program::{program, root, run};
use crate::serve::Server;
use crate::site::{self, Mode};
use crate::tools;

/// Builds the site, serves it, and takes the screenshots in Chromium.
pub(crate) fn main() -> Result<()> {
    site::build(Mode::Release)?;
    let server = Server::bind(0, "/", root().join("dist"))?;
    let mut node = program(tools::node()?);
    node.arg(root().join("docs/screenshots/take.mjs")).env("BASE", server.address());
    server.start();
    run(node.env("CHROMIUM", tools::browser()?))
}
