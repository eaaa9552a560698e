//! Whatever a client sends, the broker answers, and a refusal changes nothing but the log.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, Credentials};
use common::{Host, STUDIO};
use proptest::prelude::*;

const HOSTS: &[&str] = &[
    "cognito-idp.us-east-1.amazonaws.com",
    "cognito-identity.us-east-1.amazonaws.com",
    "cognito-sync.us-east-1.amazonaws.com",
    "sts.us-east-1.amazonaws.com",
    "iam.amazonaws.com",
    "b.s3.us-east-1.amazonaws.com",
    "s3.us-east-1.amazonaws.com",
    "dynamodb.us-east-1.amazonaws.com",
    "photos-demo.auth.us-east-1.amazoncognito.com",
    "127.0.0.1:4566",
    "",
];

/// Names of all operations with the prefix under which JSON services are asked for them.
fn calls() -> Vec<(&'static str, &'static str, &'static str)> {
    let target = |name| match name {
        "cognito-idp" => "AWSCognitoIdentityProviderService",
        "cognito-identity" => "AWSCognitoIdentityService",
        _ => "DynamoDB_20120810",
    };
    cognitab_broker::services()
        .iter()
        .flat_map(|s| s.operations.iter().map(move |o| (s.name, target(s.name), o.name)))
        .collect()
}

fn send_signed(host: &mut Host, service: &str, mut request: Request) -> u16 {
    let (id, secret) = STUDIO;
    let credentials = Credentials {
        access_key_id: id.into(),
        secret_access_key: secret.into(),
        session_token: None,
    };
    sigv4::sign(&mut request, &credentials, "us-east-1", service, host.now);
    host.send(request).status
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[ -~]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names = prop_oneof![
            Just("TableName".to_owned()),
            Just("Key".to_owned()),
            Just("Item".to_owned()),
            Just("UserPoolId".to_owned()),
            Just("Username".to_owned()),
            Just("S".to_owned()),
            "[A-Za-z]{1,8}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::btree_map(names, inner, 0..5)
                .prop_map(|m| serde_json::Value::Object(m.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_request_is_answered(
        method in "GET|PUT|POST|HEAD|DELETE|OPTIONS|x",
        host in 0..HOSTS.len(),
        path in "(/|[a-z%?=&+.~-]|/login|/oauth2/token|/_cognitab/){0,6}",
        headers in prop::collection::vec(("authorization|x-amz-date|x-amz-target|content-type|cookie|host|range", "[ -~]{0,40}"), 0..4),
        body in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut world = Host::empty();
        let url = format!("https://{}/{path}", HOSTS[host]);
        let status = world.send(Request { method, url, headers, body }).status;
        prop_assert!((200..600).contains(&status));
    }

    #[test]
    fn any_input_of_any_operation_is_answered(call in 0..calls().len(), input in json()) {
        let (service, target, name) = calls()[call];
        let mut host = Host::empty();
        let headers = vec![("x-amz-target".into(), format!("{target}.{name}"))];
        let url = format!("https://{service}.us-east-1.amazonaws.com/");
        let body = input.to_string().into_bytes();
        let status = send_signed(&mut host, service, Request { method: "POST".into(), url, headers, body });
        prop_assert!((200..500).contains(&status), "{name}: {status}");
    }

    #[test]
    fn any_question_about_policies_is_answered(
        name in "judge|check|who-could|of",
        kind in "user|session|web-identity|anonymous|x",
        text in "[ -~]{0,40}",
        statement in json(),
    ) {
        let document = serde_json::json!({"Version": "2012-10-17", "Statement": statement});
        let policy = serde_json::json!([{"name": "p", "document": document}]);
        let principal = serde_json::json!({"kind": kind, "arn": text, "id": text, "account": text, "role_arn": text, "session_arn": text, "provider": text});
        let body = match name.as_str() {
            "judge" => serde_json::json!({"ask": "access", "principal": principal, "action": text, "resource": text, "identity": policy}),
            "check" => serde_json::json!({"kind": "trust", "text": document.to_string()}),
            "who-could" => serde_json::json!({"action": text, "resource": text, "context": {"a:b": text}}),
            _ => serde_json::Value::Null,
        };
        let mut world = Host::empty();
        let (method, query) = if body.is_null() { ("GET", format!("?event={text}")) } else { ("POST", String::new()) };
        let url = format!("https://cognitab.invalid/_cognitab/policy/{name}{query}");
        let request = Request { method: method.into(), url, headers: Vec::new(), body: body.to_string().into_bytes() };
        let status = world.send(request).status;
        prop_assert!((200..500).contains(&status), "{name}: {status}");
    }

    #[test]
    fn any_simulation_is_answered(
        text in "[ -~]{0,40}",
        statement in json(),
        name in "SimulateCustomPolicy|SimulatePrincipalPolicy|GetContextKeysForCustomPolicy|DecodeAuthorizationMessage",
    ) {
        let document = serde_json::json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        let form = [
            ("Action", name.as_str()),
            ("PolicyInputList.member.1", document.as_str()),
            ("ResourcePolicy", &document),
            ("PolicySourceArn", "arn:aws:iam::111122223333:user/administrator"),
            ("CallerArn", "arn:aws:iam::111122223333:user/administrator"),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ResourceArns.member.1", &text),
            ("ContextEntries.member.1.ContextKeyName", "aws:username"),
            ("ContextEntries.member.1.ContextKeyValues.member.1", &text),
            ("EncodedMessage", &text),
        ];
        let service = if name.starts_with("Decode") { "sts" } else { "iam" };
        let request = common::post(&format!("https://{service}.us-east-1.amazonaws.com/"), &form);
        let status = send_signed(&mut Host::empty(), service, request);
        prop_assert!((200..500).contains(&status), "{name}: {status}");
    }

    #[test]
    fn a_refusal_leaves_only_its_event(input in "[ -~]{0,40}", name in "CreateRole|PutRolePolicy|CreateUser") {
        let mut host = Host::empty();
        let before = host.world.clone();
        let body = format!("Action={name}&Version=2010-05-08&RoleName={input}");
        let headers = vec![("content-type".into(), "application/x-www-form-urlencoded".into())];
        let request = Request { method: "POST".into(), url: "https://iam.amazonaws.com/".into(), headers, body: body.into_bytes() };
        let status = send_signed(&mut host, "iam", request);
        prop_assert!(status >= 400);
        let tables: Vec<String> = before.diff(&host.world).into_iter().map(|w| w.table).collect();
        prop_assert_eq!(tables, ["event"]);
    }
}
