//! Where a sign-in through the pages leads: the parameters of an authorization request, checked.
//!
//! Faults come in two families. Where client or address cannot be trusted the browser stays on
//! the domain; any other goes back to the application.

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use cognitab_wire::http::encode;

use crate::hosted::request::Ask;
use crate::model::client::{OAuthFlowType, UserPoolClientType};
use crate::model::types::{items, text};
use cognitab_kernel::ApiError;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;

/// A checked authorization request.
pub(crate) struct Target {
    pub(crate) client: UserPoolClientType,
    pub(crate) redirect_uri: String,
    pub(crate) implicit: bool,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    /// S256 challenge.
    pub(crate) challenge: Option<String>,
}

/// What is wrong with an authorization request.
pub(crate) enum Trouble {
    /// The browser stays here.
    Here(&'static str, &'static str),
    /// The application is told.
    Back { redirect_uri: String, state: Option<String>, error: &'static str, why: &'static str },
}

impl Trouble {
    /// The redirect that tells it.
    pub(crate) fn reply(self, ask: &Ask<'_>) -> Reply {
        match self {
            Trouble::Here(error, why) => {
                let client = ask.param("client_id").unwrap_or_default();
                let host = ask.domain.host();
                let client = encode(client);
                Reply::redirect(format!("https://{host}/error?error={error}&client_id={client}"))
                    .refused(ApiError::new(302, error, why))
            }
            Trouble::Back { redirect_uri, state, error, why } => {
                let state = state.map(|s| format!("state={}&", encode(&s))).unwrap_or_default();
                Reply::redirect(joined(&redirect_uri, &format!("{state}error={error}")))
                    .refused(ApiError::new(302, error, why))
            }
        }
    }
}

/// An address with more parameters in its query.
pub(crate) fn joined(address: &str, parameters: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{parameters}")
}

impl Target {
    /// Checks an authorization request in AWS's order. The ladder is noted either way.
    pub(crate) fn read(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Result<Target, Trouble> {
        let client = trusted(cx, ask)?;
        let redirect_uri = redirect_uri(cx, ask, &client)?;
        let state = ask.param("state").map(str::to_owned);
        let target = check(ask, &client, &redirect_uri).map_err(|(error, why)| {
            cx.rung(Rung::refused(RungKind::State, why));
            Trouble::Back { redirect_uri: redirect_uri.clone(), state: state.clone(), error, why }
        })?;
        cx.rung(Rung::passed(
            RungKind::State,
            "the app client may ask for this, and come back there",
        ));
        Ok(Target { state, redirect_uri, client, ..target })
    }
}

fn trusted(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Result<UserPoolClientType, Trouble> {
    let refuse = |cx: &mut Cx<'_>, why: &'static str| {
        cx.rung(Rung::refused(RungKind::State, why));
        Trouble::Here("invalid_request", why)
    };
    let Some(client) = ask.param("client_id").and_then(|id| ask.client(cx, id)) else {
        return Err(refuse(cx, "the pool has no such app client"));
    };
    let flows = items(&client.allowed_o_auth_flows);
    if !client.allowed_o_auth_flows_user_pool_client || flows.is_empty() {
        return Err(refuse(cx, "the app client is not enabled for OAuth"));
    }
    Ok(client)
}

fn redirect_uri(
    cx: &mut Cx<'_>,
    ask: &Ask<'_>,
    client: &UserPoolClientType,
) -> Result<String, Trouble> {
    let registered = items(&client.callback_urls);
    let only = match registered {
        [one] => Some(one.as_str()),
        _ => text(&client.default_redirect_uri),
    };
    let asked = match (ask.param("redirect_uri"), ask.path) {
        (None, "/login" | "/signup") => only.unwrap_or_default(),
        (asked, _) => asked.unwrap_or_default(),
    };
    if registered.iter().any(|url| *url == asked) {
        return Ok(asked.to_owned());
    }
    let compare = Compare {
        wanted: registered.iter().map(ToString::to_string).collect(),
        ..Compare::one("redirect_uri", asked, "")
    };
    let why = "the app client may not come back there";
    let compare = Compare { met: false, ..compare };
    cx.rung(Rung::refused(RungKind::State, why).comparing(vec![compare]));
    Err(Trouble::Here("redirect_mismatch", why))
}

type Wrong = (&'static str, &'static str);

/// What the application itself is told about. Leaves client, address and state to the caller.
fn check(ask: &Ask<'_>, client: &UserPoolClientType, redirect_uri: &str) -> Result<Target, Wrong> {
    let kind = ask.param("response_type").unwrap_or_default().to_ascii_lowercase();
    let (implicit, flow) = match kind.as_str() {
        "code" => (false, OAuthFlowType::Code),
        "token" => (true, OAuthFlowType::Implicit),
        _ => return Err(("invalid_request", "the response type must be code or token")),
    };
    if !client.allows_oauth_flow(flow) {
        return Err(("unauthorized_client", "the app client may not use this OAuth flow"));
    }
    let provider = ask.param("identity_provider");
    if provider.is_some_and(|p| p != "COGNITO") || ask.param("idp_identifier").is_some() {
        return Err(("invalid_request", "the pool has no such identity provider"));
    }
    Ok(Target {
        client: client.clone(),
        redirect_uri: redirect_uri.to_owned(),
        implicit,
        scopes: scopes(client, ask.param("scope"))?,
        state: None,
        nonce: ask.param("nonce").map(str::to_owned),
        challenge: challenge(ask)?,
    })
}

/// The scopes asked for, or all that the client may have.
fn scopes(client: &UserPoolClientType, asked: Option<&str>) -> Result<Vec<String>, Wrong> {
    let asked: Vec<String> =
        asked.unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    if asked.is_empty() {
        return Ok(client.scopes().to_vec());
    }
    if !asked.iter().all(|scope| client.scopes().contains(scope)) {
        return Err(("invalid_scope", "the app client may not ask for one of these scopes"));
    }
    let has = |name: &str| asked.iter().any(|scope| scope == name);
    if (has("email") || has("phone") || has("profile")) && !has("openid") {
        return Err(("invalid_scope", "email, phone and profile need openid beside them"));
    }
    Ok(asked)
}

fn challenge(ask: &Ask<'_>) -> Result<Option<String>, Wrong> {
    match (ask.param("code_challenge"), ask.param("code_challenge_method")) {
        (None, None) => Ok(None),
        (Some(challenge), Some("S256")) => {
            let letters = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
            if (43..=128).contains(&challenge.len()) && challenge.bytes().all(letters) {
                Ok(Some(challenge.to_owned()))
            } else {
                Err(("invalid_request", "the code challenge is not 43 to 128 letters of base64url"))
            }
        }
        _ => Err(("invalid_request", "a code challenge needs the method S256")),
    }
}
