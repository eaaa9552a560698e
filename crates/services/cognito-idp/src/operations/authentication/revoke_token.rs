//! RevokeToken: revokes a refresh token and the access tokens that were issued with it.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::client;
use crate::model::sign_in;

#[derive(Clone, Debug, Shape)]
pub(crate) struct RevokeTokenRequest {
    #[shape(pattern = r"[A-Za-z0-9-_=.]+", sensitive)]
    pub(crate) token: String,
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: String,
    #[shape(length = 1..=64, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_secret: Option<String>,
}

#[operation(public)]
pub(crate) fn revoke_token(cx: &mut Cx<'_>, input: RevokeTokenRequest) -> Result<(), Stop> {
    let (_, client) = client::find(cx, &input.client_id)?;
    if client.client_secret != input.client_secret {
        return Err(Error::ClientNotAuthorized.into());
    }
    sign_in::revoke(cx, &client, &input.token)?;
    Ok(())
}
