//! The whole chain: a token of a user pool becomes credentials of a role and an object in a
//! bucket, or is refused by the station that says no.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use common::photos::{credentials, get_id, logins, photo_app, s3, sign_in};
use common::{Host, STUDIO, between};
use serde_json::{Value as Json, json};

fn last(host: &mut Host) -> Json {
    host.events().pop().unwrap()
}

#[test]
fn ana_uploads_a_file() {
    let (mut host, ids) = photo_app();
    let tokens = sign_in(&mut host, &ids);
    let logins = logins(&ids, tokens["IdToken"].as_str().unwrap());
    let id = get_id(&mut host, &ids, &logins).unwrap();
    assert_eq!(get_id(&mut host, &ids, &logins).unwrap(), id, "the same person, the same identity");
    let key = credentials(&mut host, &id, &logins).unwrap();
    assert_eq!(s3(&mut host, &key, "PUT", "uploads/lake.jpg", "a lake").status, 200);
    assert_eq!(s3(&mut host, &key, "GET", "uploads/lake.jpg", "").text(), "a lake");

    // The folder of the own identity, and nobody else's.
    let own = format!("private/{}/a", id.replace(':', "%3A"));
    assert_eq!(s3(&mut host, &key, "PUT", &own, "mine").status, 200);
    assert_eq!(s3(&mut host, &key, "PUT", "private/us-east-1%3Aother/a", "theirs").status, 403);

    let events = host.events();
    let inner = events.iter().find(|e| e["call"] == "AssumeRoleWithWebIdentity").unwrap();
    let outer = events.iter().find(|e| e["call"] == "GetCredentialsForIdentity").unwrap();
    assert_eq!(inner["inside"], outer["number"]);
    assert_eq!((&inner["from"], &inner["to"]), (&json!("identity-pool"), &json!("sts")));
    assert_eq!(inner["carries"][0]["kind"], "pool-token");
    let token = inner["carries"][0]["value"].as_str().unwrap();
    let read = cognitab_jose::Token::read(token).unwrap();
    let keys =
        host.send(common::get("https://cognito-identity.amazonaws.com/.well-known/jwks_uri"));
    let keys: Json = serde_json::from_slice(&keys.body).unwrap();
    let jwk = serde_json::from_value(keys["keys"][0].clone()).unwrap();
    assert!(read.verify(&jwk), "the event holds the signed token");
    assert_eq!(read.claims["amr"][0], "authenticated");
}

#[test]
fn a_guest_is_stopped_at_the_resource() {
    let (mut host, ids) = photo_app();
    let id = get_id(&mut host, &ids, &json!({})).unwrap();
    assert_ne!(get_id(&mut host, &ids, &json!({})).unwrap(), id, "each guest is a new one");
    let key = credentials(&mut host, &id, &json!({})).unwrap();
    assert_eq!(s3(&mut host, &key, "GET", "public/welcome.txt", "").status, 200);
    let refused = s3(&mut host, &key, "PUT", "uploads/lake.jpg", "a lake");
    assert_eq!(refused.status, 403);
    let message =
        between(&refused.text(), "<Message>", "</Message>").unwrap().replace("&quot;", "\"");
    assert_eq!(
        message,
        "User: arn:aws:sts::111122223333:assumed-role/photos-guest/CognitoIdentityCredentials is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::studio-photos/uploads/lake.jpg\" because no identity-based policy allows the s3:PutObject action"
    );
    let event = last(&mut host);
    assert_eq!(event["refusal"]["station"], "resource");
    assert_eq!(event["who"]["kind"], "guest");
    let rung =
        event["ladder"].as_array().unwrap().iter().find(|r| r["state"] == "refused").unwrap();
    assert_eq!(rung["kind"], "identity-policy");
    assert!(event["fix"]["edit"].is_object(), "one statement would flip it: {}", event["fix"]);
}

