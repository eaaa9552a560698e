//! What all simulated services use: the world, the context of a request, operations, protocols,
//! authentication, authorization and the event log.
//!
//! The kernel names no service. Each service is a [`Service`]: its operations, and functions for what
//! only it knows, such as the caller of a token or the policies of a role. The kernel finds them
//! through the list of services in [`Cx`].
//!
//! It does no I/O, reads no clock and has no source of randomness: time and entropy come with each
//! [`Input`], and the host makes the signatures. The same world and the same inputs produce the same
//! bytes.

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
