//! GetUserPolicy: reads an inline policy of a user.

use crate::access;
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of GetUserPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserPolicyRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// The policy in it.
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    pub(crate) policy_name: String,
}

/// Output of GetUserPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserPolicyResponse {
    /// The user.
    pub(crate) user_name: String,
    /// The policy in it.
    pub(crate) policy_name: String,
    /// The document, percent-encoded as IAM sends it.
    pub(crate) policy_document: String,
}

/// Reads an inline policy of a user.
#[operation(signed, access = access::user)]
pub(crate) fn get_user_policy(
    cx: &mut Cx<'_>,
    input: GetUserPolicyRequest,
) -> Result<GetUserPolicyResponse, Stop> {
    let entity = entity::find(cx, EntityType::User, &input.user_name)?;
    let text = entity
        .inline
        .get(&input.policy_name)
        .ok_or_else(|| Error::InlinePolicyNotFound(EntityType::User, input.policy_name.clone()))?;
    Ok(GetUserPolicyResponse {
        user_name: entity.name.clone(),
        policy_document: cognitab_wire::http::encode(text),
        policy_name: input.policy_name,
    })
}
