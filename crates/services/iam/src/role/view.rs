//! A role as IAM shows it.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::entity::{AttachedPermissionsBoundary, Entity, Tag};

/// A role.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Role {
    path: String,
    role_name: String,
    role_id: String,
    arn: String,
    create_date: Timestamp,
    /// Percent-encoded, as IAM sends it.
    assume_role_policy_document: Option<String>,
    description: Option<String>,
    max_session_duration: Option<i64>,
    permissions_boundary: Option<AttachedPermissionsBoundary>,
    tags: Option<Vec<Tag>>,
}

impl Role {
    /// The role of this row.
    pub(crate) fn of(entity: &Entity) -> Role {
        Role {
            path: entity.path.clone(),
            role_name: entity.name.clone(),
            role_id: entity.id.clone(),
            arn: entity.arn(),
            create_date: entity.created,
            assume_role_policy_document: entity.trust.as_deref().map(cognitab_wire::http::encode),
            description: entity.description.clone(),
            max_session_duration: entity.max_session,
            permissions_boundary: entity.boundary.as_deref().map(AttachedPermissionsBoundary::of),
            tags: entity.tags.clone(),
        }
    }
}
