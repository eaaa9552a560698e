//! AdminDisableUser: disables a user and ends all their sign-ins.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::pool;
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminDisableUserRequest {
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
    pub(crate) username: String,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_disable_user(
    cx: &mut Cx<'_>,
    input: AdminDisableUserRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    user.enabled = false;
    user.generation += 1;
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}
