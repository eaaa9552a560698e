//! GetUser: describes a user.

use crate::access;
use crate::entity::{self, EntityType};
use crate::user::view::User;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of GetUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserRequest {
    /// The user; the caller without it.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: Option<String>,
}

/// Output of GetUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserResponse {
    /// The user.
    pub(crate) user: User,
}

/// Describes a user.
#[operation(signed, access = access::user)]
pub(crate) fn get_user(cx: &mut Cx<'_>, input: GetUserRequest) -> Result<GetUserResponse, Stop> {
    let name = input.user_name.or_else(|| cx.call.caller.key().map(|k| k.name().to_owned()));
    let entity = entity::find(cx, EntityType::User, &name.unwrap_or_default())?;
    Ok(GetUserResponse { user: User::of(&entity) })
}
