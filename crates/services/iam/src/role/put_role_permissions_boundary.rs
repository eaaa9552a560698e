//! PutRolePermissionsBoundary: sets the permissions boundary of a role.

use crate::access;
use crate::entity::{self, EntityType};
use crate::policy::managed_policy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of PutRolePermissionsBoundary.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutRolePermissionsBoundaryRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) permissions_boundary: String,
}

/// Sets the permissions boundary of a role.
#[operation(signed, access = access::role)]
pub(crate) fn put_role_permissions_boundary(
    cx: &mut Cx<'_>,
    input: PutRolePermissionsBoundaryRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    managed_policy::check_attachable(cx, &input.permissions_boundary)?;
    entity.boundary = Some(input.permissions_boundary);
    cx.world.put(&entity);
    Ok(())
}
