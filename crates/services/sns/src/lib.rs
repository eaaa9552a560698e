//! SNS: topics.
//!
//! IAM is asked only which accounts, users and roles exist, because a topic policy may not name
//! others.

mod access;
mod arn;
mod attribute;
mod delivery_policy;
mod error;
mod pagination;
mod permission;
mod tag;
mod topic;

use cognitab_kernel::{Protocol, Service, Wording};
use cognitab_trace::event::Station;

/// The service and its operations.
pub static SERVICE: Service = Service {
    target: "http://sns.amazonaws.com/doc/2010-03-31/",
    version: "2010-03-31",
    operations: &[topic::OPERATIONS, permission::OPERATIONS, tag::OPERATIONS],
    wording: Wording { denied: "AuthorizationError", ..Wording::of(Protocol::Query) },
    ..Service::new("sns", Protocol::Query, Station::Resource)
};
