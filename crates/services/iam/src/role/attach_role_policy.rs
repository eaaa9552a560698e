//! AttachRolePolicy: attaches a managed policy to a role.

use crate::access;
use crate::entity::{self, EntityType};
use crate::policy::managed_policy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of AttachRolePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AttachRolePolicyRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
}

/// Attaches a managed policy to a role.
#[operation(signed, access = access::role)]
pub(crate) fn attach_role_policy(
    cx: &mut Cx<'_>,
    input: AttachRolePolicyRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    managed_policy::check_attachable(cx, &input.policy_arn)?;
    if !entity.attached.contains(&input.policy_arn) {
        entity.attached.push(input.policy_arn);
    }
    entity.check_attached_policy_quota()?;
    cx.world.put(&entity);
    Ok(())
}
