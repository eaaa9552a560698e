//! A user as IAM shows it.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::entity::{AttachedPermissionsBoundary, Entity, Tag};

/// A user.
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

impl User {
    /// The user of this row.
    pub(crate) fn of(entity: &Entity) -> User {
        User {
            path: entity.path.clone(),
            user_name: entity.name.clone(),
            user_id: entity.id.clone(),
            arn: entity.arn(),
            create_date: entity.created,
            permissions_boundary: entity.boundary.as_deref().map(AttachedPermissionsBoundary::of),
            tags: entity.tags.clone(),
        }
    }
}
