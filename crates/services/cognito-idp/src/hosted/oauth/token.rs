//! `POST /oauth2/token`: a code or a refresh token goes in, tokens come out.

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::time;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use crate::auth::app::App;
use crate::auth::refresh;
use crate::auth::tokens::{self, NewSignIn, Tokens};
use crate::hosted::oauth::authorization_code::Code;
use crate::hosted::oauth::client_auth;
use crate::hosted::oauth::error::{self, error};
use crate::hosted::request::Ask;
use crate::model::client::{ExplicitAuthFlowsType, OAuthFlowType, UserPoolClientType};
use crate::model::user::{self, User};
use cognitab_kernel::service::Reply;
use cognitab_kernel::{ApiError, Cx, Stop};
use cognitab_trace::event::ArtifactKind;

/// Exchanges a grant for tokens.
pub(crate) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Result<Reply, Stop> {
    match exchange(cx, ask) {
        Ok(tokens) => Ok(reply(&tokens)),
        Err(stop) => Ok(error::reply(stop.error()?)),
    }
}

fn exchange(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Result<Tokens, Stop> {
    let kind = ask.request.header("content-type").unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        let why = "the body is no form";
        cx.rung(Rung::refused(RungKind::WellFormed, why));
        return Err(error(400, "invalid_request", "").into());
    }
    let Some(grant) = ask.field("grant_type") else {
        return Err(error(400, "invalid_request", "").into());
    };
    if !matches!(grant, "authorization_code" | "refresh_token" | "client_credentials") {
        return Err(error(400, "unsupported_grant_type", "").into());
    }
    let client = client_auth::client(cx, ask, 400)?;
    match grant {
        "authorization_code" => Ok(by_code(cx, ask, &client)?),
        "refresh_token" => by_refresh_token(cx, ask, &client),
        _ => Ok(by_client(cx, ask, &client)?),
    }
}

fn reply(tokens: &Tokens) -> Reply {
    let mut body = Map::new();
    let mut put = |name: &str, value: Json| body.insert(name.to_owned(), value);
    if let Some(id) = &tokens.id {
        put("id_token", json!(id));
    }
    put("access_token", json!(tokens.access));
    if let Some(refresh) = &tokens.refresh {
        put("refresh_token", json!(refresh));
    }
    put("expires_in", json!(tokens.expires_in));
    put("token_type", json!("Bearer"));
    Reply::json(200, &Json::Object(body))
}

fn no(cx: &mut Cx<'_>, code: &'static str, note: &str, compare: Vec<Compare>) -> ApiError {
    cx.rung(Rung::refused(RungKind::Token, note).comparing(compare));
    error(400, code, "")
}

fn by_code(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    client: &UserPoolClientType,
) -> Result<Tokens, ApiError> {
    if !client.allows_oauth_flow(OAuthFlowType::Code) {
        let note = "the app client may not use the code flow";
        return Err(no(cx, "unauthorized_client", note, Vec::new()));
    }
    let (Some(text), Some(uri)) = (ask.field("code"), ask.field("redirect_uri")) else {
        let note = "code and redirect_uri must be there";
        return Err(no(cx, "invalid_request", note, Vec::new()));
    };
    let (code, user) = check(cx, ask, client, text, uri)?;
    cx.rung(Rung::passed(RungKind::Token, "the code is fresh, this client's and this address's"));
    cx.world.put(&Code { used: true, ..code.clone() });
    let begin = NewSignIn {
        scopes: code.scopes,
        nonce: code.nonce,
        oauth: true,
        auth_time: code.auth_time,
        refresh: true,
    };
    Ok(tokens::sign_in(cx, App { pool: &ask.pool, client }, &user, begin))
}

fn check(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    client: &UserPoolClientType,
    text: &str,
    uri: &str,
) -> Result<(Code, User), ApiError> {
    let grant = "invalid_grant";
    let Some(code) = cx.world.get::<Code>(text).filter(|c| ask.pool.id == *c.pool) else {
        tokens::add_carried(cx, ArtifactKind::Code, text, "", 0);
        return Err(no(cx, grant, "nobody was given this code", Vec::new()));
    };
    tokens::add_carried(cx, ArtifactKind::Code, text, &code.username, code.expires.0);
    if client.client_id != *code.client {
        let compare = vec![Compare::one("client", &client.client_id, &code.client)];
        return Err(no(cx, grant, "the code was given to another app client", compare));
    }
    if code.used {
        return Err(no(cx, grant, "the code has been used before", Vec::new()));
    }
    if code.expires.0 <= cx.now {
        let (end, now) = (time::iso(code.expires.0), time::iso(cx.now));
        let compare = vec![Compare::one("valid until", &end, &now)];
        return Err(no(cx, grant, "the code has expired", compare));
    }
    if code.redirect_uri != uri {
        let compare = vec![Compare::one("redirect_uri", uri, &code.redirect_uri)];
        return Err(no(cx, grant, "the code was sent to another address", compare));
    }
    if let Some(wanted) = &code.challenge {
        let verifier = ask.field("code_verifier").unwrap_or_default();
        let found = cognitab_jose::base64url(&Sha256::digest(verifier));
        if !(43..=128).contains(&verifier.len()) || found != *wanted {
            let compare = vec![Compare::one("code_challenge", &found, wanted)];
            return Err(no(cx, grant, "the verifier does not fit the challenge", compare));
        }
    }
    let user = user::find(&cx.world, &ask.pool, &code.username).filter(|user| user.enabled);
    match user {
        Some(user) => Ok((code, user)),
        None => Err(no(cx, grant, "the user is gone or disabled", Vec::new())),
    }
}

fn by_refresh_token(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    client: &UserPoolClientType,
) -> Result<Tokens, Stop> {
    let flows = client.explicit_auth_flows.as_deref().unwrap_or_default();
    let named = flows.iter().any(|f| f.as_str().starts_with("ALLOW_"));
    if named && !client.allows_auth_flow(ExplicitAuthFlowsType::AllowRefreshTokenAuth) {
        let note = "the app client may not renew tokens";
        return Err(no(cx, "unauthorized_client", note, Vec::new()).into());
    }
    let Some(token) = ask.field("refresh_token") else {
        return Err(no(cx, "invalid_request", "refresh_token must be there", Vec::new()).into());
    };
    refresh::refresh(cx, App { pool: &ask.pool, client }, token)
        .map_err(|stop| stop.map_error(|_| error(400, "invalid_grant", "")))
}

fn by_client(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    client: &UserPoolClientType,
) -> Result<Tokens, ApiError> {
    if !client.allows_oauth_flow(OAuthFlowType::ClientCredentials) {
        let note = "the app client may not speak for itself";
        return Err(no(cx, "invalid_grant", note, Vec::new()));
    }
    let custom = |scope: &&String| scope.contains('/');
    let known: Vec<String> = client.scopes().iter().filter(custom).cloned().collect();
    let asked = ask.field("scope").unwrap_or_default().split_whitespace();
    let asked: Vec<String> = asked.map(str::to_owned).collect();
    let scopes = if asked.is_empty() { known.clone() } else { asked };
    if !scopes.iter().all(|scope| known.contains(scope)) {
        let note = "the app client does not have one of these scopes";
        return Err(no(cx, "invalid_scope", note, Vec::new()));
    }
    let access = tokens::client_credentials_token(cx, App { pool: &ask.pool, client }, &scopes);
    Ok(Tokens { access, id: None, refresh: None, expires_in: client.access_token_seconds() })
}
