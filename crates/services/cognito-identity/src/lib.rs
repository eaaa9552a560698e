//! Identity pools: exchange tokens of identity providers for temporary credentials of an IAM role.
//!
//! It calls STS through its operation, and user pools and IAM through the functions that they export.

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
mod guest_policies;
mod identity;
mod list_identities;
mod list_identity_pools;
mod login;
mod person;
mod pool;
mod pool_token;
mod role;
mod role_attachment;
mod set_identity_pool_roles;
mod shapes;
mod unlink_identity;
mod update_identity_pool;

use cognitab_kernel::{Protocol, Service, entry};
use cognitab_trace::event::Station;

pub use identity::belongs;
pub use pool::account as pool_account;
pub use pool_token::PRINCIPAL;
pub use role_attachment::{all as role_attachments, context, session_policies};

/// The service and its operations.
pub static SERVICE: Service = Service {
    target: "AWSCognitoIdentityService",
    version: "2014-06-30",
    operations: &[&[
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
    ]],
    pages: Some(documents::find),
    issuer: Some(pool_token::issuer),
    person: Some(person::of),
    ..Service::new("cognito-identity", Protocol::Json11, Station::IdentityPool)
};
