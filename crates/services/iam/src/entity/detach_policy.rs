//! DetachRolePolicy and DetachUserPolicy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;
use crate::shapes::{ArnType, RoleNameType, UserNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DetachRolePolicyRequest {
    role_name: RoleNameType,
    policy_arn: ArnType,
}

/// Detaches a managed policy from a role.
#[operation(signed, access = access::role)]
pub(crate) fn detach_role_policy(
    cx: &mut Cx<'_>,
    input: DetachRolePolicyRequest,
) -> Result<(), Stop> {
    detach(cx, EntityType::Role, &input.role_name, input.policy_arn)
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DetachUserPolicyRequest {
    user_name: UserNameType,
    policy_arn: ArnType,
}

/// Detaches a managed policy from a user.
#[operation(signed, access = access::user)]
pub(crate) fn detach_user_policy(
    cx: &mut Cx<'_>,
    input: DetachUserPolicyRequest,
) -> Result<(), Stop> {
    detach(cx, EntityType::User, &input.user_name, input.policy_arn)
}

fn detach(
    cx: &mut Cx<'_>,
    entity_type: EntityType,
    name: &str,
    policy_arn: ArnType,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    let before = entity.attached.len();
    entity.attached.retain(|arn| *arn != *policy_arn);
    if entity.attached.len() == before {
        return Err(Error::PolicyNotFound(policy_arn.into_inner()).into());
    }
    cx.world.put(&entity);
    Ok(())
}
