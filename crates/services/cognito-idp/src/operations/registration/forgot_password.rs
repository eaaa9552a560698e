//! ForgotPassword: sends a code with which a new password can be set.

use cognitab_macros::{Shape, operation};
use cognitab_policy::ladder::{Rung, RungKind};

use crate::auth::delivery::{self, CodeDeliveryDetailsType};
use crate::error::Error;
use crate::model::client;
use crate::model::pool::Contact;
use crate::model::user::{self, User, UserStatusType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Life of the code in milliseconds.
const LIFE: i64 = 3_600_000;

/// Input of ForgotPassword.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ForgotPasswordRequest {
    /// The app client.
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: String,
    /// Proof that the client knows its secret.
    #[shape(length = 1..=128, pattern = r"[\w+=/]+", sensitive)]
    pub(crate) secret_hash: Option<String>,
    /// The user.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
    pub(crate) username: String,
}

/// Output of ForgotPassword.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ForgotPasswordResponse {
    /// Where the code went.
    pub(crate) code_delivery_details: CodeDeliveryDetailsType,
}

/// Sends a code with which a new password can be set.
#[operation(public)]
pub(crate) fn forgot_password(
    cx: &mut Cx<'_>,
    input: ForgotPasswordRequest,
) -> Result<ForgotPasswordResponse, Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_secret_hash(cx, &input.username, input.secret_hash.as_deref())?;
    let found = user::find(&cx.world, &pool, &input.username);
    let Some(mut user) = found.filter(|u| u.enabled || !client.prevents_user_existence_errors())
    else {
        cx.rung(Rung::not_applicable(RungKind::State, "no such user, or a disabled one"));
        return if client.prevents_user_existence_errors() {
            let code_delivery_details = delivery::simulated(&input.username);
            Ok(ForgotPasswordResponse { code_delivery_details })
        } else {
            Err(Error::UserNotFoundForClient.into())
        };
    };
    let contact = recovery_contact(&user).inspect_err(|_| {
        cx.rung(Rung::refused(RungKind::State, "this user's password cannot be reset by a code"));
    })?;
    let code_delivery_details =
        delivery::send_code(cx, &pool, &client.client_id, &mut user, contact, LIFE);
    user::put(&mut cx.world, &user);
    Ok(ForgotPasswordResponse { code_delivery_details })
}

/// The proven address that the code goes to: the phone before the email.
fn recovery_contact(user: &User) -> Result<Contact, Error> {
    if !user.enabled {
        return Err(Error::UserDisabled);
    }
    if user.status == UserStatusType::ForceChangePassword {
        return Err(Error::PasswordNotResettable);
    }
    let proven = |contact: &Contact| user.is_verified(contact.as_str());
    [Contact::Phone, Contact::Email].into_iter().find(proven).ok_or_else(|| {
        Error::parameter(
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )
    })
}

impl ForgotPasswordResponse {
    /// The address, masked.
    pub(crate) fn destination(&self) -> &str {
        &self.code_delivery_details.destination
    }
}
