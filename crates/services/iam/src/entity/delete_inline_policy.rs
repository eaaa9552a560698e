//! DeleteRolePolicy and DeleteUserPolicy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteRolePolicyRequest {
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    role_name: String,
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    policy_name: String,
}

/// Deletes an inline policy of a role.
#[operation(signed, access = access::role)]
pub(crate) fn delete_role_policy(
    cx: &mut Cx<'_>,
    input: DeleteRolePolicyRequest,
) -> Result<(), Stop> {
    delete(cx, EntityType::Role, &input.role_name, input.policy_name)
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPolicyRequest {
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    user_name: String,
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    policy_name: String,
}

/// Deletes an inline policy of a user.
#[operation(signed, access = access::user)]
pub(crate) fn delete_user_policy(
    cx: &mut Cx<'_>,
    input: DeleteUserPolicyRequest,
) -> Result<(), Stop> {
    delete(cx, EntityType::User, &input.user_name, input.policy_name)
}

fn delete(
    cx: &mut Cx<'_>,
    entity_type: EntityType,
    name: &str,
    policy_name: String,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    if entity.inline.remove(&policy_name).is_none() {
        return Err(Error::InlinePolicyNotFound(entity_type, policy_name).into());
    }
    cx.world.put(&entity);
    Ok(())
}
