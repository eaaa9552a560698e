//! DeleteRolePermissionsBoundary and DeleteUserPermissionsBoundary.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::shapes::{RoleNameType, UserNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteRolePermissionsBoundaryRequest {
    role_name: RoleNameType,
}

/// Deletes the permissions boundary of a role, if it has one.
#[operation(signed, access = access::role)]
pub(crate) fn delete_role_permissions_boundary(
    cx: &mut Cx<'_>,
    input: DeleteRolePermissionsBoundaryRequest,
) -> Result<(), Stop> {
    delete(cx, EntityType::Role, &input.role_name)
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPermissionsBoundaryRequest {
    user_name: UserNameType,
}

/// Deletes the permissions boundary of a user, if it has one.
#[operation(signed, access = access::user)]
pub(crate) fn delete_user_permissions_boundary(
    cx: &mut Cx<'_>,
    input: DeleteUserPermissionsBoundaryRequest,
) -> Result<(), Stop> {
    delete(cx, EntityType::User, &input.user_name)
}

fn delete(cx: &mut Cx<'_>, entity_type: EntityType, name: &str) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    entity.boundary = None;
    cx.world.put(&entity);
    Ok(())
}
