//! `POST /oauth2/revoke`: ends the sign-in of a refresh token.

use cognitab_wire::http::Response;

use super::ask::Ask;
use super::client_auth;
use super::reply::{Reply, oauth};
use crate::cognito_idp::error::Error;
use crate::cognito_idp::session;
use crate::cx::Cx;

/// Revokes a refresh token; one that is unknown or over is a success.
pub(super) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Reply {
    let Some(token) = ask.field("token") else {
        return oauth(400, "invalid_request", "");
    };
    let client = match client_auth::client(cx, ask, 401) {
        Ok(client) => client,
        Err(error) => return error.into(),
    };
    match session::revoke(cx, &client, token) {
        Ok(()) => {
            let response = Response::new(200, Vec::new()).with("access-control-allow-origin", "*");
            Reply { response, refusal: None }
        }
        Err(Error::TokenKind) => oauth(400, "unsupported_token_type", ""),
        Err(Error::NotYours) => oauth(401, "invalid_client", ""),
        Err(_) => oauth(400, "invalid_request", ""),
    }
}
