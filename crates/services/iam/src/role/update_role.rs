//! UpdateRole: changes the description or the maximum session duration of a role.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateRoleRequest {
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    role_name: String,
    #[shape(length = 0..=1000)]
    description: Option<String>,
    /// In seconds.
    #[shape(range = 3600..=43_200)]
    max_session_duration: Option<i64>,
}

/// Changes the description or the maximum session duration of a role.
#[operation(signed, access = access::role)]
pub(crate) fn update_role(cx: &mut Cx<'_>, input: UpdateRoleRequest) -> Result<(), Stop> {
    let mut role = entity::find(cx, EntityType::Role, &input.role_name)?;
    role.description = input.description.or(role.description);
    role.max_session = input.max_session_duration.or(role.max_session);
    cx.world.put(&role);
    Ok(())
}
