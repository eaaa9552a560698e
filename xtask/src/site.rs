//! `cargo xtask build`: the static site in `dist/`, every link in it relative, so that it works
//! below any base path.

mod cost;
mod hosts;
mod html;
mod page;
pub(crate) mod sizes;
mod wasm;

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::json;

pub(crate) use self::html::links_at_depth;
use self::wasm::QUICK;
use crate::program::{files_below, root, target_dir};
use crate::progress::Progress;
use crate::tools;

/// How to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build: neither optimized nor rendered to HTML.
    Debug,
    /// Small, and held to the size budget.
    Release,
}

/// Builds the site and replaces the old one as a whole.
pub(crate) fn build(mode: Mode) -> Result<()> {
    let start = Instant::now();
    tools::wasm_target()?;
    let site = target_dir().join("site");
    let _lock = lock_build(&site)?;
    match mode {
        Mode::Debug => build_debug(&site.join("debug"))?,
        Mode::Release => build_release(&site.join("release"))?,
    }
    println!("built dist/ in {:.1} s", start.elapsed().as_secs_f32());
    // Last, so that what is too large can be looked at.
    match mode {
        Mode::Debug => Ok(()),
        Mode::Release => {
            let worker = site.join("release/bindgen/worker").join(wasm::WORKER.outputs().1);
            sizes::check(&dist(), [&worker, &wasm::page_with_names()])
        }
    }
}

/// Compiles with cargo alone. A later build repeats what a change concerns: cargo compiles the crates
/// that use the changed file, and wasm-bindgen processes a wasm file that is new.
fn build_debug(dir: &Path) -> Result<()> {
    if !dir.is_dir() {
        println!(
            "The first build takes about 3 minutes on 2 cores: one for wasm-bindgen, two for the page \
             and the worker. Later builds take seconds."
        );
    }
    let mut progress = Progress::new(3);
    progress.step("wasm-bindgen", || tools::wasm_bindgen().map(drop))?;
    progress.step("page and worker: compile", wasm::compile_debug)?;
    progress.step("site: assemble", || {
        wasm::WORKER.bind(QUICK, &dir.join("bindgen/worker"))?;
        page::debug(&dir.join("page"), &dir.join("bindgen/page"))?;
        assemble(&dir.join("page"), &dir.join("bindgen/worker"), &dir.join("next"))
    })
}

fn build_release(dir: &Path) -> Result<()> {
    if !dir.is_dir() {
        println!(
            "The first release build takes about 8 minutes on 2 cores, half of them for tools that it \
             installs. Later ones take about 3."
        );
    }
    let (page, worker) = (dir.join("page"), dir.join("worker"));
    let mut progress = Progress::new(8);
    progress.step("npm packages, for wasm-opt", || tools::npm_packages(root()))?;
    progress.step("wasm-bindgen", || tools::wasm_bindgen().map(drop))?;
    progress.step("trunk", || tools::trunk().map(drop))?;
    progress.step("worker: compile", wasm::compile_worker)?;
    progress.step("worker: optimize", || {
        let bound = dir.join("bindgen/worker");
        if wasm::WORKER.bind("release", &bound)? || !worker.is_dir() {
            let next = dir.join("next");
            remove(&next)?;
            copy(&bound, &next)?;
            let (_, file) = wasm::WORKER.outputs();
            wasm::optimize(&bound.join(&file), &next.join(&file))?;
            remove(&worker)?;
            fs::rename(next, &worker)?;
        }
        Ok(())
    })?;
    progress.step("page: trunk", || page::release(&page))?;
    progress.step("page: render the routes to HTML", || page::prerender(&page))?;
    progress.step("site: assemble", || assemble(&page, &worker, &dir.join("next")))
}

/// Two builds at once would remove each other's files: the second waits for the first.
fn lock_build(dir: &Path) -> Result<fs::File> {
    fs::create_dir_all(dir)?;
    let lock = fs::File::create(dir.join("lock"))?;
    if lock.try_lock().is_err() {
        println!("another build is running; waiting for it");
        lock.lock()?;
    }
    Ok(lock)
}

/// Puts page, worker and static files together, and the whole in the place of `dist/`.
fn assemble(page: &Path, worker: &Path, next: &Path) -> Result<()> {
    remove(next)?;
    copy(&root().join("static"), next)?;
    // The page has its stylesheets in one file.
    remove(&next.join("css"))?;
    copy(worker, next)?;
    copy(page, next)?;
    html::relativize_links(next)?;
    write_build_file(next)?;
    remove(&dist())?;
    fs::rename(next, dist()).or_else(|_| copy(next, &dist()))
}

/// `build.js`, for the service worker: a name for this build, the files that belong to it, and the
/// hosts that it answers for. The browser compares imported scripts too, so any change in the site
/// makes it a new service worker.
fn write_build_file(site: &Path) -> Result<()> {
    let mut hasher = DefaultHasher::new();
    let mut files = Vec::new();
    for file in files_below(site) {
        let name = file.strip_prefix(site)?.to_string_lossy().replace('\\', "/");
        hasher.write(name.as_bytes());
        hasher.write(&fs::read(&file)?);
        files.push(name);
    }
    let build = json!({
        "build": format!("{:016x}", hasher.finish()),
        "files": files,
        "hosts": hosts::HOSTS,
        "domains": hosts::DOMAINS,
    });
    Ok(fs::write(site.join("build.js"), format!("self.COGNITAB = {build};\n"))?)
}

fn dist() -> PathBuf {
    root().join("dist")
}

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot remove {}", dir.display()))?;
    }
    Ok(())
}

/// Copies the files of a folder; none may be there already.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from) {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        if target.exists() {
            bail!("two files of the site would be written to {}", target.display());
        }
        fs::copy(&file, &target)?;
    }
    Ok(())
}
