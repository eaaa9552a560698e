//! The control API for policies, the questions in events, and encoded authorization messages.

use crate::common::{ARCHIVE, Host, STUDIO, between, call, credentials, error_summary};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4::{self, Credentials};
use serde_json::{Value as Json, json};

const API: &str = "https://cognitab.invalid/_cognitab/policy/";

fn ask(host: &mut Host, name: &str, body: &Json) -> (u16, Json) {
    raw(host, name, body.to_string().as_bytes())
}

fn raw(host: &mut Host, name: &str, body: &[u8]) -> (u16, Json) {
    let (method, url) = (if body.is_empty() { "GET" } else { "POST" }, format!("{API}{name}"));
    let request = Request { method: method.into(), url, headers: Vec::new(), body: body.to_vec() };
    let response = host.send(request);
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

/// A request to the control API that succeeds.
fn api(host: &mut Host, name: &str, body: &Json) -> Json {
    let (status, answer) = ask(host, name, body);
    assert_eq!(status, 200, "{answer}");
    answer
}

fn s3(host: &mut Host, key: &Credentials, method: &str, path: &str) -> Response {
    let url = format!("https://s3.us-east-1.amazonaws.com/{path}");
    let mut request = Request { method: method.into(), url, headers: Vec::new(), body: Vec::new() };
    sigv4::sign(&mut request, key, "us-east-1", "s3", host.now);
    host.send(request)
}

/// A user of Studio with one inline policy.
fn user(host: &mut Host, name: &str, policy: &Json) -> Credentials {
    let studio = credentials(STUDIO);
    assert_eq!(call(host, &studio, "iam", "CreateUser", &[("UserName", name)]).status, 200);
    put(host, name, policy);
    let key =
        call(host, &studio, "iam", "CreateAccessKey", &[("UserName", name)]).text().into_owned();
    let part = |name: &str| between(&key, &format!("<{name}>"), "<").unwrap();
    credentials((part("AccessKeyId"), part("SecretAccessKey")))
}

fn put(host: &mut Host, name: &str, policy: &Json) {
    let text = policy.to_string();
    let input = [("UserName", name), ("PolicyName", "own"), ("PolicyDocument", text.as_str())];
    let put = call(host, &credentials(STUDIO), "iam", "PutUserPolicy", &input);
    assert_eq!(put.status, 200, "{}", put.text());
}

fn allow(action: &str, resource: &str) -> Json {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]})
}

/// The key of a user whose read from a bucket is refused, and the event.
fn refused(host: &mut Host) -> (Credentials, Json) {
    let eve = user(host, "eve", &allow("s3:GetObject", "arn:aws:s3:::photos/public/*"));
    assert_eq!(s3(host, &credentials(STUDIO), "PUT", "photos").status, 200);
    let answer = s3(host, &eve, "GET", "photos/private/a");
    assert_eq!(answer.status, 403, "{}", answer.text());
    (eve, host.events().pop().unwrap())
}

/// A question can come in a link: matching a resource of any length would block the page.
#[test]
fn a_resource_has_at_most_the_length_that_aws_allows() {
    let mut host = Host::empty();
    let question =
        |length: usize| json!({"action": "s3:GetObject", "resource": ":".repeat(length)});
    let asked = |length: usize| {
        let mut asked = question(length);
        asked["ask"] = json!("access");
        asked["principal"] = json!({"kind": "anonymous"});
        asked
    };
    for (name, fits, long) in
        [("judge", asked(2048), asked(2049)), ("who-could", question(2048), question(2049))]
    {
        let (status, answer) = ask(&mut host, name, &fits);
        assert_eq!(status, 200, "{name}: {answer}");
        let (status, answer) = ask(&mut host, name, &long);
        assert_eq!(status, 400, "{name}: {answer}");
        assert!(answer["error"].as_str().unwrap().contains("at most 2048"), "{answer}");
    }
}

