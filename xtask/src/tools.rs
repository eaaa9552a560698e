//! The outside tools that the commands need, each installed when it is missing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use crate::program::{cargo, output, program, root, run, target_dir, version_of, which};
use crate::versions::{NODE_MAJOR, PYTHON_MINOR, TRUNK, WASM_BINDGEN, WASM_TARGET};

/// The compiler's target for the page and the worker.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    println!("installing the compiler target {WASM_TARGET}");
    run(program("rustup").args(["target", "add", WASM_TARGET])).context(
        "the page needs this target; install rustup (https://rustup.rs), which provides it",
    )
}

/// How trunk is compiled: it copies files and starts programs, so it need not be fast itself.
const QUICK_BUILD: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// Trunk, which builds the released page: one on the machine, one that cargo-binstall fetches where
/// somebody has that, or one compiled now.
pub(crate) fn trunk() -> Result<PathBuf> {
    let name = "trunk";
    if let Some(path) = installed(name, TRUNK) {
        return Ok(path);
    }
    let package = format!("{name}@{TRUNK}");
    if which("cargo-binstall").is_some() {
        println!("installing trunk {TRUNK} with cargo-binstall");
        let mut binstall = cargo("binstall --no-confirm --disable-strategies compile");
        match (run(binstall.arg(&package)), installed(name, TRUNK)) {
            (Ok(()), Some(path)) => return Ok(path),
            (Ok(()), None) => println!("cargo-binstall did not install trunk {TRUNK}"),
            (Err(error), _) => println!("{error:#}"),
        }
    }
    println!("installing trunk {TRUNK} from crates.io (once; about 3 minutes on 2 cores)");
    // What goes with the default features, TLS and the check for updates, is for the network.
    let mut install = cargo("install --locked --no-default-features");
    run(install.arg(&package).envs(QUICK_BUILD))?;
    installed(name, TRUNK)
        .with_context(|| format!("trunk {TRUNK} was not found after its installation"))
}

/// The generator of the JavaScript for a wasm file: one on the machine, or that of `xtask/bindgen`.
pub(crate) fn wasm_bindgen() -> Result<&'static Path> {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    if let Some(path) = FOUND.get() {
        return Ok(path);
    }
    let path = match installed("wasm-bindgen", WASM_BINDGEN) {
        Some(path) => path,
        None => build_wasm_bindgen()?,
    };
    Ok(FOUND.get_or_init(|| path))
}

fn build_wasm_bindgen() -> Result<PathBuf> {
    let dir = target_dir().join("tools");
    let path = dir.join("debug").join(executable("wasm-bindgen"));
    let mut build = cargo("build --locked --manifest-path xtask/bindgen/Cargo.toml");
    if path.is_file() {
        build.arg("--quiet");
    } else {
        println!("building wasm-bindgen {WASM_BINDGEN} (once; about a minute)");
    }
    run(build.arg("--target-dir").arg(dir))?;
    if !has_version(&path, WASM_BINDGEN) {
        bail!("xtask/bindgen did not build wasm-bindgen {WASM_BINDGEN}");
    }
    Ok(path)
}

/// A program of this version, among those that cargo installs or on PATH.
fn installed(name: &str, version: &str) -> Option<PathBuf> {
    let own = cargo_bin().join(executable(name));
    [Some(own), which(name)].into_iter().flatten().find(|path| has_version(path, version))
}

fn has_version(program: &Path, version: &str) -> bool {
    version_of(program).is_some_and(|text| text.ends_with(&format!(" {version}")))
}

fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

fn cargo_bin() -> PathBuf {
    let home = std::env::var_os("CARGO_INSTALL_ROOT").or(std::env::var_os("CARGO_HOME"));
    match home {
        Some(home) => PathBuf::from(home).join("bin"),
        None => std::env::home_dir().unwrap_or_default().join(".cargo/bin"),
    }
}

