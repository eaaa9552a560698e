//! The pages of the site.

pub mod console;
pub mod home;
pub mod lab;
pub mod not_found;
pub mod policy;
