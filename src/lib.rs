//! The page: it shows the event log of one world, and calls AWS as an ordinary client.
//!
//! This crate draws. It may use the document, the browser's storage, and the broker through
//! [`host`]. It simulates nothing itself, sees no world from inside, and calls operations only in
//! ways that are open to a learner's SDK.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod app;
pub mod client;
pub mod components;
pub mod console;
pub mod hooks;
pub mod host;
pub mod pages;
pub mod parts;
pub mod route;
pub mod state;