/// The npm packages of a folder's `package-lock.json`.
pub(crate) fn npm_packages(dir: &Path) -> Result<()> {
    node()?;
    let lock = std::fs::read(dir.join("package-lock.json"))
        .with_context(|| format!("cannot read package-lock.json in {}", dir.display()))?;
    let stamp = dir.join("node_modules/.cognitab-lock");
    if std::fs::read(&stamp).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    println!("installing npm packages");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(program(npm).current_dir(dir).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

/// A Node.js that is new enough.
pub(crate) fn node() -> Result<PathBuf> {
    let node = which("node").with_context(|| {
        format!("Node.js {NODE_MAJOR} or newer is required, but `node` is not on PATH (nodejs.org)")
    })?;
    let version = version_of(&node).unwrap_or_default();
    let major: Option<u32> =
        version.trim_start_matches('v').split('.').next().and_then(|text| text.parse().ok());
    match major {
        Some(major) if major >= NODE_MAJOR => Ok(node),
        _ => bail!("Node.js {NODE_MAJOR} or newer is required; found `{version}`"),
    }
}

/// PATH with our tools in front: there trunk finds `wasm-opt` and `wasm-bindgen`.
pub(crate) fn path(wasm_bindgen: &Path) -> Result<OsString> {
    let mut dirs = vec![root().join("node_modules/.bin")];
    dirs.extend(wasm_bindgen.parent().map(Path::to_owned));
    dirs.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    std::env::join_paths(dirs).context("cannot add directories to PATH")
}

/// The optimizer of wasm files, from the npm package `binaryen`.
pub(crate) fn wasm_opt() -> Result<std::process::Command> {
    npm_packages(root())?;
    let mut command = program(node()?);
    command.arg(root().join("node_modules/binaryen/bin/wasm-opt"));
    Ok(command)
}

const BROWSERS: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];

const BROWSER_PATHS: [&str; 6] = [
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
];

/// A Chromium for the browser tests: `$CHROMIUM`, one on the machine, or one installed now.
pub(crate) fn browser() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    if let Some(path) = installed_browser() {
        return Ok(path);
    }
    if is_root() && which("apt-get").is_some() {
        println!("installing Chromium with apt-get");
        apt_install("chromium")?;
        if let Some(path) = installed_browser() {
            return Ok(path);
        }
    }
    npm_packages(root())?;
    println!("installing Chromium with Playwright");
    let cli = root().join("node_modules/playwright-core/cli.js");
    run(program(node()?).arg(cli).args(["install", "chromium"]))
        .context("no browser was found, and installing one failed; set CHROMIUM to the path of a Chromium browser")?;
    let script = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    Ok(output(program(node()?).args(["-e", script]))?.into())
}

fn installed_browser() -> Option<PathBuf> {
    BROWSERS
        .iter()
        .find_map(|name| which(name))
        .or_else(|| BROWSER_PATHS.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn is_root() -> bool {
    cfg!(unix) && output(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn apt_install(package: &str) -> Result<()> {
    let apt = |arguments: &[&str]| {
        run(program("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
    };
    apt(&["-qq", "update"])?;
    apt(&["-qq", "install", "-y", "--no-install-recommends", package])
}

/// The Python of the project's own environment, with the packages of a requirements file in it.
pub(crate) fn python(requirements: &Path) -> Result<PathBuf> {
    let wanted = std::fs::read(requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = requirements.parent().and_then(Path::file_name).unwrap_or_default();
    let venv = root().join(".venv").join(folder);
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = venv.join("requirements.txt");
    if python.is_file() && std::fs::read(&stamp).is_ok_and(|old| old == wanted) {
        return Ok(python);
    }
    println!("installing Python packages for {}", folder.display());
    let system = system_python()?;
    if !python.is_file() && run(program(&system).args(["-m", "venv"]).arg(&venv)).is_err() {
        if !is_root() || which("apt-get").is_none() {
            bail!("`python3 -m venv` failed; on Debian, install the package python3-venv");
        }
        apt_install("python3-venv")?;
        run(program(&system).args(["-m", "venv", "--clear"]).arg(&venv))?;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    run(program(&python).args(pip).arg(requirements))?;
    std::fs::write(stamp, wanted)?;
    Ok(python)
}

fn system_python() -> Result<PathBuf> {
    let found = ["python3", "python"].into_iter().filter_map(which).find(|path| {
        let version = version_of(path).unwrap_or_default();
        let minor = version.strip_prefix("Python 3.").and_then(|rest| rest.split('.').next());
        minor.and_then(|text| text.parse::<u32>().ok()).is_some_and(|minor| minor >= PYTHON_MINOR)
    });
    if let Some(path) = found {
        return Ok(path);
    }
    if is_root() && which("apt-get").is_some() {
        println!("installing Python with apt-get");
        apt_install("python3-venv")?;
    }
    which("python3").with_context(|| {
        format!(
            "the endpoint tests require Python 3.{PYTHON_MINOR} or newer, which is not on PATH \
             (python.org, or your system's package python3)"
        )
    })
}
