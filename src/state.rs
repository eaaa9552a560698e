//! What the screens show, worked out from events by plain functions.

pub mod address;
pub mod blank;
pub mod caller;
pub mod change;
pub mod desk;
pub mod draft;
pub mod edits;
pub mod elsewhere;
pub mod examples;
pub mod highlight;
pub mod home;
pub mod journey;
pub mod lab;
pub mod layout;
pub mod oauth;
pub mod rail;
pub mod reason;
pub mod run;
pub mod selection;
pub mod sequence;
pub mod share;
pub mod token;
pub mod window;
pub mod words;

#[cfg(test)]
pub(crate) mod samples;
