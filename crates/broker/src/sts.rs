//! STS: who am I, and may I be that role for an hour?

mod assume_role;
mod assume_role_with_web_identity;
mod decode_authorization_message;
mod error;
mod get_access_key_info;
mod get_caller_identity;
mod identity_token;
mod session;
mod trust;

use crate::event::Station;
use crate::operation::{Protocol, Service, entry};

pub(crate) use assume_role_with_web_identity::{
    AssumeRoleWithWebIdentity, AssumeRoleWithWebIdentityRequest,
};
pub(crate) use session::PolicyDescriptor;
pub(crate) use trust::words as trust_words;

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
        entry::<decode_authorization_message::DecodeAuthorizationMessage>(),
        entry::<get_access_key_info::GetAccessKeyInfo>(),
        entry::<get_caller_identity::GetCallerIdentity>(),
    ],
};
