//! The tokens of a sign-in, with AWS's claims in AWS's order.

use cognitab_kernel::{Cx, token};
use cognitab_trace::event::{Artifact, ArtifactKind};
use cognitab_wire::shape::Timestamp;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use crate::auth::app::App;
use crate::model::client::UserPoolClientType;
use crate::model::group;
use crate::model::schema;
use crate::model::sign_in::{self, SignIn};
use crate::model::user::User;

/// The scope of tokens that the API issues, which its self-service operations require.
pub(crate) const ADMIN_SCOPE: &str = "aws.cognito.signin.user.admin";

/// The tokens of a sign-in.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) id: Option<String>,
    pub(crate) refresh: Option<String>,
    /// Validity of the access token in seconds.
    pub(crate) expires_in: i64,
}

/// A sign-in about to begin.
#[derive(Clone, Debug)]
pub(crate) struct NewSignIn {
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    /// Whether it goes through the hosted pages or the OAuth endpoints.
    pub(crate) oauth: bool,
    /// When the user authenticated.
    pub(crate) auth_time: Timestamp,
    /// Whether it gets a refresh token.
    pub(crate) refresh: bool,
}

impl NewSignIn {
    /// A sign-in through the API.
    pub(crate) fn api(now: i64) -> NewSignIn {
        NewSignIn {
            scopes: vec![ADMIN_SCOPE.to_owned()],
            nonce: None,
            oauth: false,
            auth_time: Timestamp(now),
            refresh: true,
        }
    }
}

/// Signs in a user who has authenticated, and issues the tokens.
pub(crate) fn sign_in(cx: &mut Cx<'_>, app: App<'_>, user: &User, new: NewSignIn) -> Tokens {
    let refresh = sign_in::refresh_token(&mut cx.random);
    let sign_in = SignIn {
        origin: sign_in::origin_jti(&refresh),
        pool: app.pool.id.clone(),
        client: app.client.client_id.clone(),
        username: user.username.clone(),
        sub: user.sub.clone(),
        generation: user.generation,
        scopes: new.scopes,
        oauth: new.oauth,
        auth_time: new.auth_time,
        expires: Timestamp(cx.now + app.client.refresh_token_seconds() * 1000),
        revoked: false,
    };
    cx.world.put(&sign_in);
    let tokens = Grant { app, user, sign_in: &sign_in }.tokens(cx, new.nonce.as_deref());
    if !new.refresh {
        return tokens;
    }
    add_returned(cx, ArtifactKind::RefreshToken, &refresh, &user.username, sign_in.expires.0);
    Tokens { refresh: Some(refresh), ..tokens }
}

/// Shows in the event an artifact that the response returns. It expires in milliseconds since 1970.
pub(crate) fn add_returned(
    cx: &mut Cx<'_>,
    kind: ArtifactKind,
    value: &str,
    subject: &str,
    expires: i64,
) {
    cx.call.returns.push(artifact(kind, value, subject, expires));
}

/// Shows in the event an artifact that came with the request. It expires in milliseconds since 1970.
pub(crate) fn add_carried(
    cx: &mut Cx<'_>,
    kind: ArtifactKind,
    value: &str,
    subject: &str,
    expires: i64,
) {
    cx.call.carries.push(artifact(kind, value, subject, expires));
}

fn artifact(kind: ArtifactKind, value: &str, subject: &str, expires: i64) -> Artifact {
    Artifact { kind, value: value.to_owned(), subject: subject.to_owned(), expires }
}

/// What access and ID tokens are issued for: a sign-in of a user to an app client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant<'a> {
    pub(crate) app: App<'a>,
    pub(crate) user: &'a User,
    pub(crate) sign_in: &'a SignIn,
}

