//! ForgotPassword: sends a code with which a user can set a new password.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_policy::ladder::{Rung, RungKind};

use crate::auth::delivery::{self, CodeDeliveryDetailsType};
use crate::error::Error;
use crate::model::client;
use crate::model::pool::Contact;
use crate::model::types::{ClientIdType, SecretHashType, UsernameType, text};
use crate::model::user::{self, User, UserStatusType};

/// Validity of the code in milliseconds.
const LIFE: i64 = 3_600_000;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ForgotPasswordRequest {
    pub(crate) client_id: ClientIdType,
    pub(crate) secret_hash: Option<SecretHashType>,
    pub(crate) username: UsernameType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ForgotPasswordResponse {
    pub(crate) code_delivery_details: CodeDeliveryDetailsType,
}

#[operation(public)]
pub(crate) fn forgot_password(
    cx: &mut Cx<'_>,
    input: ForgotPasswordRequest,
) -> Result<ForgotPasswordResponse, Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_secret_hash(cx, &input.username, text(&input.secret_hash))?;
    let user = user::find(&cx.world, &pool, &input.username);
    let Some(mut user) = user.filter(|u| u.enabled || !client.prevents_user_existence_errors())
    else {
        cx.rung(Rung::not_applicable(RungKind::State, "the user does not exist or is disabled"));
        return if client.prevents_user_existence_errors() {
            let code_delivery_details = CodeDeliveryDetailsType::simulated(&input.username);
            Ok(ForgotPasswordResponse { code_delivery_details })
        } else {
            Err(Error::UserNotFoundForClient.into())
        };
    };
    let contact = recovery_contact(&user).inspect_err(|_| {
        cx.rung(Rung::refused(RungKind::State, "the user cannot reset the password with a code"));
    })?;
    let code_delivery_details =
        delivery::send_code(cx, &pool, &client.client_id, &mut user, contact, LIFE);
    user::put(&mut cx.world, &user);
    Ok(ForgotPasswordResponse { code_delivery_details })
}

/// The verified contact that the code is sent to.
fn recovery_contact(user: &User) -> Result<Contact, Error> {
    if !user.enabled {
        return Err(Error::UserDisabled);
    }
    if user.status == UserStatusType::ForceChangePassword {
        return Err(Error::PasswordNotResettable);
    }
    Contact::ALL.into_iter().find(|contact| user.is_verified(*contact)).ok_or_else(|| {
        Error::parameter(
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )
    })
}

impl ForgotPasswordResponse {
    /// The masked address.
    pub(crate) fn destination(&self) -> &str {
        &self.code_delivery_details.destination
    }
}
