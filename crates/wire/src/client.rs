//! The client side of all protocols: encodes an operation's input as the unsigned request that an
//! SDK sends.

use form_urlencoded::Serializer;
use serde_json::Value as Json;

use crate::arn::Partition;
use crate::http::{Request, encode as percent_encode, encode_except};
use crate::json;
use crate::protocol::Protocol;
use crate::schema::{Kind, Location, Member, Schema};
use crate::shape::Mismatch;
use crate::time;
use crate::value::Value;
use crate::xml;

/// A client's description of a service.
#[derive(Clone, Copy, Debug)]
pub struct Service<'a> {
    /// Endpoint prefix, which is also its signing name: `cognito-idp`.
    pub endpoint_prefix: &'a str,
    /// Its protocol.
    pub protocol: Protocol,
    /// Prefix of `X-Amz-Target`, or XML namespace.
    pub target: &'a str,
    /// API version, for Query requests.
    pub version: &'a str,
    /// Whether a partition has one endpoint for all regions, as for IAM.
    pub global: bool,
}

/// A client's description of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// AWS's name.
    pub name: &'a str,
    /// For REST protocols, method, path and query: `PUT /{Bucket}/{Key+}?tagging`; otherwise empty.
    /// A header after `#` is ignored: it is that of a member.
    pub http: &'a str,
    /// Schema of the input.
    pub input: &'a Schema,
}

impl Service<'_> {
    /// The URL of its endpoint in a region, without a path.
    pub fn endpoint(&self, region: &str) -> String {
        let Service { endpoint_prefix, global, .. } = self;
        let partition = Partition::of_region(region);
        let suffix = partition.dns_suffix();
        match partition {
            Partition::Aws if *global => format!("https://{endpoint_prefix}.{suffix}"),
            Partition::AwsUsGov if *global => format!("https://{endpoint_prefix}.us-gov.{suffix}"),
            _ => format!("https://{endpoint_prefix}.{}.{suffix}", self.signing_region(region)),
        }
    }

    /// The region for which requests to its endpoint are signed.
    pub fn signing_region<'a>(&self, region: &'a str) -> &'a str {
        if self.global { Partition::of_region(region).global_region() } else { region }
    }
}

/// Encodes a request to the service's endpoint in a region.
pub fn encode(service: &Service, operation: &Operation, input: &Value, region: &str) -> Request {
    encode_for(&service.endpoint(region), service, operation, input)
}

/// Encodes a request to any endpoint: `http://localhost:4566`.
pub fn encode_for(
    endpoint: &str,
    service: &Service,
    operation: &Operation,
    input: &Value,
) -> Request {
    let endpoint = endpoint.trim_end_matches('/');
    match service.protocol {
        Protocol::Json10 => aws_json(endpoint, service, operation, input, "1.0"),
        Protocol::Json11 => aws_json(endpoint, service, operation, input, "1.1"),
        Protocol::Query => query(endpoint, service, operation, input),
        Protocol::RestXml | Protocol::RestJson => rest(endpoint, service, operation, input),
    }
}

/// Changes a path-style S3 request to virtual-hosted style, as SDKs send it, unless the bucket's
/// name is not a DNS label.
pub fn virtual_hosted(request: &mut Request) {
    let url = request.url();
    let (bucket, key) = url
        .path
        .trim_start_matches('/')
        .split_once('/')
        .unwrap_or_else(|| (url.path.trim_start_matches('/'), ""));
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if bucket.is_empty() || !bucket.bytes().all(plain) {
        return;
    }
    let query = request.url.find('?').and_then(|at| request.url.get(at..)).unwrap_or_default();
    request.url = format!("{}://{bucket}.{}/{key}{query}", url.scheme, url.host);
}

/// Reads an input from handwritten JSON: an object in place of a string, such as a policy document,
/// stands for its JSON text.
pub fn input_from_json(json: Json, schema: &Schema) -> Result<Value, Mismatch> {
    json::from_json(with_text(json, schema), schema)
}

fn with_text(json: Json, schema: &Schema) -> Json {
    match (schema.kind, json) {
        (_, json @ (Json::Null | Json::String(_))) => json,
        (Kind::String, json) => json.to_string().into(),
        (Kind::List(item), Json::Array(items)) => {
            items.into_iter().map(|i| with_text(i, item)).collect()
        }
        (Kind::Map(_, item), Json::Object(entries)) => {
            Json::Object(entries.into_iter().map(|(k, v)| (k, with_text(v, item))).collect())
        }
        (Kind::Structure(_), Json::Object(members)) => {
            let of = |name: &str| find(schema, name).map_or(&Schema::DOCUMENT, |m| m.schema);
            let text = |(name, json): (String, Json)| {
                let json = with_text(json, of(&name));
                (name, json)
            };
            Json::Object(members.into_iter().map(text).collect())
        }
        (_, json) => json,
    }
}

fn find(schema: &Schema, name: &str) -> Option<&'static Member> {
    schema.members().iter().find(|m| m.name == name)
}

fn post(endpoint: &str, content_type: &str, body: Vec<u8>) -> Request {
    Request {
        method: "POST".to_owned(),
        url: format!("{endpoint}/"),
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body,
    }
}

fn aws_json(
    endpoint: &str,
    service: &Service,
    operation: &Operation,
    input: &Value,
    version: &str,
) -> Request {
    let content_type = format!("application/x-amz-json-{version}");
    let mut request = post(endpoint, &content_type, json::encode(input));
    let target = format!("{}.{}", service.target, operation.name);
    request.headers.push(("x-amz-target".to_owned(), target));
    request
}

