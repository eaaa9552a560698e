//! GetUser: returns a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::shapes::ExistingUserNameType;
use crate::user::{self, User};

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserRequest {
    /// By default the caller.
    user_name: Option<ExistingUserNameType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserResponse {
    user: User,
}

/// Returns a user.
#[operation(signed, access = access::user)]
pub(crate) fn get_user(cx: &mut Cx<'_>, input: GetUserRequest) -> Result<GetUserResponse, Stop> {
    let user = user::find_or_caller(cx, input.user_name.as_ref())?;
    Ok(GetUserResponse { user: user.into() })
}
