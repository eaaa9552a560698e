//! PutRolePermissionsBoundary and PutUserPermissionsBoundary.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::policy::managed_policy;
use crate::shapes::{ArnType, RoleNameType, UserNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct PutRolePermissionsBoundaryRequest {
    role_name: RoleNameType,
    permissions_boundary: ArnType,
}

/// Sets the permissions boundary of a role.
#[operation(signed, access = access::role)]
pub(crate) fn put_role_permissions_boundary(
    cx: &mut Cx<'_>,
    input: PutRolePermissionsBoundaryRequest,
) -> Result<(), Stop> {
    put(cx, EntityType::Role, &input.role_name, input.permissions_boundary)
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct PutUserPermissionsBoundaryRequest {
    user_name: UserNameType,
    permissions_boundary: ArnType,
}

/// Sets the permissions boundary of a user.
#[operation(signed, access = access::user)]
pub(crate) fn put_user_permissions_boundary(
    cx: &mut Cx<'_>,
    input: PutUserPermissionsBoundaryRequest,
) -> Result<(), Stop> {
    put(cx, EntityType::User, &input.user_name, input.permissions_boundary)
}

fn put(
    cx: &mut Cx<'_>,
    entity_type: EntityType,
    name: &str,
    policy_arn: ArnType,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    managed_policy::check_attachable(cx, &policy_arn)?;
    entity.boundary = Some(policy_arn.into_inner());
    cx.world.put(&entity);
    Ok(())
}
