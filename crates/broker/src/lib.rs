//! The simulated AWS. Without the feature `engine` this room shows only what can be seen from
//! outside: events and names. With it come the world and the one door, [`handle`].
//!
//! It does no I/O, reads no clock and draws no randomness: time and entropy come in with each
//! request, signatures are left to the host, and given the same world and the same inputs it
//! produces the same bytes.
//!
//! One folder per service, one file per operation and per kind of row. A row is visible only
//! inside its service: services call each other as AWS does, by operation ([`cx::Cx::call`]).

pub mod event;

#[cfg(feature = "engine")]
mod address;
#[cfg(feature = "engine")]
mod authenticate;
#[cfg(feature = "engine")]
mod authorize;
#[cfg(feature = "engine")]
mod caller;
#[cfg(feature = "engine")]
mod control;
#[cfg(feature = "engine")]
mod cx;
#[cfg(feature = "engine")]
mod encoded;
#[cfg(feature = "engine")]
mod fault;
#[cfg(feature = "engine")]
mod handle;
#[cfg(feature = "engine")]
mod history;
#[cfg(feature = "engine")]
mod input;
#[cfg(feature = "engine")]
mod jar;
#[cfg(feature = "engine")]
mod journal;
#[cfg(feature = "engine")]
mod live_key;
#[cfg(feature = "engine")]
mod mail;
#[cfg(feature = "engine")]
mod operation;
#[cfg(feature = "engine")]
mod protocol;
#[cfg(feature = "engine")]
mod random;
#[cfg(feature = "engine")]
mod resource;
#[cfg(feature = "engine")]
mod scenario;
#[cfg(feature = "engine")]
mod seal;
#[cfg(feature = "engine")]
mod token;
#[cfg(feature = "engine")]
mod world;

#[cfg(feature = "engine")]
mod cognito_identity;
#[cfg(feature = "engine")]
mod cognito_idp;
#[cfg(feature = "engine")]
mod cognito_sync;
#[cfg(feature = "engine")]
mod dynamodb;
#[cfg(feature = "engine")]
#[cfg(feature = "engine")]
mod iam;
#[cfg(feature = "engine")]
mod s3;
#[cfg(feature = "engine")]
mod sts;

#[cfg(feature = "engine")]
pub use engine::*;

#[cfg(feature = "engine")]
mod engine {
    pub use crate::handle::handle;
    pub use crate::input::{Answer, Done, Input, Question, Signing, Step};
    pub use crate::operation::{Entry, Service, services};
    pub use crate::scenario::open as open_scenario;
    pub use crate::world::{World, Write};
}
