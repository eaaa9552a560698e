//! Amazon SNS: topics, subscriptions, messages and their permissions.

mod message;
mod permission;
mod subscription;
mod tag;
mod topic;

use cognitab_wire::http::Response;
use serde_json::{Value as Json, json};

use crate::common::{Host, STUDIO, credentials, credentials_in, error_summary, get};

/// The ARN of the topic of most tests.
const NEWS: &str = "arn:aws:sns:us-east-1:111122223333:news";

/// Calls an operation of SNS, signed with the access key.
fn call(host: &mut Host, key: (&str, &str), operation: &str, input: Json) -> Response {
    host.operation(Some(&credentials(key)), &format!("sns.{operation}"), &input)
}

/// Calls an operation as Studio's administrator; it must succeed. Returns the response's text.
fn admin(host: &mut Host, operation: &str, input: Json) -> String {
    let response = call(host, STUDIO, operation, input);
    let text = response.text().into_owned();
    assert_eq!(response.status, 200, "{operation}: {text}");
    text
}

/// Calls an operation as Studio's administrator. Returns `ok` or the error.
fn ok_or_error(host: &mut Host, operation: &str, input: Json) -> String {
    let response = call(host, STUDIO, operation, input);
    if response.status == 200 { "ok".to_owned() } else { error_summary(&response) }
}

/// A host with the topic `news`.
fn with_topic() -> Host {
    let mut host = Host::empty();
    admin(&mut host, "CreateTopic", json!({"Name": "news"}));
    host
}

/// Creates a user in Studio with a policy of these statements, and returns an access key of the user.
fn user(host: &mut Host, name: &str, statements: Json) -> (String, String) {
    let policy = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let key = credentials(STUDIO);
    host.query(&key, "iam.CreateUser", &[("UserName", name)]);
    let input = [("UserName", name), ("PolicyName", "own"), ("PolicyDocument", policy.as_str())];
    assert_eq!(host.query(&key, "iam.PutUserPolicy", &input).status, 200);
    let key = credentials_in(&host.query(&key, "iam.CreateAccessKey", &[("UserName", name)]));
    (key.access_key_id, key.secret_access_key)
}

/// The value of an attribute in a response.
fn attribute(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("<key>{name}</key><value>"))?;
    let (value, _) = rest.split_once("</value>")?;
    let value = value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    Some(value.replace("&amp;", "&"))
}

/// The messages in the inbox, the newest first.
fn inbox(host: &mut Host) -> Vec<Json> {
    let body = host.send(get("https://cognitab.invalid/_cognitab/inbox")).body;
    let body: Json = serde_json::from_slice(&body).unwrap();
    body["messages"].as_array().unwrap().clone()
}
