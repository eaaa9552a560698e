//! State of the pages, and the pure functions that compute what they show.

pub mod change;
pub mod console;
pub mod draft;
pub mod draft_edit;
pub mod examples;
pub mod export;
pub mod highlight;
pub mod home;
pub mod journey;
pub mod json_format;
pub mod lab;
pub mod labels;
pub mod oauth;
pub mod policy;
pub mod principal;
pub mod reason;
pub mod run;
pub mod run_diff;
pub mod selection;
pub mod sender;
pub mod sequence;
pub mod share;
pub mod templates;
pub mod token;
pub mod url_state;
pub mod virtual_list;

#[cfg(test)]
pub(crate) mod samples;
