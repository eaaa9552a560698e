//! STS: who am I, and may I be that role for an hour?

mod assume_role;
mod assume_role_with_web_identity;
mod error;
mod get_access_key_info;
mod get_caller_identity;
mod identity_token;
mod session;

use crate::event::Station;
use crate::operation::{Protocol, Service, entry};

pub(crate) use assume_role_with_web_identity::{
    AssumeRoleWithWebIdentity, AssumeRoleWithWebIdentityRequest,
};
pub(crate) use session::PolicyDescriptor;

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "sts",
    protocol: Protocol::Query,
    target: "https://sts.amazonaws.com/doc/2011-06-15/",
    version: "2011-06-15",
    station: Station::Sts,
    operations: &[
        entry::<assume_role::AssumeRole>(),
        entry::<assume_role_with_web_identity::AssumeRoleWithWebIdentity>(),
        entry::<get_access_key_info::GetAccessKeyInfo>(),
        entry::<get_caller_identity::GetCallerIdentity>(),
    ],
};
