//! The resources of the service as rows, with their rules. No operation is declared here.

pub(crate) mod client;
pub(crate) mod client_settings;
pub(crate) mod domain;
pub(crate) mod group;
pub(crate) mod lambda_config;
pub(crate) mod pagination;
pub(crate) mod pool;
pub(crate) mod pool_description;
pub(crate) mod resource_server;
pub(crate) mod schema;
pub(crate) mod sign_in;
pub(crate) mod types;
pub(crate) mod user;
