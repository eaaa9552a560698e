//! `wasm-bindgen`, with the options that this project and trunk pass to it.
//!
//! The package wasm-bindgen-cli brings a test runner with its web server and TLS; without them this
//! builds in a quarter of the time. The work is done by the same library.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut bindgen = Bindgen::new();
    let mut out_dir: Option<PathBuf> = None;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('V') | Long("version") => {
                println!("wasm-bindgen {}", wasm_bindgen_shared::version());
                return Ok(());
            }
            Long("target") => set_target(&mut bindgen, &parser.value()?)?,
            Long("out-dir") => out_dir = Some(parser.value()?.into()),
            Long("out-name") => {
                bindgen.out_name(&parser.value()?.string()?);
            }
            Long("no-typescript") => {
                bindgen.typescript(false);
            }
            Value(input) => {
                bindgen.input_path(input);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    bindgen.generate(out_dir.context("--out-dir is missing")?)
}

fn set_target(bindgen: &mut Bindgen, target: &OsString) -> Result<()> {
    match target.to_str() {
        Some("web") => bindgen.web(true)?,
        Some("no-modules") => bindgen.no_modules(true)?,
        Some("nodejs") => bindgen.nodejs(true)?,
        _ => bail!("the target `{}` is not supported", target.display()),
    };
    Ok(())
}
