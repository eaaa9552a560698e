//! What every simulated service stands on: the world, the request's context, operations,
//! protocols, authentication, authorization and the event log.
//!
//! The kernel knows no service by name. A service hands in a [`Service`]: its operations, and
//! functions for what only it can answer (whose token is this, which policies has this role). The
//! kernel finds them through the list of services in [`Cx`].
//!
//! It does no I/O, reads no clock and draws no randomness: time and entropy come in with each
//! [`Input`], signatures are left to the host, and the same world and the same inputs produce the
//! same bytes.

pub mod accounts;
pub mod authenticate;
pub mod authorize;
pub mod caller;
pub mod clock;
pub mod condition_keys;
pub mod cx;
pub mod encoded_message;
pub mod error;
pub mod event_log;
pub mod inbox;
pub mod input;
pub mod issuer;
pub mod operation;
pub mod protocol;
pub mod random;
mod redact;
pub mod sealed;
pub mod service;
pub mod token;
pub mod undo;
pub mod web;
pub mod world;

pub use caller::{Caller, Key, PoolUser};
pub use cx::Cx;
pub use error::{ApiError, Stop};
pub use input::{Answer, Done, Input, Question, Signing, Step};
pub use operation::{Access, Auth, Entry, Operation, entry};
pub use random::Random;
pub use service::Protocol;
pub use service::{Service, Wording};
pub use world::{Row, World};
