//! Hooks for the pages: they send requests, poll the event log and keep the URL up to date.

pub mod console;
pub mod home;
pub mod lab;
pub mod policy;
pub mod virtual_list;
