//! DeleteRolePolicy: removes an inline policy of a role.

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeleteRolePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteRolePolicyRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// The policy in it.
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    pub(crate) policy_name: String,
}

/// Removes an inline policy of a role.
#[operation(signed, access = access::role)]
pub(crate) fn delete_role_policy(
    cx: &mut Cx<'_>,
    input: DeleteRolePolicyRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    if entity.inline.remove(&input.policy_name).is_none() {
        return Err(Error::InlinePolicyNotFound(EntityType::Role, input.policy_name).into());
    }
    cx.world.put(&entity);
    Ok(())
}
