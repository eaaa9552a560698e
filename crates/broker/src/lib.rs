//! The simulated AWS. Without the feature `engine` this room shows only what can be seen from
//! outside: events and names. With it come the world and the one door, `handle`.
//!
//! It does no I/O, reads no clock and draws no randomness: time and entropy come in with each
//! request, signatures are left to the host, and given the same world and the same inputs it
//! produces the same bytes.
pub mod event;
