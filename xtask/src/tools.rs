//! What the commands need beside Rust, a C toolchain and Node, each installed when it is missing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::program::{cargo, output, program, root, run, version_of, which};
use crate::versions::{NODE_MAJOR, PYTHON_MINOR, TRUNK, WASM_BINDGEN, WASM_TARGET};

/// The compiler's target for the page and the worker.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    println!("installing the compiler target {WASM_TARGET}");
    run(program("rustup").args(["target", "add", WASM_TARGET]))
        .context("the page needs this target; rustup.rs installs rustup, which brings it")
}

/// Trunk, which builds the page.
pub(crate) fn trunk() -> Result<PathBuf> {
    cargo_tool("trunk", "trunk", TRUNK)
}

/// The maker of the JavaScript glue.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN)
}

fn cargo_tool(name: &str, package: &str, version: &str) -> Result<PathBuf> {
    let path = cargo_bin().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let has = |path: &Path| version_of(path).is_some_and(|said| said.ends_with(version));
    if has(&path) {
        return Ok(path);
    }
    println!("installing {package} {version} from crates.io (once; some minutes)");
    run(cargo("install --locked").arg(format!("{package}@{version}")))?;
    if !has(&path) {
        bail!("{} is not {name} {version} after it was installed", path.display());
    }
    Ok(path)
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
        .with_context(|| format!("no package-lock.json in {}", dir.display()))?;
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
        format!("Node.js {NODE_MAJOR} or newer is needed and no `node` is on PATH (nodejs.org)")
    })?;
    let said = version_of(&node).unwrap_or_default();
    let major: Option<u32> =
        said.trim_start_matches('v').split('.').next().and_then(|text| text.parse().ok());
    match major {
        Some(major) if major >= NODE_MAJOR => Ok(node),
        _ => bail!("Node.js {NODE_MAJOR} or newer is needed, this one says `{said}`"),
    }
}

/// PATH with our tools in front: there trunk finds `wasm-opt` and `wasm-bindgen`.
pub(crate) fn path() -> Result<OsString> {
    let own = root().join("node_modules/.bin");
    let old = std::env::var_os("PATH").unwrap_or_default();
    let mut dirs = vec![own, cargo_bin()];
    dirs.extend(std::env::split_paths(&old));
    std::env::join_paths(dirs).context("PATH cannot be extended")
}

/// The optimiser of wasm files, from the npm package `binaryen`.
pub(crate) fn wasm_opt() -> Result<std::process::Command> {
    npm_packages(root())?;
    let mut command = program(node()?);
    command.arg(root().join("node_modules/binaryen/bin/wasm-opt"));
    Ok(command)
}

const BROWSERS: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];

const BROWSER_PLACES: [&str; 6] = [
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
        println!("installing Chromium by apt-get");
        apt_install("chromium")?;
        if let Some(path) = installed_browser() {
            return Ok(path);
        }
    }
    npm_packages(root())?;
    println!("installing Chromium by playwright");
    let cli = root().join("node_modules/playwright-core/cli.js");
    run(program(node()?).arg(cli).args(["install", "chromium"]))
        .context("no browser found or installed; set CHROMIUM to the path of a Chromium")?;
    let script = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    Ok(output(program(node()?).args(["-e", script]))?.into())
}

fn installed_browser() -> Option<PathBuf> {
    BROWSERS
        .iter()
        .find_map(|name| which(name))
        .or_else(|| BROWSER_PLACES.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn is_root() -> bool {
    cfg!(unix) && output(program("id").arg("-u")).is_ok_and(|said| said.trim() == "0")
}

fn apt_install(package: &str) -> Result<()> {
    let apt = |words: &[&str]| {
        run(program("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(words))
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
    println!("installing Python packages of {}", folder.display());
    let system = system_python()?;
    if !python.is_file() && run(program(&system).args(["-m", "venv"]).arg(&venv)).is_err() {
        if !is_root() || which("apt-get").is_none() {
            bail!("`python3 -m venv` failed; on Debian the package python3-venv brings it");
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
        let said = version_of(path).unwrap_or_default();
        let minor = said.strip_prefix("Python 3.").and_then(|rest| rest.split('.').next());
        minor.and_then(|text| text.parse::<u32>().ok()).is_some_and(|minor| minor >= PYTHON_MINOR)
    });
    if let Some(path) = found {
        return Ok(path);
    }
    if is_root() && which("apt-get").is_some() {
        println!("installing Python by apt-get");
        apt_install("python3-venv")?;
    }
    which("python3").with_context(|| {
        format!(
            "the endpoint is tested with Python 3.{PYTHON_MINOR} or newer and none is on PATH \
             (python.org, or your system's package python3)"
        )
    })
}
