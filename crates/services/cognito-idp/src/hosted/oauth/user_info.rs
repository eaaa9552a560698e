//! `/oauth2/userInfo`: the claims about the user of an access token.

use serde_json::{Map, Value as Json};

use crate::auth::tokens;
use crate::auth::verify;
use crate::hosted::oauth::error::{self, error};
use crate::hosted::request::PageRequest;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;
use cognitab_policy::ladder::{Rung, RungKind};

const REVOKED: &str =
    "Access token is expired, disabled, or deleted, or the user has globally signed out.";

/// Returns the claims that the scopes of the access token allow.
pub(crate) fn get(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Reply {
    let header = request.request.header("authorization").unwrap_or_default();
    let token = header.split_once(' ').filter(|(s, _)| s.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        cx.rung(Rung::refused(RungKind::Token, "the request has no access token"));
        return challenge(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
    };
    let access = match verify::access(cx, token.trim()) {
        Ok(access) => access,
        Err(_) => return challenge(401, "invalid_token", REVOKED),
    };
    if access.pool.id != request.pool.id {
        cx.rung(Rung::refused(RungKind::Token, "the access token was issued by another user pool"));
        return challenge(401, "invalid_token", REVOKED);
    }
    if !access.scopes.iter().any(|scope| scope == "openid") {
        cx.rung(Rung::refused(RungKind::Token, "the access token does not have the scope openid"));
        let text = "Access token does not contain openid scope";
        return challenge(401, "invalid_token", text);
    }
    cx.rung(Rung::passed(RungKind::Token, "the access token is valid and has the scope openid"));
    let Some(client) = request.client(cx, &access.client) else {
        return challenge(401, "invalid_token", REVOKED);
    };
    let mut body = Map::new();
    body.insert("sub".to_owned(), Json::from(access.user.sub.as_str()));
    for (name, value) in tokens::visible_attributes(&client, &access.user, Some(&access.scopes)) {
        body.insert(name.to_owned(), Json::from(value));
    }
    body.insert("username".to_owned(), Json::from(access.user.username.as_str()));
    Reply::json(200, &Json::Object(body))
}

fn challenge(status: u16, code: &'static str, description: &str) -> Reply {
    let header = format!("Bearer error=\"{code}\", error_description=\"{description}\"");
    let mut reply = error::reply(error(status, code, description));
    reply.response = reply.response.with("www-authenticate", header);
    reply
}
