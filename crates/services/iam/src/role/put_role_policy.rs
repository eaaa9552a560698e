//! PutRolePolicy: writes an inline policy of a role.

use crate::access;
use crate::document;
use crate::entity::{self, EntityType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of PutRolePolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutRolePolicyRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// The policy in it.
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    pub(crate) policy_name: String,
    /// The document, JSON text.
    #[shape(length = 1..=131_072)]
    pub(crate) policy_document: String,
}

/// Writes an inline policy of a role.
#[operation(signed, access = access::role)]
pub(crate) fn put_role_policy(cx: &mut Cx<'_>, input: PutRolePolicyRequest) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::Role, &input.role_name)?;
    document::check(&input.policy_document, cognitab_policy::Kind::Identity)?;
    entity.inline.insert(input.policy_name, input.policy_document);
    entity.check_inline_policy_size()?;
    cx.world.put(&entity);
    Ok(())
}
