//! XML: responses of the Query protocol, and documents of REST-XML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::query::from_text;
use crate::schema::{Kind, Location, Member, Schema};
use crate::shape::Mismatch;
use crate::time;
use crate::value::Value;

/// Escapes text for elements and attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            // Not allowed in XML 1.0, not even escaped.
            '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => {
                out.push('\u{FFFD}');
            }
            c => out.push(c),
        }
    }
    out
}

/// Formats timestamps.
pub type TimestampFormat = fn(i64) -> String;

/// Encodes the body members of a structure as elements.
pub fn members(value: &Value, schema: &Schema, timestamp: TimestampFormat) -> String {
    let mut out = String::new();
    for member in schema.members().iter().filter(|m| m.location == Location::Body) {
        element(&mut out, member, value.get(member.name), timestamp);
    }
    out
}

fn element(out: &mut String, member: &Member, value: &Value, timestamp: TimestampFormat) {
    match (value, member.schema.kind) {
        (Value::Null, _) => {}
        (Value::List(items), Kind::List(item)) if member.flattened => {
            for value in items {
                wrap(out, member.name, &content(value, item, member.item, timestamp));
            }
        }
        (Value::Map(entries), Kind::Map(_, item)) if member.flattened => {
            for (key, value) in entries {
                wrap(out, member.name, &entry(key, value, member.schema.entry, item, timestamp));
            }
        }
        (value, _) => {
            wrap(out, member.name, &content(value, member.schema, member.item, timestamp));
        }
    }
}

fn content(value: &Value, schema: &Schema, item_name: &str, timestamp: TimestampFormat) -> String {
    match (value, schema.kind) {
        (Value::Map(_), Kind::Structure(_)) => members(value, schema, timestamp),
        (Value::Map(entries), Kind::Map(_, item)) => {
            let mut out = String::new();
            for (key, value) in entries {
                wrap(&mut out, "entry", &entry(key, value, schema.entry, item, timestamp));
            }
            out
        }
        (Value::List(items), Kind::List(item)) => {
            let mut out = String::new();
            for value in items {
                wrap(&mut out, item_name, &content(value, item, "member", timestamp));
            }
            out
        }
        (value, _) => escape(&scalar(value, timestamp)),
    }
}

fn entry(
    key: &str,
    value: &Value,
    (key_name, value_name): &(&str, &str),
    schema: &Schema,
    timestamp: TimestampFormat,
) -> String {
    let value = content(value, schema, "member", timestamp);
    format!("<{key_name}>{}</{key_name}><{value_name}>{value}</{value_name}>", escape(key))
}

/// A scalar as text, for XML, headers and parameters.
pub fn scalar(value: &Value, timestamp: TimestampFormat) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Integer(n) => n.to_string(),
        Value::Float(f) => f.to_string(),
        Value::String(s) => s.clone(),
        Value::Bytes(bytes) => STANDARD.encode(bytes),
        Value::Time(ms) => timestamp(*ms),
        Value::Null | Value::List(_) | Value::Map(_) => String::new(),
    }
}

fn wrap(out: &mut String, name: &str, content: &str) {
    out.push_str(&format!("<{name}>{content}</{name}>"));
}

/// A response of the Query protocol: `<OpResponse><OpResult>…`. An operation without an output shape
/// has no result; an output shape without members has an empty one.
pub fn query_response(
    operation: &str,
    namespace: &str,
    value: &Value,
    schema: &Schema,
    request_id: &str,
) -> String {
    let result = if schema.members().is_empty() && schema.name.is_empty() {
        String::new()
    } else {
        let members = members(value, schema, time::iso);
        format!("<{operation}Result>{members}</{operation}Result>")
    };
    format!(
        "<{operation}Response xmlns=\"{namespace}\">{result}<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{operation}Response>"
    )
}

/// Decodes a document. Like S3, does not check the name of the root element.
pub fn decode(body: &[u8], schema: &Schema) -> Result<Value, Mismatch> {
    let text = std::str::from_utf8(body).map_err(|_| Mismatch::new("XML document"))?;
    let document = roxmltree::Document::parse(text).map_err(|_| Mismatch::new("XML document"))?;
    read(document.root_element(), schema, "member")
}

fn read(node: roxmltree::Node<'_, '_>, schema: &Schema, item: &str) -> Result<Value, Mismatch> {
    match schema.kind {
        Kind::Structure(members) => {
            let mut out = Vec::new();
            for member in members {
                let mut found = named(node, member.name).peekable();
                let Some(first) = found.peek().copied() else { continue };
                let value = match member.schema.kind {
                    Kind::List(inner) if member.flattened => found
                        .map(|n| read(n, inner, "member"))
                        .collect::<Result<_, _>>()
                        .map(Value::List),
                    Kind::Map(_, inner) if member.flattened => {
                        map(found, member.schema.entry, inner)
                    }
                    _ => read(first, member.schema, member.item),
                };
                out.push((member.name.to_owned(), value.map_err(|m| m.inside(member.name))?));
            }
            Ok(Value::Map(out))
        }
        Kind::Map(_, inner) => map(named(node, "entry"), schema.entry, inner),
        Kind::List(inner) => named(node, item)
            .map(|n| read(n, inner, "member"))
            .collect::<Result<_, _>>()
            .map(Value::List),
        _ => from_text(node.text().unwrap_or_default(), schema),
    }
}

fn map<'a, 'i: 'a>(
    entries: impl Iterator<Item = roxmltree::Node<'a, 'i>>,
    (key_name, value_name): &(&str, &str),
    schema: &Schema,
) -> Result<Value, Mismatch> {
    let mut out = Vec::new();
    for entry in entries {
        let child = |name| named(entry, name).next();
        let key = child(key_name).and_then(|n| n.text()).unwrap_or_default();
        let value = child(value_name).map_or(Ok(Value::Null), |n| read(n, schema, "member"));
        out.push((key.to_owned(), value.map_err(|m| m.inside(key))?));
    }
    Ok(Value::Map(out))
}

fn named<'a, 'i: 'a>(
    node: roxmltree::Node<'a, 'i>,
    name: &str,
) -> impl Iterator<Item = roxmltree::Node<'a, 'i>> {
    node.children().filter(move |n| n.tag_name().name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OBJECT: Schema = Schema::structure(&[Member::new("Key", &Schema::STRING)]);
    const DELETE: Schema = Schema::structure(&[
        Member { flattened: true, ..Member::new("Object", &Schema::list(&OBJECT)) },
        Member::new("Quiet", &Schema::BOOLEAN),
    ]);

    #[test]
    fn a_body_comes_in_and_goes_out() {
        let body = b"<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a&amp;b</Key></Object><Object><Key>c</Key></Object><Quiet>true</Quiet></Delete>";
        let value = decode(body, &DELETE).unwrap();
        assert_eq!(value.get("Object").items().len(), 2);
        assert_eq!(value.get("Object").items()[0].text("Key"), "a&b");
        assert_eq!(
            members(&value, &DELETE, time::iso),
            "<Object><Key>a&amp;b</Key></Object><Object><Key>c</Key></Object><Quiet>true</Quiet>"
        );
        assert!(decode(b"<Delete>", &DELETE).is_err());
    }
}
