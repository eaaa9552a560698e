//! Hooks of the pages: they send requests, follow the event log and keep the URL.

pub mod console;
pub mod home;
pub mod lab;
pub mod policy;
pub mod virtual_list;
