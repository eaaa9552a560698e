//! The control API for policies, the access requests in events, and encoded authorization messages.

use crate::common::{ARCHIVE, Host, STUDIO, between, call, credentials, error_summary};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4::{self, Credentials};
use serde_json::{Value as Json, json};

const API: &str = "https://cognitab.invalid/_cognitab/policy/";

fn post_json(host: &mut Host, name: &str, body: &Json) -> (u16, Json) {
    send(host, name, body.to_string().as_bytes())
}

fn send(host: &mut Host, name: &str, body: &[u8]) -> (u16, Json) {
    let (method, url) = (if body.is_empty() { "GET" } else { "POST" }, format!("{API}{name}"));
    let request = Request { method: method.into(), url, headers: Vec::new(), body: body.to_vec() };
    let response = host.send(request);
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

/// Calls the control API, which must succeed, and returns the response.
fn call_api(host: &mut Host, name: &str, body: &Json) -> Json {
    let (status, answer) = post_json(host, name, body);
    assert_eq!(status, 200, "{answer}");
    answer
}

fn s3(host: &mut Host, key: &Credentials, method: &str, path: &str) -> Response {
    let url = format!("https://s3.us-east-1.amazonaws.com/{path}");
    let mut request = Request { method: method.into(), url, headers: Vec::new(), body: Vec::new() };
    sigv4::sign(&mut request, key, "us-east-1", "s3", host.now);
    host.send(request)
}

/// Creates a user in Studio with one inline policy, and returns an access key of the user.
fn user(host: &mut Host, name: &str, policy: &Json) -> Credentials {
    let studio = credentials(STUDIO);
    assert_eq!(call(host, &studio, "iam", "CreateUser", &[("UserName", name)]).status, 200);
    put_policy(host, name, policy);
    let key =
        call(host, &studio, "iam", "CreateAccessKey", &[("UserName", name)]).text().into_owned();
    let part = |name: &str| between(&key, &format!("<{name}>"), "<").unwrap();
    credentials((part("AccessKeyId"), part("SecretAccessKey")))
}

fn put_policy(host: &mut Host, name: &str, policy: &Json) {
    let text = policy.to_string();
    let input = [("UserName", name), ("PolicyName", "own"), ("PolicyDocument", text.as_str())];
    let response = call(host, &credentials(STUDIO), "iam", "PutUserPolicy", &input);
    assert_eq!(response.status, 200, "{}", response.text());
}

fn allow(action: &str, resource: &str) -> Json {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]})
}

/// Reads from a bucket as a user who is denied. Returns the user's access key and the event.
fn event_of_refused_read(host: &mut Host) -> (Credentials, Json) {
    let eve = user(host, "eve", &allow("s3:GetObject", "arn:aws:s3:::photos/public/*"));
    assert_eq!(s3(host, &credentials(STUDIO), "PUT", "photos").status, 200);
    let answer = s3(host, &eve, "GET", "photos/private/a");
    assert_eq!(answer.status, 403, "{}", answer.text());
    (eve, host.events().pop().unwrap())
}

/// An access request can come from a link: matching a resource without a length limit could block the
/// page.
#[test]
fn a_resource_is_limited_to_the_length_that_aws_allows() {
    let mut host = Host::empty();
    let who_could_request =
        |length: usize| json!({"action": "s3:GetObject", "resource": ":".repeat(length)});
    let access_request = |length: usize| {
        let mut access_request = who_could_request(length);
        access_request["ask"] = json!("access");
        access_request["principal"] = json!({"kind": "anonymous"});
        access_request
    };
    for (name, longest, too_long) in [
        ("judge", access_request(2048), access_request(2049)),
        ("who-could", who_could_request(2048), who_could_request(2049)),
    ] {
        let (status, output) = post_json(&mut host, name, &longest);
        assert_eq!(status, 200, "{name}: {output}");
        let (status, output) = post_json(&mut host, name, &too_long);
        assert_eq!(status, 400, "{name}: {output}");
        assert!(output["error"].as_str().unwrap().contains("at most 2048"), "{output}");
    }
}

