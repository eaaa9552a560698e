//! AdminEnableUser: enables a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::pool;
use crate::model::types::{UserPoolIdType, UsernameType};
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminEnableUserRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_enable_user(
    cx: &mut Cx<'_>,
    input: AdminEnableUserRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    user.enabled = true;
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}
