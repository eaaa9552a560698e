//! PutUserPolicy: writes an inline policy of a user.

use crate::access;
use crate::document;
use crate::entity::{self, EntityType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of PutUserPolicy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutUserPolicyRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// The policy in it.
    #[shape(length = 1..=128, pattern = r"[\w+=,.@-]+")]
    pub(crate) policy_name: String,
    /// The document, JSON text.
    #[shape(length = 1..=131_072)]
    pub(crate) policy_document: String,
}

/// Writes an inline policy of a user.
#[operation(signed, access = access::user)]
pub(crate) fn put_user_policy(cx: &mut Cx<'_>, input: PutUserPolicyRequest) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::User, &input.user_name)?;
    document::check(&input.policy_document, cognitab_policy::Kind::Identity)?;
    entity.inline.insert(input.policy_name, input.policy_document);
    entity.check_inline_policy_size()?;
    cx.world.put(&entity);
    Ok(())
}
