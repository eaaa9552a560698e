//! The user behind a self-service request.

use super::error::Error;
use super::user::{self, User};
use crate::caller::Caller;
use crate::cx::Cx;

/// The calling user, and the client for which the token was made.
pub(super) fn caller(cx: &Cx<'_>) -> Result<(User, String), Error> {
    let Caller::User(caller) = &cx.caller else { return Err(Error::TokenInvalid) };
    let user: Option<User> = cx.world.get(&user::key(&caller.pool, &caller.username));
    Ok((user.ok_or(Error::NoUser)?, caller.client.clone()))
}
