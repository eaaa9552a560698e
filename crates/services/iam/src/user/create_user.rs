//! CreateUser: makes a user.

use crate::access;
use crate::entity::{self, EntityType, Tag};
use crate::user::view::User;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of CreateUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// Path, with slashes at both ends.
    #[shape(length = 1..=512)]
    pub(crate) path: Option<String>,
    /// Managed policy that bounds its permissions.
    #[shape(length = 20..=2048)]
    pub(crate) permissions_boundary: Option<String>,
    /// Tags.
    #[shape(length = 0..=50)]
    pub(crate) tags: Option<Vec<Tag>>,
}

/// Output of CreateUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserResponse {
    /// The new user.
    pub(crate) user: User,
}

/// Makes a user.
#[operation(signed, access = access::user)]
pub(crate) fn create_user(
    cx: &mut Cx<'_>,
    input: CreateUserRequest,
) -> Result<CreateUserResponse, Stop> {
    entity::ensure_name_is_free(cx, EntityType::User, &input.user_name)?;
    let new =
        entity::New { path: input.path, boundary: input.permissions_boundary, tags: input.tags };
    let entity = entity::create(cx, EntityType::User, &input.user_name, new)?;
    cx.world.put(&entity);
    Ok(CreateUserResponse { user: User::of(&entity) })
}
