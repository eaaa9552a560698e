//! The simulated AWS: the world, and [`handle`], the one entry point.
//!
//! It does no I/O, reads no clock and draws no randomness: time and entropy come in with each
//! request, signatures are left to the host, and given the same world and the same inputs it
//! produces the same bytes.
//!
//! One folder per service, one file per operation and per kind of row. A row is visible only
//! inside its service: services call each other as AWS does, by operation ([`cx::Cx::call`]).

pub(crate) use cognitab_trace::event;

mod address;
mod authenticate;
mod authorize;
mod caller;
mod control;
mod cx;
mod encoded;
mod fault;
mod handle;
mod history;
mod input;
mod jar;
mod journal;
mod live_key;
mod mail;
mod operation;
mod protocol;
mod random;
mod resource;
mod scenario;
mod seal;
mod token;
mod world;

mod cognito_identity;
mod cognito_idp;
mod cognito_sync;
mod dynamodb;
mod iam;
mod s3;
mod sts;

pub use crate::handle::handle;
pub use crate::input::{Answer, Done, Input, Question, Signing, Step};
pub use crate::operation::{Entry, Service, services};
pub use crate::scenario::open as open_scenario;
pub use crate::world::{World, Write};
