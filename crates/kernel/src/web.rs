//! What hosted pages and login providers share: cookies of the simulated browsers.

pub mod cookies;
