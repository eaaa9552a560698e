//! The control API.

mod undo;
