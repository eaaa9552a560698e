//! REST protocols: members in path, query, headers and body.

use crate::http::{Request, Response, decode as percent_decode};
use crate::query::from_text;
use crate::schema::{Kind, Location, Member, Schema};
use crate::shape::Mismatch;
use crate::time;
use crate::value::Value;
use crate::xml;

/// The format of the document in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentFormat {
    /// REST-JSON.
    Json,
    /// REST-XML.
    Xml,
}

/// Matches a pattern such as `PUT /{Bucket}/{Key+}?tagging` against method, path and query of a
/// request, and returns the labels in the path.
///
/// The query of a pattern lists required parameters (`name` or `name=value`). A greedy label
/// `{Key+}` matches the rest of the path, including slashes.
pub fn matches(
    pattern: &str,
    method: &str,
    path: &str,
    query: &[(String, String)],
) -> Option<Vec<(String, Value)>> {
    let (wanted, pattern) = pattern.split_once(' ')?;
    let (pattern, flags) = pattern.split_once('?').unwrap_or((pattern, ""));
    if wanted != method || !flags.split('&').all(|flag| has(query, flag)) {
        return None;
    }
    let mut labels = Vec::new();
    let mut rest = path.strip_prefix('/').unwrap_or(path);
    for segment in pattern.trim_start_matches('/').split('/') {
        let label = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
        if let Some(name) = label.and_then(|l| l.strip_suffix('+')) {
            labels.push((name.to_owned(), Value::String(percent_decode(rest))));
            return (!rest.is_empty()).then_some(labels);
        }
        let (head, tail) = rest.split_once('/').unwrap_or((rest, ""));
        match label {
            Some(_) if head.is_empty() => return None,
            Some(name) => labels.push((name.to_owned(), Value::String(percent_decode(head)))),
            None if head != segment => return None,
            None => {}
        }
        rest = tail;
    }
    rest.is_empty().then_some(labels)
}

fn has(query: &[(String, String)], flag: &str) -> bool {
    let (name, value) = flag.split_once('=').unwrap_or((flag, ""));
    name.is_empty() || query.iter().any(|(n, v)| n == name && (value.is_empty() || v == value))
}

/// Decodes a request, given the labels of its path.
pub fn decode(
    request: &Request,
    labels: Vec<(String, Value)>,
    schema: &Schema,
    document: DocumentFormat,
) -> Result<Value, Mismatch> {
    let query = request.url().params();
    let mut out = labels;
    let mut body = Vec::new();
    for member in schema.members() {
        let value = match member.location {
            Location::Uri => continue,
            Location::Body => {
                body.push(*member);
                continue;
            }
            Location::Header(name) => {
                // Lists are comma-separated.
                let list = matches!(member.schema.kind, Kind::List(_));
                let parts = |v| if list { split(v) } else { vec![v] };
                texts(request.header(name).map(parts).unwrap_or_default(), member)?
            }
            Location::Query(name) => {
                let named = query.iter().filter(|(n, _)| n == name);
                texts(named.map(|(_, v)| v.as_str()).collect(), member)?
            }
            Location::Headers(prefix) => prefixed(request, prefix),
            Location::Payload => payload(request, member, document)?,
        };
        if !value.is_null() {
            out.push((member.name.to_owned(), value));
        }
    }
    if !body.is_empty() && !request.body.is_empty() {
        let Value::Map(members) = read_document(&request.body, schema, document)? else {
            return Err(Mismatch::new("Structure"));
        };
        let known = |name: &str| body.iter().any(|m| m.name == name);
        out.extend(members.into_iter().filter(|(name, _)| known(name)));
    }
    Ok(Value::Map(out))
}

fn split(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).collect()
}

/// Parses a member from the values of a header or query parameter: all of them for a list,
/// otherwise the first.
fn texts(texts: Vec<&str>, member: &Member) -> Result<Value, Mismatch> {
    let read = |text: &str, schema| from_text(text, schema).map_err(|m| m.inside(member.name));
    match (member.schema.kind, texts.first()) {
        (_, None) => Ok(Value::Null),
        (Kind::List(item), _) => {
            texts.iter().map(|text| read(text, item)).collect::<Result<_, _>>().map(Value::List)
        }
        (_, Some(text)) => read(text, member.schema),
    }
}

