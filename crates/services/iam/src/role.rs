//! Roles.

pub(crate) mod create_role;
pub(crate) mod delete_role;
pub(crate) mod get_role;
pub(crate) mod list_roles;
pub(crate) mod update_assume_role_policy;
pub(crate) mod update_role;

use cognitab_kernel::{Entry, World, authorize, entry};
use cognitab_macros::Shape;
use cognitab_trace::control::Resource;
use cognitab_wire::arn::Arn;
use cognitab_wire::http;
use cognitab_wire::shape::Timestamp;

use crate::entity::{self, AttachedPermissionsBoundary, Entity, EntityType};
use crate::tag::Tag;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<entity::attach_policy::AttachRolePolicy>(),
    entry::<create_role::CreateRole>(),
    entry::<delete_role::DeleteRole>(),
    entry::<entity::delete_permissions_boundary::DeleteRolePermissionsBoundary>(),
    entry::<entity::delete_inline_policy::DeleteRolePolicy>(),
    entry::<entity::detach_policy::DetachRolePolicy>(),
    entry::<get_role::GetRole>(),
    entry::<entity::get_inline_policy::GetRolePolicy>(),
    entry::<entity::list_attached_policies::ListAttachedRolePolicies>(),
    entry::<entity::list_inline_policies::ListRolePolicies>(),
    entry::<list_roles::ListRoles>(),
    entry::<entity::put_permissions_boundary::PutRolePermissionsBoundary>(),
    entry::<entity::put_inline_policy::PutRolePolicy>(),
    entry::<update_assume_role_policy::UpdateAssumeRolePolicy>(),
    entry::<update_role::UpdateRole>(),
];

/// Maximum session duration in seconds of a role that sets none.
const MAX_SESSION: i64 = 3600;

/// A role as IAM returns it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Role {
    path: String,
    role_name: String,
    role_id: String,
    arn: String,
    create_date: Timestamp,
    /// URL-encoded.
    assume_role_policy_document: Option<String>,
    description: Option<String>,
    max_session_duration: Option<i64>,
    permissions_boundary: Option<AttachedPermissionsBoundary>,
    tags: Option<Vec<Tag>>,
}

impl From<Entity> for Role {
    fn from(entity: Entity) -> Role {
        Role {
            arn: entity.arn(),
            path: entity.path,
            role_name: entity.name,
            role_id: entity.id,
            create_date: entity.created,
            assume_role_policy_document: entity.trust.as_deref().map(http::encode),
            description: entity.description,
            max_session_duration: entity.max_session,
            permissions_boundary: entity.boundary.map(AttachedPermissionsBoundary::new),
            tags: entity.tags,
        }
    }
}

/// A role as STS needs it to create sessions.
#[derive(Clone, Debug)]
pub struct AssumableRole {
    /// Its ARN, with its path.
    pub arn: String,
    /// Its name, without its path.
    pub name: String,
    /// Its unique ID, `AROA…`.
    pub id: String,
    /// The account that it belongs to.
    pub account: String,
    /// Its trust policy, as JSON text.
    pub trust: String,
    /// Its maximum session duration in seconds.
    pub max_session: i64,
    /// Its tags, which become session tags.
    pub tags: Vec<Tag>,
}

/// The role of this ARN; `None` if there is none.
pub fn role(world: &World, arn: &str) -> Option<AssumableRole> {
    let role = entity::by_arn(world, arn).filter(|one| one.entity_type == EntityType::Role)?;
    Some(AssumableRole {
        arn: role.arn(),
        name: role.name,
        id: role.id,
        account: role.account,
        trust: role.trust.unwrap_or_default(),
        max_session: role.max_session.unwrap_or(MAX_SESSION),
        tags: role.tags.unwrap_or_default(),
    })
}

/// See [`cognitab_kernel::Service::resource`]: a role with its trust policy, which counts only for
/// the actions that assume it.
pub(crate) fn resource(world: &World, action: &str, arn: &Arn<'_>) -> Option<Resource> {
    let role = role(world, &arn.to_string())?;
    action.to_ascii_lowercase().starts_with("sts:assume").then(|| Resource {
        policy: Some(authorize::policy(role.name, &role.trust)),
        arn: role.arn,
        account: role.account,
        must_allow: true,
    })
}
