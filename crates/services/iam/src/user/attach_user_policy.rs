//! AttachUserPolicy: attaches a managed policy to a user.

use crate::access;
use crate::entity::{self, EntityType};
use crate::policy::managed_policy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of AttachUserPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AttachUserPolicyRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
}

/// Attaches a managed policy to a user.
#[operation(signed, access = access::user)]
pub(crate) fn attach_user_policy(
    cx: &mut Cx<'_>,
    input: AttachUserPolicyRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::User, &input.user_name)?;
    managed_policy::check_attachable(cx, &input.policy_arn)?;
    if !entity.attached.contains(&input.policy_arn) {
        entity.attached.push(input.policy_arn);
    }
    entity.check_attached_policy_quota()?;
    cx.world.put(&entity);
    Ok(())
}
