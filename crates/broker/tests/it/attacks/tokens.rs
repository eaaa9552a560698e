//! Tokens that are not what they say: login tokens at an identity pool, access tokens at a user
//! pool, refresh tokens, an identity pool's own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognitab_jose::{Token, published_key, sign};
use hmac::{Hmac, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;

use super::{Attack, Lab};
use crate::common::photos::{Ids, get_id, logins, sign_in};
use crate::common::{error_summary, get, post};

/// The same token with another header and other claims, as text that is still to be signed.
fn unsigned(token: &str, header: Option<Json>, change: impl Fn(&mut Json)) -> String {
    let read = Token::parse(token).unwrap();
    let mut claims = Json::Object(read.claims);
    change(&mut claims);
    let header = header.unwrap_or(Json::Object(read.header));
    cognitab_jose::signing_input(&header, &claims)
}

fn kid(token: &str) -> String {
    Token::parse(token).unwrap().kid().to_owned()
}

/// Without any signature, and saying so.
fn none(token: &str) -> String {
    format!("{}.", unsigned(token, Some(json!({"alg": "none", "kid": kid(token)})), |_| {}))
}

/// Other claims under the signature of the real ones.
fn changed(token: &str, claim: &str, value: Json) -> String {
    let signature = Token::parse(token).unwrap().signature().to_owned();
    format!("{}.{signature}", unsigned(token, None, |claims| claims[claim] = value.clone()))
}

/// Signed by a key of one's own, under the header given.
fn own_key(token: &str, header: Option<Json>) -> String {
    let input = unsigned(token, header, |_| {});
    let signature = (0..4)
        .filter_map(|n| sign(published_key(n), 256, &input))
        .find(|s| !token.ends_with(s.as_str()) && !real(token, &input, s));
    format!("{input}.{}", signature.unwrap())
}

fn real(token: &str, input: &str, signature: &str) -> bool {
    let Ok(read) = Token::parse(&format!("{input}.{signature}")) else { return false };
    (0..4).any(|n| {
        let jwk = cognitab_jose::public_jwk(published_key(n), "", "RS256").unwrap();
        Token::parse(token).unwrap().verify(&jwk) && read.verify(&jwk)
    })
}

/// The public key as the secret of HS256.
fn confused(lab: &mut Lab, token: &str) -> String {
    let url = format!(
        "https://cognito-idp.us-east-1.amazonaws.com/{}/.well-known/jwks.json",
        lab.ids.pool
    );
    let keys: Json = serde_json::from_slice(&lab.host.send(get(&url)).body).unwrap();
    let key = keys["keys"].as_array().unwrap().iter().find(|k| k["kid"] == kid(token)).unwrap();
    let secret = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
    let input = unsigned(token, Some(json!({"alg": "HS256", "kid": kid(token)})), |_| {});
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
    mac.update(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn login(lab: &mut Lab, token: &str) -> String {
    let logins = logins(&lab.ids, token);
    get_id(&mut lab.host, &lab.ids, &logins).unwrap_err()
}

fn user(lab: &mut Lab, token: &str) -> String {
    lab.host.public("cognito-idp.GetUser", json!({"AccessToken": token})).unwrap_err()
}

/// Another client of the same pool, which may use passwords.
fn other_client(lab: &mut Lab, pool: &str) -> Ids {
    let flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    let input = json!({"UserPoolId": pool, "ClientName": "other", "ExplicitAuthFlows": flows});
    let made = lab.host.admin("cognito-idp.CreateUserPoolClient", input);
    Ids {
        pool: pool.to_owned(),
        client: made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned(),
        identity_pool: lab.ids.identity_pool.clone(),
    }
}

/// The same person at another client of the pool, for whom the identity pool does not stand.
fn audience(lab: &mut Lab) -> String {
    let pool = lab.ids.pool.clone();
    let other = other_client(lab, &pool);
    let tokens = sign_in(&mut lab.host, &other);
    login(lab, tokens["IdToken"].as_str().unwrap())
}

/// Somebody of this name in a pool of one's own.
fn mallory(lab: &mut Lab) -> (Ids, String) {
    let made = lab.host.admin("cognito-idp.CreateUserPool", json!({"PoolName": "mallory"}));
    let pool = made["UserPool"]["Id"].as_str().unwrap().to_owned();
    let ids = other_client(lab, &pool);
    let user = json!({"UserPoolId": pool, "Username": "ana", "MessageAction": "SUPPRESS"});
    lab.host.admin("cognito-idp.AdminCreateUser", user);
    let password = json!({"UserPoolId": pool, "Username": "ana", "Password": "Ana-Photos-1!", "Permanent": true});
    lab.host.admin("cognito-idp.AdminSetUserPassword", password);
    let token = sign_in(&mut lab.host, &ids)["IdToken"].as_str().unwrap().to_owned();
    (ids, token)
}

fn foreign_issuer(lab: &mut Lab) -> String {
    let (_, token) = mallory(lab);
    login(lab, &token)
}

fn foreign_provider(lab: &mut Lab) -> String {
    let (ids, token) = mallory(lab);
    let logins = logins(&ids, &token);
    get_id(&mut lab.host, &lab.ids, &logins).unwrap_err()
}

/// The kid of another pool's key, and a signature by that key.
fn foreign_kid(lab: &mut Lab, token: &str) -> String {
    let (_, theirs) = mallory(lab);
    own_key(token, Some(json!({"alg": "RS256", "kid": kid(&theirs)})))
}

fn late(lab: &mut Lab, check: fn(&mut Lab, &str) -> String, name: &str) -> String {
    let token = lab.token(name);
    lab.host.wait(3601);
    check(lab, &token)
}

/// A refresh token at another client of its pool.
fn refresh(lab: &mut Lab) -> String {
    let pool = lab.ids.pool.clone();
    let other = other_client(lab, &pool);
    let input = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "ClientId": other.client,
        "AuthParameters": {"REFRESH_TOKEN": lab.token("RefreshToken")},
    });
    lab.host.public("cognito-idp.InitiateAuth", input).unwrap_err()
}

fn refresh_at_the_domain(lab: &mut Lab) -> String {
    let pool = lab.ids.pool.clone();
    let other = other_client(lab, &pool);
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", &other.client),
        ("refresh_token", &lab.token("RefreshToken")),
    ];
    let at = "https://photos-demo.auth.us-east-1.amazoncognito.com/oauth2/token";
    error_summary(&lab.host.send(post(at, &form)))
}

