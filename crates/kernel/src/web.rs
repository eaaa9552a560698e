//! Web pages: what hosted pages and login providers share.
//!
//! A service answers for its hosts with [`crate::service::Site`]. A page issues a CSRF token with
//! [`csrf::token`], renders a [`form::Form`] with it, and returns [`page::document`] with the token's
//! cookie. The handler of the form checks [`csrf::matches`] first. [`page::no_store`] adds the headers
//! that every response of such a host has.

pub mod cookies;
pub mod csrf;
pub mod form;
pub mod page;
