//! GetRole: describes a role.

use crate::access;
use crate::entity::{self, EntityType};
use crate::role::view::Role;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of GetRole.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetRoleRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
}

/// Output of GetRole.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetRoleResponse {
    /// The role.
    pub(crate) role: Role,
}

/// Describes a role.
#[operation(signed, access = access::role)]
pub(crate) fn get_role(cx: &mut Cx<'_>, input: GetRoleRequest) -> Result<GetRoleResponse, Stop> {
    let entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    Ok(GetRoleResponse { role: Role::of(&entity) })
}
