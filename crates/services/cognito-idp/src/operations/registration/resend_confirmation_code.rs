//! ResendConfirmationCode: sends another code; the one before is no longer good.

use cognitab_macros::{Shape, operation};

use crate::auth::delivery::{self, CodeDeliveryDetailsType};
use crate::error::Error;
use crate::model::client;
use crate::model::user::{self, UserStatusType};
use crate::operations::registration::sign_up::CODE_LIFE;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of ResendConfirmationCode.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ResendConfirmationCodeRequest {
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

/// Output of ResendConfirmationCode.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ResendConfirmationCodeResponse {
    /// Where the code went.
    pub(crate) code_delivery_details: CodeDeliveryDetailsType,
}

/// Sends another code; the one before is no longer good.
#[operation(public)]
pub(crate) fn resend_confirmation_code(
    cx: &mut Cx<'_>,
    input: ResendConfirmationCodeRequest,
) -> Result<ResendConfirmationCodeResponse, Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_secret_hash(cx, &input.username, input.secret_hash.as_deref())?;
    let found = user::find(&cx.world, &pool, &input.username);
    let unconfirmed = found.filter(|u| {
        u.status == UserStatusType::Unconfirmed || !client.prevents_user_existence_errors()
    });
    let Some(mut user) = unconfirmed else {
        return if client.prevents_user_existence_errors() {
            let code_delivery_details = delivery::simulated(&input.username);
            Ok(ResendConfirmationCodeResponse { code_delivery_details })
        } else {
            Err(Error::UserNotFoundForClient.into())
        };
    };
    if user.status != UserStatusType::Unconfirmed {
        return Err(Error::parameter("User is already confirmed.").into());
    }
    let contact = delivery::verification_contact(&pool, &user)
        .ok_or_else(|| Error::parameter("Cannot resend codes. Auto verification not turned on."))?;
    let code_delivery_details =
        delivery::send_code(cx, &pool, &client.client_id, &mut user, contact, CODE_LIFE);
    user::put(&mut cx.world, &user);
    Ok(ResendConfirmationCodeResponse { code_delivery_details })
}

impl ResendConfirmationCodeResponse {
    /// The address, masked.
    pub(crate) fn destination(&self) -> &str {
        &self.code_delivery_details.destination
    }
}
