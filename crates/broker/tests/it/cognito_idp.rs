//! User pools.

mod hosted;
mod sign_in;
mod user_pool;
