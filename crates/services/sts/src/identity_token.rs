//! ID tokens handed to AssumeRoleWithWebIdentity: whose they are and whether they hold.

use std::collections::BTreeMap;

use cognitab_jose::{Jwk, Token};
use cognitab_policy::Principal;
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use serde_json::Value as Json;

use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::issuer::Issuer;
use cognitab_kernel::token;
use cognitab_kernel::{ApiError, Stop};
use cognitab_trace::event::{Artifact, ArtifactKind};

const TAGS: &str = "https://aws.amazon.com/tags";

/// A token that holds.
#[derive(Debug)]
pub(crate) struct IdentityToken {
    /// Who its holder is to a trust policy.
    pub(crate) principal: Principal,
    /// `Provider` of the answer.
    pub(crate) provider: String,
    /// `sub`.
    pub(crate) subject: String,
    /// `aud`, or `azp` where there is one.
    pub(crate) audience: String,
    /// Condition keys: the claims under the provider's prefix.
    pub(crate) claims: BTreeMap<String, Vec<String>>,
    /// Session tags.
    pub(crate) tags: BTreeMap<String, String>,
    /// Account of the identity pool that issued it.
    pub(crate) pool_account: Option<String>,
}

/// Reads and verifies a token for a role of this account.
pub(crate) fn verify(cx: &mut Cx<'_>, text: &str, account: &str) -> Result<IdentityToken, Stop> {
    let checked = check(cx, text, account);
    match &checked {
        Ok(token) => {
            let note = format!("signed by {}, within its lifetime", token.provider);
            cx.rung(Rung::passed(RungKind::Token, note));
        }
        Err((error, compare)) => {
            let error = ApiError::from(error.clone());
            cx.rung(Rung::refused(RungKind::Token, error.message).comparing(compare.clone()));
        }
    }
    checked.map_err(|(error, _)| error.into())
}

/// An error, and what was compared.
type TokenError = (Error, Vec<Compare>);

fn check(cx: &mut Cx<'_>, text: &str, account: &str) -> Result<IdentityToken, TokenError> {
    let plain = |error| (error, Vec::new());
    let token = Token::parse(text).map_err(|_| plain(Error::NotJwt))?;
    let issuer = token.claim("iss").to_owned();
    let known = cx.issuer(&issuer);
    // An issuer that AWS does not know needs an identity provider in the role's account.
    let registered = match known.as_ref().and_then(|issuer| issuer.principal) {
        Some(_) => None,
        None => {
            let host = issuer.strip_prefix("https://").unwrap_or(&issuer);
            let provider = cognitab_iam::provider_by_issuer(&cx.world, account, host);
            Some(provider.ok_or_else(|| plain(Error::NoProvider(issuer.clone())))?)
        }
    };
    carry(cx, &token, text, known.as_ref());
    let keys = known.as_ref().map(|issuer| issuer.keys.as_slice()).unwrap_or_default();
    if keys.is_empty() {
        return Err(plain(Error::NoKeys));
    }
    let key: Option<&Jwk> = keys.iter().find(|k| k.kid == token.kid());
    if !key.is_some_and(|key| token::verify(cx, &token, key)) {
        return Err(plain(Error::Signature));
    }
    let end = token.number("exp").ok_or_else(|| plain(Error::MissingClaim("exp")))?;
    if end <= cx.now / 1000 {
        let now = cx.now / 1000;
        let compare = Compare::one("exp", &end.to_string(), &format!("after {now}"));
        return Err((Error::Expired { now, end }, vec![compare]));
    }
    let audience = [token.claim("azp"), token.claim("aud")].into_iter().find(|a| !a.is_empty());
    let audience = audience.ok_or_else(|| plain(Error::MissingClaim("aud")))?.to_owned();
    if let Some(provider) = &registered
        && !provider.clients.contains(&audience)
    {
        let compare =
            Compare { wanted: provider.clients.clone(), ..Compare::one("aud", &audience, "") };
        return Err((Error::Audience, vec![compare]));
    }
    let principal = known.as_ref().and_then(|issuer| issuer.principal).unwrap_or_default();
    let (provider, prefix, principal) = match &registered {
        None => (principal.to_owned(), principal.to_owned(), principal.to_owned()),
        Some(p) => (issuer, p.url.clone(), p.arn()),
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

fn carry(cx: &mut Cx<'_>, token: &Token, text: &str, issuer: Option<&Issuer>) {
    cx.call.carries.push(Artifact {
        kind: issuer.map_or(ArtifactKind::IdToken, |issuer| issuer.artifact),
        value: text.to_owned(),
        subject: token.claim("sub").to_owned(),
        expires: token.number("exp").unwrap_or_default().saturating_mul(1000),
    });
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

/// Session tags: nested under one claim, or flat claims that begin so.
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
