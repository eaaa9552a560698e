//! CreateUser: creates a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, Entity, EntityType};
use crate::policy::managed_policy;
use crate::tag::Tag;
use crate::user::User;

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserRequest {
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    user_name: String,
    #[shape(length = 1..=512)]
    path: Option<String>,
    #[shape(length = 20..=2048)]
    permissions_boundary: Option<String>,
    #[shape(length = 0..=50)]
    tags: Option<Vec<Tag>>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserResponse {
    user: User,
}

/// Creates a user.
#[operation(signed, access = access::user)]
pub(crate) fn create_user(
    cx: &mut Cx<'_>,
    input: CreateUserRequest,
) -> Result<CreateUserResponse, Stop> {
    entity::ensure_name_is_free(cx, EntityType::User, &input.user_name)?;
    if let Some(arn) = &input.permissions_boundary {
        managed_policy::check_attachable(cx, arn)?;
    }
    let user = Entity {
        path: input.path.unwrap_or_else(|| "/".to_owned()),
        boundary: input.permissions_boundary,
        tags: input.tags,
        ..entity::create(cx, EntityType::User, &input.user_name)
    };
    cx.world.put(&user);
    Ok(CreateUserResponse { user: user.into() })
}
