//! DeleteRole: removes a role that holds nothing any more.

use crate::access;
use crate::entity::{self, EntityType};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeleteRole.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteRoleRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
}

/// Removes a role that holds nothing any more.
#[operation(signed, access = access::role)]
pub(crate) fn delete_role(cx: &mut Cx<'_>, input: DeleteRoleRequest) -> Result<(), Stop> {
    let entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    entity.check_deletable(cx)?;
    cx.world.remove::<entity::Entity>(&entity.key());
    Ok(())
}
