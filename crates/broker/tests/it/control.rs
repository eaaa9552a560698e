//! The control API: undo, reset and open.

mod operations;
mod undo;
