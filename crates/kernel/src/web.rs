//! Web pages: what hosted pages and login providers share.

pub mod cookies;
pub mod csrf;
pub mod form;
pub mod page;
