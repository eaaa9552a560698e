//! IAM: users, roles and the policies that say what they may do.

mod access;
mod access_key;
mod attach_role_policy;
mod attach_user_policy;
mod context_entry;
mod context_keys;
mod create_access_key;
mod create_open_id_connect_provider;
mod create_policy;
mod create_policy_version;
mod create_role;
mod create_user;
mod delete_access_key;
mod delete_open_id_connect_provider;
mod delete_policy;
mod delete_policy_version;
mod delete_role;
mod delete_role_permissions_boundary;
mod delete_role_policy;
mod delete_user;
mod delete_user_permissions_boundary;
mod delete_user_policy;
mod detach_role_policy;
mod detach_user_policy;
mod document;
mod entity;
mod error;
mod evaluation;
mod exclusion;
mod get_context_keys_for_custom_policy;
mod get_context_keys_for_principal_policy;
mod get_open_id_connect_provider;
mod get_policy;
mod get_policy_version;
mod get_role;
mod get_role_policy;
mod get_user;
mod get_user_policy;
mod handling;
mod list_access_keys;
mod list_attached_role_policies;
mod list_attached_user_policies;
mod list_open_id_connect_providers;
mod list_policies;
mod list_policy_versions;
mod list_role_policies;
mod list_roles;
mod list_user_policies;
mod list_users;
mod managed;
mod page;
mod provider;
mod put_role_permissions_boundary;
mod put_role_policy;
mod put_user_permissions_boundary;
mod put_user_policy;
mod role;
mod set_default_policy_version;
mod simulate;
mod simulate_custom_policy;
mod simulate_principal_policy;
mod simulation;
mod subject;
mod update_access_key;
mod update_assume_role_policy;
mod update_role;
mod user;
mod version;

use crate::event::Station;
use crate::operation::{Protocol, Service, entry};

pub(crate) use document::check as check_document;
pub(crate) use entity::{RoleView, accounts, found_account, role};
pub(crate) use managed::text as managed_policy;
pub(crate) use provider::by_issuer as provider_by_issuer;
pub(crate) use subject::{Subject, all as subjects, policies};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "iam",
    protocol: Protocol::Query,
    target: "https://iam.amazonaws.com/doc/2010-05-08/",
    version: "2010-05-08",
    station: Station::Role,
    operations: &[
        entry::<attach_role_policy::AttachRolePolicy>(),
        entry::<attach_user_policy::AttachUserPolicy>(),
        entry::<create_access_key::CreateAccessKey>(),
        entry::<create_open_id_connect_provider::CreateOpenIdConnectProvider>(),
        entry::<create_policy::CreatePolicy>(),
        entry::<create_policy_version::CreatePolicyVersion>(),
        entry::<create_role::CreateRole>(),
        entry::<create_user::CreateUser>(),
        entry::<delete_access_key::DeleteAccessKey>(),
        entry::<delete_open_id_connect_provider::DeleteOpenIdConnectProvider>(),
        entry::<delete_policy::DeletePolicy>(),
        entry::<delete_policy_version::DeletePolicyVersion>(),
        entry::<delete_role::DeleteRole>(),
        entry::<delete_role_permissions_boundary::DeleteRolePermissionsBoundary>(),
        entry::<delete_role_policy::DeleteRolePolicy>(),
        entry::<delete_user::DeleteUser>(),
        entry::<delete_user_permissions_boundary::DeleteUserPermissionsBoundary>(),
        entry::<delete_user_policy::DeleteUserPolicy>(),
        entry::<detach_role_policy::DetachRolePolicy>(),
        entry::<detach_user_policy::DetachUserPolicy>(),
        entry::<get_context_keys_for_custom_policy::GetContextKeysForCustomPolicy>(),
        entry::<get_context_keys_for_principal_policy::GetContextKeysForPrincipalPolicy>(),
        entry::<get_open_id_connect_provider::GetOpenIdConnectProvider>(),
        entry::<get_policy::GetPolicy>(),
        entry::<get_policy_version::GetPolicyVersion>(),
        entry::<get_role::GetRole>(),
        entry::<get_role_policy::GetRolePolicy>(),
        entry::<get_user::GetUser>(),
        entry::<get_user_policy::GetUserPolicy>(),
        entry::<list_access_keys::ListAccessKeys>(),
        entry::<list_attached_role_policies::ListAttachedRolePolicies>(),
        entry::<list_attached_user_policies::ListAttachedUserPolicies>(),
        entry::<list_open_id_connect_providers::ListOpenIdConnectProviders>(),
        entry::<list_policies::ListPolicies>(),
        entry::<list_policy_versions::ListPolicyVersions>(),
        entry::<list_role_policies::ListRolePolicies>(),
        entry::<list_roles::ListRoles>(),
        entry::<list_user_policies::ListUserPolicies>(),
        entry::<list_users::ListUsers>(),
        entry::<put_role_permissions_boundary::PutRolePermissionsBoundary>(),
        entry::<put_role_policy::PutRolePolicy>(),
        entry::<put_user_permissions_boundary::PutUserPermissionsBoundary>(),
        entry::<put_user_policy::PutUserPolicy>(),
        entry::<set_default_policy_version::SetDefaultPolicyVersion>(),
        entry::<simulate_custom_policy::SimulateCustomPolicy>(),
        entry::<simulate_principal_policy::SimulatePrincipalPolicy>(),
        entry::<update_access_key::UpdateAccessKey>(),
        entry::<update_assume_role_policy::UpdateAssumeRolePolicy>(),
        entry::<update_role::UpdateRole>(),
    ],
};
