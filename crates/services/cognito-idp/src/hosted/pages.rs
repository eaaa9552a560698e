//! The pages that a person sees.

pub(crate) mod confirm;
pub(crate) mod forgot;
pub(crate) mod html;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod sign_up;
