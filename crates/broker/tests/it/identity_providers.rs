//! External identity providers.

use serde_json::{Value as Json, json};

use crate::common::{Host, STUDIO, credentials, get, refusal};

const DISCOVERY: &str = "https://accounts.google.com/.well-known/openid-configuration";

fn document(host: &mut Host, url: &str) -> Json {
    let response = host.send(get(url));
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn a_provider_publishes_its_keys_where_its_discovery_document_says() {
    let mut host = Host::empty();
    let discovery = document(&mut host, DISCOVERY);
    assert_eq!(discovery["issuer"], "https://accounts.google.com");
    let keys = document(&mut host, discovery["jwks_uri"].as_str().unwrap());
    assert_eq!(
        (&keys["keys"][0]["kty"], &keys["keys"][0]["alg"]),
        (&json!("RSA"), &json!("RS256"))
    );
    let again = document(&mut host, discovery["jwks_uri"].as_str().unwrap());
    assert_eq!(keys, again);
    assert_eq!(host.send(get("https://accounts.google.com/nothing")).status, 404);
}

/// STS knows Google without an identity provider in the account, and asks it for its keys.
#[test]
fn a_token_of_another_key_is_not_the_providers() {
    let mut host = Host::empty();
    let studio = credentials(STUDIO);
    let trust = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"Federated": "accounts.google.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"accounts.google.com:aud": "app"}},
    }});
    let role = [("RoleName", "web"), ("AssumeRolePolicyDocument", &*trust.to_string())];
    assert_eq!(host.query(&studio, "iam.CreateRole", &role).status, 200);
    let keys = document(&mut host, "https://www.googleapis.com/oauth2/v3/certs");
    let now = host.now / 1000;
    let claims = json!({
        "iss": "https://accounts.google.com", "aud": "app", "sub": "1", "iat": now, "exp": now + 60,
    });
    // The host answers the first question for a key with key 0.
    for (key, expected) in [(0, 200), (1, 400)] {
        let key = cognitab_jose::published_key(key);
        let header = json!({"alg": "RS256", "kid": keys["keys"][0]["kid"]});
        let input = cognitab_jose::signing_input(&header, &claims);
        let signature = cognitab_jose::sign(key, 256, &input).unwrap();
        let token = format!("{input}.{signature}");
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
            assert!(refusal(&response).starts_with("400 InvalidIdentityToken: "));
        }
    }
}
