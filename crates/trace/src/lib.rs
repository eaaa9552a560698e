//! What an observer sees of the simulated AWS: events with their ladders, and the JSON of the
//! control API under `/_cognitab/`.
//!
//! This crate holds types only. The broker writes them, the page and the lessons read them. It
//! knows neither the world nor any operation.

pub mod control;
pub mod event;
pub mod model;

pub use cognitab_policy::ladder;
