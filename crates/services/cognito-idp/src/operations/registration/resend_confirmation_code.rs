//! ResendConfirmationCode: sends a new code to confirm a user, which replaces the previous one.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::auth::delivery::{self, CodeDeliveryDetailsType};
use crate::error::Error;
use crate::model::client;
use crate::model::types::{ClientIdType, SecretHashType, UsernameType, text};
use crate::model::user::{self, UserStatusType};
use crate::operations::registration::sign_up::CODE_LIFE;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ResendConfirmationCodeRequest {
    pub(crate) client_id: ClientIdType,
    pub(crate) secret_hash: Option<SecretHashType>,
    pub(crate) username: UsernameType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ResendConfirmationCodeResponse {
    pub(crate) code_delivery_details: CodeDeliveryDetailsType,
}

#[operation(public)]
pub(crate) fn resend_confirmation_code(
    cx: &mut Cx<'_>,
    input: ResendConfirmationCodeRequest,
) -> Result<ResendConfirmationCodeResponse, Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_secret_hash(cx, &input.username, text(&input.secret_hash))?;
    let user = user::find(&cx.world, &pool, &input.username);
    let user = user.filter(|u| {
        u.status == UserStatusType::Unconfirmed || !client.prevents_user_existence_errors()
    });
    let Some(mut user) = user else {
        return if client.prevents_user_existence_errors() {
            let code_delivery_details = CodeDeliveryDetailsType::simulated(&input.username);
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
    /// The masked address.
    pub(crate) fn destination(&self) -> &str {
        &self.code_delivery_details.destination
    }
}
