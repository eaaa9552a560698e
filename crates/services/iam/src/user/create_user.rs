//! CreateUser: creates a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, Entity, EntityType};
use crate::policy::managed_policy;
use crate::shapes::{ArnType, PathType, UserNameType};
use crate::tag::TagListType;
use crate::user::User;

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserRequest {
    user_name: UserNameType,
    path: Option<PathType>,
    permissions_boundary: Option<ArnType>,
    tags: Option<TagListType>,
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
        path: input.path.map_or_else(|| "/".to_owned(), PathType::into_inner),
        boundary: input.permissions_boundary.map(ArnType::into_inner),
        tags: input.tags.map(TagListType::into_inner),
        ..entity::create(cx, EntityType::User, &input.user_name)
    };
    cx.world.put(&user);
    Ok(CreateUserResponse { user: user.into() })
}
