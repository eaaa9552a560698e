//! Random bytes: fresh ones for the lab, counted ones for private worlds, which therefore behave the
//! same way each time they are opened.

use sha2::{Digest, Sha256};
use wasm_bindgen::JsValue;

/// 32 random bytes from the browser.
pub(crate) fn fresh() -> Result<[u8; 32], JsValue> {
    let mut bytes = [0; 32];
    getrandom::getrandom(&mut bytes).map_err(|e| JsValue::from_str(&e.to_string()))?;
    Ok(bytes)
}

/// The bytes for the `number`-th request of a private world.
pub(crate) fn counted(world: &str, number: u64) -> [u8; 32] {
    Sha256::new().chain_update(world).chain_update(number.to_be_bytes()).finalize().into()
}
