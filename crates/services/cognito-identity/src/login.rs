//! Logins: a provider's name and its token, checked.

use std::collections::BTreeMap;

use cognitab_jose::Token;
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use serde_json::{Map, Value as Json};

use crate::error::Error;
use crate::pool::Pool;
use crate::pool_token::PRINCIPAL;
use cognitab_cognito_idp::IdTokenError;
use cognitab_kernel::Cx;
use cognitab_kernel::{ApiError, Stop};
use cognitab_trace::event::{Artifact, ArtifactKind};

/// A login that holds.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    /// Name of the provider as it stands in `Logins`.
    pub(crate) provider: String,
    /// Key of its role mapping: with the client behind the provider where it is a user pool.
    pub(crate) mapping: String,
    /// Who signed in.
    pub(crate) subject: String,
    /// Third value of `amr`.
    pub(crate) detail: String,
    /// Claims of the token.
    pub(crate) claims: Map<String, Json>,
}

type LoginError = (Error, Vec<Compare>);

/// Checks every login; one that does not hold fails the call.
pub(crate) fn check(
    cx: &mut Cx<'_>,
    pool: &Pool,
    logins: Option<BTreeMap<String, String>>,
) -> Result<Vec<Login>, Stop> {
    let mut checked = Vec::new();
    for (provider, token) in logins.into_iter().flatten() {
        carry(cx, &token);
        match one(cx, pool, &provider, &token) {
            Ok(login) => {
                let note = format!("{provider} signed it, within its lifetime");
                cx.rung(Rung::passed(RungKind::Token, note));
                checked.push(login);
            }
            Err((error, compare)) => {
                let error = ApiError::from(error);
                let rung = Rung::refused(RungKind::Token, error.message.clone());
                cx.rung(rung.comparing(compare));
                return Err(error.into());
            }
        }
    }
    Ok(checked)
}

fn carry(cx: &mut Cx<'_>, text: &str) {
    let Ok(token) = Token::parse(text) else { return };
    let access = token.claim("token_use") == "access";
    cx.call.carries.push(Artifact {
        kind: if access { ArtifactKind::AccessToken } else { ArtifactKind::IdToken },
        value: text.to_owned(),
        subject: token.claim("sub").to_owned(),
        expires: token.number("exp").unwrap_or_default().saturating_mul(1000),
    });
}

fn one(cx: &Cx<'_>, pool: &Pool, provider: &str, text: &str) -> Result<Login, LoginError> {
    if provider == PRINCIPAL {
        return Err((Error::CognitoToken, Vec::new()));
    }
    if provider.starts_with("cognito-idp.") && provider.contains('/') {
        return of_user_pool(cx, pool, provider, text);
    }
    of_open_id(cx, pool, provider, text)
}

fn of_user_pool(cx: &Cx<'_>, pool: &Pool, provider: &str, text: &str) -> Result<Login, LoginError> {
    let known = pool.view.cognito_identity_providers.iter().flatten();
    let known: Vec<_> = known.filter(|p| p.provider_name.as_deref() == Some(provider)).collect();
    if known.is_empty() {
        return Err((
            Error::LoginsDoNotMatch,
            vec![Compare { wanted: providers(pool), ..Compare::one("provider", provider, "") }],
        ));
    }
    let token =
        cognitab_cognito_idp::check_id_token(cx, provider, text).map_err(|f| login_error(cx, f))?;
    let client = known.iter().find(|p| p.client_id.as_deref() == Some(&token.client));
    let Some(client) = client else {
        let clients = known.iter().filter_map(|p| p.client_id.clone()).collect();
        let compare = Compare { wanted: clients, ..Compare::one("aud", &token.client, "") };
        return Err((Error::NotSupportedProvider, vec![compare]));
    };
    if client.server_side_token_check == Some(true) && cognitab_cognito_idp::is_ended(cx, &token) {
        return Err((Error::Signature, Vec::new()));
    }
    Ok(Login {
        provider: provider.to_owned(),
        mapping: format!("{provider}:{}", token.client),
        detail: format!("{provider}:CognitoSignIn:{}", token.sub),
        subject: token.sub,
        claims: token.claims,
    })
}

fn providers(pool: &Pool) -> Vec<String> {
    let known = pool.view.cognito_identity_providers.iter().flatten();
    known.filter_map(|p| p.provider_name.clone()).collect()
}

fn login_error(cx: &Cx<'_>, error: IdTokenError) -> LoginError {
    match error {
        IdTokenError::Unreadable => (Error::NotJwt, Vec::new()),
        IdTokenError::Signature => (Error::Signature, Vec::new()),
        IdTokenError::Issuer { issuer, wanted } => {
            (Error::Issuer, vec![Compare::one("iss", &issuer, &wanted)])
        }
        IdTokenError::Expired { end } => {
            let now = cx.now / 1000;
            let compare = Compare::one("exp", &end.to_string(), &format!("after {now}"));
            (Error::Expired { now, end }, vec![compare])
        }
        IdTokenError::NotAnIdToken { token_use } => {
            (Error::MissingClaim("aud"), vec![Compare::one("token_use", &token_use, "id")])
        }
    }
}

/// A provider that IAM knows, named by its issuer without scheme. Of those that can be reached
/// from here a user pool is one: to IAM it is an issuer like any other.
fn of_open_id(cx: &Cx<'_>, pool: &Pool, provider: &str, text: &str) -> Result<Login, LoginError> {
    let found = cognitab_iam::provider_by_issuer(&cx.world, &pool.account, provider);
    let listed = pool.view.open_id_connect_provider_arns.iter().flatten();
    let found = found.filter(|p| listed.into_iter().any(|arn| *arn == p.arn()));
    let found = found.ok_or((Error::NotSupportedProvider, Vec::new()))?;
    let arn = found.arn();
    let token =
        cognitab_cognito_idp::check_id_token(cx, provider, text).map_err(|f| login_error(cx, f))?;
    if !found.clients.contains(&token.client) {
        let compare = Compare { wanted: found.clients, ..Compare::one("aud", &token.client, "") };
        return Err((Error::NotSupportedProvider, vec![compare]));
    }
    Ok(Login {
        provider: provider.to_owned(),
        detail: format!("{arn}:OIDC:{}", token.sub),
        mapping: arn,
        subject: token.sub,
        claims: token.claims,
    })
}
