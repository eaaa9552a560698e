//! Users.

pub(crate) mod create_user;
pub(crate) mod delete_user;
pub(crate) mod get_user;
pub(crate) mod list_users;

use cognitab_kernel::{Cx, Entry, entry};
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::entity::{self, AttachedPermissionsBoundary, Entity, EntityType};
use crate::error::Error;
use crate::shapes::ExistingUserNameType;
use crate::tag::Tag;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<entity::attach_policy::AttachUserPolicy>(),
    entry::<create_user::CreateUser>(),
    entry::<delete_user::DeleteUser>(),
    entry::<entity::delete_permissions_boundary::DeleteUserPermissionsBoundary>(),
    entry::<entity::delete_inline_policy::DeleteUserPolicy>(),
    entry::<entity::detach_policy::DetachUserPolicy>(),
    entry::<get_user::GetUser>(),
    entry::<entity::get_inline_policy::GetUserPolicy>(),
    entry::<entity::list_attached_policies::ListAttachedUserPolicies>(),
    entry::<entity::list_inline_policies::ListUserPolicies>(),
    entry::<list_users::ListUsers>(),
    entry::<entity::put_permissions_boundary::PutUserPermissionsBoundary>(),
    entry::<entity::put_inline_policy::PutUserPolicy>(),
];

/// A user as IAM returns it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct User {
    path: String,
    user_name: String,
    user_id: String,
    arn: String,
    create_date: Timestamp,
    permissions_boundary: Option<AttachedPermissionsBoundary>,
    tags: Option<Vec<Tag>>,
}

impl From<Entity> for User {
    fn from(entity: Entity) -> User {
        User {
            arn: entity.arn(),
            path: entity.path,
            user_name: entity.name,
            user_id: entity.id,
            create_date: entity.created,
            permissions_boundary: entity.boundary.map(AttachedPermissionsBoundary::new),
            tags: entity.tags,
        }
    }
}

/// The user of this name in the caller's account; by default the caller.
pub(crate) fn find_or_caller(
    cx: &Cx<'_>,
    name: Option<&ExistingUserNameType>,
) -> Result<Entity, Error> {
    let name =
        name.map(|name| name.as_str()).or_else(|| cx.call.caller.key().map(|key| key.name()));
    entity::find(cx, EntityType::User, name.unwrap_or_default())
}
