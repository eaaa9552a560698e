//! DeleteUser: removes the user of an access token.

use cognitab_macros::{Shape, operation};

use crate::auth::caller;
use crate::model::user;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of DeleteUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserRequest {
    /// Access token.
    #[shape(pattern = r"[A-Za-z0-9-_=.]+", sensitive)]
    pub(crate) access_token: String,
}

/// Removes the user of an access token.
#[operation(access_token)]
pub(crate) fn delete_user(cx: &mut Cx<'_>, input: DeleteUserRequest) -> Result<(), Stop> {
    let _ = input;
    let (user, _) = caller::signed_in_user(cx)?;
    user::remove(&mut cx.world, &user);
    Ok(())
}
