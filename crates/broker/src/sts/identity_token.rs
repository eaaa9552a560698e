//! ID tokens handed to AssumeRoleWithWebIdentity: whose they are and whether they hold.

use std::collections::BTreeMap;

use cognitab_jose::{Jwk, Token};
use cognitab_policy::Principal;
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use serde_json::Value as Json;

use super::error::Error;
use crate::cx::Cx;
use crate::event::{Artifact, ArtifactKind};
use crate::fault::Fault;
use crate::{cognito_identity, cognito_idp, iam, token};

const TAGS: &str = "https://aws.amazon.com/tags";

/// A token that holds.
#[derive(Debug)]
pub(super) struct IdentityToken {
    /// Who its holder is to a trust policy.
    pub(super) principal: Principal,
    /// `Provider` of the answer.
    pub(super) provider: String,
    /// `sub`.
    pub(super) subject: String,
    /// `aud`, or `azp` where there is one.
    pub(super) audience: String,
    /// Condition keys: the claims under the provider's prefix.
    pub(super) claims: BTreeMap<String, Vec<String>>,
    /// Session tags.
    pub(super) tags: BTreeMap<String, String>,
    /// Account of the identity pool that issued it.
    pub(super) pool_account: Option<String>,
}

/// Reads and verifies a token for a role of this account.
pub(super) fn verify(cx: &mut Cx<'_>, text: &str, account: &str) -> Result<IdentityToken, Fault> {
    let checked = check(cx, text, account);
    match &checked {
        Ok(token) => {
            let note = format!("signed by {}, within its lifetime", token.provider);
            cx.rung(Rung::passed(RungKind::Token, note));
        }
        Err((error, compare)) => {
            let fault = Fault::from(error.clone());
            cx.rung(Rung::refused(RungKind::Token, fault.message).comparing(compare.clone()));
        }
    }
    checked.map_err(|(error, _)| error.into())
}

type Refused = (Error, Vec<Compare>);

fn check(cx: &mut Cx<'_>, text: &str, account: &str) -> Result<IdentityToken, Refused> {
    let plain = |error| (error, Vec::new());
    let token = Token::read(text).map_err(|_| plain(Error::NotJwt))?;
    let issuer = token.claim("iss").to_owned();
    let from_pool = cognito_identity::is_issuer(&issuer);
    let found = if from_pool {
        None
    } else {
        let host = issuer.strip_prefix("https://").unwrap_or(&issuer);
        let provider = iam::provider_by_issuer(&cx.world, account, host);
        Some(provider.ok_or_else(|| plain(Error::NoProvider(issuer.clone())))?)
    };
    carry(cx, &token, text, from_pool);
    let keys = if from_pool {
        cognito_identity::jwks(&cx.world)
    } else {
        let pool = issuer.rsplit('/').next().unwrap_or_default();
        cognito_idp::jwks(&cx.world, pool).unwrap_or_default()
    };
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
    if let Some(provider) = &found
        && !provider.clients.contains(&audience)
    {
        let compare =
            Compare { wanted: provider.clients.clone(), ..Compare::one("aud", &audience, "") };
        return Err((Error::Audience, vec![compare]));
    }
    let (provider, prefix, principal) = match &found {
        None => {
            let name = cognito_identity::PRINCIPAL.to_owned();
            (name.clone(), name.clone(), Principal::WebIdentity { provider: name })
        }
        Some(p) => (issuer, p.url.clone(), Principal::WebIdentity { provider: p.arn() }),
    };
    Ok(IdentityToken {
        principal,
        provider,
        subject: token.claim("sub").to_owned(),
        claims: claims(&token, &prefix, &audience),
        tags: tags(&token),
        pool_account: from_pool
            .then(|| cognito_identity::pool_account(&cx.world, &audience))
            .flatten(),
        audience,
    })
}

fn carry(cx: &mut Cx<'_>, token: &Token, text: &str, from_pool: bool) {
    cx.carries.push(Artifact {
        kind: if from_pool { ArtifactKind::PoolToken } else { ArtifactKind::IdToken },
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
