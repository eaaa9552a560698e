//! Requests, responses and errors in the protocol of a service: which operation a request names, its
//! input as a value tree, and outputs and errors as messages.

use cognitab_wire::http::{Request, Response};
use cognitab_wire::rest::{self, DocumentFormat};
use cognitab_wire::shape::Mismatch;
use cognitab_wire::{Location, Value, client, json, query, time, xml};

use crate::error::ApiError;
use crate::operation::Entry;
use crate::service::{Protocol, Service};
use cognitab_trace::event::Message;

/// The longest body that an event keeps, in characters.
const SHOWN: usize = 16_000;

/// The operation that a request names, with the labels of its path.
pub fn find(
    service: &'static Service,
    request: &Request,
    path: &str,
) -> Option<(&'static Entry, Vec<(String, Value)>)> {
    match service.protocol {
        Protocol::Json10 | Protocol::Json11 => {
            let target = request.header("x-amz-target")?;
            let name = target.rsplit('.').next()?;
            service.operation(name).map(|o| (o, Vec::new()))
        }
        Protocol::Query => {
            let params = query_params(request);
            let name = cognitab_wire::http::param(&params, "Action")?;
            service.operation(name).map(|o| (o, Vec::new()))
        }
        Protocol::RestXml | Protocol::RestJson => {
            let query = request.url().params();
            service.entries().find_map(|operation| {
                // After `#` a pattern names a header that must be present.
                let (pattern, header) =
                    operation.http.split_once('#').unwrap_or((operation.http, ""));
                let labels = rest::matches(pattern, &request.method, path, &query)?;
                let meant = (service.wording.matches_query)(pattern, &query);
                let whole = header.is_empty() || request.header(header).is_some();
                (meant && whole).then_some((operation, labels))
            })
        }
    }
}

/// Decodes the input of an operation.
pub fn decode(
    service: &Service,
    operation: &Entry,
    request: &Request,
    labels: Vec<(String, Value)>,
) -> Result<Value, Mismatch> {
    match service.protocol {
        Protocol::Json10 | Protocol::Json11 => json::decode(&request.body, operation.input),
        Protocol::Query => query::decode(&query_params(request), operation.input),
        Protocol::RestXml => rest::decode(request, labels, operation.input, DocumentFormat::Xml),
        Protocol::RestJson => rest::decode(request, labels, operation.input, DocumentFormat::Json),
    }
}

/// Encodes the response of an operation that succeeded.
pub fn response(
    service: &Service,
    operation: &Entry,
    output: &Value,
    request_id: &str,
) -> Response {
    let mut response = Response::new(operation.status, Vec::new());
    match service.protocol {
        Protocol::Json10 | Protocol::Json11 => response.body = json::encode(output),
        Protocol::Query => {
            let (name, schema) = (operation.name, operation.output);
            let text = xml::query_response(name, service.target, output, schema, request_id);
            response.body = text.into_bytes();
        }
        Protocol::RestXml => rest_xml(&mut response, service, operation, output),
        Protocol::RestJson => {
            let whole = rest::encode(&mut response, output, operation.output, DocumentFormat::Json);
            if !whole {
                response.body = json::encode(output);
            }
        }
    }
    if response.header("content-range").is_some() {
        response.status = 206;
    }
    if response.header("content-type").is_none() && !response.body.is_empty() {
        response = response.with("content-type", content_type(service.protocol));
    }
    response
}

fn rest_xml(response: &mut Response, service: &Service, operation: &Entry, output: &Value) {
    let namespace = service.target;
    let schema = operation.output;
    let whole = rest::encode(response, output, schema, DocumentFormat::Xml);
    let in_body = schema.members().iter().any(|m| m.location == Location::Body);
    if !whole && in_body {
        let members = xml::members(output, schema, time::iso_millis);
        let root = (service.wording.root_element)(operation.name);
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{namespace}\">{members}</{root}>"
        );
        response.body = text.into_bytes();
    }
}

fn content_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Json10 => "application/x-amz-json-1.0",
        Protocol::Json11 => "application/x-amz-json-1.1",
        Protocol::Query => "text/xml",
        Protocol::RestXml => "application/xml",
        Protocol::RestJson => "application/json",
    }
}

/// Writes an error.
pub fn error(service: &Service, error: &ApiError, request_id: &str, now: i64) -> Response {
    let response = Response::new(error.status, Vec::new())
        .with("content-type", content_type(service.protocol));
    let text = xml::escape(&error.message);
    let response = match service.protocol {
        Protocol::Json10 | Protocol::Json11 | Protocol::RestJson => {
            json_error(response, service, error)
        }
        Protocol::Query => {
            let kind = if error.status < 500 { "Sender" } else { "Receiver" };
            Response {
                body: format!(
                    "<ErrorResponse xmlns=\"{}\"><Error><Type>{kind}</Type><Code>{}</Code><Message>{text}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>",
                    service.target, error.code
                )
                .into_bytes(),
                ..response
            }
        }
        Protocol::RestXml => {
            let members: String = error
                .members
                .iter()
                .map(|(n, v)| format!("<{n}>{}</{n}>", xml::escape(v)))
                .collect();
            Response {
                body: format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{text}</Message>{members}<RequestId>{request_id}</RequestId><HostId>{}</HostId></Error>",
                    error.code,
                    base(request_id)
                )
                .into_bytes(),
                ..response
            }
        }
    };
    // A client that called the wrong region reads the right one from this header, even without a body.
    let region = error.members.iter().find(|(n, _)| *n == "Region").map(|(_, v)| v.clone());
    let mut response = match region {
        Some(region) => response.with("x-amz-bucket-region", region),
        None => response,
    };
    if error.status == 304 {
        response.body.clear();
    }
    response.with("date", time::http(now))
}

