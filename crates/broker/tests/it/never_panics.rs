//! The broker returns a response to any request, and an error changes nothing but the log.

mod draw;
mod encode;

use std::collections::BTreeMap;

use crate::common::photos::{get_id, logins, photo_app, provider, sign_in};
use crate::common::{Host, STUDIO, between};
use cognitab_broker::{Entry, Service, services};
use cognitab_wire::http::Request;
use cognitab_wire::sigv4;
use draw::Draw;
use proptest::prelude::*;
use serde_json::json;

const HOSTS: &[&str] = &[
    "cognito-idp.us-east-1.amazonaws.com",
    "cognito-identity.us-east-1.amazonaws.com",
    "cognito-sync.us-east-1.amazonaws.com",
    "sts.us-east-1.amazonaws.com",
    "iam.amazonaws.com",
    "b.s3.us-east-1.amazonaws.com",
    "s3.us-east-1.amazonaws.com",
    "dynamodb.us-east-1.amazonaws.com",
    "sns.us-east-1.amazonaws.com",
    "photos-demo.auth.us-east-1.amazoncognito.com",
    "127.0.0.1:4566",
    "",
];

/// Every operation, with its service.
fn operations() -> Vec<(&'static Service, &'static Entry)> {
    services().iter().flat_map(|s| s.entries().map(|o| (*s, o))).collect()
}

