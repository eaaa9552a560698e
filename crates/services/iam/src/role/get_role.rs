//! GetRole: returns a role.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::role::Role;
use crate::shapes::RoleNameType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetRoleRequest {
    role_name: RoleNameType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetRoleResponse {
    role: Role,
}

/// Returns a role.
#[operation(signed, access = access::role)]
pub(crate) fn get_role(cx: &mut Cx<'_>, input: GetRoleRequest) -> Result<GetRoleResponse, Stop> {
    let role = entity::find(cx, EntityType::Role, &input.role_name)?;
    Ok(GetRoleResponse { role: role.into() })
}
