//! The one list of outside tools and their versions. Rust crates are pinned by `Cargo.lock`, npm
//! packages by `package-lock.json`, Python packages by the `requirements.txt` beside their users.

/// The target that the page and the worker are compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Builds the released page. Installed from crates.io.
pub(crate) const TRUNK: &str = "0.21.14";

/// Generates the JavaScript for a wasm file; the `wasm-bindgen` crate must have the same version.
/// Built from `xtask/bindgen`.
pub(crate) const WASM_BINDGEN: &str = "0.2.129";

/// The oldest Node.js that the browser tests run on.
pub(crate) const NODE_MAJOR: u32 = 20;

/// The oldest Python that the pinned packages run on.
pub(crate) const PYTHON_MINOR: u32 = 10;
