//! `POST /oauth2/revoke`: revokes a refresh token and the access tokens of its sign-in (RFC 7009).

use cognitab_wire::http::Response;

use crate::error::Error;
use crate::hosted::oauth::client_auth;
use crate::hosted::oauth::error::{self, error};
use crate::hosted::request::PageRequest;
use crate::model::sign_in;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;

/// Revokes a refresh token. An unknown or expired token is a success.
pub(crate) fn post(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Reply {
    let Some(token) = request.field("token") else {
        return error::reply(error(400, "invalid_request", ""));
    };
    let client = match client_auth::client(cx, request, 401) {
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
