//! AWS Security Token Service: temporary credentials for roles.
//!
//! Roles and identity providers are IAM's; the keys of an issuer come from the service that issues its
//! tokens.

mod assume_role;
pub mod assume_role_with_web_identity;
mod decode_authorization_message;
mod error;
mod get_access_key_info;
mod get_caller_identity;
mod identity_token;
mod session;
pub mod shapes;
mod trust;

use cognitab_kernel::{Protocol, Service, entry};
use cognitab_trace::event::Station;

pub use assume_role_with_web_identity::{
    AssumeRoleWithWebIdentity, AssumeRoleWithWebIdentityRequest,
};
pub use session::PolicyDescriptorType;
pub use trust::message as trust_message;

/// The service and its operations.
pub static SERVICE: Service = Service {
    target: "https://sts.amazonaws.com/doc/2011-06-15/",
    version: "2011-06-15",
    operations: &[&[
        entry::<assume_role::AssumeRole>(),
        entry::<assume_role_with_web_identity::AssumeRoleWithWebIdentity>(),
        entry::<decode_authorization_message::DecodeAuthorizationMessage>(),
        entry::<get_access_key_info::GetAccessKeyInfo>(),
        entry::<get_caller_identity::GetCallerIdentity>(),
    ]],
    ..Service::new("sts", Protocol::Query, Station::Sts)
};
