//! The user who calls a self-service operation.

use cognitab_kernel::{Caller, Cx};

use crate::error::Error;
use crate::model::user::{self, User};

/// The user of the access token, and the ID of the app client that it was issued to.
pub(crate) fn signed_in_user(cx: &Cx<'_>) -> Result<(User, String), Error> {
    let Caller::User(caller) = &cx.call.caller else { return Err(Error::AccessTokenInvalid) };
    let user = user::get(&cx.world, &caller.pool, &caller.username);
    Ok((user.ok_or(Error::UserNotFound)?, caller.client.clone()))
}
