//! User pools.

mod aliases;
mod hosted;
mod sign_in;
mod user_pool;
