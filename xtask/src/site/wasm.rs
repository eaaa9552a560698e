//! The two wasm files of the site, and the JavaScript that wasm-bindgen generates for each.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::remove;
use crate::program::{cargo, program, run, target_dir};
use crate::tools;
use crate::versions::{WASM_BINDGEN, WASM_TARGET};

/// Cargo's profile for a debug build, and for what runs once in a release build.
pub(crate) const QUICK: &str = "quick";

/// What the compiler's wasm may contain, and the optimizer must be told.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// A wasm file that the compiler makes.
pub(crate) struct Module {
    /// Its name in the compiler's output.
    file: &'static str,
    /// The form of the generated JavaScript.
    target: &'static str,
    /// Its name in the site.
    name: &'static str,
}

/// The page's program.
pub(crate) const PAGE: Module = Module { file: "cognitab", target: "web", name: "page" };

/// The browser host and the broker in it, for plain workers.
pub(crate) const WORKER: Module =
    Module { file: "cognitab_worker", target: "no-modules", name: "worker" };

/// Compiles both for a debug site in one run of cargo, which alone knows what a change concerns.
/// The two share their dependencies' features here; for a release each is compiled by itself.
pub(crate) fn compile_debug() -> Result<()> {
    let mut build =
        cargo("build --package cognitab --bin cognitab --package cognitab-worker --lib");
    run(build.args(["--target", WASM_TARGET, "--profile", QUICK]))
}

/// Compiles the worker for a release.
pub(crate) fn compile_worker() -> Result<()> {
    let mut build = cargo("build --release --package cognitab-worker --lib --target");
    run(build.arg(WASM_TARGET))
}

impl Module {
    /// The names of the JavaScript and of the wasm.
    pub(crate) fn outputs(&self) -> (String, String) {
        (format!("{}.js", self.name), format!("{}_bg.wasm", self.name))
    }

    /// Lets wasm-bindgen process the compiled file; false when it has processed this very one before.
    pub(crate) fn bind(&self, profile: &str, out: &Path) -> Result<bool> {
        let file = format!("{}.wasm", self.file);
        let wasm = target_dir().join(WASM_TARGET).join(profile).join(file);
        let stamp = out.with_extension("stamp");
        let current = self.stamp(&wasm)?;
        if out.is_dir() && fs::read_to_string(&stamp).is_ok_and(|old| old == current) {
            return Ok(false);
        }
        remove(out)?;
        let mut bindgen = program(tools::wasm_bindgen()?);
        bindgen.args(["--target", self.target, "--no-typescript", "--out-name", self.name]);
        run(bindgen.arg("--out-dir").arg(out).arg(&wasm))?;
        fs::write(stamp, current)?;
        Ok(true)
    }

    /// Identifies what wasm-bindgen is given. Cargo may bring back an older file, so it is not enough
    /// to ask which one is newer.
    fn stamp(&self, wasm: &Path) -> Result<String> {
        let metadata = wasm.metadata().with_context(|| format!("no {}", wasm.display()))?;
        let (length, modified) = (metadata.len(), metadata.modified()?);
        Ok(format!("{WASM_BINDGEN} {} {} {length} {modified:?}", self.target, self.name))
    }
}

/// Makes a copy of a wasm file that is as small as it gets.
pub(crate) fn optimize(from: &Path, to: &Path) -> Result<()> {
    run(tools::wasm_opt()?.arg("-Oz").args(WASM_FEATURES).arg("-o").arg(to).arg(from))
}

/// The page's wasm as trunk leaves it before the optimizer takes the names of the functions away.
pub(crate) fn page_with_names() -> PathBuf {
    target_dir().join("wasm-bindgen/release").join(format!("{}_bg.wasm", PAGE.file))
}
