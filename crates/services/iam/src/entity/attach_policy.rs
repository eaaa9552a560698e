//! AttachRolePolicy and AttachUserPolicy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::policy::managed_policy;
use crate::shapes::{ArnType, RoleNameType, UserNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct AttachRolePolicyRequest {
    role_name: RoleNameType,
    policy_arn: ArnType,
}

/// Attaches a managed policy to a role.
#[operation(signed, access = access::role)]
pub(crate) fn attach_role_policy(
    cx: &mut Cx<'_>,
    input: AttachRolePolicyRequest,
) -> Result<(), Stop> {
    attach(cx, EntityType::Role, &input.role_name, input.policy_arn)
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct AttachUserPolicyRequest {
    user_name: UserNameType,
    policy_arn: ArnType,
}

/// Attaches a managed policy to a user.
#[operation(signed, access = access::user)]
pub(crate) fn attach_user_policy(
    cx: &mut Cx<'_>,
    input: AttachUserPolicyRequest,
) -> Result<(), Stop> {
    attach(cx, EntityType::User, &input.user_name, input.policy_arn)
}

fn attach(
    cx: &mut Cx<'_>,
    entity_type: EntityType,
    name: &str,
    policy_arn: ArnType,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    managed_policy::check_attachable(cx, &policy_arn)?;
    if !entity.attached.contains(&policy_arn) {
        entity.attached.push(policy_arn.into_inner());
    }
    entity.check_attached_policy_quota()?;
    cx.world.put(&entity);
    Ok(())
}
