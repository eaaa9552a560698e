//! RevokeToken: ends the sign-in of a refresh token.

use cognitab_macros::{Shape, operation};

use super::client;
use super::error::Error;
use super::session;
use crate::cx::Cx;
use crate::fault::Fault;

/// Input of RevokeToken.
#[derive(Clone, Debug, Shape)]
pub(crate) struct RevokeTokenRequest {
    /// A refresh token.
    #[shape(pattern = r"[A-Za-z0-9-_=.]+", sensitive)]
    pub(crate) token: String,
    /// The app client.
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: String,
    /// The client's secret.
    #[shape(length = 1..=64, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_secret: Option<String>,
}

/// Ends the sign-in of a refresh token.
#[operation(public)]
pub(crate) fn revoke_token(cx: &mut Cx<'_>, input: RevokeTokenRequest) -> Result<(), Fault> {
    let (_, client) = client::find(cx, &input.client_id)?;
    if client.client_secret != input.client_secret {
        return Err(Error::NotYours.into());
    }
    session::revoke(cx, &client, &input.token)?;
    Ok(())
}
