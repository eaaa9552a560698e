//! ConfirmForgotPassword: sets a new password with a verification code.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::auth::password::Password;
use crate::auth::verification_code;
use crate::error::Error;
use crate::model::client;
use crate::model::types::{
    ClientIdType, ConfirmationCodeType, PasswordType, SecretHashType, UsernameType, text,
};
use crate::model::user::{self, Attempts, UserStatusType};
use crate::operations::registration::confirm_sign_up::user_not_found;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ConfirmForgotPasswordRequest {
    pub(crate) client_id: ClientIdType,
    pub(crate) secret_hash: Option<SecretHashType>,
    pub(crate) username: UsernameType,
    pub(crate) confirmation_code: ConfirmationCodeType,
    pub(crate) password: PasswordType,
}

#[operation(public)]
pub(crate) fn confirm_forgot_password(
    cx: &mut Cx<'_>,
    input: ConfirmForgotPasswordRequest,
) -> Result<(), Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_secret_hash(cx, &input.username, text(&input.secret_hash))?;
    let user = user::find(&cx.world, &pool, &input.username);
    let mut user = user.ok_or_else(|| user_not_found(&client))?;
    if let Some(reason) = pool.password_policy.violation(&input.password) {
        return Err(Error::InvalidPassword { reason, admin: false }.into());
    }
    let contact = verification_code::check(cx, &mut user, &input.confirmation_code)?;
    user.set_verified(contact, true);
    user.password = Some(Password::new(&mut cx.random, &user, &input.password));
    user.status = UserStatusType::Confirmed;
    user.attempts = Attempts::default();
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}
