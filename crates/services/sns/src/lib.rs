//! SNS: topics, their subscriptions, and the messages that are published to them.
//!
//! Messages by email and SMS are delivered to the simulated inbox. IAM is asked only which accounts,
//! users and roles exist, because a topic policy may not name others.

mod access;
mod arn;
mod attribute;
mod delivery;
mod delivery_policy;
mod error;
mod filter;
mod message;
mod pagination;
mod permission;
mod subscription;
mod tag;
mod topic;

use cognitab_kernel::{Protocol, Service, Wording};
use cognitab_trace::event::Station;

/// The service and its operations.
pub static SERVICE: Service = Service {
    target: "http://sns.amazonaws.com/doc/2010-03-31/",
    version: "2010-03-31",
    operations: &[
        topic::OPERATIONS,
        subscription::OPERATIONS,
        message::OPERATIONS,
        permission::OPERATIONS,
        tag::OPERATIONS,
    ],
    resource: Some(topic::resource),
    resources: Some(topic::resources),
    wording: Wording { denied: "AuthorizationError", ..Wording::of(Protocol::Query) },
    ..Service::new("sns", Protocol::Query, Station::Resource)
};
