//! The OpenID token that an identity pool issues to STS.

use cognitab_jose::{Jwk, kid, public_jwk};
use cognitab_macros::Shape;
use cognitab_wire::shape::Blob;
use serde_json::json;

use super::identity::Identity;
use super::login::Login;
use super::pool::Pool;
use crate::cx::Cx;
use crate::event::{Artifact, ArtifactKind};
use crate::fault::Fault;
use crate::token;
use crate::world::{Row, World};

/// Identity pools as a principal of trust policies, and the prefix of their condition keys.
pub(crate) const PRINCIPAL: &str = "cognito-identity.amazonaws.com";

/// The key with which all identity pools sign.
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

/// Whether identity pools issue under this name.
pub(crate) fn is_issuer(issuer: &str) -> bool {
    issuer
        .strip_prefix("https://cognito-identity.")
        .is_some_and(|rest| rest == "amazonaws.com" || rest.ends_with(".amazonaws.com"))
}

/// The public keys of identity pools.
pub(crate) fn jwks(world: &World) -> Vec<Jwk> {
    let key: Option<SigningKey> = world.get("");
    key.and_then(|key| public_jwk(&key.private.0, &kid(&key.private.0), "RS512"))
        .into_iter()
        .collect()
}

/// Makes sure that there is a key; the first pool of a world asks for one.
pub(super) fn prepare(cx: &mut Cx<'_>) -> Result<(), Fault> {
    if !cx.world.has::<SigningKey>("") {
        let private = Blob(cx.rsa_key()?);
        cx.world.put(&SigningKey { private });
    }
    Ok(())
}

/// Issues a token for an identity: sub, aud, amr, iss, exp, iat, in AWS's order.
pub(super) fn issue(
    cx: &mut Cx<'_>,
    pool: &Pool,
    identity: &Identity,
    logins: &[Login],
    seconds: i64,
) -> Result<String, Fault> {
    prepare(cx)?;
    let key: Option<SigningKey> = cx.world.get("");
    let private = key.map(|k| k.private.0).unwrap_or_default();
    let now = cx.now / 1000;
    let amr = match logins.first() {
        None => json!(["unauthenticated"]),
        Some(login) => json!(["authenticated", login.provider, login.detail]),
    };
    let header = json!({"kid": kid(&private), "typ": "JWS", "alg": "RS512"});
    let claims = json!({
        "sub": identity.id,
        "aud": pool.view.identity_pool_id,
        "amr": amr,
        "iss": format!("https://{PRINCIPAL}"),
        "exp": now + seconds,
        "iat": now,
    });
    let token = token::mint(cx, &private, 512, &header, &claims);
    cx.returns.push(Artifact {
        kind: ArtifactKind::PoolToken,
        value: token.clone(),
        subject: identity.id.clone(),
        expires: (now + seconds) * 1000,
    });
    Ok(token)
}
