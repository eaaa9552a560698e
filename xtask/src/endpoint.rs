//! The native endpoint: built for speed, then run with the arguments given.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;

use crate::program::{cargo, program, run, target_dir};

/// Builds the endpoint and runs it until it ends.
pub(crate) fn main(arguments: &[OsString]) -> Result<()> {
    let built = build()?;
    run(program(built).current_dir(std::env::current_dir()?).args(arguments))
}

/// Builds the endpoint and returns its path.
pub(crate) fn build() -> Result<PathBuf> {
    run(&mut cargo("build --profile native --package cognitab-endpoint"))?;
    let file = format!("cognitab-endpoint{}", std::env::consts::EXE_SUFFIX);
    Ok(target_dir().join("native").join(file))
}
