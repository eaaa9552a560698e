//! DeleteUserPolicy: removes an inline policy of a user.

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeleteUserPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPolicyRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// The policy in it.
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    pub(crate) policy_name: String,
}

/// Removes an inline policy of a user.
#[operation(signed, access = access::user)]
pub(crate) fn delete_user_policy(
    cx: &mut Cx<'_>,
    input: DeleteUserPolicyRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::User, &input.user_name)?;
    if entity.inline.remove(&input.policy_name).is_none() {
        return Err(Error::InlinePolicyNotFound(EntityType::User, input.policy_name).into());
    }
    cx.world.put(&entity);
    Ok(())
}
