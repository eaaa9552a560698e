//! ConfirmSignUp: confirms a user with a verification code.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::auth::verification_code;
use crate::error::Error;
use crate::model::client::{self, UserPoolClientType};
use crate::model::types::{ClientIdType, ConfirmationCodeType, SecretHashType, UsernameType, text};
use crate::model::user::{self, UserStatusType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ConfirmSignUpRequest {
    pub(crate) client_id: ClientIdType,
    pub(crate) secret_hash: Option<SecretHashType>,
    pub(crate) username: UsernameType,
    pub(crate) confirmation_code: ConfirmationCodeType,
    /// Whether a contact that another user has verified becomes an alias of this one.
    #[shape(optional)]
    pub(crate) force_alias_creation: bool,
}

#[operation(public)]
pub(crate) fn confirm_sign_up(cx: &mut Cx<'_>, input: ConfirmSignUpRequest) -> Result<(), Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_secret_hash(cx, &input.username, text(&input.secret_hash))?;
    let user = user::find(&cx.world, &pool, &input.username);
    let mut user = user.ok_or_else(|| user_not_found(&client))?;
    if user.status != UserStatusType::Unconfirmed {
        return Err(Error::CannotConfirm(user.status.as_str()).into());
    }
    let contact = verification_code::check(cx, &mut user, &input.confirmation_code)?;
    user::claim_alias(&mut cx.world, &pool, &user, contact, input.force_alias_creation)?;
    user.set_verified(contact, true);
    user.status = UserStatusType::Confirmed;
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    Ok(())
}

/// The error for a user who does not exist.
pub(crate) fn user_not_found(client: &UserPoolClientType) -> Error {
    if client.prevents_user_existence_errors() {
        Error::CodeExpired
    } else {
        Error::UserNotFoundForClient
    }
}
