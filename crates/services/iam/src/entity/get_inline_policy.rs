//! GetRolePolicy and GetUserPolicy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::http;

use crate::access;
use crate::entity::{self, Entity, EntityType};
use crate::error::Error;
use crate::shapes::{ExistingUserNameType, PolicyNameType, RoleNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetRolePolicyRequest {
    role_name: RoleNameType,
    policy_name: PolicyNameType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetRolePolicyResponse {
    role_name: String,
    policy_name: String,
    /// URL-encoded.
    policy_document: String,
}

/// Returns an inline policy of a role.
#[operation(signed, access = access::role)]
pub(crate) fn get_role_policy(
    cx: &mut Cx<'_>,
    input: GetRolePolicyRequest,
) -> Result<GetRolePolicyResponse, Stop> {
    let role = entity::find(cx, EntityType::Role, &input.role_name)?;
    let policy_document = encoded_document(&role, &input.policy_name)?;
    let (role_name, policy_name) = (role.name, input.policy_name.into_inner());
    Ok(GetRolePolicyResponse { role_name, policy_name, policy_document })
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserPolicyRequest {
    user_name: ExistingUserNameType,
    policy_name: PolicyNameType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserPolicyResponse {
    user_name: String,
    policy_name: String,
    /// URL-encoded.
    policy_document: String,
}

/// Returns an inline policy of a user.
#[operation(signed, access = access::user)]
pub(crate) fn get_user_policy(
    cx: &mut Cx<'_>,
    input: GetUserPolicyRequest,
) -> Result<GetUserPolicyResponse, Stop> {
    let user = entity::find(cx, EntityType::User, &input.user_name)?;
    let policy_document = encoded_document(&user, &input.policy_name)?;
    let (user_name, policy_name) = (user.name, input.policy_name.into_inner());
    Ok(GetUserPolicyResponse { user_name, policy_name, policy_document })
}

fn encoded_document(entity: &Entity, policy_name: &str) -> Result<String, Error> {
    let document = entity.inline.get(policy_name);
    let document = document
        .ok_or_else(|| Error::InlinePolicyNotFound(entity.entity_type, policy_name.to_owned()))?;
    Ok(http::encode(document))
}
