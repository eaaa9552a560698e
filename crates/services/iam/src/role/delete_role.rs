//! DeleteRole: deletes a role that has no policies.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::shapes::RoleNameType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteRoleRequest {
    role_name: RoleNameType,
}

/// Deletes a role that has no policies.
#[operation(signed, access = access::role)]
pub(crate) fn delete_role(cx: &mut Cx<'_>, input: DeleteRoleRequest) -> Result<(), Stop> {
    entity::delete(cx, EntityType::Role, &input.role_name)
}
