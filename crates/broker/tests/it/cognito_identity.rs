//! Identity pools.

mod federation;
mod google;
mod identity_pool;
