//! The whole chain: an identity pool exchanges a token of a user pool for credentials of a role, which
//! give access to a bucket; or one of the stations refuses the request.

use crate::common::photos::{Ids, credentials, get_id, logins, photo_app, s3, sign_in};
use crate::common::{Host, STUDIO, between};
use serde_json::{Value as Json, json};

fn last_event(host: &mut Host) -> Json {
    host.events().pop().unwrap()
}

#[test]
fn a_signed_in_user_uploads_a_file() {
    let (mut host, ids) = photo_app();
    let tokens = sign_in(&mut host, &ids);
    let logins = logins(&ids, tokens["IdToken"].as_str().unwrap());
    let id = get_id(&mut host, &ids, &logins).unwrap();
    assert_eq!(
        get_id(&mut host, &ids, &logins).unwrap(),
        id,
        "the same login has the same identity"
    );
    let key = credentials(&mut host, &id, &logins).unwrap();
    assert_eq!(s3(&mut host, &key, "PUT", "uploads/lake.jpg", "a lake").status, 200);
    assert_eq!(s3(&mut host, &key, "GET", "uploads/lake.jpg", "").text(), "a lake");

    // The role allows access to the folder of the caller's identity only.
    let own_object = format!("private/{}/a", id.replace(':', "%3A"));
    assert_eq!(s3(&mut host, &key, "PUT", &own_object, "mine").status, 200);
    assert_eq!(s3(&mut host, &key, "PUT", "private/us-east-1%3Aother/a", "theirs").status, 403);

    let events = host.events();
    let inner = events.iter().find(|e| e["call"] == "AssumeRoleWithWebIdentity").unwrap();
    let outer = events.iter().find(|e| e["call"] == "GetCredentialsForIdentity").unwrap();
    assert_eq!(inner["inside"], outer["number"]);
    assert_eq!((&inner["from"], &inner["to"]), (&json!("identity-pool"), &json!("sts")));
    assert_eq!(inner["carries"][0]["kind"], "pool-token");
    let token = inner["carries"][0]["value"].as_str().unwrap();
    let pool_token = cognitab_jose::Token::parse(token).unwrap();
    let keys = host
        .send(crate::common::get("https://cognito-identity.amazonaws.com/.well-known/jwks_uri"));
    let keys: Json = serde_json::from_slice(&keys.body).unwrap();
    let jwk = serde_json::from_value(keys["keys"][0].clone()).unwrap();
    assert!(pool_token.verify(&jwk), "the event contains the signed token");
    assert_eq!(pool_token.claims["amr"][0], "authenticated");
}

#[test]
fn a_guest_without_permission_is_denied_at_the_resource() {
    let (mut host, ids) = photo_app();
    let id = get_id(&mut host, &ids, &json!({})).unwrap();
    assert_ne!(get_id(&mut host, &ids, &json!({})).unwrap(), id, "each guest gets a new identity");
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
    let event = last_event(&mut host);
    assert_eq!(event["refusal"]["station"], "resource");
    assert_eq!(event["who"]["kind"], "guest");
    let rung =
        event["ladder"].as_array().unwrap().iter().find(|r| r["state"] == "refused").unwrap();
    assert_eq!(rung["kind"], "identity-policy");
    assert!(
        event["fix"]["edit"].is_object(),
        "one statement would allow the request: {}",
        event["fix"]
    );
}

#[test]
fn a_trust_policy_for_another_identity_pool_denies_the_role() {
    let (mut host, ids) = photo_app();
    let wrong_pool = ids.identity_pool.replace(|c: char| c.is_ascii_digit(), "f");
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": wrong_pool}}
    }]});
    let update = [("RoleName", "photos-signed-in"), ("PolicyDocument", &*trust.to_string())];
    let admin = crate::common::credentials(STUDIO);
    assert_eq!(host.query(&admin, "iam.UpdateAssumeRolePolicy", &update).status, 200);
    let tokens = sign_in(&mut host, &ids);
    let logins = logins(&ids, tokens["IdToken"].as_str().unwrap());
    let id = get_id(&mut host, &ids, &logins).unwrap();
    let error = credentials(&mut host, &id, &logins).unwrap_err();
    assert_eq!(
        error,
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
    assert!(inner["fix"]["edit"].is_object(), "one value would allow the request");
}

