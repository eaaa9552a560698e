//! AWS's wire formats: HTTP messages, shapes, the protocols, Signature Version 4, ARNs.
//!
//! All protocols convert between bytes and one type, [`Value`], according to the [`Schema`] of a
//! shape. The crate knows no service and uses no clock, randomness or I/O.
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
