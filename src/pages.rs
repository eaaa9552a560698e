//! Arrangement: what stands where on each page.

pub mod home;
pub mod lab;
pub mod not_found;
pub mod policy;
