//! `POST /oauth2/token`.

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::time;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use crate::auth::app::App;
use crate::auth::refresh;
use crate::auth::tokens::{self, NewSignIn, Tokens};
use crate::hosted::oauth::authorization_code::{Code, CodeState};
use crate::hosted::oauth::client_auth;
use crate::hosted::oauth::error::{self, error};
use crate::hosted::request::PageRequest;
use crate::model::client::{ExplicitAuthFlowsType, OAuthFlowType, UserPoolClientType};
use crate::model::user::{self, User};
use cognitab_kernel::service::Reply;
use cognitab_kernel::{ApiError, Cx, Stop};
use cognitab_trace::event::ArtifactKind;

/// Exchanges a grant for tokens.
pub(crate) fn post(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Result<Reply, Stop> {
    match exchange(cx, request) {
        Ok(tokens) => Ok(reply(&tokens)),
        Err(stop) => Ok(error::reply(stop.error()?)),
    }
}

fn exchange(cx: &mut Cx<'_>, request: &PageRequest<'_>) -> Result<Tokens, Stop> {
    let kind = request.request.header("content-type").unwrap_or_default();
    let media_type = kind.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let why = "the body is not application/x-www-form-urlencoded";
        cx.rung(Rung::refused(RungKind::WellFormed, why));
        return Err(error(400, "invalid_request", "").into());
    }
    let Some(grant) = request.field("grant_type") else {
        return Err(error(400, "invalid_request", "").into());
    };
    if !matches!(grant, "authorization_code" | "refresh_token" | "client_credentials") {
        return Err(error(400, "unsupported_grant_type", "").into());
    }
    let client = client_auth::client(cx, request, 400)?;
    match grant {
        "authorization_code" => Ok(authorization_code_grant(cx, request, &client)?),
        "refresh_token" => refresh_token_grant(cx, request, &client),
        _ => Ok(client_credentials_grant(cx, request, &client)?),
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

fn refuse(cx: &mut Cx<'_>, code: &'static str, note: &str, compare: Vec<Compare>) -> ApiError {
    cx.rung(Rung::refused(RungKind::Token, note).comparing(compare));
    error(400, code, "")
}

fn authorization_code_grant(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    client: &UserPoolClientType,
) -> Result<Tokens, ApiError> {
    if !client.allows_oauth_flow(OAuthFlowType::Code) {
        let note = "the authorization code grant is not enabled for this app client";
        return Err(refuse(cx, "unauthorized_client", note, Vec::new()));
    }
    let (Some(text), Some(uri)) = (request.field("code"), request.field("redirect_uri")) else {
        let note = "`code` and `redirect_uri` are required";
        return Err(refuse(cx, "invalid_request", note, Vec::new()));
    };
    let (code, user) = check_code(cx, request, client, text, uri)?;
    cx.rung(Rung::passed(
        RungKind::Token,
        "the authorization code is valid for this app client and `redirect_uri`",
    ));
    cx.world.put(&Code { state: CodeState::Exchanged, ..code.clone() });
    let sign_in = NewSignIn {
        scopes: code.scopes,
        nonce: code.nonce,
        oauth: true,
        auth_time: code.auth_time,
        refresh: true,
    };
    Ok(tokens::sign_in(cx, App { pool: &request.pool, client }, &user, sign_in))
}

fn check_code(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    client: &UserPoolClientType,
    text: &str,
    uri: &str,
) -> Result<(Code, User), ApiError> {
    let error = "invalid_grant";
    let Some(code) = cx.world.get::<Code>(text).filter(|c| request.pool.id == *c.pool) else {
        tokens::add_carried(cx, ArtifactKind::Code, text, "", 0);
        return Err(refuse(cx, error, "the authorization code does not exist", Vec::new()));
    };
    tokens::add_carried(cx, ArtifactKind::Code, text, &code.username, code.expires.0);
    if client.client_id != *code.client {
        let compare = vec![Compare::one("client_id", &client.client_id, &code.client)];
        return Err(refuse(
            cx,
            error,
            "the authorization code was issued to another app client",
            compare,
        ));
    }
    if code.state == CodeState::Exchanged {
        return Err(refuse(cx, error, "the authorization code has already been used", Vec::new()));
    }
    if code.expires.0 <= cx.now {
        let (end, now) = (time::iso(code.expires.0), time::iso(cx.now));
        let compare = vec![Compare::one("valid until", &end, &now)];
        return Err(refuse(cx, error, "the authorization code has expired", compare));
    }
    if code.redirect_uri != uri {
        let compare = vec![Compare::one("redirect_uri", uri, &code.redirect_uri)];
        return Err(refuse(
            cx,
            error,
            "the authorization code was issued for a different `redirect_uri`",
            compare,
        ));
    }
    if let Some(challenge) = &code.challenge {
        let verifier = request.field("code_verifier").unwrap_or_default();
        let computed = cognitab_jose::base64url(&Sha256::digest(verifier));
        if !(43..=128).contains(&verifier.len()) || computed != *challenge {
            let compare = vec![Compare::one("code_challenge", &computed, challenge)];
            return Err(refuse(
                cx,
                error,
                "`code_verifier` does not match `code_challenge`",
                compare,
            ));
        }
    }
    let user = user::by_sub(&cx.world, &request.pool.id, &code.sub).filter(|user| user.enabled);
    match user {
        Some(user) => Ok((code, user)),
        None => Err(refuse(cx, error, "the user is deleted or disabled", Vec::new())),
    }
}

fn refresh_token_grant(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    client: &UserPoolClientType,
) -> Result<Tokens, Stop> {
    let flows = client.explicit_auth_flows.as_deref().unwrap_or_default();
    let has_prefix = flows.iter().any(|f| f.as_str().starts_with("ALLOW_"));
    if has_prefix && !client.allows_auth_flow(ExplicitAuthFlowsType::AllowRefreshTokenAuth) {
        let note = "ALLOW_REFRESH_TOKEN_AUTH is not enabled for this app client";
        return Err(refuse(cx, "unauthorized_client", note, Vec::new()).into());
    }
    let Some(token) = request.field("refresh_token") else {
        return Err(refuse(cx, "invalid_request", "`refresh_token` is required", Vec::new()).into());
    };
    refresh::refresh(cx, App { pool: &request.pool, client }, token)
        .map_err(|stop| stop.map_error(|_| error(400, "invalid_grant", "")))
}

fn client_credentials_grant(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    client: &UserPoolClientType,
) -> Result<Tokens, ApiError> {
    if !client.allows_oauth_flow(OAuthFlowType::ClientCredentials) {
        let note = "`client_credentials` is not enabled for this app client";
        return Err(refuse(cx, "invalid_grant", note, Vec::new()));
    }
    let custom = |scope: &&String| scope.contains('/');
    let enabled: Vec<String> = client.scopes().iter().filter(custom).cloned().collect();
    let requested = request.field("scope").unwrap_or_default().split_whitespace();
    let requested: Vec<String> = requested.map(str::to_owned).collect();
    let scopes = if requested.is_empty() { enabled.clone() } else { requested };
    if !scopes.iter().all(|scope| enabled.contains(scope)) {
        let note = "a requested scope is not enabled for this app client";
        return Err(refuse(cx, "invalid_scope", note, Vec::new()));
    }
    let access = tokens::client_credentials_token(cx, App { pool: &request.pool, client }, &scopes);
    Ok(Tokens { access, id: None, refresh: None, expires_in: client.access_token_seconds() })
}
