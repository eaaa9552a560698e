//! AdminSetUserPassword: sets a permanent or a temporary password.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::auth::password::Password;
use crate::error::Error;
use crate::model::pool;
use crate::model::types::{PasswordType, UserPoolIdType, UsernameType};
use crate::model::user::{self, UserStatusType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminSetUserPasswordRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
    pub(crate) password: PasswordType,
    /// A temporary password must be replaced at the next sign-in.
    #[shape(optional)]
    pub(crate) permanent: bool,
}

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
        user.temporary_until = Some(Timestamp(cx.now + pool.temporary_password_validity()));
    }
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}
