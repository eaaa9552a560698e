//! The whole chain: a token of a user pool becomes credentials of a role and an object in a
//! bucket, or is refused by the station that says no.

use crate::common::photos::{Ids, credentials, get_id, logins, photo_app, s3, sign_in};
use crate::common::{Host, STUDIO, between};
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
    let read = cognitab_jose::Token::parse(token).unwrap();
    let keys = host
        .send(crate::common::get("https://cognito-identity.amazonaws.com/.well-known/jwks_uri"));
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
    let admin = crate::common::credentials(STUDIO);
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

fn policy(action: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})
        .to_string()
}

/// A guest of the enhanced flow may do what role and scope-down both allow; in the basic flow the
/// role alone counts.
#[test]
fn guests_are_scoped_down_in_the_enhanced_flow() {
    let (mut host, ids) = photo_app();
    let admin = crate::common::credentials(STUDIO);
    let all = policy("*");
    let put = [("RoleName", "photos-guest"), ("PolicyName", "all"), ("PolicyDocument", &*all)];
    assert_eq!(host.query(&admin, "iam.PutRolePolicy", &put).status, 200);
    let id = get_id(&mut host, &ids, &json!({})).unwrap();
    let key = credentials(&mut host, &id, &json!({})).unwrap();
    let refused = crate::common::refusal(&host.query(&key, "iam.ListRoles", &[]));
    assert_eq!(
        refused,
        "403 AccessDenied: User: arn:aws:sts::111122223333:assumed-role/photos-guest/CognitoIdentityCredentials is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::111122223333:role/ because no session policy allows the iam:ListRoles action"
    );
    let event = last(&mut host);
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
    let basic = crate::common::given(&basic);
    assert_eq!(host.query(&basic, "iam.ListRoles", &[]).status, 200);
}

const ROLES: [&str; 3] = ["editor", "viewer", "fan"];

fn arn(role: &str) -> String {
    format!("arn:aws:iam::111122223333:role/{role}")
}

/// The photo app with a role each for editors and viewers, and one for rules.
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
        let make = [("RoleName", role), ("AssumeRolePolicyDocument", &*trust.to_string())];
        assert_eq!(host.query(&admin, "iam.CreateRole", &make).status, 200);
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

/// The role that a user gets under a mapping, or the refusal.
fn role_of(precedences: [i64; 2], user: &str, mapping: &Json, custom: Option<&str>) -> String {
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
    if let Some(custom) = custom {
        input["CustomRoleArn"] = arn(custom).into();
    }
    match host.public("cognito-identity.GetCredentialsForIdentity", input) {
        Err(refused) => {
            let outer = last(&mut host);
            let rung =
                outer["ladder"].as_array().unwrap().iter().find(|r| r["kind"] == "role-selection");
            assert_eq!(rung.unwrap()["state"], "refused");
            refused
        }
        Ok(given) => {
            let given = &given["Credentials"];
            let part = |name: &str| given[name].as_str().unwrap().to_owned();
            let key = cognitab_wire::sigv4::Credentials {
                access_key_id: part("AccessKeyId"),
                secret_access_key: part("SecretKey"),
                session_token: Some(part("SessionToken")),
            };
            let who = host.query(&key, "sts.GetCallerIdentity", &[]).text().into_owned();
            between(&who, ":assumed-role/", "/").unwrap().to_owned()
        }
    }
}

/// Ana edits, Ben edits and views.
#[test]
fn mappings_choose_the_role() {
    let token = |otherwise: &str| json!({"Type": "Token", "AmbiguousRoleResolution": otherwise});
    let rules = |otherwise: &str, rules: &[(&str, &str, &str, &str)]| {
        let rule = |(claim, kind, value, role): &(&str, &str, &str, &str)| json!({"Claim": claim, "MatchType": kind, "Value": value, "RoleARN": arn(role)});
        let rules: Vec<Json> = rules.iter().map(rule).collect();
        json!({"Type": "Rules", "AmbiguousRoleResolution": otherwise, "RulesConfiguration": {"Rules": rules}})
    };
    let denied = "NotAuthorizedException: Access denied";
    let email = ("email", "StartsWith", "ana@", "fan");
    let group = ("cognito:groups", "Contains", "viewers", "viewer");
    type Row<'a> = (&'a str, [i64; 2], &'a str, Json, Option<&'a str>, &'a str);
    let rows: Vec<Row<'_>> = vec![
        ("the group's role", [1, 2], "ana", token("Deny"), None, "editor"),
        ("the first group's role", [1, 2], "ben", token("Deny"), None, "editor"),
        ("the other group comes first", [2, 1], "ben", token("Deny"), None, "viewer"),
        ("two groups come first", [1, 1], "ben", token("Deny"), None, denied),
        (
            "two groups, then the default",
            [1, 1],
            "ben",
            token("AuthenticatedRole"),
            None,
            "photos-signed-in",
        ),
        ("one of several, asked for", [1, 1], "ben", token("Deny"), Some("viewer"), "viewer"),
        ("the second, asked for", [1, 2], "ben", token("Deny"), Some("viewer"), "viewer"),
        ("not offered", [1, 2], "ana", token("AuthenticatedRole"), Some("viewer"), denied),
        ("a rule", [1, 2], "ana", rules("Deny", &[email]), None, "fan"),
        ("no rule", [1, 2], "ben", rules("Deny", &[email]), None, denied),
        (
            "no rule, then the default",
            [1, 2],
            "ben",
            rules("AuthenticatedRole", &[email]),
            None,
            "photos-signed-in",
        ),
        ("a rule over groups", [1, 2], "ben", rules("Deny", &[email, group]), None, "viewer"),
        (
            "the first rule",
            [1, 2],
            "ana",
            rules("Deny", &[("name", "Equals", "Ana", "editor"), email]),
            None,
            "editor",
        ),
        (
            "the case counts",
            [1, 2],
            "ana",
            rules("Deny", &[("name", "Equals", "ana", "editor")]),
            None,
            denied,
        ),
        (
            "anything else",
            [1, 2],
            "ana",
            rules("Deny", &[("name", "NotEqual", "Ben", "fan")]),
            None,
            "fan",
        ),
        (
            "nothing is not anything else",
            [1, 2],
            "ana",
            rules("Deny", &[("custom:x", "NotEqual", "y", "fan")]),
            None,
            denied,
        ),
        (
            "a later rule, asked for",
            [1, 2],
            "ana",
            rules("Deny", &[email, ("name", "Equals", "Ana", "editor")]),
            Some("editor"),
            "editor",
        ),
        (
            "a rule that does not match, asked for",
            [1, 2],
            "ana",
            rules("Deny", &[email, group]),
            Some("viewer"),
            denied,
        ),
    ];
    for (name, precedences, user, mapping, custom, role) in rows {
        assert_eq!(role_of(precedences, user, &mapping, custom), role, "{name}");
    }
}
