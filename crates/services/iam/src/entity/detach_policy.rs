//! DetachRolePolicy and DetachUserPolicy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DetachRolePolicyRequest {
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    role_name: String,
    #[shape(length = 20..=2048)]
    policy_arn: String,
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
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    user_name: String,
    #[shape(length = 20..=2048)]
    policy_arn: String,
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
    policy_arn: String,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    let before = entity.attached.len();
    entity.attached.retain(|arn| *arn != policy_arn);
    if entity.attached.len() == before {
        return Err(Error::PolicyNotFound(policy_arn).into());
    }
    cx.world.put(&entity);
    Ok(())
}
