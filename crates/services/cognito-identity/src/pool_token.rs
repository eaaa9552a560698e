//! OpenID tokens of identity pools, which STS accepts.

use cognitab_jose::{Jwk, kid, public_jwk};
use cognitab_macros::Shape;
use cognitab_wire::shape::Blob;
use serde_json::json;

use crate::identity::Identity;
use crate::login::Login;
use crate::pool::{self, Pool};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;
use cognitab_kernel::World;
use cognitab_kernel::issuer::Issuer;
use cognitab_kernel::token;
use cognitab_trace::event::{Artifact, ArtifactKind};

/// Identity pools as a federated principal, and the prefix of their condition keys.
pub const PRINCIPAL: &str = "cognito-identity.amazonaws.com";

/// The signing key of all identity pools.
#[derive(Clone, Debug, Shape)]
struct SigningKey {
    private: Blob,
}

impl Row for SigningKey {
    const TABLE: &'static str = "cognito-identity.key";
    fn key(&self) -> String {
        String::new()
    }
}

/// Whether this is an issuer of identity pools.
pub(crate) fn is_issuer(issuer: &str) -> bool {
    issuer
        .strip_prefix("https://cognito-identity.")
        .is_some_and(|rest| rest == "amazonaws.com" || rest.ends_with(".amazonaws.com"))
}

/// Identity pools as an issuer of tokens.
pub(crate) fn issuer(world: &World, issuer: &str) -> Option<Issuer> {
    is_issuer(issuer).then(|| Issuer {
        keys: jwks(world),
        principal: Some(PRINCIPAL),
        artifact: ArtifactKind::PoolToken,
        audience_account: pool::account,
    })
}

/// The public keys of identity pools.
pub(crate) fn jwks(world: &World) -> Vec<Jwk> {
    let key: Option<SigningKey> = world.get("");
    key.and_then(|key| public_jwk(&key.private.0, &kid(&key.private.0), "RS512"))
        .into_iter()
        .collect()
}

/// Creates the signing key if there is none, which asks the host.
pub(crate) fn ensure_key(cx: &mut Cx<'_>) -> Result<(), Stop> {
    if !cx.world.has::<SigningKey>("") {
        let private = Blob(cx.rsa_key()?);
        cx.world.put(&SigningKey { private });
    }
    Ok(())
}

/// Issues a token for an identity: sub, aud, amr, iss, exp, iat, in AWS's order.
pub(crate) fn issue(
    cx: &mut Cx<'_>,
    pool: &Pool,
    identity: &Identity,
    logins: &[Login],
    seconds: i64,
) -> Result<String, Stop> {
    ensure_key(cx)?;
    let key: Option<SigningKey> = cx.world.get("");
    let private = key.map(|k| k.private.0).unwrap_or_default();
    let now = cx.now / 1000;
    let amr = match logins.first() {
        None => json!(["unauthenticated"]),
        Some(login) => json!(["authenticated", login.provider, login.provider_user]),
    };
    let header = json!({"kid": kid(&private), "typ": "JWS", "alg": "RS512"});
    let claims = json!({
        "sub": identity.id,
        "aud": pool.view.identity_pool_id.as_str(),
        "amr": amr,
        "iss": format!("https://{PRINCIPAL}"),
        "exp": now + seconds,
        "iat": now,
    });
    let token = token::issue(cx, &private, 512, &header, &claims);
    cx.call.returns.push(Artifact {
        kind: ArtifactKind::PoolToken,
        value: token.clone(),
        subject: identity.id.clone(),
        expires: (now + seconds) * 1000,
    });
    Ok(token)
}
