//! DetachRolePolicy: detaches a managed policy from a role.

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DetachRolePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DetachRolePolicyRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
}

/// Detaches a managed policy from a role.
#[operation(signed, access = access::role)]
pub(crate) fn detach_role_policy(
    cx: &mut Cx<'_>,
    input: DetachRolePolicyRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    let before = entity.attached.len();
    entity.attached.retain(|arn| *arn != input.policy_arn);
    if entity.attached.len() == before {
        return Err(Error::PolicyNotFound(input.policy_arn).into());
    }
    cx.world.put(&entity);
    Ok(())
}