#[test]
fn a_refusal_has_its_question_and_its_fix_allows_it() {
    let mut host = Host::empty();
    let (_, event) = refused(&mut host);
    let of = question_of(&mut host, &event["number"]);
    assert_eq!(of, event["case"]);
    assert_eq!(of["ask"], "access");
    assert_eq!(of["action"], "s3:GetObject");
    assert_eq!(of["identity"][0]["name"], "own");
    assert!(!of.to_string().contains("Secret"), "{of}");
    let judged = api(&mut host, "judge", &of);
    assert_eq!(judged["decision"]["allowed"], false);
    assert_eq!(judged["message"], event["refusal"]["message"]);
    assert_eq!(judged["fix"], event["fix"]);
    // The event keeps the question as it was, even if the policy changes.
    put(&mut host, "eve", &allow("s3:*", "*"));
    assert_eq!(question_of(&mut host, &event["number"]), of);
    let mut mended = of;
    mended["identity"][0]["document"] = allow("s3:*", "*");
    let judged = api(&mut host, "judge", &mended);
    assert_eq!((&judged["decision"]["allowed"], &judged["message"]), (&json!(true), &json!("")));
}

fn question_of(host: &mut Host, number: &Json) -> Json {
    let (status, case) = raw(host, &format!("case?event={number}"), b"");
    assert_eq!(status, 200, "{case}");
    case
}

#[test]
fn allowed_requests_have_their_question_and_sign_in_has_none() {
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
    let (status, answer) = raw(&mut host, &format!("case?event={}", event["number"]), b"");
    assert_eq!(status, 404);
    assert!(answer["error"].as_str().unwrap().ends_with("has no policy evaluation"));
}

