//! IAM.

mod entities;
mod policies;
mod simulate;
