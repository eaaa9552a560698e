//! What the pages do over time: make runs, follow the log, keep the address.

pub mod home;
pub mod lab;
pub mod policy;
pub mod virtual_list;
