//! User pools.

mod aliases;
mod hosted;
mod sign_in;
mod triggers;
mod user_pool;
