//! What the screens show, worked out from events by plain functions.

pub mod address;
pub mod change;
pub mod elsewhere;
pub mod home;
pub mod journey;
pub mod lab;
pub mod layout;
pub mod rail;
pub mod reason;
pub mod run;
pub mod sequence;
pub mod token;
pub mod window;
pub mod words;

#[cfg(test)]
pub(crate) mod samples;