#[test]
fn the_event_of_a_denied_request_has_its_access_request_and_fix() {
    let mut host = Host::empty();
    let (_, event) = event_of_refused_read(&mut host);
    let access_request = access_request_of(&mut host, &event["number"]);
    assert_eq!(access_request, event["case"]);
    assert_eq!(access_request["ask"], "access");
    assert_eq!(access_request["action"], "s3:GetObject");
    assert_eq!(access_request["identity"][0]["name"], "own");
    assert!(!access_request.to_string().contains("Secret"), "{access_request}");
    let evaluation = call_api(&mut host, "judge", &access_request);
    assert_eq!(evaluation["decision"]["allowed"], false);
    assert_eq!(evaluation["message"], event["refusal"]["message"]);
    assert_eq!(evaluation["fix"], event["fix"]);
    // A later policy change does not change the access request in the event.
    put_policy(&mut host, "eve", &allow("s3:*", "*"));
    assert_eq!(access_request_of(&mut host, &event["number"]), access_request);
    let mut fixed = access_request;
    fixed["identity"][0]["document"] = allow("s3:*", "*");
    let evaluation = call_api(&mut host, "judge", &fixed);
    assert_eq!(
        (&evaluation["decision"]["allowed"], &evaluation["message"]),
        (&json!(true), &json!(""))
    );
}

fn access_request_of(host: &mut Host, number: &Json) -> Json {
    let (status, access_request) = send(host, &format!("case?event={number}"), b"");
    assert_eq!(status, 200, "{access_request}");
    access_request
}

#[test]
fn an_allowed_request_has_an_access_request_and_a_sign_in_has_none() {
    let mut host = Host::open("photo-app");
    assert_eq!(
        s3(&mut host, &credentials(STUDIO), "GET", "studio-photos/public/welcome.txt").status,
        200
    );
    let event = host.events().pop().unwrap();
    assert_eq!(event["case"]["identity"][0]["fixed"], Json::Null);
    assert_eq!(event["case"]["resource"], "arn:aws:s3:::studio-photos/public/welcome.txt");
    let scenario =
        host.send(crate::common::get("https://cognitab.invalid/_cognitab/scenario")).body;
    let scenario: Json = serde_json::from_slice(&scenario).unwrap();
    let input = json!({"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": scenario["values"]["client"],
        "AuthParameters": {"USERNAME": "ana", "PASSWORD": "Ana-Photos-1!"}});
    host.public("cognito-idp.InitiateAuth", input).unwrap();
    let event = host.events().pop().unwrap();
    assert_eq!((&event["call"], &event["case"]), (&json!("InitiateAuth"), &Json::Null));
    let (status, answer) = send(&mut host, &format!("case?event={}", event["number"]), b"");
    assert_eq!(status, 404);
    assert!(answer["error"].as_str().unwrap().starts_with("no policy was evaluated in event"));
}

