//! Authorization requests (RFC 6749, sections 4.1.1 and 4.2.1).
//!
//! An invalid `client_id` or `redirect_uri` is shown on the domain. Every other error is returned to
//! the application by a redirect.

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::http::encode;

use crate::hosted::request::PageRequest;
use crate::model::client::{OAuthFlowType, UserPoolClientType};
use crate::model::types::{items, text};
use cognitab_kernel::ApiError;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;

/// A valid authorization request.
pub(crate) struct AuthorizationRequest {
    pub(crate) client: UserPoolClientType,
    pub(crate) redirect_uri: String,
    pub(crate) response_type: ResponseType,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    /// `code_challenge` of PKCE, by the method S256.
    pub(crate) challenge: Option<String>,
}

/// The response type, which selects the grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseType {
    /// The authorization code grant.
    Code,
    /// The implicit grant.
    Token,
}

/// The error of an invalid authorization request.
pub(crate) enum AuthorizationError {
    /// Shown on the domain: error code and cause.
    ShowOnDomain(&'static str, &'static str),
    /// Returned to the application.
    RedirectToClient {
        redirect_uri: String,
        state: Option<String>,
        error: &'static str,
        why: &'static str,
    },
}

impl AuthorizationError {
    /// The redirect with the error.
    pub(crate) fn reply(self, request: &PageRequest<'_>) -> Reply {
        match self {
            AuthorizationError::ShowOnDomain(error, why) => {
                let client = request.param("client_id").unwrap_or_default();
                let host = request.domain.host();
                let client = encode(client);
                Reply::redirect(format!("https://{host}/error?error={error}&client_id={client}"))
                    .refused(ApiError::new(302, error, why))
            }
            AuthorizationError::RedirectToClient { redirect_uri, state, error, why } => {
                let state = state.map(|s| format!("state={}&", encode(&s))).unwrap_or_default();
                Reply::redirect(with_parameters(&redirect_uri, &format!("{state}error={error}")))
                    .refused(ApiError::new(302, error, why))
            }
        }
    }
}

/// A URL with parameters added to its query.
pub(crate) fn with_parameters(url: &str, parameters: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}{parameters}")
}

impl AuthorizationRequest {
    /// Checks an authorization request, in AWS's order.
    pub(crate) fn read(
        cx: &mut Cx<'_>,
        request: &PageRequest<'_>,
    ) -> Result<AuthorizationRequest, AuthorizationError> {
        let client = oauth_client(cx, request)?;
        let redirect_uri = redirect_uri(cx, request, &client)?;
        let state = request.param("state").map(str::to_owned);
        let authorization = check(request, &client, &redirect_uri).map_err(|(error, why)| {
            cx.rung(Rung::refused(RungKind::State, why));
            AuthorizationError::RedirectToClient {
                redirect_uri: redirect_uri.clone(),
                state: state.clone(),
                error,
                why,
            }
        })?;
        cx.rung(Rung::passed(
            RungKind::State,
            "the app client exists, and `redirect_uri` is registered for it",
        ));
        Ok(AuthorizationRequest { state, redirect_uri, client, ..authorization })
    }
}

fn oauth_client(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
) -> Result<UserPoolClientType, AuthorizationError> {
    let error = |cx: &mut Cx<'_>, why: &'static str| {
        cx.rung(Rung::refused(RungKind::State, why));
        AuthorizationError::ShowOnDomain("invalid_request", why)
    };
    let Some(client) = request.param("client_id").and_then(|id| request.client(cx, id)) else {
        return Err(error(cx, "the app client does not exist in the user pool"));
    };
    let flows = items(&client.allowed_o_auth_flows);
    if !client.allowed_o_auth_flows_user_pool_client || flows.is_empty() {
        return Err(error(cx, "the app client is not enabled for OAuth"));
    }
    Ok(client)
}

fn redirect_uri(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    client: &UserPoolClientType,
) -> Result<String, AuthorizationError> {
    let registered = items(&client.callback_urls);
    let default = match registered {
        [url] => Some(url.as_str()),
        _ => text(&client.default_redirect_uri),
    };
    let requested = match (request.param("redirect_uri"), request.path) {
        (None, "/login" | "/signup") => default.unwrap_or_default(),
        (requested, _) => requested.unwrap_or_default(),
    };
    if registered.iter().any(|url| *url == requested) {
        return Ok(requested.to_owned());
    }
    let compare = Compare {
        wanted: registered.iter().map(ToString::to_string).collect(),
        met: false,
        ..Compare::one("redirect_uri", requested, "")
    };
    let why = "`redirect_uri` is not registered for this app client";
    cx.rung(Rung::refused(RungKind::State, why).comparing(vec![compare]));
    Err(AuthorizationError::ShowOnDomain("redirect_mismatch", why))
}

/// Error code and cause.
type ParameterError = (&'static str, &'static str);

/// Checks the parameters whose errors are returned to the application. The caller sets the state.
fn check(
    request: &PageRequest<'_>,
    client: &UserPoolClientType,
    redirect_uri: &str,
) -> Result<AuthorizationRequest, ParameterError> {
    let response_type = request.param("response_type").unwrap_or_default().to_ascii_lowercase();
    let (response_type, flow) = match response_type.as_str() {
        "code" => (ResponseType::Code, OAuthFlowType::Code),
        "token" => (ResponseType::Token, OAuthFlowType::Implicit),
        _ => return Err(("invalid_request", "`response_type` must be code or token")),
    };
    if !client.allows_oauth_flow(flow) {
        return Err((
            "unauthorized_client",
            "the OAuth grant type for this `response_type` is not enabled for this app client",
        ));
    }
    let provider = request.param("identity_provider");
    if provider.is_some_and(|p| p != "COGNITO") || request.param("idp_identifier").is_some() {
        return Err(("invalid_request", "the identity provider does not exist in the user pool"));
    }
    Ok(AuthorizationRequest {
        client: client.clone(),
        redirect_uri: redirect_uri.to_owned(),
        response_type,
        scopes: scopes(client, request.param("scope"))?,
        state: None,
        nonce: request.param("nonce").map(str::to_owned),
        challenge: challenge(request)?,
    })
}

/// The requested scopes; all scopes of the app client if the request names none.
fn scopes(
    client: &UserPoolClientType,
    requested: Option<&str>,
) -> Result<Vec<String>, ParameterError> {
    let requested: Vec<String> =
        requested.unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    if requested.is_empty() {
        return Ok(client.scopes().to_vec());
    }
    if !requested.iter().all(|scope| client.scopes().contains(scope)) {
        return Err(("invalid_scope", "a requested scope is not enabled for this app client"));
    }
    let has = |name: &str| requested.iter().any(|scope| scope == name);
    if (has("email") || has("phone") || has("profile")) && !has("openid") {
        return Err(("invalid_scope", "the scopes email, phone and profile require openid"));
    }
    Ok(requested)
}

fn challenge(request: &PageRequest<'_>) -> Result<Option<String>, ParameterError> {
    match (request.param("code_challenge"), request.param("code_challenge_method")) {
        (None, None) => Ok(None),
        (Some(challenge), Some("S256")) => {
            let base64url = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
            if (43..=128).contains(&challenge.len()) && challenge.bytes().all(base64url) {
                Ok(Some(challenge.to_owned()))
            } else {
                Err((
                    "invalid_request",
                    "`code_challenge` must have 43 to 128 base64url characters",
                ))
            }
        }
        _ => Err(("invalid_request", "`code_challenge_method` must be S256")),
    }
}
