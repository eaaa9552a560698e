//! The three tokens of a sign-in, with AWS's claims in AWS's order.

use cognitab_wire::shape::Timestamp;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use crate::model::client::UserPoolClientType;
use crate::model::group;
use crate::model::pool::Pool;
use crate::model::schema;
use crate::model::sign_in::{self, SignIn};
use crate::model::user::User;
use cognitab_kernel::Cx;
use cognitab_kernel::token;
use cognitab_trace::event::{Artifact, ArtifactKind};

/// The scope of tokens that the API gives out, and the one that its own operations ask for.
pub(crate) const ADMIN_SCOPE: &str = "aws.cognito.signin.user.admin";

/// What a sign-in gives.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) id: Option<String>,
    pub(crate) refresh: Option<String>,
    /// Life of the access token in seconds.
    pub(crate) expires_in: i64,
}

/// A sign-in about to begin.
#[derive(Clone, Debug)]
pub(crate) struct Begin {
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) oauth: bool,
    pub(crate) auth_time: Timestamp,
    /// Whether it gets a refresh token.
    pub(crate) refresh: bool,
}

impl Begin {
    /// A sign-in through the API.
    pub(crate) fn api(now: i64) -> Begin {
        Begin {
            scopes: vec![ADMIN_SCOPE.to_owned()],
            nonce: None,
            oauth: false,
            auth_time: Timestamp(now),
            refresh: true,
        }
    }
}

/// Begins a sign-in of a user and makes its tokens.
pub(crate) fn begin(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    user: &User,
    begin: Begin,
) -> Tokens {
    let refresh = sign_in::refresh_token(&mut cx.random);
    let sign_in = SignIn {
        origin: sign_in::origin_of(&refresh),
        pool: pool.id.clone(),
        client: client.client_id.clone(),
        username: user.username.clone(),
        sub: user.sub.clone(),
        generation: user.generation,
        scopes: begin.scopes,
        oauth: begin.oauth,
        auth_time: begin.auth_time,
        expires: Timestamp(cx.now + client.refresh_seconds() * 1000),
        revoked: false,
    };
    cx.world.put(&sign_in);
    let tokens = make(cx, pool, client, user, &sign_in, begin.nonce.as_deref());
    if !begin.refresh {
        return tokens;
    }
    give(cx, ArtifactKind::RefreshToken, &refresh, &user.username, sign_in.expires.0);
    Tokens { refresh: Some(refresh), ..tokens }
}

/// Fresh access and ID tokens for a sign-in.
pub(crate) fn make(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    user: &User,
    sign_in: &SignIn,
    nonce: Option<&str>,
) -> Tokens {
    let event = cx.random.uuid();
    let openid = !sign_in.oauth || sign_in.scopes.iter().any(|s| s == "openid");
    let claims = access_claims(cx, pool, client, user, sign_in, &event);
    let end = cx.now + client.access_seconds() * 1000;
    let header = json!({"kid": pool.access_key.kid, "alg": "RS256"});
    let access = if sign_in.oauth && openid {
        // The ID token holds a digest of it, so its signature cannot wait.
        token::sign(&pool.access_key.private.0, 256, &header, &claims)
            .unwrap_or_else(|| token::issue(cx, &pool.access_key.private.0, 256, &header, &claims))
    } else {
        token::issue(cx, &pool.access_key.private.0, 256, &header, &claims)
    };
    let id = openid.then(|| {
        let digest = Sha256::digest(&access);
        let half = digest.get(..16).unwrap_or_default();
        let at_hash = sign_in.oauth.then(|| cognitab_jose::base64url(half));
        let claims = id_claims(cx, pool, client, user, sign_in, &event, at_hash, nonce);
        let header = json!({"kid": pool.id_key.kid, "alg": "RS256"});
        token::issue(cx, &pool.id_key.private.0, 256, &header, &claims)
    });
    if let Some(id) = &id {
        let end = cx.now + client.id_seconds() * 1000;
        give(cx, ArtifactKind::IdToken, id, &user.username, end);
    }
    give(cx, ArtifactKind::AccessToken, &access, &user.username, end);
    Tokens { access, id, refresh: None, expires_in: client.access_seconds() }
}

/// Notes something that goes back with the answer.
pub(crate) fn give(cx: &mut Cx<'_>, kind: ArtifactKind, value: &str, subject: &str, expires: i64) {
    let (value, subject) = (value.to_owned(), subject.to_owned());
    cx.call.returns.push(Artifact { kind, value, subject, expires });
}

/// Notes something that came with the request.
pub(crate) fn carry(cx: &mut Cx<'_>, kind: ArtifactKind, value: &str, subject: &str, expires: i64) {
    let (value, subject) = (value.to_owned(), subject.to_owned());
    cx.call.carries.push(Artifact { kind, value, subject, expires });
}

