//! Logins: names of identity providers with their tokens.

use cognitab_jose::Token;
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use serde_json::{Map, Value as Json};

use crate::error::Error;
use crate::pool::Pool;
use crate::pool_token::PRINCIPAL;
use crate::shapes::{LoginsMap, items};
use cognitab_kernel::Cx;
use cognitab_kernel::issuer::{self, InvalidToken};
use cognitab_kernel::{ApiError, Stop};
use cognitab_trace::event::ArtifactKind;

/// A valid login.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    /// The provider, as `Logins` names it.
    pub(crate) provider: String,
    /// The key of its role mapping: the provider, for a user pool with the app client ID, for an OIDC
    /// provider of IAM its ARN.
    pub(crate) role_mapping: String,
    /// `sub` of the token.
    pub(crate) subject: String,
    /// The user at the provider: the third value of `amr` in tokens of the pool.
    pub(crate) provider_user: String,
    /// The claims of the token.
    pub(crate) claims: Map<String, Json>,
}

/// An error with the comparisons for its rung.
type LoginError = (Error, Vec<Compare>);

/// Verifies every login. One invalid login fails the call.
pub(crate) fn check(
    cx: &mut Cx<'_>,
    pool: &Pool,
    logins: Option<&LoginsMap>,
) -> Result<Vec<Login>, Stop> {
    let mut verified = Vec::new();
    for (provider, token) in logins.into_iter().flat_map(|logins| logins.iter()) {
        add_artifact(cx, token);
        match verify(cx, pool, provider, token) {
            Ok(login) => {
                let note = format!("the token of {provider} is valid");
                cx.rung(Rung::passed(RungKind::Token, note));
                verified.push(login);
            }
            Err((error, compare)) => {
                let error = ApiError::from(error);
                let rung = Rung::refused(RungKind::Token, error.message.clone());
                cx.rung(rung.comparing(compare));
                return Err(error.into());
            }
        }
    }
    Ok(verified)
}

fn add_artifact(cx: &mut Cx<'_>, text: &str) {
    let Ok(token) = Token::parse(text) else { return };
    let access = token.claim("token_use") == "access";
    let kind = if access { ArtifactKind::AccessToken } else { ArtifactKind::IdToken };
    issuer::add_artifact(cx, kind, &token, text);
}

fn verify(cx: &Cx<'_>, pool: &Pool, provider: &str, text: &str) -> Result<Login, LoginError> {
    if provider == PRINCIPAL {
        return Err((Error::CognitoToken, Vec::new()));
    }
    let public = pool.view.supported_login_providers.as_ref();
    match public.and_then(|providers| providers.get(provider)) {
        Some(client) => of_public_provider(cx, provider, client, text),
        None if provider.starts_with("cognito-idp.") && provider.contains('/') => {
            of_user_pool(cx, pool, provider, text)
        }
        None => of_open_id_provider(cx, pool, provider, text),
    }
}

fn of_user_pool(cx: &Cx<'_>, pool: &Pool, provider: &str, text: &str) -> Result<Login, LoginError> {
    let providers = items(pool.view.cognito_identity_providers.as_ref());
    let clients: Vec<_> = providers
        .iter()
        .filter(|p| p.provider_name.as_deref().is_some_and(|n| n == provider))
        .collect();
    if clients.is_empty() {
        let names = providers.iter().filter_map(|p| Some(p.provider_name.as_ref()?.to_string()));
        let compare = Compare { wanted: names.collect(), ..Compare::one("provider", provider, "") };
        return Err((Error::LoginsDoNotMatch, vec![compare]));
    }
    let token = id_token(cx, provider, text)?;
    let audience = token.claim("aud");
    let client = clients.iter().find(|p| p.client_id.as_deref().is_some_and(|id| id == audience));
    let Some(client) = client else {
        let ids = clients.iter().filter_map(|p| Some(p.client_id.as_ref()?.to_string()));
        return Err(not_supported(ids.collect(), audience));
    };
    let check = client.server_side_token_check == Some(true);
    if check && cognitab_cognito_idp::is_revoked(&cx.world, &token) {
        return Err((InvalidToken::Signature.into(), Vec::new()));
    }
    Ok(Login {
        role_mapping: format!("{provider}:{audience}"),
        provider_user: format!("{provider}:CognitoSignIn:{}", token.claim("sub")),
        ..Login::new(provider, token)
    })
}

/// A login of a public provider, such as `accounts.google.com`.
fn of_public_provider(
    cx: &Cx<'_>,
    provider: &str,
    client: &str,
    text: &str,
) -> Result<Login, LoginError> {
    if cx.issuer(provider).is_none() {
        // Only Google is simulated.
        return Err((Error::NotSupportedProvider, Vec::new()));
    }
    let token = id_token(cx, provider, text)?;
    let audience = token.claim("aud");
    if audience != client {
        return Err(not_supported(vec![client.to_owned()], audience));
    }
    Ok(Login {
        provider_user: format!("{provider}:{audience}:{}", token.claim("sub")),
        ..Login::new(provider, token)
    })
}

/// A login of an OIDC provider of IAM, which `Logins` names by its issuer without the scheme.
fn of_open_id_provider(
    cx: &Cx<'_>,
    pool: &Pool,
    provider: &str,
    text: &str,
) -> Result<Login, LoginError> {
    let found = cognitab_iam::provider_by_issuer(&cx.world, &pool.account, provider);
    let arns = items(pool.view.open_id_connect_provider_arns.as_ref());
    let found = found.filter(|p| arns.iter().any(|arn| *arn == *p.arn()));
    let found = found.ok_or((Error::NotSupportedProvider, Vec::new()))?;
    let arn = found.arn();
    let token = id_token(cx, provider, text)?;
    let audience = token.claim("aud");
    if !found.clients.iter().any(|client| client == audience) {
        return Err(not_supported(found.clients, audience));
    }
    Ok(Login {
        provider_user: format!("{arn}:OIDC:{}", token.claim("sub")),
        role_mapping: arn,
        ..Login::new(provider, token)
    })
}

impl Login {
    fn new(provider: &str, token: Token) -> Login {
        Login {
            provider: provider.to_owned(),
            role_mapping: provider.to_owned(),
            subject: token.claim("sub").to_owned(),
            provider_user: String::new(),
            claims: token.claims,
        }
    }
}

fn not_supported(clients: Vec<String>, audience: &str) -> LoginError {
    let compare = Compare { wanted: clients, ..Compare::one("aud", audience, "") };
    (Error::NotSupportedProvider, vec![compare])
}

/// Verifies an ID token of this issuer, which is named without its scheme.
fn id_token(cx: &Cx<'_>, issuer: &str, text: &str) -> Result<Token, LoginError> {
    let bare = |error| (error, Vec::new());
    let token = Token::parse(text).map_err(|_| bare(Error::NotJwt))?;
    let iss = token.claim("iss");
    if iss.strip_prefix("https://").unwrap_or(iss) != issuer {
        let compare = Compare::one("iss", iss, &format!("https://{issuer}"));
        return Err((Error::IssuerMismatch, vec![compare]));
    }
    let keys = cx.issuer(iss).ok_or_else(|| bare(InvalidToken::Signature.into()))?;
    if token.claim("aud").is_empty() {
        let compare = match token.claim("token_use") {
            "" => Compare::one("aud", "", "the app client"),
            token_use => Compare::one("token_use", token_use, "id"),
        };
        return Err((InvalidToken::MissingClaim("aud").into(), vec![compare]));
    }
    keys.check(cx, &token).map_err(|invalid| (invalid.clone().into(), invalid.compared()))?;
    Ok(token)
}
