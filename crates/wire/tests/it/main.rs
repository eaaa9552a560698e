//! Tests of the codecs, signatures and derived shapes through the public API.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic fails the test"
)]

mod client;
mod decoders;
mod derive;
mod sigv4;
