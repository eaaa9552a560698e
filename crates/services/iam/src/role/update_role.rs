//! UpdateRole: changes the description or the longest session of a role.

use crate::access;
use crate::entity::{self, EntityType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of UpdateRole.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateRoleRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// A description.
    #[shape(length = 0..=1000)]
    pub(crate) description: Option<String>,
    /// Longest session in seconds.
    #[shape(range = 3600..=43_200)]
    pub(crate) max_session_duration: Option<i64>,
}

/// Changes the description or the longest session of a role.
#[operation(signed, access = access::role)]
pub(crate) fn update_role(cx: &mut Cx<'_>, input: UpdateRoleRequest) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    entity.description = input.description.or(entity.description);
    entity.max_session = input.max_session_duration.or(entity.max_session);
    cx.world.put(&entity);
    Ok(())
}
