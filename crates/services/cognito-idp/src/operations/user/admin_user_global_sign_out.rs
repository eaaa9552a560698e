//! AdminUserGlobalSignOut: ends every sign-in of a user.

use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::pool;
use crate::model::user;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of AdminUserGlobalSignOut.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminUserGlobalSignOutRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// The user.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
    pub(crate) username: String,
}

/// Ends every sign-in of a user.
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
