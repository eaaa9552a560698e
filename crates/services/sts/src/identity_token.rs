//! Verification of ID tokens.

use std::collections::BTreeMap;

use cognitab_jose::Token;
use cognitab_policy::Principal;
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use serde_json::Value as Json;

use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::issuer::{self, InvalidToken};
use cognitab_kernel::{ApiError, Stop};
use cognitab_trace::event::ArtifactKind;

const TAGS: &str = "https://aws.amazon.com/tags";

/// A valid token.
#[derive(Debug)]
pub(crate) struct IdentityToken {
    /// The federated principal in trust policies.
    pub(crate) principal: Principal,
    /// `Provider` of the output.
    pub(crate) provider: String,
    /// `sub`.
    pub(crate) subject: String,
    /// `azp`, or `aud` without one.
    pub(crate) audience: String,
    /// Condition keys: the claims under the provider's prefix.
    pub(crate) claims: BTreeMap<String, Vec<String>>,
    /// Session tags.
    pub(crate) tags: BTreeMap<String, String>,
    /// The account of the identity pool that issued it; `None` for other issuers.
    pub(crate) pool_account: Option<String>,
}

/// Verifies a token for a role of this account.
pub(crate) fn verify(cx: &mut Cx<'_>, text: &str, account: &str) -> Result<IdentityToken, Stop> {
    let result = check(cx, text, account);
    match &result {
        Ok(token) => {
            let note = format!("the token is signed by {} and has not expired", token.provider);
            cx.rung(Rung::passed(RungKind::Token, note));
        }
        Err((error, compare)) => {
            let error = ApiError::from(error.clone());
            cx.rung(Rung::refused(RungKind::Token, error.message).comparing(compare.clone()));
        }
    }
    result.map_err(|(error, _)| error.into())
}

/// An error with the comparisons for its rung.
type TokenError = (Error, Vec<Compare>);

fn check(cx: &mut Cx<'_>, text: &str, account: &str) -> Result<IdentityToken, TokenError> {
    let bare = |error| (error, Vec::new());
    let token = Token::parse(text).map_err(|_| bare(Error::NotJwt))?;
    let iss = token.claim("iss").to_owned();
    let known = cx.issuer(&iss);
    // AWS knows some issuers itself. Any other needs an OIDC provider in the role's account.
    let registered = match known.as_ref().and_then(|issuer| issuer.principal) {
        Some(_) => None,
        None => {
            let host = iss.strip_prefix("https://").unwrap_or(&iss);
            let provider = cognitab_iam::provider_by_issuer(&cx.world, account, host);
            Some(provider.ok_or_else(|| bare(Error::NoProvider(iss.clone())))?)
        }
    };
    let kind = known.as_ref().map_or(ArtifactKind::IdToken, |issuer| issuer.artifact);
    issuer::add_artifact(cx, kind, &token, text);
    let audience = [token.claim("azp"), token.claim("aud")].into_iter().find(|a| !a.is_empty());
    let audience =
        audience.ok_or_else(|| bare(InvalidToken::MissingClaim("aud").into()))?.to_owned();
    let Some(keys) = known.as_ref().filter(|issuer| !issuer.keys.is_empty()) else {
        return Err(bare(Error::NoKeys));
    };
    keys.check(cx, &token).map_err(|invalid| (invalid.clone().into(), invalid.compared()))?;
    if let Some(provider) = &registered
        && !provider.clients.contains(&audience)
    {
        let compare =
            Compare { wanted: provider.clients.clone(), ..Compare::one("aud", &audience, "") };
        return Err((Error::IncorrectAudience, vec![compare]));
    }
    let principal = known.as_ref().and_then(|issuer| issuer.principal).unwrap_or_default();
    let (provider, prefix, principal) = match &registered {
        None => (principal.to_owned(), principal.to_owned(), principal.to_owned()),
        Some(p) => (iss, p.url.clone(), p.arn()),
    };
    Ok(IdentityToken {
        principal: Principal::WebIdentity { provider: principal },
        provider,
        subject: token.claim("sub").to_owned(),
        claims: claims(&token, &prefix, &audience),
        tags: tags(&token),
        pool_account: known.and_then(|issuer| (issuer.audience_account)(&cx.world, &audience)),
        audience,
    })
}

fn claims(token: &Token, prefix: &str, audience: &str) -> BTreeMap<String, Vec<String>> {
    let mut claims = BTreeMap::new();
    let mut set = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            claims.insert(format!("{prefix}:{name}"), values);
        }
    };
    set("aud", vec![audience.to_owned()]);
    for (name, from) in [("oaud", "aud"), ("sub", "sub"), ("amr", "amr"), ("email", "email")] {
        let values = match token.claims.get(from) {
            Some(Json::String(text)) => vec![text.clone()],
            Some(Json::Array(items)) => {
                items.iter().filter_map(|i| i.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        };
        set(name, values);
    }
    claims
}

/// Session tags: from the nested claim, and from claims whose names begin with the claim's name.
fn tags(token: &Token) -> BTreeMap<String, String> {
    let first = |value: &Json| {
        value.as_array().and_then(|a| a.first()).unwrap_or(value).as_str().map(str::to_owned)
    };
    let nested = token.claims.get(TAGS).and_then(|t| t.get("principal_tags")?.as_object());
    let nested = nested.into_iter().flatten().filter_map(|(k, v)| Some((k.clone(), first(v)?)));
    let flat = format!("{TAGS}/principal_tags/");
    let flat = token
        .claims
        .iter()
        .filter_map(|(k, v)| Some((k.strip_prefix(&flat)?.to_owned(), first(v)?)));
    nested.chain(flat).collect()
}
