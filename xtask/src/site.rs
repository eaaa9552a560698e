//! `cargo xtask build`: the static site in `dist/`, every address in it relative, so that it works
//! from any base path.

mod html;
pub(crate) mod sizes;

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::program::{cargo, files_below, program, root, run, target_dir};
use crate::tools;
use crate::versions::WASM_TARGET;

/// What the compiler's wasm may contain, and the optimiser must be told.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// How to compile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build.
    Debug,
    /// Small, and held to the size budget.
    Release,
}

/// Builds the site and puts it in the place of the old one, whole.
pub(crate) fn build(mode: Mode) -> Result<()> {
    tools::wasm_target()?;
    tools::npm_packages(root())?;
    let place = target_dir().join("site");
    let _alone = alone(&place)?;
    worker(mode, &place.join("worker"))?;
    page(mode, &place.join("page"))?;
    let next = place.join("next");
    assemble(&place, &next)?;
    let dist = root().join("dist");
    remove(&dist)?;
    fs::rename(&next, &dist).or_else(|_| copy(&next, &dist, |_| true))?;
    println!("built dist/");
    // Last, so that what is too large can be looked at.
    if mode == Mode::Release { sizes::check(&dist) } else { Ok(()) }
}

/// Two builds at once would take each other's files away: the second waits for the first.
fn alone(place: &Path) -> Result<fs::File> {
    fs::create_dir_all(place)?;
    let lock = fs::File::create(place.join("lock"))?;
    if lock.try_lock().is_err() {
        println!("another build is running; waiting for it");
        lock.lock()?;
    }
    Ok(lock)
}

/// The browser host and the broker in it: one wasm file and its glue, for plain workers.
fn worker(mode: Mode, out: &Path) -> Result<()> {
    println!("building the worker");
    let mut build = cargo("build --package cognitab-worker --lib --target");
    run(build.arg(WASM_TARGET).args(release_flag(mode)))?;
    let wasm = target_dir().join(WASM_TARGET).join(profile(mode)).join("cognitab_worker.wasm");
    remove(out)?;
    let mut bind = program(tools::wasm_bindgen()?);
    bind.args(["--target", "no-modules", "--no-typescript", "--out-name", "worker", "--out-dir"]);
    run(bind.arg(out).arg(wasm))?;
    if mode == Mode::Release {
        let file = out.join("worker_bg.wasm");
        run(tools::wasm_opt()?.arg("-Oz").args(WASM_FEATURES).arg("-o").arg(&file).arg(&file))?;
    }
    Ok(())
}

/// The page: trunk compiles it, the `prerender` program writes an HTML file for each route.
fn page(mode: Mode, out: &Path) -> Result<()> {
    println!("building the page");
    // Trunk is told to stay offline, so that it downloads no tool; then cargo stays offline too.
    run(&mut cargo("fetch --target wasm32-unknown-unknown"))?;
    let mut trunk = program(tools::trunk()?);
    trunk.args(["build", "--offline", "--skip-version-check", "--quiet", "--public-url", "./"]);
    trunk.args(release_flag(mode)).arg("--dist").arg(out).env("PATH", tools::path()?);
    // Trunk takes this variable for a switch and stops at the value that others set.
    run(trunk.env_remove("NO_COLOR"))?;
    html::own_start(out)?;
    println!("rendering the routes");
    let mut prerender = cargo("run --quiet --package cognitab --features ssr --bin prerender --");
    run(prerender.arg(out.join("index.html")).arg(out))
}

/// Puts page, worker and static files together.
fn assemble(place: &Path, next: &Path) -> Result<()> {
    remove(next)?;
    // The stylesheets come from the page: trunk has named them by their content.
    copy(&root().join("static"), next, |path| !path.starts_with("css"))?;
    copy(&place.join("worker"), next, |_| true)?;
    copy(&place.join("page"), next, |_| true)?;
    html::settle(next)?;
    write_build_file(next)
}

/// `build.js`, for the service worker: what belongs to this build and a name for it. The browser
/// compares imported scripts too, so any change in the site makes it a new service worker.
fn write_build_file(site: &Path) -> Result<()> {
    let mut hasher = DefaultHasher::new();
    let mut names = Vec::new();
    for file in files_below(site) {
        let name = file.strip_prefix(site)?.to_string_lossy().replace('\\', "/");
        hasher.write(name.as_bytes());
        hasher.write(&fs::read(&file)?);
        names.push(name);
    }
    let list = serde_json::to_string(&names)?;
    let text =
        format!("self.COGNITAB = {{ build: \"{:016x}\", files: {list} }};\n", hasher.finish());
    Ok(fs::write(site.join("build.js"), text)?)
}

fn release_flag(mode: Mode) -> &'static [&'static str] {
    match mode {
        Mode::Debug => &[],
        Mode::Release => &["--release"],
    }
}

fn profile(mode: Mode) -> &'static str {
    match mode {
        Mode::Debug => "debug",
        Mode::Release => "release",
    }
}

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot remove {}", dir.display()))?;
    }
    Ok(())
}

/// Copies the files of a folder whose path inside it is wanted.
fn copy(from: &Path, to: &Path, wanted: impl Fn(&Path) -> bool) -> Result<()> {
    for file in files_below(from) {
        let inner = file.strip_prefix(from)?;
        if wanted(inner) {
            let target: PathBuf = to.join(inner);
            fs::create_dir_all(target.parent().unwrap_or(to))?;
            fs::copy(&file, &target)?;
        }
    }
    Ok(())
}
