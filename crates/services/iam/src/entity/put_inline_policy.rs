//! PutRolePolicy and PutUserPolicy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::document;
use crate::entity::{self, EntityType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct PutRolePolicyRequest {
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    role_name: String,
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    policy_name: String,
    #[shape(length = 1..=131_072)]
    policy_document: String,
}

/// Adds an inline policy to a role, or replaces it.
#[operation(signed, access = access::role)]
pub(crate) fn put_role_policy(cx: &mut Cx<'_>, input: PutRolePolicyRequest) -> Result<(), Stop> {
    let (policy_name, document) = (input.policy_name, input.policy_document);
    put(cx, EntityType::Role, &input.role_name, policy_name, document)
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct PutUserPolicyRequest {
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    user_name: String,
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    policy_name: String,
    #[shape(length = 1..=131_072)]
    policy_document: String,
}

/// Adds an inline policy to a user, or replaces it.
#[operation(signed, access = access::user)]
pub(crate) fn put_user_policy(cx: &mut Cx<'_>, input: PutUserPolicyRequest) -> Result<(), Stop> {
    let (policy_name, document) = (input.policy_name, input.policy_document);
    put(cx, EntityType::User, &input.user_name, policy_name, document)
}

fn put(
    cx: &mut Cx<'_>,
    entity_type: EntityType,
    name: &str,
    policy_name: String,
    document: String,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    document::check_inline_policy(&document)?;
    entity.inline.insert(policy_name, document);
    entity.check_inline_policy_size()?;
    cx.world.put(&entity);
    Ok(())
}
