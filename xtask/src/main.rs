//! The project's commands: serve, test, build, endpoint, bench, coverage, actions, screenshots.
//!
//! This crate holds what a developer or a build machine runs. It may start other programs, install
//! what is missing from the registries, and write `dist/`, `docs/coverage.md`,
//! `docs/operations.json`, `docs/screenshots/` and `crates/policy/data/actions.txt`. It never holds
//! anything that the site or the endpoint needs at run time.

mod actions;
mod bench;
mod coverage;
mod endpoint;
mod program;
mod progress;
mod screenshots;
mod serve;
mod site;
mod suite;
mod tools;
mod versions;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

const HELP: &str = "\
cargo xtask <command>

  serve [--port 8080] [--release]   build and serve the site; rebuild it when a file changes
        [--no-build]                serve the existing build
        [--base /x/y/]              serve under a base path, as on a static host
        [--dir DIR]                 serve this directory instead of dist
  test                              run all checks and tests; exits with 0 only if all pass
  build [--debug]                   build the static site in dist/; it works under any base path
  endpoint …                        run the native endpoint (`cargo xtask endpoint --help`)
  bench [--beside DIR]              compare the broker with its peers (and another checkout)
  coverage [--refresh]              write docs/coverage.md (and docs/operations.json)
  actions [--refresh]               check (write) the table of actions that policy findings use
  screenshots                       retake the screenshots in docs/screenshots

Each command installs what is missing and reports it.
";

fn main() -> ExitCode {
    match dispatch() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<OsString> = arguments.collect();
    match command.to_str() {
        Some("serve") => serve::main(&serve_options(rest)?)?,
        Some("test") => return no_arguments("test", &rest).and_then(|()| suite::main()),
        Some("build") => site::build(build_mode(rest)?)?,
        Some("endpoint") => endpoint::main(&rest)?,
        Some("bench") => bench::main(beside(rest)?.as_deref())?,
        Some("coverage") => coverage::main(has_refresh(rest)?)?,
        Some("actions") => actions::main(has_refresh(rest)?)?,
        Some("screenshots") => {
            no_arguments("screenshots", &rest).and_then(|()| screenshots::main())?
        }
        Some("" | "help" | "--help" | "-h") => print!("{HELP}"),
        _ => bail!("unknown command `{}`\n\n{HELP}", command.display()),
    }
    Ok(ExitCode::SUCCESS)
}

fn no_arguments(command: &str, rest: &[OsString]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => bail!("`{command}` takes no arguments, but got `{}`", extra.display()),
    }
}

fn serve_options(rest: Vec<OsString>) -> Result<serve::Options> {
    let mut options = serve::Options::default();
    let mut parser = lexopt::Parser::from_args(rest);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("release") => options.mode = site::Mode::Release,
            Long("no-build") => options.build = false,
            Long("base") => options.base = serve::base_path(&parser.value()?.string()?),
            Long("dir") => options.dir = Some(parser.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn build_mode(rest: Vec<OsString>) -> Result<site::Mode> {
    let mut mode = site::Mode::Release;
    let mut parser = lexopt::Parser::from_args(rest);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("debug") => mode = site::Mode::Debug,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(mode)
}

fn beside(rest: Vec<OsString>) -> Result<Option<PathBuf>> {
    let mut checkout = None;
    let mut parser = lexopt::Parser::from_args(rest);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("beside") => checkout = Some(PathBuf::from(parser.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(checkout)
}

fn has_refresh(rest: Vec<OsString>) -> Result<bool> {
    let mut refresh = false;
    let mut parser = lexopt::Parser::from_args(rest);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("refresh") => refresh = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(refresh)
}
