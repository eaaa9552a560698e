//! `cargo xtask serve`: build, serve, and build again when a file changes.

mod http;
mod watch;

use std::path::PathBuf;

use anyhow::Result;

pub(crate) use http::{Server, base_path};

use crate::program::root;
use crate::site::{self, Mode};

/// What to serve, and where.
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) mode: Mode,
    pub(crate) build: bool,
    pub(crate) base: String,
    pub(crate) dir: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 8080, mode: Mode::Debug, build: true, base: "/".to_owned(), dir: None }
    }
}

/// Serves until the process is ended.
pub(crate) fn main(options: &Options) -> Result<()> {
    let building = options.build && options.dir.is_none();
    let dir = options.dir.clone().unwrap_or_else(|| root().join("dist"));
    // The port is taken first: a busy one should not cost a build.
    let mut server = Server::bind(options.port, &options.base, dir)?;
    let address = server.address();
    let mut sources = watch::Snapshot::take();
    if building {
        println!(
            "building the site; it will be served at {address} and rebuilt when a file changes"
        );
        site::build(options.mode)?;
        server.set_single_page(options.mode == Mode::Debug);
    }
    let serving = server.start();
    println!("serving {address}");
    if !building {
        return serving.join().map_err(|_| anyhow::anyhow!("the server stopped"));
    }
    loop {
        sources = sources.wait_for_change();
        println!("a file changed: rebuilding");
        match site::build(options.mode) {
            Ok(()) => println!("serving {address}"),
            Err(error) => eprintln!("xtask: {error:#}; still serving the last successful build"),
        }
    }
}
