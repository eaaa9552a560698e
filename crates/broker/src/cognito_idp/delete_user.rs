//! DeleteUser: removes the user of an access token.

use cognitab_macros::{Shape, operation};

use super::self_service;
use super::user::User;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::world::Row;

/// Input of DeleteUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserRequest {
    /// Access token.
    #[shape(pattern = r"[A-Za-z0-9-_=.]+", sensitive)]
    pub(crate) access_token: String,
}

/// Removes the user of an access token.
#[operation(access_token)]
pub(crate) fn delete_user(cx: &mut Cx<'_>, input: DeleteUserRequest) -> Result<(), Fault> {
    let _ = input;
    let (user, _) = self_service::caller(cx)?;
    cx.world.remove::<User>(&user.key());
    Ok(())
}
