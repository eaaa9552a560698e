//! Bytes to one value tree and back: HTTP messages, shapes, the four AWS protocols, SigV4.
//!
//! This room knows how AWS speaks and nothing of what any service means. It reads no clock, draws
//! no randomness and does no I/O.
pub mod arn;
pub mod client;
pub mod http;
pub mod internet;
pub mod json;
pub mod pattern;
pub mod protocol;
pub mod query;
pub mod rest;
pub mod schema;
pub mod shape;
pub mod sigv4;
pub mod time;
pub mod validate;
pub mod value;
pub mod xml;

pub use protocol::Protocol;
pub use schema::{Constraints, Kind, Location, Member, Schema};
pub use shape::Shape;
pub use value::Value;
