//! Identity pools: a token goes in, temporary credentials bound to a role come out.

mod create_identity_pool;
mod credentials_for_identity;
mod delete_identities;
mod delete_identity_pool;
mod describe_identity;
mod describe_identity_pool;
mod documents;
mod error;
mod get_id;
mod get_identity_pool_roles;
mod get_open_id_token;
mod guest;
mod identity;
mod list_identities;
mod list_identity_pools;
mod login;
mod offer;
mod pool;
mod pool_token;
mod role;
mod set_identity_pool_roles;
mod unlink_identity;
mod update_identity_pool;

use crate::event::Station;
use crate::operation::{Protocol, Service, entry};

pub(crate) use documents::document;
pub(crate) use identity::belongs;
pub(crate) use offer::{Offer, all as offers};
pub(crate) use pool::account as pool_account;
pub(crate) use pool_token::{PRINCIPAL, is_issuer, jwks};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "cognito-identity",
    protocol: Protocol::Json11,
    target: "AWSCognitoIdentityService",
    version: "2014-06-30",
    station: Station::IdentityPool,
    operations: &[
        entry::<create_identity_pool::CreateIdentityPool>(),
        entry::<delete_identities::DeleteIdentities>(),
        entry::<delete_identity_pool::DeleteIdentityPool>(),
        entry::<describe_identity::DescribeIdentity>(),
        entry::<describe_identity_pool::DescribeIdentityPool>(),
        entry::<credentials_for_identity::GetCredentialsForIdentity>(),
        entry::<get_id::GetId>(),
        entry::<get_identity_pool_roles::GetIdentityPoolRoles>(),
        entry::<get_open_id_token::GetOpenIdToken>(),
        entry::<list_identities::ListIdentities>(),
        entry::<list_identity_pools::ListIdentityPools>(),
        entry::<set_identity_pool_roles::SetIdentityPoolRoles>(),
        entry::<unlink_identity::UnlinkIdentity>(),
        entry::<update_identity_pool::UpdateIdentityPool>(),
    ],
};
