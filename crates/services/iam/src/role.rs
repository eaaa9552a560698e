//! Roles.

pub(crate) mod attach_role_policy;
pub(crate) mod create_role;
pub(crate) mod delete_role;
pub(crate) mod delete_role_permissions_boundary;
pub(crate) mod delete_role_policy;
pub(crate) mod detach_role_policy;
pub(crate) mod get_role;
pub(crate) mod get_role_policy;
pub(crate) mod list_attached_role_policies;
pub(crate) mod list_role_policies;
pub(crate) mod list_roles;
pub(crate) mod put_role_permissions_boundary;
pub(crate) mod put_role_policy;
pub(crate) mod update_assume_role_policy;
pub(crate) mod update_role;
pub(crate) mod view;

use cognitab_kernel::{Entry, entry};

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<attach_role_policy::AttachRolePolicy>(),
    entry::<create_role::CreateRole>(),
    entry::<delete_role::DeleteRole>(),
    entry::<delete_role_permissions_boundary::DeleteRolePermissionsBoundary>(),
    entry::<delete_role_policy::DeleteRolePolicy>(),
    entry::<detach_role_policy::DetachRolePolicy>(),
    entry::<get_role::GetRole>(),
    entry::<get_role_policy::GetRolePolicy>(),
    entry::<list_attached_role_policies::ListAttachedRolePolicies>(),
    entry::<list_role_policies::ListRolePolicies>(),
    entry::<list_roles::ListRoles>(),
    entry::<put_role_permissions_boundary::PutRolePermissionsBoundary>(),
    entry::<put_role_policy::PutRolePolicy>(),
    entry::<update_assume_role_policy::UpdateAssumeRolePolicy>(),
    entry::<update_role::UpdateRole>(),
];