#[test]
fn the_client_chooses_the_role_in_the_basic_flow() {
    let (mut host, ids) = photo_app();
    let tokens = sign_in(&mut host, &ids);
    let logins = logins(&ids, tokens["IdToken"].as_str().unwrap());
    let id = get_id(&mut host, &ids, &logins).unwrap();
    let output = host
        .public("cognito-identity.GetOpenIdToken", json!({"IdentityId": id, "Logins": logins}))
        .unwrap();
    let token = output["Token"].as_str().unwrap().to_owned();
    let assume = |host: &mut Host, role: &str| {
        host.send(crate::common::post(
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
    let response = assume(&mut host, "photos-signed-in");
    assert_eq!(response.status, 200, "{}", response.text());
    assert!(
        response
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
fn a_guest_who_signs_in_keeps_the_identity_id() {
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

fn policy(action: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})
        .to_string()
}

/// In the enhanced flow a guest has the permissions that both the role and the scope-down policy
/// allow; in the basic flow only the role applies.
#[test]
fn guest_permissions_are_scoped_down_in_the_enhanced_flow() {
    let (mut host, ids) = photo_app();
    let admin = crate::common::credentials(STUDIO);
    let all = policy("*");
    let put = [("RoleName", "photos-guest"), ("PolicyName", "all"), ("PolicyDocument", &*all)];
    assert_eq!(host.query(&admin, "iam.PutRolePolicy", &put).status, 200);
    let id = get_id(&mut host, &ids, &json!({})).unwrap();
    let key = credentials(&mut host, &id, &json!({})).unwrap();
    let refused = crate::common::error_summary(&host.query(&key, "iam.ListRoles", &[]));
    assert_eq!(
        refused,
        "403 AccessDenied: User: arn:aws:sts::111122223333:assumed-role/photos-guest/CognitoIdentityCredentials is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::111122223333:role/ because no session policy allows the iam:ListRoles action"
    );
    let event = last_event(&mut host);
    let rungs = event["ladder"].as_array().unwrap();
    let rung = |kind: &str| rungs.iter().find(|r| r["kind"] == kind).unwrap();
    assert_eq!(rung("identity-policy")["state"], "passed", "{rungs:?}");
    assert_eq!(rung("session-policy")["state"], "refused", "{rungs:?}");
    assert_eq!(s3(&mut host, &key, "PUT", "uploads/lake.jpg", "a lake").status, 200);

    let token = host.public("cognito-identity.GetOpenIdToken", json!({"IdentityId": id})).unwrap();
    let form = [
        ("Action", "AssumeRoleWithWebIdentity"),
        ("Version", "2011-06-15"),
        ("RoleArn", "arn:aws:iam::111122223333:role/photos-guest"),
        ("RoleSessionName", "app"),
        ("WebIdentityToken", token["Token"].as_str().unwrap()),
    ];
    let basic = host.send(crate::common::post("https://sts.us-east-1.amazonaws.com/", &form));
    let basic = crate::common::credentials_in(&basic);
    assert_eq!(host.query(&basic, "iam.ListRoles", &[]).status, 200);
}

const ROLES: [&str; 3] = ["editor", "viewer", "fan"];

fn arn(role: &str) -> String {
    format!("arn:aws:iam::111122223333:role/{role}")
}

/// The photo app with a role for the group `editors`, one for `viewers` and one for mapping rules.
fn with_roles(precedences: [i64; 2]) -> (Host, Ids) {
    let (mut host, ids) = photo_app();
    let admin = crate::common::credentials(STUDIO);
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": ids.identity_pool}}
    }]});
    for role in ROLES {
        let create = [("RoleName", role), ("AssumeRolePolicyDocument", &*trust.to_string())];
        assert_eq!(host.query(&admin, "iam.CreateRole", &create).status, 200);
    }
    for (group, role, precedence) in
        [("editors", "editor", precedences[0]), ("viewers", "viewer", precedences[1])]
    {
        host.admin(
            "cognito-idp.UpdateGroup",
            json!({"UserPoolId": ids.pool, "GroupName": group, "RoleArn": arn(role), "Precedence": precedence}),
        );
    }
    (host, ids)
}

/// The role that a user gets with a role mapping, or the error.
fn role_or_error(
    precedences: [i64; 2],
    user: &str,
    mapping: &Json,
    custom_role: Option<&str>,
) -> String {
    let (mut host, ids) = with_roles(precedences);
    let roles =
        json!({"authenticated": arn("photos-signed-in"), "unauthenticated": arn("photos-guest")});
    let key = format!("{}:{}", crate::common::photos::provider(&ids), ids.client);
    let input = json!({"IdentityPoolId": ids.identity_pool, "Roles": roles, "RoleMappings": {key: mapping}});
    host.admin("cognito-identity.SetIdentityPoolRoles", input);
    let password = if user == "ana" { "Ana-Photos-1!" } else { "Ben-Photos-1!" };
    let tokens = host.public(
        "cognito-idp.InitiateAuth",
        json!({
            "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": ids.client,
            "AuthParameters": {"USERNAME": user, "PASSWORD": password},
        }),
    );
    let token = tokens.unwrap()["AuthenticationResult"]["IdToken"].clone();
    let logins = logins(&ids, token.as_str().unwrap());
    let id = get_id(&mut host, &ids, &logins).unwrap();
    let mut input = json!({"IdentityId": id, "Logins": logins});
    if let Some(custom_role) = custom_role {
        input["CustomRoleArn"] = arn(custom_role).into();
    }
    match host.public("cognito-identity.GetCredentialsForIdentity", input) {
        Err(error) => {
            let event = last_event(&mut host);
            let rung =
                event["ladder"].as_array().unwrap().iter().find(|r| r["kind"] == "role-selection");
            assert_eq!(rung.unwrap()["state"], "refused");
            error
        }
        Ok(output) => {
            let output = &output["Credentials"];
            let part = |name: &str| output[name].as_str().unwrap().to_owned();
            let key = cognitab_wire::sigv4::Credentials {
                access_key_id: part("AccessKeyId"),
                secret_access_key: part("SecretKey"),
                session_token: Some(part("SessionToken")),
            };
            let identity = host.query(&key, "sts.GetCallerIdentity", &[]).text().into_owned();
            between(&identity, ":assumed-role/", "/").unwrap().to_owned()
        }
    }
}

