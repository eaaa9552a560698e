//! The OAuth 2.0 and OpenID Connect endpoints of a domain.

pub(crate) mod authorization_code;
pub(crate) mod authorization_request;
pub(crate) mod authorize;
pub(crate) mod client_auth;
pub(crate) mod error;
pub(crate) mod issuer;
pub(crate) mod revoke;
pub(crate) mod token;
pub(crate) mod user_info;