/// The maximum length of a message in a header, in characters.
const MAX_HEADER: usize = 1024;

fn json_error(response: Response, service: &Service, error: &ApiError) -> Response {
    let mut body = serde_json::Map::new();
    if service.protocol != Protocol::RestJson {
        body.insert("__type".into(), (service.wording.error_type)(&error.code).into());
    }
    // AWS's front end capitalizes the member, its services do not.
    let name = if error.code == "AccessDeniedException" { "Message" } else { "message" };
    if !error.message.is_empty() {
        body.insert(name.into(), error.message.clone().into());
    }
    for (name, value) in &error.members {
        body.insert((*name).into(), value.clone().into());
    }
    // Clients limit the length of a response's headers. The body has the whole message.
    let message = error.message.chars().take(MAX_HEADER);
    let header: String = message.map(|c| if c.is_control() { ' ' } else { c }).collect();
    Response { body: serde_json::Value::Object(body).to_string().into_bytes(), ..response }
        .with("x-amzn-errortype", format!("{}:", error.code))
        .with("x-amzn-errormessage", header)
}

fn base(request_id: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(request_id)
}

/// A request as an event shows it.
pub fn message_of_request(request: &Request) -> Message {
    Message {
        start: format!("{} {}", request.method, request.url),
        headers: request.headers.clone(),
        body: shown(&request.text()),
    }
}

/// A response as an event shows it.
pub fn message_of(response: &Response) -> Message {
    Message {
        start: response.status.to_string(),
        headers: response.headers.clone(),
        body: shown(&response.text()),
    }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A value tree as an event shows it, without large uploads.
pub fn shown_tree(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) => shown(text).into(),
        Value::Bytes(bytes) if bytes.len() > SHOWN => format!("{} bytes", bytes.len()).into(),
        Value::List(items) => items.iter().map(shown_tree).collect(),
        Value::Map(members) => serde_json::Value::Object(
            members.iter().map(|(name, value)| (name.clone(), shown_tree(value))).collect(),
        ),
        value => json::to_json(value),
    }
}

/// The request that a call between services would have been on the wire.
pub fn inner_request(service: &Service, operation: &Entry, input: &Value, region: &str) -> Message {
    message_of_request(&client::encode(&service.client(), &operation.client(), input, region))
}

/// The response that goes with it.
pub fn inner_response(service: &Service, operation: &Entry, output: &Value) -> Message {
    message_of(&response(service, operation, output, ""))
}

/// Parameters of a Query request, from the body or from the URL.
pub fn query_params(request: &Request) -> Vec<(String, String)> {
    if request.body.is_empty() {
        request.url().params()
    } else {
        cognitab_wire::http::form(&request.body)
    }
}

/// The headers by which a browser lets any origin read a response, as AWS's hosts send them.
pub fn cors(request: &Request, response: Response) -> Response {
    let exposed: Vec<&str> = response.headers.iter().map(|(n, _)| n.as_str()).collect();
    let exposed = exposed.join(",");
    let asked = request.header("access-control-request-headers").unwrap_or("*").to_owned();
    let response = response
        .with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", exposed);
    if request.method == "OPTIONS" {
        response
            .with("access-control-allow-methods", "GET,HEAD,POST,PUT,DELETE,OPTIONS")
            .with("access-control-allow-headers", asked)
            .with("access-control-max-age", "172800")
    } else {
        response
    }
}

/// The error for a request that names no operation of the service.
pub fn unknown_operation(service: &Service, request: &Request) -> ApiError {
    match service.protocol {
        Protocol::Query => {
            let params = query_params(request);
            let get = |name| cognitab_wire::http::param(&params, name).unwrap_or_default();
            if get("Action").is_empty() {
                return ApiError::new(400, "MissingAction", "Missing Action");
            }
            let message = format!(
                "Could not find operation {} for version {}",
                get("Action"),
                if get("Version").is_empty() { service.version } else { get("Version") }
            );
            ApiError::new(400, "InvalidAction", message)
        }
        Protocol::RestXml => ApiError::new(
            405,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.",
        ),
        Protocol::Json10 | Protocol::Json11 | Protocol::RestJson => {
            ApiError::new(400, "UnknownOperationException", "")
        }
    }
}

/// The error for a request that cannot be deserialized.
pub fn malformed(service: &Service, message: &str) -> ApiError {
    match service.protocol {
        Protocol::Query => ApiError::new(400, "MalformedInput", message),
        Protocol::RestXml => ApiError::new(
            400,
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
        ),
        Protocol::Json10 | Protocol::Json11 | Protocol::RestJson => {
            ApiError::new(400, "SerializationException", message)
        }
    }
}
