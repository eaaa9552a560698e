//! The control API: undo, reset and open.

mod undo;