/// A token of the identity pool at STS, changed on its way.
fn web_identity(lab: &mut Lab, later: i64, change: impl Fn(&mut Lab, &str) -> String) -> String {
    let logins = lab.logins();
    let id = get_id(&mut lab.host, &lab.ids, &logins).unwrap();
    let input = json!({"IdentityId": id, "Logins": logins});
    let given = lab.host.public("cognito-identity.GetOpenIdToken", input).unwrap();
    let token = change(lab, given["Token"].as_str().unwrap());
    lab.host.wait(later);
    let form = [
        ("Action", "AssumeRoleWithWebIdentity"),
        ("Version", "2011-06-15"),
        ("RoleArn", "arn:aws:iam::111122223333:role/photos-signed-in"),
        ("RoleSessionName", "app"),
        ("WebIdentityToken", &token),
    ];
    error_summary(&lab.host.send(post("https://sts.us-east-1.amazonaws.com/", &form)))
}

fn with(
    lab: &mut Lab,
    name: &str,
    check: fn(&mut Lab, &str) -> String,
    forge: fn(&mut Lab, &str) -> String,
) -> String {
    let token = lab.token(name);
    let forged = forge(lab, &token);
    check(lab, &forged)
}

const UNVERIFIED: &str =
    "NotAuthorizedException: Invalid login token. Couldn't verify signed token.";
const SIGNATURE: &str = "NotAuthorizedException: Could not verify signature for Access Token";
const INVALID: &str = "NotAuthorizedException: Invalid Access Token";

