//! IAM: users, roles, policies, access keys and identity providers of an account.
//!
//! It holds the policies that authorization reads, and the policy simulator. It calls no service.

mod access;
mod access_key;
mod document;
mod entity;
mod error;
mod page;
mod policy;
mod provider;
mod role;
mod simulate;
mod subject;
mod user;

use cognitab_kernel::{Protocol, Service};
use cognitab_trace::event::Station;

pub use document::check as check_document;
pub use entity::{RoleView, accounts, create_account, role};
pub use policy::managed_policy::text as managed_policy;
pub use provider::row::by_issuer as provider_by_issuer;
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
    identity_policies: Some(subject::identity_policies),
    ..Service::new("iam", Protocol::Query, Station::Role)
};
