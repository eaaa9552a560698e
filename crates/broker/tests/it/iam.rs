//! IAM: entities, policies, the policy simulator and partitions.

mod entities;
mod partitions;
mod policies;
mod simulate;
