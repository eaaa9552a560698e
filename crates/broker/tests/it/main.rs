//! The whole broker, as a client sees it: every test sends requests to `handle`. A test of an
//! operation is in the module of its service.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

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
