//! The command line.

use std::path::PathBuf;

use lexopt::prelude::*;

const HELP: &str = "cognitab-endpoint [--port 4566] [--state FILE] [--open]

Serves simulated AWS APIs on 127.0.0.1.
  --port N      port number; 0 for any free port (default: 4566)
  --state FILE  store the world in FILE and keep it across restarts
  --open        accept any credentials as those of the administrator of account 111122223333";

/// The options of the endpoint.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Port on loopback; 0 for any free port.
    pub(crate) port: u16,
    /// File in which the world is stored.
    pub(crate) state: Option<PathBuf>,
    /// Whether any credentials are those of Studio's administrator.
    pub(crate) open: bool,
}

impl Options {
    /// Parses the command line of this process.
    pub(crate) fn read() -> Result<Options, String> {
        let mut options = Options { port: 4566, ..Options::default() };
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next().map_err(|e| e.to_string())? {
            match argument {
                Long("port") => {
                    let value = parser.value().and_then(|v| v.parse());
                    options.port = value.map_err(|e| e.to_string())?;
                }
                Long("state") => {
                    options.state = Some(parser.value().map_err(|e| e.to_string())?.into());
                }
                Long("open") => options.open = true,
                Long("help") | Short('h') => {
                    println!("{HELP}");
                    std::process::exit(0);
                }
                other => return Err(other.unexpected().to_string()),
            }
        }
        Ok(options)
    }
}
