//! DeleteRolePolicy and DeleteUserPolicy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;
use crate::shapes::{ExistingUserNameType, PolicyNameType, RoleNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteRolePolicyRequest {
    role_name: RoleNameType,
    policy_name: PolicyNameType,
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
    user_name: ExistingUserNameType,
    policy_name: PolicyNameType,
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
    policy_name: PolicyNameType,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    if entity.inline.remove(policy_name.as_str()).is_none() {
        return Err(Error::InlinePolicyNotFound(entity_type, policy_name.into_inner()).into());
    }
    cx.world.put(&entity);
    Ok(())
}