/// Ana is in the group `editors`, Ben in `editors` and `viewers`.
#[test]
fn role_mappings_choose_the_role() {
    let token = |ambiguous: &str| json!({"Type": "Token", "AmbiguousRoleResolution": ambiguous});
    let rules = |ambiguous: &str, rules: &[(&str, &str, &str, &str)]| {
        let rule = |(claim, match_type, value, role): &(&str, &str, &str, &str)| json!({"Claim": claim, "MatchType": match_type, "Value": value, "RoleARN": arn(role)});
        let rules: Vec<Json> = rules.iter().map(rule).collect();
        json!({"Type": "Rules", "AmbiguousRoleResolution": ambiguous, "RulesConfiguration": {"Rules": rules}})
    };
    let denied = "NotAuthorizedException: Access denied";
    let email = ("email", "StartsWith", "ana@", "fan");
    let group = ("cognito:groups", "Contains", "viewers", "viewer");
    type Row<'a> = (&'a str, [i64; 2], &'a str, Json, Option<&'a str>, &'a str);
    let rows: Vec<Row<'_>> = vec![
        ("the role of the only group", [1, 2], "ana", token("Deny"), None, "editor"),
        (
            "the role of the group with the lowest precedence value",
            [1, 2],
            "ben",
            token("Deny"),
            None,
            "editor",
        ),
        ("the precedence values exchanged", [2, 1], "ben", token("Deny"), None, "viewer"),
        ("two groups with the same precedence", [1, 1], "ben", token("Deny"), None, denied),
        (
            "two groups with the same precedence, and a default role",
            [1, 1],
            "ben",
            token("AuthenticatedRole"),
            None,
            "photos-signed-in",
        ),
        (
            "CustomRoleArn among roles of the same precedence",
            [1, 1],
            "ben",
            token("Deny"),
            Some("viewer"),
            "viewer",
        ),
        (
            "CustomRoleArn of the second role",
            [1, 2],
            "ben",
            token("Deny"),
            Some("viewer"),
            "viewer",
        ),
        (
            "CustomRoleArn that is not in the token",
            [1, 2],
            "ana",
            token("AuthenticatedRole"),
            Some("viewer"),
            denied,
        ),
        ("a rule matches", [1, 2], "ana", rules("Deny", &[email]), None, "fan"),
        ("no rule matches", [1, 2], "ben", rules("Deny", &[email]), None, denied),
        (
            "no rule matches, and a default role",
            [1, 2],
            "ben",
            rules("AuthenticatedRole", &[email]),
            None,
            "photos-signed-in",
        ),
        (
            "a rule on the groups claim",
            [1, 2],
            "ben",
            rules("Deny", &[email, group]),
            None,
            "viewer",
        ),
        (
            "the first matching rule",
            [1, 2],
            "ana",
            rules("Deny", &[("name", "Equals", "Ana", "editor"), email]),
            None,
            "editor",
        ),
        (
            "values are case-sensitive",
            [1, 2],
            "ana",
            rules("Deny", &[("name", "Equals", "ana", "editor")]),
            None,
            denied,
        ),
        (
            "NotEqual with another value",
            [1, 2],
            "ana",
            rules("Deny", &[("name", "NotEqual", "Ben", "fan")]),
            None,
            "fan",
        ),
        (
            "NotEqual without the claim",
            [1, 2],
            "ana",
            rules("Deny", &[("custom:x", "NotEqual", "y", "fan")]),
            None,
            denied,
        ),
        (
            "CustomRoleArn of a later rule that matches",
            [1, 2],
            "ana",
            rules("Deny", &[email, ("name", "Equals", "Ana", "editor")]),
            Some("editor"),
            "editor",
        ),
        (
            "CustomRoleArn of a rule that does not match",
            [1, 2],
            "ana",
            rules("Deny", &[email, group]),
            Some("viewer"),
            denied,
        ),
    ];
    for (name, precedences, user, mapping, custom_role, role) in rows {
        assert_eq!(role_or_error(precedences, user, &mapping, custom_role), role, "{name}");
    }
}
