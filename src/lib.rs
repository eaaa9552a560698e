//! The page: it shows the world's one event log, and is itself an ordinary AWS client of it.
//!
//! This room draws. It may touch the document, the network-like door of [`host`] and the browser's
//! own storage; it holds no simulation of its own, sees the broker only from outside, and never
//! calls an operation by another way than a learner's SDK would.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod app;
pub mod client;
pub mod components;
pub mod hooks;
pub mod host;
pub mod pages;
pub mod parts;
pub mod route;
pub mod state;
