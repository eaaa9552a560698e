//! `/oauth2/userInfo`: what an access token lets one know of its user.

use serde_json::{Map, Value as Json};

use crate::auth::tokens;
use crate::auth::verify;
use crate::hosted::oauth::error::{self, error};
use crate::hosted::request::Ask;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;
use cognitab_policy::ladder::{Rung, RungKind};

const OVER: &str =
    "Access token is expired, disabled, or deleted, or the user has globally signed out.";

/// Shows the user of an access token.
pub(crate) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Reply {
    let header = ask.request.header("authorization").unwrap_or_default();
    let token = header.split_once(' ').filter(|(s, _)| s.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        cx.rung(Rung::refused(RungKind::Token, "no access token came"));
        return challenge(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
    };
    let access = match verify::access(cx, token.trim()) {
        Ok(access) => access,
        Err(_) => return challenge(401, "invalid_token", OVER),
    };
    if access.pool.id != ask.pool.id {
        cx.rung(Rung::refused(RungKind::Token, "another pool made this token"));
        return challenge(401, "invalid_token", OVER);
    }
    if !access.scopes.iter().any(|scope| scope == "openid") {
        cx.rung(Rung::refused(RungKind::Token, "the access token does not cover openid"));
        let text = "Access token does not contain openid scope";
        return challenge(401, "invalid_token", text);
    }
    cx.rung(Rung::passed(RungKind::Token, "the access token is genuine, alive and covers openid"));
    let Some(client) = ask.client(cx, &access.client) else {
        return challenge(401, "invalid_token", OVER);
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
