//! Forged and misused tokens: ID tokens as logins of an identity pool, access tokens, refresh tokens,
//! and the tokens that an identity pool issues.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognitab_jose::{Token, published_key, sign};
use hmac::{Hmac, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;

use super::{Attack, Lab};
use crate::common::photos::{Ids, get_id, logins, sign_in};
use crate::common::{error_summary, get, post};

/// The signing input of a token with another header and changed claims.
fn changed_signing_input(token: &str, header: Option<Json>, change: impl Fn(&mut Json)) -> String {
    let parsed = Token::parse(token).unwrap();
    let mut claims = Json::Object(parsed.claims);
    change(&mut claims);
    let header = header.unwrap_or(Json::Object(parsed.header));
    cognitab_jose::signing_input(&header, &claims)
}

fn kid(token: &str) -> String {
    Token::parse(token).unwrap().kid().to_owned()
}

/// A token with `alg` `none` and no signature.
fn alg_none(token: &str) -> String {
    format!(
        "{}.",
        changed_signing_input(token, Some(json!({"alg": "none", "kid": kid(token)})), |_| {})
    )
}

/// A token with a changed claim and the original signature.
fn changed_claim(token: &str, claim: &str, value: Json) -> String {
    let signature = Token::parse(token).unwrap().signature().to_owned();
    format!(
        "{}.{signature}",
        changed_signing_input(token, None, |claims| claims[claim] = value.clone())
    )
}

/// A token signed with another key, with another header if there is one.
fn signed_by_another_key(token: &str, header: Option<Json>) -> String {
    let input = changed_signing_input(token, header, |_| {});
    let signature = (0..4)
        .filter_map(|n| sign(published_key(n), 256, &input))
        .find(|s| !token.ends_with(s.as_str()) && !has_valid_signature(token, &input, s));
    format!("{input}.{}", signature.unwrap())
}

fn has_valid_signature(token: &str, input: &str, signature: &str) -> bool {
    let Ok(parsed) = Token::parse(&format!("{input}.{signature}")) else { return false };
    (0..4).any(|n| {
        let jwk = cognitab_jose::public_jwk(published_key(n), "", "RS256").unwrap();
        Token::parse(token).unwrap().verify(&jwk) && parsed.verify(&jwk)
    })
}

/// A token signed with HS256, with the public key as the secret.
fn hs256_with_public_key(lab: &mut Lab, token: &str) -> String {
    let url = format!(
        "https://cognito-idp.us-east-1.amazonaws.com/{}/.well-known/jwks.json",
        lab.ids.pool
    );
    let keys: Json = serde_json::from_slice(&lab.host.send(get(&url)).body).unwrap();
    let key = keys["keys"].as_array().unwrap().iter().find(|k| k["kid"] == kid(token)).unwrap();
    let secret = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
    let input =
        changed_signing_input(token, Some(json!({"alg": "HS256", "kid": kid(token)})), |_| {});
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
    mac.update(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn get_id_error(lab: &mut Lab, token: &str) -> String {
    let logins = logins(&lab.ids, token);
    get_id(&mut lab.host, &lab.ids, &logins).unwrap_err()
}

fn get_user_error(lab: &mut Lab, token: &str) -> String {
    lab.host.public("cognito-idp.GetUser", json!({"AccessToken": token})).unwrap_err()
}

/// Another app client of the pool, with `USER_PASSWORD_AUTH`.
fn other_client(lab: &mut Lab, pool: &str) -> Ids {
    let flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    let input = json!({"UserPoolId": pool, "ClientName": "other", "ExplicitAuthFlows": flows});
    let output = lab.host.admin("cognito-idp.CreateUserPoolClient", input);
    Ids {
        pool: pool.to_owned(),
        client: output["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned(),
        identity_pool: lab.ids.identity_pool.clone(),
    }
}

/// Ana's token for another app client, which is not a provider of the identity pool.
fn token_of_another_client(lab: &mut Lab) -> String {
    let pool = lab.ids.pool.clone();
    let other = other_client(lab, &pool);
    let tokens = sign_in(&mut lab.host, &other);
    get_id_error(lab, tokens["IdToken"].as_str().unwrap())
}

/// A user `ana` in the attacker's own user pool: the IDs and the user's ID token.
fn attacker_pool(lab: &mut Lab) -> (Ids, String) {
    let output = lab.host.admin("cognito-idp.CreateUserPool", json!({"PoolName": "mallory"}));
    let pool = output["UserPool"]["Id"].as_str().unwrap().to_owned();
    let ids = other_client(lab, &pool);
    let user = json!({"UserPoolId": pool, "Username": "ana", "MessageAction": "SUPPRESS"});
    lab.host.admin("cognito-idp.AdminCreateUser", user);
    let password = json!({"UserPoolId": pool, "Username": "ana", "Password": "Ana-Photos-1!", "Permanent": true});
    lab.host.admin("cognito-idp.AdminSetUserPassword", password);
    let token = sign_in(&mut lab.host, &ids)["IdToken"].as_str().unwrap().to_owned();
    (ids, token)
}

fn token_of_another_pool(lab: &mut Lab) -> String {
    let (_, token) = attacker_pool(lab);
    get_id_error(lab, &token)
}

fn another_pool_as_provider(lab: &mut Lab) -> String {
    let (ids, token) = attacker_pool(lab);
    let logins = logins(&ids, &token);
    get_id(&mut lab.host, &lab.ids, &logins).unwrap_err()
}

/// A token signed with another key, with the `kid` of the attacker's user pool.
fn kid_of_another_pool(lab: &mut Lab, token: &str) -> String {
    let (_, attacker_token) = attacker_pool(lab);
    signed_by_another_key(token, Some(json!({"alg": "RS256", "kid": kid(&attacker_token)})))
}

fn expired(lab: &mut Lab, check: fn(&mut Lab, &str) -> String, name: &str) -> String {
    let token = lab.token(name);
    lab.host.wait(3601);
    check(lab, &token)
}

/// A refresh token used by another app client of the pool.
fn refresh_token_of_another_client(lab: &mut Lab) -> String {
    let pool = lab.ids.pool.clone();
    let other = other_client(lab, &pool);
    let input = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "ClientId": other.client,
        "AuthParameters": {"REFRESH_TOKEN": lab.token("RefreshToken")},
    });
    lab.host.public("cognito-idp.InitiateAuth", input).unwrap_err()
}

fn refresh_token_at_the_domain(lab: &mut Lab) -> String {
    let pool = lab.ids.pool.clone();
    let other = other_client(lab, &pool);
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", &other.client),
        ("refresh_token", &lab.token("RefreshToken")),
    ];
    let url = "https://photos-demo.auth.us-east-1.amazoncognito.com/oauth2/token";
    error_summary(&lab.host.send(post(url, &form)))
}

/// A changed token of the identity pool at STS, `later` seconds after it was issued.
fn web_identity(lab: &mut Lab, later: i64, change: impl Fn(&mut Lab, &str) -> String) -> String {
    let logins = lab.logins();
    let id = get_id(&mut lab.host, &lab.ids, &logins).unwrap();
    let input = json!({"IdentityId": id, "Logins": logins});
    let output = lab.host.public("cognito-identity.GetOpenIdToken", input).unwrap();
    let token = change(lab, output["Token"].as_str().unwrap());
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

fn forged_token(
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
        |l| forged_token(l, "AccessToken", get_id_error, |_, t| t.into()),
        "NotAuthorizedException: Invalid login token. Missing a required claim: aud",
    ),
    (
        "login: not a token",
        |l| get_id_error(l, "x"),
        "NotAuthorizedException: Invalid login token. Not a valid OpenId Connect identity token.",
    ),
    (
        "login: alg none",
        |l| forged_token(l, "IdToken", get_id_error, |_, t| alg_none(t)),
        UNVERIFIED,
    ),
    (
        "login: HS256 with the public key",
        |l| forged_token(l, "IdToken", get_id_error, hs256_with_public_key),
        UNVERIFIED,
    ),
    (
        "login: signed by another key",
        |l| forged_token(l, "IdToken", get_id_error, |_, t| signed_by_another_key(t, None)),
        UNVERIFIED,
    ),
    (
        "login: an unknown kid",
        |l| {
            forged_token(l, "IdToken", get_id_error, |_, t| {
                signed_by_another_key(t, Some(json!({"alg": "RS256", "kid": "nobody"})))
            })
        },
        UNVERIFIED,
    ),
    (
        "login: the kid of another pool",
        |l| forged_token(l, "IdToken", get_id_error, kid_of_another_pool),
        UNVERIFIED,
    ),
    (
        "login: a truncated signature",
        |l| forged_token(l, "IdToken", get_id_error, |_, t| t[..t.len() - 20].into()),
        UNVERIFIED,
    ),
    (
        "login: a changed claim",
        |l| {
            forged_token(l, "IdToken", get_id_error, |_, t| {
                changed_claim(t, "cognito:groups", json!(["admins"]))
            })
        },
        UNVERIFIED,
    ),
    (
        "login: another client's token",
        token_of_another_client,
        "NotAuthorizedException: Token is not from a supported provider of this identity pool.",
    ),
    (
        "login: another pool's token",
        token_of_another_pool,
        "NotAuthorizedException: Invalid login token. Issuer doesn't match providerName",
    ),
    (
        "login: another pool as provider",
        another_pool_as_provider,
        "NotAuthorizedException: Logins don't match. Please include at least one valid login for this identity or identity pool.",
    ),
    (
        "login: expired",
        |l| expired(l, get_id_error, "IdToken"),
        "NotAuthorizedException: Invalid login token. Token expired: ",
    ),
    (
        "access: alg none",
        |l| forged_token(l, "AccessToken", get_user_error, |_, t| alg_none(t)),
        SIGNATURE,
    ),
    (
        "access: HS256 with the public key",
        |l| forged_token(l, "AccessToken", get_user_error, hs256_with_public_key),
        SIGNATURE,
    ),
    (
        "access: signed by another key",
        |l| forged_token(l, "AccessToken", get_user_error, |_, t| signed_by_another_key(t, None)),
        SIGNATURE,
    ),
    (
        "access: an unknown kid",
        |l| {
            forged_token(l, "AccessToken", get_user_error, |_, t| {
                signed_by_another_key(t, Some(json!({"alg": "RS256", "kid": "nobody"})))
            })
        },
        SIGNATURE,
    ),
    (
        "access: another user",
        |l| {
            forged_token(l, "AccessToken", get_user_error, |_, t| {
                changed_claim(t, "username", json!("ben"))
            })
        },
        SIGNATURE,
    ),
    (
        "access: a later expiration time",
        |l| {
            forged_token(l, "AccessToken", get_user_error, |_, t| {
                changed_claim(t, "exp", json!(9_000_000_000_i64))
            })
        },
        SIGNATURE,
    ),
    (
        "access: another issuer",
        |l| {
            forged_token(l, "AccessToken", get_user_error, |_, t| {
                changed_claim(t, "iss", json!("https://evil.example/x"))
            })
        },
        INVALID,
    ),
    (
        "access: an ID token",
        |l| forged_token(l, "IdToken", get_user_error, |_, t| t.into()),
        INVALID,
    ),
    ("access: not a token", |l| get_user_error(l, "a.b.c"), INVALID),
    (
        "access: expired",
        |l| expired(l, get_user_error, "AccessToken"),
        "NotAuthorizedException: Access Token has expired",
    ),
    (
        "refresh: another client's token",
        refresh_token_of_another_client,
        "NotAuthorizedException: Invalid Refresh Token",
    ),
    (
        "refresh: another client's token at the domain",
        refresh_token_at_the_domain,
        "400 invalid_grant",
    ),
    (
        "web identity: alg none",
        |l| web_identity(l, 0, |_, t| alg_none(t)),
        "400 InvalidIdentityToken",
    ),
    (
        "web identity: signed by another key",
        |l| web_identity(l, 0, |_, t| signed_by_another_key(t, None)),
        "400 InvalidIdentityToken",
    ),
    (
        "web identity: another subject",
        |l| web_identity(l, 0, |_, t| changed_claim(t, "sub", json!("us-east-1:other"))),
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
