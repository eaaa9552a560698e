//! The user behind a self-service request.

use crate::error::Error;
use crate::model::user::{self, User};
use cognitab_kernel::Caller;
use cognitab_kernel::Cx;

/// The calling user, and the client for which the token was made.
pub(crate) fn signed_in_user(cx: &Cx<'_>) -> Result<(User, String), Error> {
    let Caller::User(caller) = &cx.call.caller else { return Err(Error::AccessTokenInvalid) };
    let user = user::get(&cx.world, &caller.pool, &caller.username);
    Ok((user.ok_or(Error::UserNotFound)?, caller.client.clone()))
}
