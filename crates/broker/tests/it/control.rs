//! The control API.

mod operations;
mod undo;
