//! PutRolePolicy and PutUserPolicy.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::document;
use crate::entity::{self, EntityType};
use crate::shapes::{ExistingUserNameType, PolicyDocumentType, PolicyNameType, RoleNameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct PutRolePolicyRequest {
    role_name: RoleNameType,
    policy_name: PolicyNameType,
    policy_document: PolicyDocumentType,
}

/// Adds an inline policy to a role, or replaces it.
#[operation(signed, access = access::role)]
pub(crate) fn put_role_policy(cx: &mut Cx<'_>, input: PutRolePolicyRequest) -> Result<(), Stop> {
    let (policy_name, document) = (input.policy_name, input.policy_document);
    put(cx, EntityType::Role, &input.role_name, policy_name, document)
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct PutUserPolicyRequest {
    user_name: ExistingUserNameType,
    policy_name: PolicyNameType,
    policy_document: PolicyDocumentType,
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
    policy_name: PolicyNameType,
    document: PolicyDocumentType,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, entity_type, name)?;
    document::check_inline_policy(&document)?;
    entity.inline.insert(policy_name.into_inner(), document.into_inner());
    entity.check_inline_policy_size()?;
    cx.world.put(&entity);
    Ok(())
}
