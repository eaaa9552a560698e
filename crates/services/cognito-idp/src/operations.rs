//! The operations of the API, grouped by resource.

pub(crate) mod account;
pub(crate) mod authentication;
pub(crate) mod client;
pub(crate) mod domain;
pub(crate) mod group;
pub(crate) mod registration;
pub(crate) mod resource_server;
pub(crate) mod user;
pub(crate) mod user_pool;
