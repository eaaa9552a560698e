//! DetachUserPolicy: detaches a managed policy from a user.

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DetachUserPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DetachUserPolicyRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
}

/// Detaches a managed policy from a user.
#[operation(signed, access = access::user)]
pub(crate) fn detach_user_policy(
    cx: &mut Cx<'_>,
    input: DetachUserPolicyRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::User, &input.user_name)?;
    let before = entity.attached.len();
    entity.attached.retain(|arn| *arn != input.policy_arn);
    if entity.attached.len() == before {
        return Err(Error::PolicyNotFound(input.policy_arn).into());
    }
    cx.world.put(&entity);
    Ok(())
}
