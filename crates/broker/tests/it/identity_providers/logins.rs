//! Logins of Google: from an ID token to a table, as a public provider and as an OIDC provider of IAM.

use super::google_token;
use crate::common::photos::credentials;
use crate::common::{Host, STUDIO, between};
use cognitab_wire::sigv4::Credentials;
use serde_json::{Value as Json, json};

const GOOGLE: &str = "accounts.google.com";
const ROLE: &str = "arn:aws:iam::111122223333:role/players";

/// A pool with this configuration, whose role allows an identity its own items of the table `scores`.
fn pool(host: &mut Host, configuration: &Json) -> String {
    let mut input = json!({"IdentityPoolName": "game", "AllowUnauthenticatedIdentities": false});
    input.as_object_mut().unwrap().extend(configuration.as_object().unwrap().clone());
    let pool = host.admin("cognito-identity.CreateIdentityPool", input);
    let pool = pool["IdentityPoolId"].as_str().unwrap().to_owned();
    let trust = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": pool}},
    }});
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "dynamodb:PutItem",
        "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/scores",
        "Condition": {"ForAllValues:StringEquals": {
            "dynamodb:LeadingKeys": ["${cognito-identity.amazonaws.com:sub}"],
        }},
    }});
    let studio = crate::common::credentials(STUDIO);
    let role = [("RoleName", "players"), ("AssumeRolePolicyDocument", &*trust.to_string())];
    assert_eq!(host.query(&studio, "iam.CreateRole", &role).status, 200);
    let policy = policy.to_string();
    let put = [("RoleName", "players"), ("PolicyName", "own"), ("PolicyDocument", &*policy)];
    assert_eq!(host.query(&studio, "iam.PutRolePolicy", &put).status, 200);
    host.admin(
        "cognito-identity.SetIdentityPoolRoles",
        json!({"IdentityPoolId": pool, "Roles": {"authenticated": ROLE}}),
    );
    host.admin(
        "dynamodb.CreateTable",
        json!({
            "TableName": "scores", "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "player", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "player", "KeyType": "HASH"}],
        }),
    );
    pool
}

fn logins(host: &mut Host, key: usize, changes: &Json) -> Json {
    json!({GOOGLE: google_token(host, key, changes)})
}

fn get_id(host: &mut Host, pool: &str, logins: &Json) -> Result<String, String> {
    let input = json!({"IdentityPoolId": pool, "Logins": logins});
    let output = host.public("cognito-identity.GetId", input)?;
    Ok(output["IdentityId"].as_str().unwrap().to_owned())
}

/// Puts an item under this key of the table.
fn put_item(host: &mut Host, session: &Credentials, player: &str) -> (u16, String) {
    let item = json!({"TableName": "scores", "Item": {"player": {"S": player}}});
    let response = host.operation(Some(session), "dynamodb.PutItem", &item);
    (response.status, response.text().into_owned())
}

#[test]
fn a_token_of_google_writes_the_items_of_its_identity() {
    let mut host = Host::empty();
    let pool = pool(&mut host, &json!({"SupportedLoginProviders": {GOOGLE: "app"}}));
    let ana = logins(&mut host, 0, &json!({}));
    let id = get_id(&mut host, &pool, &ana).unwrap();
    let session = credentials(&mut host, &id, &ana).unwrap();
    assert_eq!(put_item(&mut host, &session, &id), (200, "{}".to_owned()));
    let (status, text) = put_item(&mut host, &session, "us-east-1:other");
    assert_eq!(status, 400);
    assert!(text.contains("AccessDeniedException"), "{text}");

    // The identity is not open to a guest, nor to another user of Google.
    assert_eq!(
        credentials(&mut host, &id, &json!({})).unwrap_err(),
        format!("NotAuthorizedException: Access to Identity '{id}' is forbidden.")
    );
    let ben = logins(&mut host, 0, &json!({"sub": "2"}));
    assert_ne!(get_id(&mut host, &pool, &ben).unwrap(), id);
    assert_eq!(
        credentials(&mut host, &id, &ben).unwrap_err(),
        "NotAuthorizedException: Logins don't match. Please include at least one valid login for this identity or identity pool."
    );

    // Each call verifies the token anew.
    let forged = logins(&mut host, 1, &json!({}));
    assert_eq!(
        credentials(&mut host, &id, &forged).unwrap_err(),
        "NotAuthorizedException: Invalid login token. Couldn't verify signed token."
    );
    let expires = host.now / 1000 + 60;
    host.wait(61);
    let now = host.now / 1000;
    assert_eq!(
        credentials(&mut host, &id, &ana).unwrap_err(),
        format!("NotAuthorizedException: Invalid login token. Token expired: {now} >= {expires}")
    );
}

/// An app with several client IDs uses an OIDC provider of IAM: `SupportedLoginProviders` holds one.
#[test]
fn an_iam_provider_accepts_each_of_its_client_ids() {
    let mut host = Host::empty();
    let created = host.operation(
        Some(&crate::common::credentials(STUDIO)),
        "iam.CreateOpenIDConnectProvider",
        &json!({"Url": "https://accounts.google.com", "ClientIDList": ["app", "app-ios"]}),
    );
    let created = created.text();
    let arn = between(&created, "<OpenIDConnectProviderArn>", "<").unwrap();
    let pool = pool(&mut host, &json!({"OpenIdConnectProviderARNs": [arn]}));
    let not_supported =
        "NotAuthorizedException: Token is not from a supported provider of this identity pool.";
    for (aud, key, expected) in [
        ("app", 0, None),
        ("app-ios", 0, None),
        ("app-android", 0, Some(not_supported)),
        (
            "app",
            1,
            Some("NotAuthorizedException: Invalid login token. Couldn't verify signed token."),
        ),
    ] {
        let logins = logins(&mut host, key, &json!({"aud": aud}));
        let result = get_id(&mut host, &pool, &logins);
        assert_eq!(result.as_ref().err().map(String::as_str), expected, "{aud}");
        if let Ok(id) = result {
            let session = credentials(&mut host, &id, &logins).unwrap();
            assert_eq!(put_item(&mut host, &session, &id).0, 200, "{aud}");
        }
    }
}
