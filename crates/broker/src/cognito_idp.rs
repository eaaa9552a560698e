//! User pools: directories of people, and the tokens that say who signed in.
//!
//! The hosted login pages ([`hosted`]) are the same service's other face.

mod admin_add_user_to_group;
mod admin_confirm_sign_up;
mod admin_create_user;
mod admin_delete_user;
mod admin_disable_user;
mod admin_enable_user;
mod admin_get_user;
mod admin_list_groups_for_user;
mod admin_remove_user_from_group;
mod admin_set_user_password;
mod admin_update_user_attributes;
mod admin_user_global_sign_out;
mod authenticate;
mod challenge;
mod change_password;
mod client;
mod client_settings;
mod code;
mod confirm_forgot_password;
mod confirm_sign_up;
mod confirmation;
mod create_group;
mod create_resource_server;
mod create_user_pool;
mod create_user_pool_client;
mod create_user_pool_domain;
mod delete_group;
mod delete_resource_server;
mod delete_user;
mod delete_user_pool;
mod delete_user_pool_client;
mod delete_user_pool_domain;
mod deliver;
mod describe_resource_server;
mod describe_user_pool;
mod describe_user_pool_client;
mod describe_user_pool_domain;
mod description;
mod domain;
mod error;
mod forgot_password;
mod get_group;
mod get_user;
mod global_sign_out;
mod group;
pub(crate) mod hosted;
mod hosted_new_password;
mod hosted_sign_in;
mod initiate_auth;
mod list_groups;
mod list_user_pool_clients;
mod list_user_pools;
mod list_users;
mod list_users_in_group;
mod password;
mod pool;
mod renew;
mod resend_confirmation_code;
mod resource_server;
mod respond_to_auth_challenge;
mod result;
mod revoke_token;
mod schema;
mod self_service;
mod session;
mod sign_up;
mod srp;
mod tokens;
mod update_group;
mod update_user_pool;
mod update_user_pool_client;
mod user;
mod verifier;
mod verify;

use crate::event::Station;
use crate::operation::{Protocol, Service, entry};

pub(crate) use domain::parts as domain_parts;
pub(crate) use group::roles_of_pool;
pub(crate) use verify::{IdTokenFault, access_token, check_id_token, display_name, is_ended, jwks};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "cognito-idp",
    protocol: Protocol::Json11,
    target: "AWSCognitoIdentityProviderService",
    version: "2016-04-18",
    station: Station::UserPool,
    operations: &[
        entry::<admin_add_user_to_group::AdminAddUserToGroup>(),
        entry::<admin_confirm_sign_up::AdminConfirmSignUp>(),
        entry::<admin_create_user::AdminCreateUser>(),
        entry::<admin_delete_user::AdminDeleteUser>(),
        entry::<admin_disable_user::AdminDisableUser>(),
        entry::<admin_enable_user::AdminEnableUser>(),
        entry::<admin_get_user::AdminGetUser>(),
        entry::<admin_list_groups_for_user::AdminListGroupsForUser>(),
        entry::<admin_remove_user_from_group::AdminRemoveUserFromGroup>(),
        entry::<admin_set_user_password::AdminSetUserPassword>(),
        entry::<admin_update_user_attributes::AdminUpdateUserAttributes>(),
        entry::<admin_user_global_sign_out::AdminUserGlobalSignOut>(),
        entry::<change_password::ChangePassword>(),
        entry::<confirm_forgot_password::ConfirmForgotPassword>(),
        entry::<confirm_sign_up::ConfirmSignUp>(),
        entry::<create_group::CreateGroup>(),
        entry::<create_resource_server::CreateResourceServer>(),
        entry::<create_user_pool::CreateUserPool>(),
        entry::<create_user_pool_client::CreateUserPoolClient>(),
        entry::<create_user_pool_domain::CreateUserPoolDomain>(),
        entry::<delete_group::DeleteGroup>(),
        entry::<delete_resource_server::DeleteResourceServer>(),
        entry::<delete_user::DeleteUser>(),
        entry::<delete_user_pool::DeleteUserPool>(),
        entry::<delete_user_pool_client::DeleteUserPoolClient>(),
        entry::<delete_user_pool_domain::DeleteUserPoolDomain>(),
        entry::<describe_resource_server::DescribeResourceServer>(),
        entry::<describe_user_pool::DescribeUserPool>(),
        entry::<describe_user_pool_client::DescribeUserPoolClient>(),
        entry::<describe_user_pool_domain::DescribeUserPoolDomain>(),
        entry::<forgot_password::ForgotPassword>(),
        entry::<get_group::GetGroup>(),
        entry::<get_user::GetUser>(),
        entry::<global_sign_out::GlobalSignOut>(),
        entry::<initiate_auth::InitiateAuth>(),
        entry::<list_groups::ListGroups>(),
        entry::<list_user_pool_clients::ListUserPoolClients>(),
        entry::<list_user_pools::ListUserPools>(),
        entry::<list_users::ListUsers>(),
        entry::<list_users_in_group::ListUsersInGroup>(),
        entry::<resend_confirmation_code::ResendConfirmationCode>(),
        entry::<respond_to_auth_challenge::RespondToAuthChallenge>(),
        entry::<revoke_token::RevokeToken>(),
        entry::<sign_up::SignUp>(),
        entry::<update_group::UpdateGroup>(),
        entry::<update_user_pool::UpdateUserPool>(),
        entry::<update_user_pool_client::UpdateUserPoolClient>(),
    ],
};
