//! UpdateRole: changes the description or the maximum session duration of a role.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::shapes::{RoleDescriptionType, RoleMaxSessionDurationType, RoleNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateRoleRequest {
    role_name: RoleNameType,
    description: Option<RoleDescriptionType>,
    /// In seconds.
    max_session_duration: Option<RoleMaxSessionDurationType>,
}

/// An empty result, which clients expect.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateRoleResponse {}

/// Changes the description or the maximum session duration of a role.
#[operation(signed, access = access::role)]
pub(crate) fn update_role(
    cx: &mut Cx<'_>,
    input: UpdateRoleRequest,
) -> Result<UpdateRoleResponse, Stop> {
    let mut role = entity::find(cx, EntityType::Role, &input.role_name)?;
    role.description = input.description.map(RoleDescriptionType::into_inner).or(role.description);
    role.max_session = input.max_session_duration.map(|seconds| *seconds).or(role.max_session);
    cx.world.put(&role);
    Ok(UpdateRoleResponse {})
}
