//! CreateRole: creates a role that the principals of its trust policy can assume.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::document;
use crate::entity::{self, Entity, EntityType};
use crate::policy::managed_policy;
use crate::role::{MAX_SESSION, Role};
use crate::tag::Tag;

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateRoleRequest {
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    role_name: String,
    #[shape(length = 1..=512)]
    path: Option<String>,
    /// The trust policy.
    #[shape(length = 1..=131_072)]
    assume_role_policy_document: String,
    #[shape(length = 0..=1000)]
    description: Option<String>,
    /// In seconds.
    #[shape(range = 3600..=43_200)]
    max_session_duration: Option<i64>,
    #[shape(length = 20..=2048)]
    permissions_boundary: Option<String>,
    #[shape(length = 0..=50)]
    tags: Option<Vec<Tag>>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateRoleResponse {
    role: Role,
}

/// Creates a role that the principals of its trust policy can assume.
#[operation(signed, access = access::role)]
pub(crate) fn create_role(
    cx: &mut Cx<'_>,
    input: CreateRoleRequest,
) -> Result<CreateRoleResponse, Stop> {
    entity::ensure_name_is_free(cx, EntityType::Role, &input.role_name)?;
    document::check_trust_policy(cx, &input.assume_role_policy_document)?;
    if let Some(arn) = &input.permissions_boundary {
        managed_policy::check_attachable(cx, arn)?;
    }
    let role = Entity {
        path: input.path.unwrap_or_else(|| "/".to_owned()),
        trust: Some(input.assume_role_policy_document),
        description: input.description,
        max_session: Some(input.max_session_duration.unwrap_or(MAX_SESSION)),
        boundary: input.permissions_boundary,
        tags: input.tags,
        ..entity::create(cx, EntityType::Role, &input.role_name)
    };
    cx.world.put(&role);
    Ok(CreateRoleResponse { role: role.into() })
}
