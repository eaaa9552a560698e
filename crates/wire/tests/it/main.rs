//! The codecs through their public API.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod client;
mod decoders;
mod derive;
mod sigv4;
