//! The browser host: the broker in a page's dedicated worker and in the service worker.
//!
//! It has the clock, the entropy, the store and the signer that the core does without, and knows no
//! operation by name. The request lifecycle (load, handle, sign, persist, answer) is in `serve`.
//! Two small scripts start it: `host.js` in a dedicated worker, `sw.js` in the service worker.
//! A private world lives in the memory of its worker; the world `lab` is stored for all tabs.

mod clock;
pub mod delivery;
mod entropy;
mod questions;
mod serve;
mod signing;
mod storage;
