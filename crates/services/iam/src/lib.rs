//! IAM: the users, roles, policies, access keys and identity providers of an account.
//!
//! It has the identity-based policies that authorization evaluates, and the policy simulator. It
//! calls no other service.

mod access;
mod access_key;
mod account;
mod arn;
mod document;
mod entity;
mod error;
mod pagination;
mod policy;
mod provider;
mod role;
mod shapes;
mod simulate;
mod subject;
mod tag;
mod user;

use cognitab_kernel::{Protocol, Service};
use cognitab_trace::event::Station;

pub use account::{accounts, create_account};
pub use document::check as check_document;
pub use policy::managed_policy::document as managed_policy;
pub use provider::by_issuer as provider_by_issuer;
pub use role::{AssumableRole, role};
pub use subject::{all as subjects, trusts};

/// The service and its operations.
pub static SERVICE: Service = Service {
    target: "https://iam.amazonaws.com/doc/2010-05-08/",
    version: "2010-05-08",
    global: true,
    operations: &[
        access_key::OPERATIONS,
        policy::OPERATIONS,
        provider::OPERATIONS,
        role::OPERATIONS,
        simulate::OPERATIONS,
        user::OPERATIONS,
    ],
    resource: Some(role::resource),
    identity_policies: Some(subject::identity_policies),
    ..Service::new("iam", Protocol::Query, Station::Role)
};
