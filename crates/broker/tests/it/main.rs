//! Tests of the broker from a client's point of view: every test sends requests to `handle`. The tests
//! of an operation are in the module of its service.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic fails the test")]

mod attacks;
mod cognito_identity;
mod cognito_idp;
mod cognito_sync;
mod common;
mod control;
mod determinism;
mod dynamodb;
mod iam;
mod identity_providers;
mod never_panics;
mod resources;
mod s3;
mod schemas;
mod sns;
mod sts;
