//! AdminSetUserPassword: sets a user's password, for good or until the first sign-in.

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::auth::password::Password;
use crate::error::Error;
use crate::model::pool;
use crate::model::user::{self, UserStatusType};
use crate::operations::user::admin_create_user::temporary_life;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of AdminSetUserPassword.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminSetUserPasswordRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// The user.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
    pub(crate) username: String,
    /// The password.
    #[shape(length = 0..=256, pattern = r"[\S]+", sensitive)]
    pub(crate) password: String,
    /// Whether it is for good.
    #[shape(optional)]
    pub(crate) permanent: bool,
}

/// Sets a user's password, for good or until the first sign-in.
#[operation(signed, access = pool::access)]
pub(crate) fn admin_set_user_password(
    cx: &mut Cx<'_>,
    input: AdminSetUserPasswordRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    if let Some(reason) = pool.password_policy.violation(&input.password) {
        return Err(Error::InvalidPassword { reason, admin: true }.into());
    }
    user.password = Some(Password::new(&mut cx.random, &user, &input.password));
    if input.permanent {
        user.status = UserStatusType::Confirmed;
        user.temporary_until = None;
    } else {
        user.status = UserStatusType::ForceChangePassword;
        user.temporary_until = Some(Timestamp(cx.now + temporary_life(&pool)));
    }
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}
