//! UpdateAssumeRolePolicy: replaces the trust policy of a role.

use crate::access;
use crate::document;
use crate::entity::{self, EntityType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of UpdateAssumeRolePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateAssumeRolePolicyRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// The document, JSON text.
    #[shape(length = 1..=131_072)]
    pub(crate) policy_document: String,
}

/// Replaces the trust policy of a role.
#[operation(signed, access = access::role)]
pub(crate) fn update_assume_role_policy(
    cx: &mut Cx<'_>,
    input: UpdateAssumeRolePolicyRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    document::check_trust(cx, &input.policy_document)?;
    entity.trust = Some(input.policy_document);
    cx.world.put(&entity);
    Ok(())
}
