//! CreateRole: makes a role that whoever its trust policy names may assume.

use crate::access;
use crate::document;
use crate::entity::{self, EntityType, Tag};
use crate::role::view::Role;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of CreateRole.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateRoleRequest {
    /// The role.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) role_name: String,
    /// Path, with slashes at both ends.
    #[shape(length = 1..=512)]
    pub(crate) path: Option<String>,
    /// Trust policy, JSON text.
    #[shape(length = 1..=131_072)]
    pub(crate) assume_role_policy_document: String,
    /// A description.
    #[shape(length = 0..=1000)]
    pub(crate) description: Option<String>,
    /// Longest session in seconds.
    #[shape(range = 3600..=43_200)]
    pub(crate) max_session_duration: Option<i64>,
    /// Managed policy that bounds its permissions.
    #[shape(length = 20..=2048)]
    pub(crate) permissions_boundary: Option<String>,
    /// Tags.
    #[shape(length = 0..=50)]
    pub(crate) tags: Option<Vec<Tag>>,
}

/// Output of CreateRole.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateRoleResponse {
    /// The new role.
    pub(crate) role: Role,
}

/// Makes a role that whoever its trust policy names may assume.
#[operation(signed, access = access::role)]
pub(crate) fn create_role(
    cx: &mut Cx<'_>,
    input: CreateRoleRequest,
) -> Result<CreateRoleResponse, Stop> {
    entity::ensure_name_is_free(cx, EntityType::Role, &input.role_name)?;
    document::check_trust(cx, &input.assume_role_policy_document)?;
    let new =
        entity::New { path: input.path, boundary: input.permissions_boundary, tags: input.tags };
    let mut entity = entity::create(cx, EntityType::Role, &input.role_name, new)?;
    entity.trust = Some(input.assume_role_policy_document);
    entity.description = input.description;
    entity.max_session = Some(input.max_session_duration.unwrap_or(3600));
    cx.world.put(&entity);
    Ok(CreateRoleResponse { role: Role::of(&entity) })
}