/// The identity pool returns the error of STS: its event has the access request that STS evaluated.
#[test]
fn an_error_from_sts_has_the_access_request_that_sts_evaluated() {
    let mut host = Host::open("photo-app");
    let scenario =
        host.send(crate::common::get("https://cognitab.invalid/_cognitab/scenario")).body;
    let scenario: Json = serde_json::from_slice(&scenario).unwrap();
    let trust = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": "us-east-1:elsewhere"}}}]})
    .to_string();
    let update = [("RoleName", "photos-guest"), ("PolicyDocument", trust.as_str())];
    let studio = credentials(STUDIO);
    assert_eq!(call(&mut host, &studio, "iam", "UpdateAssumeRolePolicy", &update).status, 200);
    let pool = json!({"IdentityPoolId": scenario["values"]["identityPool"]});
    let guest = host.public("cognito-identity.GetId", pool).unwrap();
    host.public("cognito-identity.GetCredentialsForIdentity", guest).unwrap_err();
    let event = host.events().into_iter().find(|e| e["refusal"]["cause"].is_u64()).unwrap();
    let access_request = access_request_of(&mut host, &event["number"]);
    assert_eq!(
        (&access_request["ask"], &access_request["trust"]["name"]),
        (&json!("trust"), &json!("photos-guest"))
    );
    let evaluation = call_api(&mut host, "judge", &access_request);
    assert_eq!(evaluation["message"], "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    assert_eq!(evaluation["fix"]["policy_kind"], "trust");
    // The account of the role can decode the message, which does not contain the token.
    let inner =
        host.events().into_iter().find(|e| e["number"] == event["refusal"]["cause"]).unwrap();
    let decoded =
        decode(&mut host, &studio, inner["refusal"]["encoded"].as_str().unwrap()).unwrap();
    assert_eq!(decoded["context"]["action"], "sts:AssumeRoleWithWebIdentity");
    assert_eq!(decoded["context"]["resource"], "arn:aws:iam::111122223333:role/photos-guest");
    assert!(!decoded.to_string().contains("eyJ"), "{decoded}");
}

#[test]
fn who_could_lists_principals_and_the_policies_that_allow_them() {
    let mut host = Host::open("photo-app");
    user(&mut host, "eve", &allow("s3:GetObject", "arn:aws:s3:::studio-photos/publik/*"));
    let request = |path: &str| json!({"action": "s3:GetObject", "resource": format!("arn:aws:s3:::studio-photos/{path}")});
    let output = call_api(&mut host, "who-could", &request("public/welcome.txt"));
    let names = |list: &Json| -> Vec<(String, String)> {
        let text = |entry: &Json, name: &str| entry[name].as_str().unwrap().to_owned();
        list.as_array()
            .unwrap()
            .iter()
            .map(|entry| (text(entry, "kind"), text(entry, "name")))
            .collect()
    };
    let pair = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
    assert_eq!(
        names(&output["could"]),
        [pair("identity-pool", "photos-guest"), pair("user", "administrator")]
    );
    let guest = &output["could"][0];
    assert_eq!(guest["pool"]["guest"], true);
    assert_eq!(guest["account"], "111122223333");
    assert_eq!(guest["trusts"], json!(["cognito-identity.amazonaws.com"]));
    assert!(guest["policies"].as_array().unwrap().contains(&json!("photos-guest")), "{guest}");
    assert_eq!(call_api(&mut host, "judge", &guest["case"])["decision"]["allowed"], true);
    // A typing error in the policy: the entry names the rung that denies the request.
    let eve =
        output["nearly"].as_array().unwrap().iter().find(|entry| entry["name"] == "eve").unwrap();
    assert_eq!(eve["stopped"]["kind"], "identity-policy");

    // A private folder: only the identity that the resource names has access.
    let body = host.send(crate::common::get("https://cognitab.invalid/_cognitab/scenario")).body;
    let pool = serde_json::from_slice::<Json>(&body).unwrap()["values"]["identityPool"].clone();
    let id = host.public("cognito-identity.GetId", json!({"IdentityPoolId": pool})).unwrap();
    let own_folder = request(&format!("private/{}/a", id["IdentityId"].as_str().unwrap()));
    let own_folder = call_api(&mut host, "who-could", &own_folder);
    assert!(
        names(&own_folder["could"]).contains(&pair("identity-pool", "photos-signed-in")),
        "{own_folder}"
    );
    let nobody = call_api(&mut host, "who-could", &request("private/nobody/a"));
    assert_eq!(names(&nobody["could"]), [pair("user", "administrator")]);
}

#[test]
fn a_role_that_does_not_trust_the_identity_pool_is_not_available_through_it() {
    let mut host = Host::open("photo-app");
    let trust = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"}]})
    .to_string();
    let update = [("RoleName", "photos-guest"), ("PolicyDocument", trust.as_str())];
    let studio = credentials(STUDIO);
    assert_eq!(call(&mut host, &studio, "iam", "UpdateAssumeRolePolicy", &update).status, 200);
    let request = json!({"action": "s3:GetObject", "resource": "arn:aws:s3:::studio-photos/public/welcome.txt"});
    let output = call_api(&mut host, "who-could", &request);
    let role =
        output["could"].as_array().unwrap().iter().find(|entry| entry["name"] == "photos-guest");
    assert_eq!(role.unwrap()["kind"], "role");
    assert_eq!(role.unwrap()["trusts"], json!(["444455556666"]));
    let pool =
        output["nearly"].as_array().unwrap().iter().find(|entry| entry["kind"] == "identity-pool");
    assert_eq!(pool.unwrap()["stopped"]["kind"], "trust-principal");
}

#[test]
fn subjects_are_the_principals_and_resources_of_an_access_request() {
    let mut host = Host::open("photo-app");
    let (_, subjects) = send(&mut host, "subjects", b"");
    let find = |list: &str, key: &str, name: &str| {
        subjects[list].as_array().unwrap().iter().find(|entry| entry[key] == name).cloned().unwrap()
    };
    let role = find("principals", "name", "photos-signed-in");
    assert_eq!(role["trust"]["document"]["Version"], "2012-10-17");
    assert_eq!(role["principal"]["kind"], "session");
    let bucket = find("resources", "arn", "arn:aws:s3:::studio-photos");
    assert_eq!((&bucket["account"], &bucket["policy"]), (&json!("111122223333"), &Json::Null));
    find("resources", "arn", "arn:aws:dynamodb:us-east-1:111122223333:table/studio-albums");
    assert_eq!(find("offers", "role", role["arn"].as_str().unwrap())["guest"], false);
    let access_request = json!({"ask": "access", "principal": role["principal"], "identity": role["identity"],
        "action": "s3:GetObject", "resource": "arn:aws:s3:::studio-photos/uploads/a"});
    assert_eq!(call_api(&mut host, "judge", &access_request)["decision"]["allowed"], true);
}

#[test]
fn check_reports_the_findings_of_a_draft_policy() {
    let mut host = Host::empty();
    let draft = json!({"kind": "identity", "text": "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\"}]\n}"});
    let output = call_api(&mut host, "check", &draft);
    assert_eq!(output["findings"][0]["message"], "Policy statement must contain resources.");
    assert_eq!(output["findings"][0]["line"], 3);
}

#[test]
fn an_invalid_request_returns_an_error_message() {
    let mut host = Host::empty();
    for (name, body, expected) in [
        ("judge", "{", "the body is invalid: EOF"),
        ("judge", "[]", "the body is invalid: `ask` must be"),
        ("judge", r#"{"ask":"access"}"#, "the body is invalid: missing field `principal`"),
        (
            "judge",
            r#"{"ask":"access","principal":{"kind":"anonymous"},"action":"a:b","resource":"*","identity":[{"name":"p","document":{}}]}"#,
            "p: ",
        ),
        ("check", r#"{"kind":"novel","text":""}"#, "the body is invalid: unknown variant `novel`"),
        (
            "who-could",
            r#"{"action":"s3:GetObject"}"#,
            "the body is invalid: missing field `resource`",
        ),
        ("who-could", "7", "the body is invalid: "),
    ] {
        let (status, output) = send(&mut host, name, body.as_bytes());
        let error = output["error"].as_str().unwrap();
        assert!(status == 400 && error.starts_with(expected), "{name} {body}: {status} {error}");
    }
    assert_eq!(send(&mut host, "case", b"").0, 400);
    assert_eq!(send(&mut host, "case?event=99", b"").0, 404);
    assert_eq!(send(&mut host, "nothing", b"").0, 404);
}

fn decode(host: &mut Host, key: &Credentials, message: &str) -> Result<Json, String> {
    let answer =
        call(host, key, "sts", "DecodeAuthorizationMessage", &[("EncodedMessage", message)]);
    if answer.status != 200 {
        return Err(error_summary(&answer));
    }
    let text = answer.text().replace("&quot;", "\"");
    let decoded = between(&text, "<DecodedMessage>", "</DecodedMessage>").unwrap();
    Ok(serde_json::from_str(decoded).unwrap())
}

#[test]
fn decoding_an_authorization_message_needs_permission_in_its_account_and_world() {
    let mut host = Host::empty();
    let (eve, event) = event_of_refused_read(&mut host);
    let message = event["refusal"]["encoded"].as_str().unwrap().to_owned();
    let studio = credentials(STUDIO);
    let decoded = decode(&mut host, &studio, &message).unwrap();
    assert_eq!((&decoded["allowed"], &decoded["explicitDeny"]), (&json!(false), &json!(false)));
    assert_eq!(decoded["matchedStatements"], json!({"items": []}));
    assert_eq!(decoded["failures"], json!({"items": []}));
    let context = &decoded["context"];
    assert_eq!(context["principal"]["arn"], "arn:aws:iam::111122223333:user/eve");
    assert!(context["principal"]["id"].as_str().unwrap().starts_with("AIDA"));
    assert_eq!(context["action"], "s3:GetObject");
    assert_eq!(context["resource"], "arn:aws:s3:::photos/private/a");
    let source = json!({"key": "aws:SourceIp", "values": {"items": [{"value": "192.0.2.1"}]}});
    assert!(context["conditions"]["items"].as_array().unwrap().contains(&source), "{context}");

    assert_eq!(
        decode(&mut host, &eve, &message).unwrap_err(),
        "403 AccessDenied: User: arn:aws:iam::111122223333:user/eve is not authorized to perform: sts:DecodeAuthorizationMessage because no identity-based policy allows the sts:DecodeAuthorizationMessage action"
    );
    let invalid = "400 InvalidAuthorizationMessageException: Message is not valid";
    let last_character = if message.ends_with('A') { "B" } else { "A" };
    let tampered = format!("{}{last_character}", &message[..message.len() - 1]);
    for malformed in [tampered.as_str(), "junk", &message[..40]] {
        assert_eq!(decode(&mut host, &studio, malformed).unwrap_err(), invalid);
    }
    assert_eq!(decode(&mut host, &credentials(ARCHIVE), &message).unwrap_err(), invalid);
    let mut other = Host::open("photo-app");
    other.world = cognitab_broker::scenario::empty(crate::common::NOW, 8);
    assert_eq!(decode(&mut other, &studio, &message).unwrap_err(), invalid);
}

#[test]
fn an_anonymous_request_gets_no_encoded_message() {
    let mut host = Host::empty();
    assert_eq!(s3(&mut host, &credentials(STUDIO), "PUT", "photos").status, 200);
    let url = "https://s3.us-east-1.amazonaws.com/photos/private/a".to_owned();
    let unsigned = Request { method: "GET".into(), url, ..Request::default() };
    assert_eq!(host.send(unsigned).status, 403);
    let event = host.events().pop().unwrap();
    assert_eq!(event["case"]["principal"]["kind"], "anonymous");
    assert!(event["refusal"].get("encoded").is_none(), "{}", event["refusal"]);
}

#[test]
fn a_decoded_explicit_deny_lists_the_matched_statements() {
    let mut host = Host::empty();
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Sid": "NotThese", "Effect": "Deny", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::photos/private/*",
            "Condition": {"StringNotEquals": {"aws:username": "ana"}}},
    ]});
    let eve = user(&mut host, "eve", &policy);
    assert_eq!(s3(&mut host, &credentials(STUDIO), "PUT", "photos").status, 200);
    assert_eq!(s3(&mut host, &eve, "GET", "photos/private/a").status, 403);
    let event = host.events().pop().unwrap();
    let message = event["refusal"]["encoded"].as_str().unwrap().to_owned();
    let decoded = decode(&mut host, &credentials(STUDIO), &message).unwrap();
    assert_eq!(decoded["explicitDeny"], true);
    let statement = &decoded["matchedStatements"]["items"][0];
    assert_eq!(
        (&statement["statementId"], &statement["effect"]),
        (&json!("NotThese"), &json!("DENY"))
    );
    assert_eq!(statement["actions"], json!({"items": [{"value": "s3:GetObject"}]}));
    assert_eq!(
        statement["resources"],
        json!({"items": [{"value": "arn:aws:s3:::photos/private/*"}]})
    );
    let condition =
        json!({"items": [{"key": "aws:username", "values": {"items": [{"value": "ana"}]}}]});
    assert_eq!(statement["conditions"], condition);
}
