//! CreateRole: creates a role that the principals of its trust policy can assume.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::document;
use crate::entity::{self, Entity, EntityType};
use crate::policy::managed_policy;
use crate::role::{MAX_SESSION, Role};
use crate::shapes::{
    ArnType, PathType, PolicyDocumentType, RoleDescriptionType, RoleMaxSessionDurationType,
    RoleNameType,
};
use crate::tag::TagListType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateRoleRequest {
    role_name: RoleNameType,
    path: Option<PathType>,
    /// The trust policy.
    assume_role_policy_document: PolicyDocumentType,
    description: Option<RoleDescriptionType>,
    /// In seconds.
    max_session_duration: Option<RoleMaxSessionDurationType>,
    permissions_boundary: Option<ArnType>,
    tags: Option<TagListType>,
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
        path: input.path.map_or_else(|| "/".to_owned(), PathType::into_inner),
        trust: Some(input.assume_role_policy_document.into_inner()),
        description: input.description.map(RoleDescriptionType::into_inner),
        max_session: Some(input.max_session_duration.map_or(MAX_SESSION, |seconds| *seconds)),
        boundary: input.permissions_boundary.map(ArnType::into_inner),
        tags: input.tags.map(TagListType::into_inner),
        ..entity::create(cx, EntityType::Role, &input.role_name)
    };
    cx.world.put(&role);
    Ok(CreateRoleResponse { role: role.into() })
}