pub(crate) const ATTACKS: &[Attack] = &[
    (
        "login: an access token",
        |l| with(l, "AccessToken", login, |_, t| t.into()),
        "NotAuthorizedException: Invalid login token. Missing a required claim: aud",
    ),
    (
        "login: no token",
        |l| login(l, "x"),
        "NotAuthorizedException: Invalid login token. Not a valid OpenId Connect identity token.",
    ),
    ("login: alg none", |l| with(l, "IdToken", login, |_, t| none(t)), UNVERIFIED),
    ("login: HS256 with the public key", |l| with(l, "IdToken", login, confused), UNVERIFIED),
    (
        "login: signed by another key",
        |l| with(l, "IdToken", login, |_, t| own_key(t, None)),
        UNVERIFIED,
    ),
    (
        "login: an unknown kid",
        |l| {
            with(l, "IdToken", login, |_, t| {
                own_key(t, Some(json!({"alg": "RS256", "kid": "nobody"})))
            })
        },
        UNVERIFIED,
    ),
    ("login: the kid of another pool", |l| with(l, "IdToken", login, foreign_kid), UNVERIFIED),
    (
        "login: a cut signature",
        |l| with(l, "IdToken", login, |_, t| t[..t.len() - 20].into()),
        UNVERIFIED,
    ),
    (
        "login: other claims",
        |l| with(l, "IdToken", login, |_, t| changed(t, "cognito:groups", json!(["admins"]))),
        UNVERIFIED,
    ),
    (
        "login: another client's token",
        audience,
        "NotAuthorizedException: Token is not from a supported provider of this identity pool.",
    ),
    (
        "login: another pool's token",
        foreign_issuer,
        "NotAuthorizedException: Invalid login token. Issuer doesn't match providerName",
    ),
    (
        "login: another pool as provider",
        foreign_provider,
        "NotAuthorizedException: Logins don't match. Please include at least one valid login for this identity or identity pool.",
    ),
    (
        "login: expired",
        |l| late(l, login, "IdToken"),
        "NotAuthorizedException: Invalid login token. Token expired: ",
    ),
    ("access: alg none", |l| with(l, "AccessToken", user, |_, t| none(t)), SIGNATURE),
    ("access: HS256 with the public key", |l| with(l, "AccessToken", user, confused), SIGNATURE),
    (
        "access: signed by another key",
        |l| with(l, "AccessToken", user, |_, t| own_key(t, None)),
        SIGNATURE,
    ),
    (
        "access: an unknown kid",
        |l| {
            with(l, "AccessToken", user, |_, t| {
                own_key(t, Some(json!({"alg": "RS256", "kid": "nobody"})))
            })
        },
        SIGNATURE,
    ),
    (
        "access: another user",
        |l| with(l, "AccessToken", user, |_, t| changed(t, "username", json!("ben"))),
        SIGNATURE,
    ),
    (
        "access: a longer life",
        |l| with(l, "AccessToken", user, |_, t| changed(t, "exp", json!(9_000_000_000_i64))),
        SIGNATURE,
    ),
    (
        "access: another issuer",
        |l| with(l, "AccessToken", user, |_, t| changed(t, "iss", json!("https://evil.example/x"))),
        INVALID,
    ),
    ("access: an ID token", |l| with(l, "IdToken", user, |_, t| t.into()), INVALID),
    ("access: no token", |l| user(l, "a.b.c"), INVALID),
    (
        "access: expired",
        |l| late(l, user, "AccessToken"),
        "NotAuthorizedException: Access Token has expired",
    ),
    ("refresh: another client's token", refresh, "NotAuthorizedException: Invalid Refresh Token"),
    ("refresh: another client's token at the domain", refresh_at_the_domain, "400 invalid_grant"),
    ("web identity: alg none", |l| web_identity(l, 0, |_, t| none(t)), "400 InvalidIdentityToken"),
    (
        "web identity: signed by another key",
        |l| web_identity(l, 0, |_, t| own_key(t, None)),
        "400 InvalidIdentityToken",
    ),
    (
        "web identity: another subject",
        |l| web_identity(l, 0, |_, t| changed(t, "sub", json!("us-east-1:other"))),
        "400 InvalidIdentityToken",
    ),
    (
        "web identity: a user pool's token",
        |l| web_identity(l, 0, |l, _| l.token("IdToken")),
        "400 InvalidIdentityToken",
    ),
    (
        "web identity: expired",
        |l| web_identity(l, 601, |_, t| t.into()),
        "400 ExpiredTokenException",
    ),
];