/// The identity pool returns the error of STS: its event has the question that STS evaluated.
#[test]
fn a_refusal_by_sts_has_the_question_of_sts() {
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
    let of = question_of(&mut host, &event["number"]);
    assert_eq!((&of["ask"], &of["trust"]["name"]), (&json!("trust"), &json!("photos-guest")));
    let judged = api(&mut host, "judge", &of);
    assert_eq!(judged["message"], "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    assert_eq!(judged["fix"]["policy_kind"], "trust");
    // The account that refused the request can decode the message, which has no token.
    let inner =
        host.events().into_iter().find(|e| e["number"] == event["refusal"]["cause"]).unwrap();
    let decoded =
        decode(&mut host, &studio, inner["refusal"]["encoded"].as_str().unwrap()).unwrap();
    assert_eq!(decoded["context"]["action"], "sts:AssumeRoleWithWebIdentity");
    assert_eq!(decoded["context"]["resource"], "arn:aws:iam::111122223333:role/photos-guest");
    assert!(!decoded.to_string().contains("eyJ"), "{decoded}");
}

#[test]
fn who_could_names_users_roles_and_what_makes_it_so() {
    let mut host = Host::open("photo-app");
    user(&mut host, "eve", &allow("s3:GetObject", "arn:aws:s3:::studio-photos/publik/*"));
    let question = |path: &str| json!({"action": "s3:GetObject", "resource": format!("arn:aws:s3:::studio-photos/{path}")});
    let answer = api(&mut host, "who-could", &question("public/welcome.txt"));
    let names = |list: &Json| -> Vec<(String, String)> {
        let text = |one: &Json, name: &str| one[name].as_str().unwrap().to_owned();
        list.as_array().unwrap().iter().map(|one| (text(one, "kind"), text(one, "name"))).collect()
    };
    let pair = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
    assert_eq!(
        names(&answer["could"]),
        [pair("identity-pool", "photos-guest"), pair("user", "administrator")]
    );
    let guest = &answer["could"][0];
    assert_eq!(guest["pool"]["guest"], true);
    assert_eq!(guest["account"], "111122223333");
    assert_eq!(guest["trusts"], json!(["cognito-identity.amazonaws.com"]));
    assert!(guest["policies"].as_array().unwrap().contains(&json!("photos-guest")), "{guest}");
    assert_eq!(api(&mut host, "judge", &guest["case"])["decision"]["allowed"], true);
    // One typing error away, with the rung that stops it.
    let eve = answer["nearly"].as_array().unwrap().iter().find(|one| one["name"] == "eve").unwrap();
    assert_eq!(eve["stopped"]["kind"], "identity-policy");

    // A user's own folder: only the identity that the resource names has access.
    let body = host.send(crate::common::get("https://cognitab.invalid/_cognitab/scenario")).body;
    let pool = serde_json::from_slice::<Json>(&body).unwrap()["values"]["identityPool"].clone();
    let id = host.public("cognito-identity.GetId", json!({"IdentityPoolId": pool})).unwrap();
    let own = question(&format!("private/{}/a", id["IdentityId"].as_str().unwrap()));
    let own = api(&mut host, "who-could", &own);
    assert!(names(&own["could"]).contains(&pair("identity-pool", "photos-signed-in")), "{own}");
    let nobody = api(&mut host, "who-could", &question("private/nobody/a"));
    assert_eq!(names(&nobody["could"]), [pair("user", "administrator")]);
}

#[test]
fn an_identity_pool_that_the_trust_policy_does_not_allow_hands_nothing_out() {
    let mut host = Host::open("photo-app");
    let trust = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"}]})
    .to_string();
    let update = [("RoleName", "photos-guest"), ("PolicyDocument", trust.as_str())];
    let studio = credentials(STUDIO);
    assert_eq!(call(&mut host, &studio, "iam", "UpdateAssumeRolePolicy", &update).status, 200);
    let question = json!({"action": "s3:GetObject", "resource": "arn:aws:s3:::studio-photos/public/welcome.txt"});
    let answer = api(&mut host, "who-could", &question);
    let role = answer["could"].as_array().unwrap().iter().find(|one| one["name"] == "photos-guest");
    assert_eq!(role.unwrap()["kind"], "role");
    assert_eq!(role.unwrap()["trusts"], json!(["444455556666"]));
    let pool =
        answer["nearly"].as_array().unwrap().iter().find(|one| one["kind"] == "identity-pool");
    assert_eq!(pool.unwrap()["stopped"]["kind"], "trust-principal");
}

#[test]
fn subjects_fill_in_a_question_by_hand() {
    let mut host = Host::open("photo-app");
    let (_, all) = raw(&mut host, "subjects", b"");
    let named = |list: &str, key: &str, name: &str| {
        all[list].as_array().unwrap().iter().find(|one| one[key] == name).cloned().unwrap()
    };
    let role = named("principals", "name", "photos-signed-in");
    assert_eq!(role["trust"]["document"]["Version"], "2012-10-17");
    assert_eq!(role["principal"]["kind"], "session");
    let bucket = named("resources", "arn", "arn:aws:s3:::studio-photos");
    assert_eq!((&bucket["account"], &bucket["policy"]), (&json!("111122223333"), &Json::Null));
    named("resources", "arn", "arn:aws:dynamodb:us-east-1:111122223333:table/studio-albums");
    assert_eq!(named("offers", "role", role["arn"].as_str().unwrap())["guest"], false);
    let question = json!({"ask": "access", "principal": role["principal"], "identity": role["identity"],
        "action": "s3:GetObject", "resource": "arn:aws:s3:::studio-photos/uploads/a"});
    assert_eq!(api(&mut host, "judge", &question)["decision"]["allowed"], true);
}

#[test]
fn a_draft_is_checked() {
    let mut host = Host::empty();
    let draft = json!({"kind": "identity", "text": "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\"}]\n}"});
    let found = api(&mut host, "check", &draft);
    assert_eq!(found["findings"][0]["message"], "Policy statement must contain resources.");
    assert_eq!(found["findings"][0]["line"], 3);
}

#[test]
fn an_invalid_request_is_answered_with_an_error_message() {
    let mut host = Host::empty();
    for (name, body, words) in [
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
        let (status, answer) = raw(&mut host, name, body.as_bytes());
        let error = answer["error"].as_str().unwrap();
        assert!(status == 400 && error.starts_with(words), "{name} {body}: {status} {error}");
    }
    assert_eq!(raw(&mut host, "case", b"").0, 400);
    assert_eq!(raw(&mut host, "case?event=99", b"").0, 404);
    assert_eq!(raw(&mut host, "nothing", b"").0, 404);
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
fn an_encoded_message_is_decoded_in_its_world_by_those_who_may() {
    let mut host = Host::empty();
    let (eve, event) = refused(&mut host);
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
    let swap = if message.ends_with('A') { "B" } else { "A" };
    let tampered = format!("{}{swap}", &message[..message.len() - 1]);
    for wrong in [tampered.as_str(), "junk", &message[..40]] {
        assert_eq!(decode(&mut host, &studio, wrong).unwrap_err(), invalid);
    }
    assert_eq!(decode(&mut host, &credentials(ARCHIVE), &message).unwrap_err(), invalid);
    let mut other = Host::open("photo-app");
    other.world = cognitab_broker::scenario::empty(crate::common::NOW, 8);
    assert_eq!(decode(&mut other, &studio, &message).unwrap_err(), invalid);
}

#[test]
fn there_is_no_encoded_message_without_an_account_that_could_decode_it() {
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
fn an_encoded_explicit_deny_has_its_statements() {
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
