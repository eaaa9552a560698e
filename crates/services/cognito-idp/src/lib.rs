//! Amazon Cognito user pools: user directories that authenticate users and issue tokens.
//!
//! The login pages and OAuth endpoints of a domain ([`hosted`]) are part of the service.

mod auth;
mod error;
mod hosted;
mod model;
mod operations;

use cognitab_kernel::{Protocol, Service};
use cognitab_trace::event::Station;

pub use auth::verify::{display_name, is_revoked};
pub use model::domain::parts as domain_parts;
pub use model::group::roles_of_pool;

/// The service and its operations.
pub static SERVICE: Service = Service {
    target: "AWSCognitoIdentityProviderService",
    version: "2016-04-18",
    operations: &[
        operations::account::OPERATIONS,
        operations::client::OPERATIONS,
        operations::domain::OPERATIONS,
        operations::group::OPERATIONS,
        operations::resource_server::OPERATIONS,
        operations::authentication::OPERATIONS,
        operations::registration::OPERATIONS,
        operations::user::OPERATIONS,
        operations::user_pool::OPERATIONS,
    ],
    pages: Some(hosted::find),
    issuer: Some(auth::verify::issuer),
    access_token: Some(auth::verify::access_token),
    ..Service::new("cognito-idp", Protocol::Json11, Station::UserPool)
};
