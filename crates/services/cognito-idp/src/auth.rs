//! How users authenticate, and the tokens that they get. No operation is declared here.

pub(crate) mod app;
pub(crate) mod authenticate;
pub(crate) mod caller;
pub(crate) mod challenge;
pub(crate) mod delivery;
pub(crate) mod new_password;
pub(crate) mod parameters;
pub(crate) mod password;
pub(crate) mod refresh;
pub(crate) mod response;
pub(crate) mod srp;
pub(crate) mod srp_challenge;
pub(crate) mod tokens;
pub(crate) mod triggers;
pub(crate) mod verification_code;
pub(crate) mod verify;