/// The photo app, and its names and IDs by the input members that can hold them.
fn photos() -> (Host, BTreeMap<&'static str, Vec<String>>) {
    let (mut host, ids) = photo_app();
    let tokens = sign_in(&mut host, &ids);
    let token = |name: &str| tokens[name].as_str().unwrap().to_owned();
    let identity = get_id(&mut host, &ids, &logins(&ids, &token("IdToken"))).unwrap();
    let role = |name: &str| format!("arn:aws:iam::111122223333:role/{name}");
    let statement =
        json!({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"});
    let policy = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    let trust = policy.replace("s3:GetObject", "sts:AssumeRole").replace(",\"Resource\":\"*\"", "");
    let mut known = BTreeMap::new();
    let mut add = |names: &[&'static str], values: Vec<String>| {
        for name in names {
            known.insert(*name, values.clone());
        }
    };
    let texts = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
    add(&["UserPoolId"], vec![ids.pool.clone()]);
    add(&["ClientId"], vec![ids.client.clone()]);
    add(&["IdentityPoolId"], vec![ids.identity_pool.clone()]);
    add(&["IdentityId"], vec![identity]);
    add(&["Logins"], vec![provider(&ids), token("IdToken")]);
    add(&["AccessToken"], vec![token("AccessToken")]);
    add(&["Token", "REFRESH_TOKEN", "RefreshToken"], vec![token("RefreshToken")]);
    add(&["Username", "UserName"], texts(&["ana", "ben", "administrator", "new"]));
    add(
        &["AuthParameters", "ChallengeResponses"],
        texts(&["USERNAME", "PASSWORD", "SRP_A", "ana", "Ana-Photos-1!"]),
    );
    add(
        &["Password", "PreviousPassword", "ProposedPassword"],
        texts(&["Ana-Photos-1!", "New-Photos-1!"]),
    );
    add(&["GroupName"], texts(&["editors", "new"]));
    add(&["RoleName"], texts(&["photos-guest", "photos-signed-in", "new"]));
    add(&["RoleArn"], vec![role("photos-guest"), role("photos-signed-in")]);
    add(
        &["PolicyArn", "PermissionsBoundary"],
        texts(&["arn:aws:iam::aws:policy/AdministratorAccess"]),
    );
    add(&["PolicyDocument", "Policy"], vec![policy]);
    add(&["AssumeRolePolicyDocument"], vec![trust]);
    add(&["AccessKeyId"], texts(&[STUDIO.0]));
    add(&["TableName"], texts(&["studio-albums", "new-table"]));
    add(&["Item", "ExpressionAttributeValues"], texts(&["owner", "album", ":v", ":a"]));
    add(
        &["AttributeName", "ExpressionAttributeNames"],
        texts(&["owner", "album", "#n", "FilterPolicy", "DeliveryPolicy"]),
    );
    add(
        &["KeyConditionExpression", "FilterExpression", "ConditionExpression"],
        texts(&["#n = :v", "size(a) > :v"]),
    );
    add(
        &["UpdateExpression"],
        texts(&["SET a = :v", "ADD a :v REMOVE b", "SET a = if_not_exists(a, :v) + :v"]),
    );
    add(&["Bucket"], texts(&["studio-photos", "new-bucket"]));
    add(&["Key"], texts(&["public/welcome.txt", "new", "owner", "album"]));
    add(&["DatasetName"], texts(&["profile"]));
    add(&["Domain"], texts(&["photos-demo", "new"]));
    let key = crate::common::credentials(STUDIO);
    host.operation(Some(&key), "sns.CreateTopic", &json!({"Name": "news"}));
    let topic = "arn:aws:sns:us-east-1:111122223333:news";
    let number = json!({"TopicArn": topic, "Protocol": "sms", "Endpoint": "+15551234567"});
    let subscribed = host.operation(Some(&key), "sns.Subscribe", &number).text().into_owned();
    let subscription = between(&subscribed, "<SubscriptionArn>", "<").unwrap().to_owned();
    add(&["TopicArn", "ResourceArn", "TargetArn"], texts(&[topic]));
    add(&["SubscriptionArn"], vec![subscription]);
    add(&["AttributeValue"], texts(&[r#"{"a":[{"numeric":["=",1]}]}"#, r#"{"http":{}}"#, "true"]));
    (host, known)
}

fn send_signed(host: &mut Host, service: &str, mut request: Request) -> u16 {
    let credentials = crate::common::credentials(STUDIO);
    sigv4::sign(&mut request, &credentials, "us-east-1", service, host.now);
    host.send(request).status
}

/// The inputs do not all fail in the decoder: every operation is called with an input that it can parse.
#[test]
fn every_operation_is_called_with_a_valid_input() {
    let (host, known) = photos();
    for (service, operation) in operations() {
        let reached = (0..40_u8).any(|seed| {
            let mut host = host.clone();
            let bytes: Vec<u8> =
                (0..=255_u8).map(|n| n.wrapping_mul(31).wrapping_add(seed) ^ (n >> 3)).collect();
            let mut draw = Draw { bytes: bytes.iter(), known: &known };
            let input = draw.value("", operation.input, 0);
            send_signed(&mut host, service.name, encode::request(service, operation, &input));
            let event = host.events().pop().unwrap();
            event["call"] == operation.name && !event["input"].is_null()
        });
        assert!(reached, "{} {}", service.name, operation.name);
    }
}

thread_local! {
    static PHOTOS: (Host, BTreeMap<&'static str, Vec<String>>) = photos();
}

/// Arbitrary JSON, which sometimes contains the elements of a policy statement.
fn statements() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[ -~]{0,12}|Allow|Deny|s3:Get[*]|[*]|[$][{]aws:x[}]".prop_map(Into::into),
    ];
    let element = "Effect|Principal|Action|NotAction|Resource|Condition|StringLike|[A-Za-z]{1,8}";
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(serde_json::Value::from),
            prop::collection::vec((element, inner), 0..4)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_request_gets_a_response(
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
    fn any_input_of_any_operation_gets_a_response(
        call in 0..operations().len(),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let (service, operation) = operations()[call];
        let (mut host, known) = PHOTOS.with(Clone::clone);
        let input = Draw { bytes: bytes.iter(), known: &known }.value("", operation.input, 0);
        let status = send_signed(&mut host, service.name, encode::request(service, operation, &input));
        prop_assert!((200..500).contains(&status), "{} {input}: {status}", operation.name);
    }

    #[test]
    fn any_request_to_the_policy_api_gets_a_response(
        name in "judge|check|who-could|of",
        kind in "user|session|web-identity|anonymous|x",
        text in "[ -~]{0,40}",
        statement in statements(),
    ) {
        let document = json!({"Version": "2012-10-17", "Statement": statement});
        let policy = json!([{"name": "p", "document": document}]);
        let principal = json!({"kind": kind, "arn": text, "id": text, "account": text, "role_arn": text, "session_arn": text, "provider": text});
        let body = match name.as_str() {
            "judge" => json!({"ask": "access", "principal": principal, "action": text, "resource": text, "identity": policy}),
            "check" => json!({"kind": "trust", "text": document.to_string()}),
            "who-could" => json!({"action": text, "resource": text, "context": {"a:b": text}}),
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
    fn any_simulation_gets_a_response(
        text in "[ -~]{0,40}",
        statement in statements(),
        name in "SimulateCustomPolicy|SimulatePrincipalPolicy|GetContextKeysForCustomPolicy|DecodeAuthorizationMessage",
    ) {
        let document = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
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
        let request = crate::common::post(&format!("https://{service}.us-east-1.amazonaws.com/"), &form);
        let status = send_signed(&mut Host::empty(), service, request);
        prop_assert!((200..500).contains(&status), "{name}: {status}");
    }

    #[test]
    fn a_failed_request_adds_only_its_event(input in "[ -~]{0,40}", name in "CreateRole|PutRolePolicy|CreateUser") {
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
