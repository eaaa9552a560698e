//! IAM.

mod entities;
mod partitions;
mod policies;
mod simulate;
