//! RevokeToken: revokes a refresh token and the access tokens that were issued with it.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::client;
use crate::model::sign_in;
use crate::model::types::{ClientIdType, TokenModelType, text};

#[derive(Clone, Debug, Shape)]
pub(crate) struct RevokeTokenRequest {
    pub(crate) token: TokenModelType,
    pub(crate) client_id: ClientIdType,
    pub(crate) client_secret: Option<PresentedSecret>,
}

/// A secret of any length: one that is too short is refused as wrong.
#[derive(Clone, Debug, Shape)]
#[shape(name = "ClientSecretType", length = 1..=64, pattern = r"[\w+]+", sensitive)]
pub(crate) struct PresentedSecret(String);

#[operation(public)]
pub(crate) fn revoke_token(cx: &mut Cx<'_>, input: RevokeTokenRequest) -> Result<(), Stop> {
    let (_, client) = client::find(cx, &input.client_id)?;
    if text(&client.client_secret) != text(&input.client_secret) {
        return Err(Error::ClientNotAuthorized.into());
    }
    sign_in::revoke(cx, &client, &input.token)?;
    Ok(())
}
