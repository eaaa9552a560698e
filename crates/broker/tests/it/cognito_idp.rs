//! Tests of Amazon Cognito user pools, through the broker.

mod aliases;
mod managed_login;
mod sign_in;
mod triggers;
mod user_pool;
