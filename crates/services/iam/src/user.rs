//! Users.

pub(crate) mod attach_user_policy;
pub(crate) mod create_user;
pub(crate) mod delete_user;
pub(crate) mod delete_user_permissions_boundary;
pub(crate) mod delete_user_policy;
pub(crate) mod detach_user_policy;
pub(crate) mod get_user;
pub(crate) mod get_user_policy;
pub(crate) mod list_attached_user_policies;
pub(crate) mod list_user_policies;
pub(crate) mod list_users;
pub(crate) mod put_user_permissions_boundary;
pub(crate) mod put_user_policy;
pub(crate) mod view;

use cognitab_kernel::{Entry, entry};

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<attach_user_policy::AttachUserPolicy>(),
    entry::<create_user::CreateUser>(),
    entry::<delete_user::DeleteUser>(),
    entry::<delete_user_permissions_boundary::DeleteUserPermissionsBoundary>(),
    entry::<delete_user_policy::DeleteUserPolicy>(),
    entry::<detach_user_policy::DetachUserPolicy>(),
    entry::<get_user::GetUser>(),
    entry::<get_user_policy::GetUserPolicy>(),
    entry::<list_attached_user_policies::ListAttachedUserPolicies>(),
    entry::<list_user_policies::ListUserPolicies>(),
    entry::<list_users::ListUsers>(),
    entry::<put_user_permissions_boundary::PutUserPermissionsBoundary>(),
    entry::<put_user_policy::PutUserPolicy>(),
];
