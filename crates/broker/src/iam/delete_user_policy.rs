//! DeleteUserPolicy: removes an inline policy of a user.

use super::access;
use super::entity::{self, Kind};
use super::error::Error;
use crate::cx::Cx;
use crate::fault::Fault;
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
) -> Result<(), Fault> {
    let mut entity = entity::find(cx, Kind::User, &input.user_name)?;
    if entity.inline.remove(&input.policy_name).is_none() {
        return Err(Error::NoInlinePolicy(Kind::User, input.policy_name).into());
    }
    cx.world.put(&entity);
    Ok(())
}
