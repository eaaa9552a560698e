//! ChangePassword: changes the password of the signed-in user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::auth::caller;
use crate::auth::password::Password;
use crate::error::Error;
use crate::model::pool::Pool;
use crate::model::types::{PasswordType, TokenModelType};
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ChangePasswordRequest {
    pub(crate) access_token: TokenModelType,
    pub(crate) previous_password: Option<PasswordType>,
    pub(crate) proposed_password: PasswordType,
}

#[operation(access_token)]
pub(crate) fn change_password(cx: &mut Cx<'_>, input: ChangePasswordRequest) -> Result<(), Stop> {
    let (mut user, _) = caller::signed_in_user(cx)?;
    let previous = input.previous_password.unwrap_or_default();
    if !user.password.as_ref().is_none_or(|p| p.matches(&user, &previous)) {
        return Err(Error::IncorrectCredentials.into());
    }
    let pool: Pool = cx.world.get(&user.pool).ok_or(Error::AccessTokenInvalid)?;
    if let Some(reason) = pool.password_policy.violation(&input.proposed_password) {
        return Err(Error::InvalidPassword { reason, admin: false }.into());
    }
    user.password = Some(Password::new(&mut cx.random, &user, &input.proposed_password));
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}
