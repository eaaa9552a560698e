//! `POST /oauth2/revoke`: ends the sign-in of a refresh token.

use cognitab_wire::http::Response;

use crate::error::Error;
use crate::hosted::oauth::client_auth;
use crate::hosted::oauth::error::{self, error};
use crate::hosted::request::Ask;
use crate::model::sign_in;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;

/// Revokes a refresh token; one that is unknown or over is a success.
pub(crate) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Reply {
    let Some(token) = ask.field("token") else {
        return error::reply(error(400, "invalid_request", ""));
    };
    let client = match client_auth::client(cx, ask, 401) {
        Ok(client) => client,
        Err(error) => return error::reply(error),
    };
    match sign_in::revoke(cx, &client, token) {
        Ok(()) => {
            let response = Response::new(200, Vec::new()).with("access-control-allow-origin", "*");
            Reply::of(response)
        }
        Err(Error::UnsupportedTokenType) => error::reply(error(400, "unsupported_token_type", "")),
        Err(Error::ClientNotAuthorized) => error::reply(error(401, "invalid_client", "")),
        Err(_) => error::reply(error(400, "invalid_request", "")),
    }
}