fn query(endpoint: &str, service: &Service, operation: &Operation, input: &Value) -> Request {
    let mut form = Serializer::new(String::new());
    form.append_pair("Action", operation.name).append_pair("Version", service.version);
    parameters(&mut form, "", input, operation.input, false);
    let content_type = "application/x-www-form-urlencoded; charset=utf-8";
    post(endpoint, content_type, form.finish().into_bytes())
}

/// Encodes a value as form parameters. Members that the schema does not have are encoded by their
/// value.
fn parameters(
    form: &mut Serializer<'_, String>,
    name: &str,
    value: &Value,
    schema: &Schema,
    flattened: bool,
) {
    let below = |part: &str| {
        if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") }
    };
    match (value, schema.kind) {
        (Value::Null, _) => {}
        (Value::Map(entries), Kind::Map(_, item)) => {
            let (key_name, value_name) = schema.entry;
            let entry = if flattened { String::new() } else { "entry.".to_owned() };
            for (index, (key, value)) in entries.iter().enumerate() {
                let entry = below(&format!("{entry}{}", index + 1));
                form.append_pair(&format!("{entry}.{key_name}"), key);
                parameters(form, &format!("{entry}.{value_name}"), value, item, false);
            }
        }
        (Value::Map(members), _) => {
            for (name, value) in members {
                let (schema, flattened) = find(schema, name)
                    .map_or((&Schema::DOCUMENT, false), |m| (m.schema, m.flattened));
                parameters(form, &below(name), value, schema, flattened);
            }
        }
        (Value::List(items), kind) => {
            let item = if let Kind::List(item) = kind { item } else { &Schema::DOCUMENT };
            let member = if flattened { name.to_owned() } else { below("member") };
            for (index, value) in items.iter().enumerate() {
                parameters(form, &format!("{member}.{}", index + 1), value, item, false);
            }
            if items.is_empty() {
                form.append_pair(name, "");
            }
        }
        (value, _) => {
            form.append_pair(name, &xml::scalar(value, time::iso_exact));
        }
    }
}

fn rest(endpoint: &str, service: &Service, operation: &Operation, input: &Value) -> Request {
    let pattern = operation.http.split_once('#').map_or(operation.http, |(pattern, _)| pattern);
    let (method, pattern) = pattern.split_once(' ').unwrap_or(("POST", pattern));
    let (pattern, query) = pattern.split_once('?').unwrap_or((pattern, ""));
    let mut query = query.to_owned();
    let mut request = Request { method: method.to_owned(), ..Request::default() };
    for member in operation.input.members() {
        let value = input.get(member.name);
        match member.location {
            _ if value.is_null() => {}
            Location::Uri | Location::Body => {}
            Location::Query(name) => add_query(&mut query, name, value),
            Location::Header(name) => {
                request.headers.push((name.to_owned(), header(value)));
            }
            Location::Headers(prefix) => {
                for (name, value) in value.members() {
                    request.headers.push((format!("{prefix}{name}"), header(value)));
                }
            }
            Location::Payload => payload(&mut request, service, member, value),
        }
    }
    body(&mut request, service, operation, input);
    let mark = if query.is_empty() { "" } else { "?" };
    request.url = format!("{endpoint}{}{mark}{query}", path(pattern, input));
    request
}

/// Fills the labels of a path pattern.
fn path(pattern: &str, input: &Value) -> String {
    let segment = |segment: &str| {
        let Some(label) = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) else {
            return segment.to_owned();
        };
        let text = |name| xml::scalar(input.get(name), time::iso_exact);
        match label.strip_suffix('+') {
            Some(name) => encode_except(&text(name), "/"),
            None => percent_encode(&text(label)),
        }
    };
    pattern.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn add_query(query: &mut String, name: &str, value: &Value) {
    match value {
        Value::List(items) => items.iter().for_each(|item| add_query(query, name, item)),
        Value::Map(entries) => {
            entries.iter().for_each(|(name, value)| add_query(query, name, value));
        }
        value => {
            if !query.is_empty() {
                query.push('&');
            }
            let value = percent_encode(&xml::scalar(value, time::iso_exact));
            query.push_str(&format!("{}={value}", percent_encode(name)));
        }
    }
}

fn header(value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().map(header).collect::<Vec<_>>().join(","),
        value => xml::scalar(value, time::http),
    }
}

fn payload(request: &mut Request, service: &Service, member: &Member, value: &Value) {
    match value {
        Value::Bytes(bytes) => request.body = bytes.clone(),
        Value::String(text) => request.body = text.clone().into_bytes(),
        value => {
            let name = if member.schema.name.is_empty() { member.name } else { member.schema.name };
            document(request, service, name, value, member.schema);
        }
    }
}

/// Encodes the members without another location as a document.
fn body(request: &mut Request, service: &Service, operation: &Operation, input: &Value) {
    let members = operation.input.members().iter().filter(|m| m.location == Location::Body);
    let present: Vec<(String, Value)> = members
        .filter(|m| !input.get(m.name).is_null())
        .map(|m| (m.name.to_owned(), input.get(m.name).clone()))
        .collect();
    if !present.is_empty() {
        let root = format!("{}Request", operation.name);
        document(request, service, &root, &Value::Map(present), operation.input);
    }
}

fn document(request: &mut Request, service: &Service, root: &str, value: &Value, schema: &Schema) {
    let content_type = match service.protocol {
        Protocol::RestXml => {
            let namespace = xml::escape(service.target);
            let members = xml::members(value, schema, time::iso_exact);
            request.body = format!("<{root} xmlns=\"{namespace}\">{members}</{root}>").into_bytes();
            "application/xml"
        }
        _ => {
            request.body = json::encode(value);
            "application/json"
        }
    };
    if request.header("content-type").is_none() {
        request.headers.push(("content-type".to_owned(), content_type.to_owned()));
    }
}
