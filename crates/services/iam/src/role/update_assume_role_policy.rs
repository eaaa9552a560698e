//! UpdateAssumeRolePolicy: replaces the trust policy of a role.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::document;
use crate::entity::{self, EntityType};
use crate::shapes::{PolicyDocumentType, RoleNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateAssumeRolePolicyRequest {
    role_name: RoleNameType,
    policy_document: PolicyDocumentType,
}

/// Replaces the trust policy of a role.
#[operation(signed, access = access::role)]
pub(crate) fn update_assume_role_policy(
    cx: &mut Cx<'_>,
    input: UpdateAssumeRolePolicyRequest,
) -> Result<(), Stop> {
    let mut role = entity::find(cx, EntityType::Role, &input.role_name)?;
    document::check_trust_policy(cx, &input.policy_document)?;
    role.trust = Some(input.policy_document.into_inner());
    cx.world.put(&role);
    Ok(())
}
