//! External identity providers: their keys, and their tokens at STS and at identity pools.

use cognitab_wire::sigv4::Credentials;
use serde_json::{Value as Json, json};

use crate::common::{Host, STUDIO, credentials, error_summary, get};

const DISCOVERY: &str = "https://accounts.google.com/.well-known/openid-configuration";

fn document(host: &mut Host, url: &str) -> Json {
    let response = host.send(get(url));
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn a_provider_publishes_its_keys_at_its_jwks_uri() {
    let mut host = Host::empty();
    let discovery = document(&mut host, DISCOVERY);
    assert_eq!(discovery["issuer"], "https://accounts.google.com");
    let keys = document(&mut host, discovery["jwks_uri"].as_str().unwrap());
    assert_eq!(
        (&keys["keys"][0]["kty"], &keys["keys"][0]["alg"]),
        (&json!("RSA"), &json!("RS256"))
    );
    let second_response = document(&mut host, discovery["jwks_uri"].as_str().unwrap());
    assert_eq!(keys, second_response);
    assert_eq!(host.send(get("https://accounts.google.com/nothing")).status, 404);
}

/// A token of Google for the client `app`, signed with the test key of this index. The key that
/// Google publishes has index 0.
fn google_token(host: &mut Host, key: usize, changes: &Json) -> String {
    let keys = document(host, "https://www.googleapis.com/oauth2/v3/certs");
    let now = host.now / 1000;
    let mut claims = json!({
        "iss": "https://accounts.google.com", "aud": "app", "sub": "1", "iat": now, "exp": now + 60,
    });
    claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    // A claim that is changed to null is left out.
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let header = json!({"alg": "RS256", "kid": keys["keys"][0]["kid"]});
    let input = cognitab_jose::signing_input(&header, &claims);
    let signature = cognitab_jose::sign(cognitab_jose::published_key(key), 256, &input).unwrap();
    format!("{input}.{signature}")
}

/// STS accepts Google without an identity provider in the account, and verifies tokens with Google's keys.
#[test]
fn a_token_signed_with_another_key_is_refused() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let trust = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"Federated": "accounts.google.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"accounts.google.com:aud": "app"}},
    }});
    let role = [("RoleName", "web"), ("AssumeRolePolicyDocument", &*trust.to_string())];
    assert_eq!(host.query(&studio, "iam.CreateRole", &role).status, 200);
    for (key, expected) in [(0, 200), (1, 400)] {
        let token = google_token(&mut host, key, &json!({}));
        let response = host.operation(
            None,
            "sts.AssumeRoleWithWebIdentity",
            &json!({
                "RoleArn": "arn:aws:iam::111122223333:role/web", "RoleSessionName": "ana",
                "WebIdentityToken": token,
            }),
        );
        assert_eq!(response.status, expected, "{}", response.text());
        if expected == 200 {
            assert!(response.text().contains("<Provider>accounts.google.com</Provider>"));
        } else {
            assert!(error_summary(&response).starts_with("400 InvalidIdentityToken: "));
        }
    }
}

/// An identity pool accepts Google's tokens only for its app ID, and returns credentials for them.
#[test]
fn an_identity_pool_accepts_the_tokens_of_its_login_provider() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let mut create_pool = |providers: Json| {
        let input = json!({
            "IdentityPoolName": "photos", "AllowUnauthenticatedIdentities": false,
            "SupportedLoginProviders": providers,
        });
        let create_pool = host.admin("cognito-identity.CreateIdentityPool", input);
        create_pool["IdentityPoolId"].as_str().unwrap().to_owned()
    };
    let with_google = create_pool(json!({"accounts.google.com": "app"}));
    let without = create_pool(json!({"www.amazon.com": "app"}));
    let trust = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": with_google},
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "accounts.google.com"},
        },
    }});
    let role = [("RoleName", "web"), ("AssumeRolePolicyDocument", &*trust.to_string())];
    assert_eq!(host.query(&studio, "iam.CreateRole", &role).status, 200);
    let roles = json!({"authenticated": "arn:aws:iam::111122223333:role/web"});
    host.admin(
        "cognito-identity.SetIdentityPoolRoles",
        json!({"IdentityPoolId": with_google, "Roles": roles}),
    );
    let now = host.now / 1000;
    let not_supported =
        "NotAuthorizedException: Token is not from a supported provider of this identity pool.";
    let invalid = |text: &str| format!("NotAuthorizedException: Invalid login token. {text}");
    for (create_pool, key, changes, expected) in [
        (&without, 0, json!({}), not_supported.to_owned()),
        (&with_google, 1, json!({}), invalid("Couldn't verify signed token.")),
        (&with_google, 0, json!({"aud": "other"}), not_supported.to_owned()),
        (&with_google, 0, json!({"aud": ""}), invalid("Missing a required claim: aud")),
        (
            &with_google,
            0,
            json!({"iss": "https://accounts.goggle.com"}),
            invalid("Issuer doesn't match providerName"),
        ),
        (&with_google, 0, json!({"sub": ""}), invalid("Missing a required claim: sub")),
        (&with_google, 0, json!({"sub": 5}), invalid("Missing a required claim: sub")),
        (&with_google, 0, json!({"exp": null}), invalid("Missing a required claim: exp")),
        (
            &with_google,
            0,
            json!({"exp": now - 1}),
            invalid(&format!("Token expired: {now} >= {}", now - 1)),
        ),
    ] {
        let token = google_token(&mut host, key, &changes);
        let input =
            json!({"IdentityPoolId": create_pool, "Logins": {"accounts.google.com": token}});
        assert_eq!(
            host.public("cognito-identity.GetId", input).unwrap_err(),
            expected,
            "{changes}"
        );
    }
    // Google uses both forms of its issuer.
    let logins = |host: &mut Host, iss: &str| {
        let token = google_token(host, 0, &json!({"iss": iss}));
        json!({"accounts.google.com": token})
    };
    let mut identity = |iss: &str| {
        let logins = logins(&mut host, iss);
        let input = json!({"IdentityPoolId": with_google, "Logins": logins});
        host.public("cognito-identity.GetId", input).unwrap()["IdentityId"].clone()
    };
    let id = identity("https://accounts.google.com");
    assert_eq!(id, identity("accounts.google.com"));
    let input = json!({"IdentityId": id, "Logins": logins(&mut host, "accounts.google.com")});
    let output = host.public("cognito-identity.GetCredentialsForIdentity", input).unwrap();
    let text = |name: &str| output["Credentials"][name].as_str().unwrap();
    let session = Credentials {
        access_key_id: text("AccessKeyId").into(),
        secret_access_key: text("SecretKey").into(),
        session_token: Some(text("SessionToken").into()),
    };
    let caller = host.query(&session, "sts.GetCallerIdentity", &[]);
    assert_eq!(caller.status, 200);
    assert!(caller.text().contains("assumed-role/web/CognitoIdentityCredentials"));
}