fn access_claims(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    user: &User,
    sign_in: &SignIn,
    event: &str,
) -> Json {
    let mut claims = Map::new();
    let mut put = |name: &str, value: Json| claims.insert(name.to_owned(), value);
    put("sub", json!(user.sub));
    let groups = group::of_user(&cx.world, user);
    if !groups.is_empty() {
        put("cognito:groups", groups.iter().map(|g| json!(g.group_name)).collect());
    }
    put("iss", json!(pool.issuer()));
    if sign_in.oauth {
        put("version", json!(2));
    }
    put("client_id", json!(client.client_id));
    if client.enable_token_revocation {
        put("origin_jti", json!(sign_in.origin));
    }
    put("event_id", json!(event));
    put("token_use", json!("access"));
    put("scope", json!(sign_in.scopes.join(" ")));
    put("auth_time", json!(sign_in.auth_time.0 / 1000));
    put("exp", json!(cx.now / 1000 + client.access_seconds()));
    put("iat", json!(cx.now / 1000));
    put("jti", json!(cx.random.uuid()));
    put("username", json!(user.username));
    Json::Object(claims)
}

#[allow(clippy::too_many_arguments, reason = "each is a thing of its own that the claims name")]
fn id_claims(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    user: &User,
    sign_in: &SignIn,
    event: &str,
    at_hash: Option<String>,
    nonce: Option<&str>,
) -> Json {
    let scopes = sign_in.oauth.then_some(sign_in.scopes.as_slice());
    let attributes = disclosed(client, user, scopes);
    let groups = group::of_user(&cx.world, user);
    let (roles, preferred) = group::roles(&groups);
    let mut claims = Map::new();
    let mut put = |name: &str, value: Json| claims.insert(name.to_owned(), value);
    put("sub", json!(user.sub));
    if let Some(at_hash) = at_hash {
        put("at_hash", json!(at_hash));
    }
    if !groups.is_empty() {
        put("cognito:groups", groups.iter().map(|g| json!(g.group_name)).collect());
    }
    for (name, value) in attributes.iter().filter(|(n, _)| n.ends_with("_verified")) {
        put(name, json!(*value == "true"));
    }
    if let Some(role) = preferred {
        put("cognito:preferred_role", json!(role));
    }
    put("iss", json!(pool.issuer()));
    put("cognito:username", json!(user.username));
    for (name, value) in attributes.iter().filter(|(n, _)| standard_claim(n)) {
        let address = *name == "address";
        put(name, if address { json!({"formatted": value}) } else { json!(value) });
    }
    if let Some(nonce) = nonce {
        put("nonce", json!(nonce));
    }
    if client.enable_token_revocation {
        put("origin_jti", json!(sign_in.origin));
    }
    if !roles.is_empty() {
        put("cognito:roles", json!(roles));
    }
    put("aud", json!(client.client_id));
    put("event_id", json!(event));
    put("token_use", json!("id"));
    put("auth_time", json!(sign_in.auth_time.0 / 1000));
    put("exp", json!(cx.now / 1000 + client.id_seconds()));
    put("iat", json!(cx.now / 1000));
    put("jti", json!(cx.random.uuid()));
    for (name, value) in attributes.iter().filter(|(n, _)| n.contains(':')) {
        put(name, json!(value));
    }
    Json::Object(claims)
}

fn standard_claim(name: &str) -> bool {
    !name.contains(':') && !name.ends_with("_verified") && name != "sub"
}

/// The attributes that a client may read and the scopes cover. `openid` alone covers them all, as
/// `profile` does.
pub(crate) fn disclosed<'a>(
    client: &UserPoolClientType,
    user: &'a User,
    scopes: Option<&[String]>,
) -> Vec<(&'a str, &'a str)> {
    let has = |scope: &str| scopes.is_some_and(|s| s.iter().any(|s| s == scope));
    let all = has("profile") || !(has("email") || has("phone"));
    let covered = |name: &str| {
        all || (has("email") && matches!(name, "email" | "email_verified"))
            || (has("phone") && matches!(name, "phone_number" | "phone_number_verified"))
    };
    let pairs = user.attributes.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    pairs.filter(|(n, _)| schema::readable(client, n) && covered(n)).collect()
}

/// The access token of a client that speaks for itself.
pub(crate) fn for_machine(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    scopes: &[String],
) -> String {
    let now = cx.now / 1000;
    let claims = json!({
        "sub": client.client_id,
        "token_use": "access",
        "scope": scopes.join(" "),
        "auth_time": now,
        "iss": pool.issuer(),
        "exp": now + client.access_seconds(),
        "iat": now,
        "version": 2,
        "jti": cx.random.uuid(),
        "client_id": client.client_id,
    });
    let header = json!({"kid": pool.access_key.kid, "alg": "RS256"});
    let token = token::issue(cx, &pool.access_key.private.0, 256, &header, &claims);
    let end = cx.now + client.access_seconds() * 1000;
    give(cx, ArtifactKind::AccessToken, &token, &client.client_id, end);
    token
}
