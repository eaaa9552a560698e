//! The native host: the broker as an HTTP endpoint on loopback, for SDKs in any language.
//!
//! It has the clock, the entropy, the store and the signer that the core does without, and knows no
//! operation by name. The request lifecycle (load, handle, sign, persist, answer) is in `serve`.

mod clock;
mod delivery;
mod entropy;
mod explain;
mod options;
mod questions;
mod scenarios;
mod serve;
mod signing;
mod storage;

use std::process::ExitCode;

use options::Options;

fn main() -> ExitCode {
    match Options::read().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("cognitab-endpoint: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Result<(), String> {
    let Options { port, state, open } = options;
    let server = serve::Server::start(state.as_deref(), open)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    runtime.map_err(|e| e.to_string())?.block_on(delivery::listen(port, server))
}