#[test]
fn one_line_of_trust_stops_ana_at_the_role() {
    let (mut host, ids) = photo_app();
    let wrong = ids.identity_pool.replace(|c: char| c.is_ascii_digit(), "f");
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": wrong}}
    }]});
    let update = [("RoleName", "photos-signed-in"), ("PolicyDocument", &*trust.to_string())];
    let admin = common::credentials(STUDIO);
    assert_eq!(host.query(&admin, "iam.UpdateAssumeRolePolicy", &update).status, 200);
    let tokens = sign_in(&mut host, &ids);
    let logins = logins(&ids, tokens["IdToken"].as_str().unwrap());
    let id = get_id(&mut host, &ids, &logins).unwrap();
    let heard = credentials(&mut host, &id, &logins).unwrap_err();
    assert_eq!(
        heard,
        "InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check assigned IAM roles for this pool."
    );
    let events = host.events();
    let inner = events.iter().find(|e| e["call"] == "AssumeRoleWithWebIdentity").unwrap();
    assert_eq!(
        inner["refusal"]["message"],
        "Not authorized to perform sts:AssumeRoleWithWebIdentity"
    );
    assert_eq!(inner["refusal"]["station"], "role");
    let outer = events.iter().find(|e| e["call"] == "GetCredentialsForIdentity").unwrap();
    assert_eq!(outer["refusal"]["cause"], inner["number"]);
    let rung =
        inner["ladder"].as_array().unwrap().iter().find(|r| r["state"] == "refused").unwrap();
    assert_eq!(rung["kind"], "trust-condition");
    assert!(inner["fix"]["edit"].is_object(), "one value would flip it");
}

#[test]
fn the_basic_flow_leaves_the_role_to_the_client() {
    let (mut host, ids) = photo_app();
    let tokens = sign_in(&mut host, &ids);
    let logins = logins(&ids, tokens["IdToken"].as_str().unwrap());
    let id = get_id(&mut host, &ids, &logins).unwrap();
    let answer = host
        .public("cognito-identity.GetOpenIdToken", json!({"IdentityId": id, "Logins": logins}))
        .unwrap();
    let token = answer["Token"].as_str().unwrap().to_owned();
    let assume = |host: &mut Host, role: &str| {
        host.send(common::post(
            "https://sts.us-east-1.amazonaws.com/",
            &[
                ("Action", "AssumeRoleWithWebIdentity"),
                ("Version", "2011-06-15"),
                ("RoleArn", &format!("arn:aws:iam::111122223333:role/{role}")),
                ("RoleSessionName", "app"),
                ("WebIdentityToken", &token),
            ],
        ))
    };
    let given = assume(&mut host, "photos-signed-in");
    assert_eq!(given.status, 200, "{}", given.text());
    assert!(
        given
            .text()
            .contains(&format!("<SubjectFromWebIdentityToken>{id}</SubjectFromWebIdentityToken>"))
    );
    let guest = assume(&mut host, "photos-guest");
    assert_eq!(guest.status, 403);
    assert!(guest.text().contains("Not authorized to perform sts:AssumeRoleWithWebIdentity"));
    host.wait(601);
    assert!(assume(&mut host, "photos-signed-in").text().contains("ExpiredTokenException"));
}

#[test]
fn a_guest_who_signs_in_keeps_the_identity() {
    let (mut host, ids) = photo_app();
    let guest = get_id(&mut host, &ids, &json!({})).unwrap();
    let tokens = sign_in(&mut host, &ids);
    let logins = logins(&ids, tokens["IdToken"].as_str().unwrap());
    credentials(&mut host, &guest, &logins).unwrap();
    assert_eq!(get_id(&mut host, &ids, &logins).unwrap(), guest);
    assert_eq!(
        credentials(&mut host, &guest, &json!({})).unwrap_err(),
        format!("NotAuthorizedException: Access to Identity '{guest}' is forbidden.")
    );
}