impl Grant<'_> {
    /// Issues an access token and, unless an OAuth request did not ask for `openid`, an ID token.
    pub(crate) fn tokens(self, cx: &mut Cx<'_>, nonce: Option<&str>) -> Tokens {
        let Grant { app: App { pool, client }, user, sign_in } = self;
        let event = cx.random.uuid();
        let openid = !sign_in.oauth || sign_in.scopes.iter().any(|s| s == "openid");
        let claims = self.access_claims(cx, &event);
        let key = &pool.access_key;
        let header = json!({"kid": key.kid, "alg": "RS256"});
        // The ID token carries a hash of it, so its signature cannot wait.
        let signed = (sign_in.oauth && openid)
            .then(|| token::sign(&key.private.0, 256, &header, &claims))
            .flatten();
        let access =
            signed.unwrap_or_else(|| token::issue(cx, &key.private.0, 256, &header, &claims));
        let id = openid.then(|| {
            let hash = Sha256::digest(&access);
            let half = hash.get(..16).unwrap_or_default();
            let at_hash = sign_in.oauth.then(|| cognitab_jose::base64url(half));
            let claims = self.id_claims(cx, &event, at_hash, nonce);
            let header = json!({"kid": pool.id_key.kid, "alg": "RS256"});
            token::issue(cx, &pool.id_key.private.0, 256, &header, &claims)
        });
        if let Some(id) = &id {
            let end = cx.now + client.id_token_seconds() * 1000;
            add_returned(cx, ArtifactKind::IdToken, id, &user.username, end);
        }
        let end = cx.now + client.access_token_seconds() * 1000;
        add_returned(cx, ArtifactKind::AccessToken, &access, &user.username, end);
        Tokens { access, id, refresh: None, expires_in: client.access_token_seconds() }
    }

    fn access_claims(self, cx: &mut Cx<'_>, event: &str) -> Json {
        let Grant { app: App { pool, client }, user, sign_in } = self;
        let mut claims = Map::new();
        let mut put = |name: &str, value: Json| claims.insert(name.to_owned(), value);
        put("sub", json!(user.sub));
        let groups = group::of_user(&cx.world, user);
        if !groups.is_empty() {
            put("cognito:groups", groups.iter().map(|g| json!(*g.group_name)).collect());
        }
        put("iss", json!(pool.issuer()));
        if sign_in.oauth {
            put("version", json!(2));
        }
        put("client_id", json!(*client.client_id));
        if client.enable_token_revocation {
            put("origin_jti", json!(sign_in.origin));
        }
        put("event_id", json!(event));
        put("token_use", json!("access"));
        put("scope", json!(sign_in.scopes.join(" ")));
        put("auth_time", json!(sign_in.auth_time.0 / 1000));
        put("exp", json!(cx.now / 1000 + client.access_token_seconds()));
        put("iat", json!(cx.now / 1000));
        put("jti", json!(cx.random.uuid()));
        put("username", json!(*user.username));
        Json::Object(claims)
    }

    fn id_claims(
        self,
        cx: &mut Cx<'_>,
        event: &str,
        at_hash: Option<String>,
        nonce: Option<&str>,
    ) -> Json {
        let Grant { app: App { pool, client }, user, sign_in } = self;
        let scopes = sign_in.oauth.then_some(sign_in.scopes.as_slice());
        let attributes = visible_attributes(client, user, scopes);
        let groups = group::of_user(&cx.world, user);
        let (roles, preferred) = group::roles(&groups);
        let mut claims = Map::new();
        let mut put = |name: &str, value: Json| claims.insert(name.to_owned(), value);
        put("sub", json!(user.sub));
        if let Some(at_hash) = at_hash {
            put("at_hash", json!(at_hash));
        }
        if !groups.is_empty() {
            put("cognito:groups", groups.iter().map(|g| json!(*g.group_name)).collect());
        }
        for (name, value) in attributes.iter().filter(|(n, _)| n.ends_with("_verified")) {
            put(name, json!(*value == "true"));
        }
        if let Some(role) = preferred {
            put("cognito:preferred_role", json!(*role));
        }
        put("iss", json!(pool.issuer()));
        put("cognito:username", json!(*user.username));
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
            put("cognito:roles", roles.iter().map(|role| json!(**role)).collect());
        }
        put("aud", json!(*client.client_id));
        put("event_id", json!(event));
        put("token_use", json!("id"));
        put("auth_time", json!(sign_in.auth_time.0 / 1000));
        put("exp", json!(cx.now / 1000 + client.id_token_seconds()));
        put("iat", json!(cx.now / 1000));
        put("jti", json!(cx.random.uuid()));
        for (name, value) in attributes.iter().filter(|(n, _)| n.contains(':')) {
            put(name, json!(value));
        }
        Json::Object(claims)
    }
}

fn standard_claim(name: &str) -> bool {
    !name.contains(':') && !name.ends_with("_verified") && name != "sub"
}

/// The attributes that a client can read and the scopes cover. `openid` alone covers all of them, as
/// `profile` does.
pub(crate) fn visible_attributes<'a>(
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
    pairs.filter(|(n, _)| schema::is_readable(client, n) && covered(n)).collect()
}

/// Issues an access token to an app client itself (the grant type `client_credentials`).
pub(crate) fn client_credentials_token(cx: &mut Cx<'_>, app: App<'_>, scopes: &[String]) -> String {
    let App { pool, client } = app;
    let now = cx.now / 1000;
    let claims = json!({
        "sub": *client.client_id,
        "token_use": "access",
        "scope": scopes.join(" "),
        "auth_time": now,
        "iss": pool.issuer(),
        "exp": now + client.access_token_seconds(),
        "iat": now,
        "version": 2,
        "jti": cx.random.uuid(),
        "client_id": *client.client_id,
    });
    let header = json!({"kid": pool.access_key.kid, "alg": "RS256"});
    let token = token::issue(cx, &pool.access_key.private.0, 256, &header, &claims);
    let end = cx.now + client.access_token_seconds() * 1000;
    add_returned(cx, ArtifactKind::AccessToken, &token, &client.client_id, end);
    token
}
