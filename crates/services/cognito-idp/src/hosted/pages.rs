//! The pages of a domain.

pub(crate) mod confirm;
pub(crate) mod forgot;
pub(crate) mod layout;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod sign_up;
