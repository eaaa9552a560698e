//! `cargo xtask test`: every check and every test, the quick ones first.

mod browser;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::program::{cargo, program, root, run};
use crate::site::{self, Mode};
use crate::versions::WASM_TARGET;
use crate::{coverage, endpoint, tools};

/// A step's name and what it does.
type Step = (&'static str, fn() -> Result<()>);

const STEPS: [Step; 10] = [
    ("format", format),
    ("lints", || run(&mut cargo("clippy --workspace --all-targets --all-features -- -D warnings"))),
    // Separately: in a workspace build the page would get the features that other crates enable.
    ("lints of the page", || wasm_lints("cognitab")),
    ("lints of the worker", || wasm_lints("cognitab-worker")),
    ("tests", || run(&mut cargo("test --workspace --all-features -- --quiet"))),
    ("policies compared with a peer", differential),
    ("coverage table", coverage::check),
    ("site", || site::build(Mode::Release)),
    ("browser tests", browser::main),
    ("endpoint tests", endpoint_tests),
];

/// Runs all steps, also after one has failed; success only when all passed.
pub(crate) fn main() -> Result<ExitCode> {
    // What is missing is installed first, so that a machine that cannot fails before the long steps.
    tools::wasm_target()?;
    tools::npm_packages(root())?;
    let start = Instant::now();
    let mut failed = Vec::new();
    for (name, step) in STEPS {
        println!("— {name}");
        let began = Instant::now();
        let result = match (name, failed.contains(&"site")) {
            ("browser tests", true) => Err(anyhow::anyhow!("the site was not built")),
            _ => step(),
        };
        let seconds = began.elapsed().as_secs();
        match result {
            Ok(()) => println!("— {name}: passed, {seconds} s"),
            Err(error) => {
                println!("— {name}: FAILED, {seconds} s: {error:#}");
                failed.push(name);
            }
        }
    }
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    let passed = STEPS.len() - failed.len();
    println!("{passed} passed, {} failed, {} s", failed.len(), start.elapsed().as_secs());
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn format() -> Result<()> {
    run(&mut cargo("fmt --all --check"))?;
    run(&mut cargo("fmt --check --manifest-path xtask/bindgen/Cargo.toml"))
}

fn wasm_lints(package: &str) -> Result<()> {
    let mut clippy = cargo("clippy --package");
    run(clippy.args([package, "--target", WASM_TARGET, "--", "-D", "warnings"]))
}

/// Compares the policy engine with another one on generated cases.
fn differential() -> Result<()> {
    let mut node = program(tools::node()?);
    node.arg(root().join("tests/differential/main.mjs"));
    run(node.env("WASM_BINDGEN", tools::wasm_bindgen()?))
}

/// The endpoint as clients in another language meet it.
fn endpoint_tests() -> Result<()> {
    let tests = root().join("tests/endpoint");
    if !tests.is_dir() {
        bail!("there are no tests in tests/endpoint");
    }
    let python = tools::python(&tests.join("requirements.txt"))?;
    let mut pytest = program(python);
    pytest.args(["-m", "pytest", "-q", "-p", "no:cacheprovider"]).arg(&tests);
    run(pytest.env("PYTHONDONTWRITEBYTECODE", "1").env("COGNITAB_ENDPOINT", endpoint::build()?))
}
