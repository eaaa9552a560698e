//! AdminUserGlobalSignOut: ends all sign-ins of a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::pool;
use crate::model::types::{UserPoolIdType, UsernameType};
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminUserGlobalSignOutRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_user_global_sign_out(
    cx: &mut Cx<'_>,
    input: AdminUserGlobalSignOutRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    user.generation += 1;
    user::put(&mut cx.world, &user);
    Ok(())
}
