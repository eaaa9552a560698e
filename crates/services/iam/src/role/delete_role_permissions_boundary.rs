//! DeleteRolePermissionsBoundary: removes the permissions boundary of a role.

use crate::access;
use crate::entity::{self, EntityType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeleteRolePermissionsBoundary.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteRolePermissionsBoundaryRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
}

/// Removes the permissions boundary of a role.
#[operation(signed, access = access::role)]
pub(crate) fn delete_role_permissions_boundary(
    cx: &mut Cx<'_>,
    input: DeleteRolePermissionsBoundaryRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    entity.boundary = None;
    cx.world.put(&entity);
    Ok(())
}
