//! Identity pools.

mod federation;
mod identity_pool;
