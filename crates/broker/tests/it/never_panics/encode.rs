//! An input as a request, in the protocol of its service.

use cognitab_broker::Entry;
use cognitab_wire::http::{Request, encode, encode_except};
use cognitab_wire::{Location, Schema};
use serde_json::Value as Json;

/// The request that asks a service for an operation with this input.
pub(crate) fn request(service: &str, operation: &Entry, input: &Json) -> Request {
    let host = format!("https://{service}.us-east-1.amazonaws.com");
    match service {
        "s3" | "cognito-sync" => rest(&host, service == "s3", operation, input),
        "sts" | "iam" => {
            let version = if service == "sts" { "2011-06-15" } else { "2010-05-08" };
            let mut body = format!("Action={}&Version={version}", operation.name);
            flatten(&mut body, "", input);
            let headers = vec![("content-type".into(), "application/x-www-form-urlencoded".into())];
            post(&host, headers, body)
        }
        _ => {
            let target = match service {
                "cognito-idp" => "AWSCognitoIdentityProviderService",
                "cognito-identity" => "AWSCognitoIdentityService",
                _ => "DynamoDB_20120810",
            };
            let headers = vec![("x-amz-target".into(), format!("{target}.{}", operation.name))];
            post(&host, headers, input.to_string())
        }
    }
}

fn post(host: &str, headers: Vec<(String, String)>, body: String) -> Request {
    Request { method: "POST".into(), url: format!("{host}/"), headers, body: body.into() }
}

fn scalar(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn flatten(form: &mut String, prefix: &str, value: &Json) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                let dot = if prefix.is_empty() { "" } else { "." };
                flatten(form, &format!("{prefix}{dot}{name}"), value);
            }
        }
        Json::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                flatten(form, &format!("{prefix}.member.{}", index + 1), value);
            }
        }
        value => form.push_str(&format!("&{}={}", encode(prefix), encode(&scalar(value)))),
    }
}

fn rest(host: &str, xml: bool, operation: &Entry, input: &Json) -> Request {
    let (pattern, header) = operation.http.split_once('#').unwrap_or((operation.http, ""));
    let (method, pattern) = pattern.split_once(' ').unwrap();
    let (pattern, flags) = pattern.split_once('?').unwrap_or((pattern, ""));
    let (mut path, mut query) = (pattern.to_owned(), flags.to_owned());
    let mut headers = vec![(header.to_owned(), "/studio-photos/public/welcome.txt".to_owned())];
    let (mut body, mut payload) = (Vec::new(), None);
    for member in operation.input.members() {
        let value = &input[member.name];
        let text = scalar(value);
        match member.location {
            Location::Uri => {
                let text = if value.is_null() { "a".to_owned() } else { text };
                path = path.replace(&format!("{{{}}}", member.name), &encode(&text));
                path = path.replace(&format!("{{{}+}}", member.name), &encode_except(&text, "/"));
            }
            _ if value.is_null() => {}
            Location::Query(name) => query.push_str(&format!("&{name}={}", encode(&text))),
            Location::Header(name) => headers.push((name.to_owned(), text)),
            Location::Headers(prefix) => {
                let named = |(n, v): (&String, &Json)| (format!("{prefix}{n}"), scalar(v));
                headers.extend(value.as_object().into_iter().flatten().map(named));
            }
            Location::Payload => payload = Some((member.schema, value)),
            Location::Body => body.push((member.name.to_owned(), value.clone())),
        }
    }
    let body = match payload {
        Some((Schema::Structure(_), value)) => element("Root", value),
        Some((_, value)) => scalar(value),
        None if body.is_empty() => String::new(),
        None if xml => element("Root", &Json::Object(body.into_iter().collect())),
        None => Json::Object(body.into_iter().collect()).to_string(),
    };
    headers.retain(|(name, _)| !name.is_empty());
    let url = format!("{host}{path}?{}", query.trim_start_matches('&'));
    Request { method: method.into(), url, headers, body: body.into() }
}

fn element(name: &str, value: &Json) -> String {
    let content = match value {
        Json::Object(members) => members.iter().map(|(n, v)| element(n, v)).collect(),
        // S3's lists stand directly in their parents.
        Json::Array(items) => return items.iter().map(|item| element(name, item)).collect(),
        value => cognitab_wire::xml::escape(&scalar(value)),
    };
    format!("<{name}>{content}</{name}>")
}
