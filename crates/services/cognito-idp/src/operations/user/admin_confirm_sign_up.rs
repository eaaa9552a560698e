//! AdminConfirmSignUp: confirms a user without a code. Their contacts stay unverified.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::pool;
use crate::model::types::{UserPoolIdType, UsernameType};
use crate::model::user::{self, UserStatusType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct AdminConfirmSignUpRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) username: UsernameType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn admin_confirm_sign_up(
    cx: &mut Cx<'_>,
    input: AdminConfirmSignUpRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let mut user = user::find(&cx.world, &pool, &input.username).ok_or(Error::UserNotFound)?;
    if user.status != UserStatusType::Unconfirmed {
        return Err(Error::CannotConfirm(user.status.as_str()).into());
    }
    user.status = UserStatusType::Confirmed;
    user.verification_code = None;
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}
