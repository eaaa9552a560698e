//! GetRolePolicy: reads an inline policy of a role.

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of GetRolePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetRolePolicyRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// The policy in it.
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    pub(crate) policy_name: String,
}

/// Output of GetRolePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetRolePolicyResponse {
    /// The role.
    pub(crate) role_name: String,
    /// The policy in it.
    pub(crate) policy_name: String,
    /// The document, percent-encoded as IAM sends it.
    pub(crate) policy_document: String,
}

/// Reads an inline policy of a role.
#[operation(signed, access = access::role)]
pub(crate) fn get_role_policy(
    cx: &mut Cx<'_>,
    input: GetRolePolicyRequest,
) -> Result<GetRolePolicyResponse, Stop> {
    let entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    let text = entity
        .inline
        .get(&input.policy_name)
        .ok_or_else(|| Error::InlinePolicyNotFound(EntityType::Role, input.policy_name.clone()))?;
    Ok(GetRolePolicyResponse {
        role_name: entity.name.clone(),
        policy_document: cognitab_wire::http::encode(text),
        policy_name: input.policy_name,
    })
}