fn prefixed(request: &Request, prefix: &str) -> Value {
    let entries: Vec<_> = request
        .headers
        .iter()
        .filter_map(|(n, v)| {
            let name = n.to_ascii_lowercase();
            Some((name.strip_prefix(prefix)?.to_owned(), Value::String(v.clone())))
        })
        .collect();
    if entries.is_empty() { Value::Null } else { Value::Map(entries) }
}

fn payload(
    request: &Request,
    member: &Member,
    document: DocumentFormat,
) -> Result<Value, Mismatch> {
    match member.schema.kind {
        Kind::Blob => Ok(Value::Bytes(request.body.clone())),
        Kind::String => Ok(Value::String(request.text().into_owned())),
        _ if request.body.is_empty() => Ok(Value::Null),
        _ => {
            read_document(&request.body, member.schema, document).map_err(|m| m.inside(member.name))
        }
    }
}

fn read_document(
    body: &[u8],
    schema: &Schema,
    document: DocumentFormat,
) -> Result<Value, Mismatch> {
    match document {
        DocumentFormat::Json => crate::json::decode(body, schema),
        DocumentFormat::Xml => xml::decode(body, schema),
    }
}

/// Encodes headers and payload into a response. Returns whether there was a payload.
pub fn encode(
    response: &mut Response,
    value: &Value,
    schema: &Schema,
    document: DocumentFormat,
) -> bool {
    let mut complete = false;
    for member in schema.members() {
        let found = value.get(member.name);
        match (member.location, found) {
            (_, Value::Null) => {}
            (Location::Header(name), value) => {
                response.headers.push((name.to_owned(), xml::scalar(value, time::http)));
            }
            (Location::Headers(prefix), Value::Map(entries)) => {
                let text = |v| xml::scalar(v, time::http);
                let headers = entries.iter().map(|(n, v)| (format!("{prefix}{n}"), text(v)));
                response.headers.extend(headers);
            }
            (Location::Payload, Value::Bytes(bytes)) => {
                response.body = bytes.clone();
                complete = true;
            }
            (Location::Payload, Value::String(text)) => {
                response.body = text.clone().into_bytes();
                complete = true;
            }
            (Location::Payload, value) => {
                response.body = match document {
                    DocumentFormat::Json => crate::json::encode(value),
                    DocumentFormat::Xml => {
                        xml::members(value, member.schema, time::iso_millis).into_bytes()
                    }
                };
                complete = true;
            }
            _ => {}
        }
    }
    complete
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pattern: &str, method: &str, path: &str, query: &str) -> Option<Vec<String>> {
        let query = crate::http::form(query.as_bytes());
        matches(pattern, method, path, &query)
            .map(|l| l.iter().map(|(n, v)| format!("{n}={}", v.str().unwrap())).collect())
    }

    #[test]
    fn paths_and_queries_choose_an_operation() {
        let get = "GET /{Bucket}/{Key+}";
        assert_eq!(labels(get, "GET", "/b/a%20b/c", "x-id=G").unwrap(), ["Bucket=b", "Key=a b/c"]);
        assert_eq!(labels(get, "GET", "/b", ""), None);
        assert_eq!(labels("GET /{Bucket}", "GET", "/b/", "").unwrap(), ["Bucket=b"]);
        assert_eq!(labels("GET /{Bucket}?list-type=2", "GET", "/b", ""), None);
        assert!(labels("GET /{Bucket}?list-type=2", "GET", "/b", "list-type=2").is_some());
        assert!(labels("POST /{Bucket}?delete", "POST", "/b/", "delete=").is_some());
        assert_eq!(labels("GET /", "GET", "/", "").unwrap(), [""; 0]);
        let sync = "GET /identitypools/{P}/identities/{I}/datasets";
        assert_eq!(
            labels(sync, "GET", "/identitypools/r%3Aa/identities/r%3Ab/datasets", "").unwrap(),
            ["P=r:a", "I=r:b"]
        );
        assert_eq!(labels(sync, "GET", "/identitypools/p/identities/i", ""), None);
    }
}
