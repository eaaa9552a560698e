//! JSON to values and back, for AWS JSON 1.0 and 1.1 and for the documents of REST-JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Number, Value as Json};

use crate::schema::{Kind, Schema};
use crate::shape::Mismatch;
use crate::time;
use crate::value::Value;

/// Decodes JSON by a schema; an empty body is an empty structure.
pub fn decode(body: &[u8], schema: &Schema) -> Result<Value, Mismatch> {
    if body.is_empty() {
        return Ok(Value::Map(Vec::new()));
    }
    let json = serde_json::from_slice(body).map_err(|_| Mismatch::new("JSON document"))?;
    from_json(json, schema)
}

/// Converts parsed JSON by a schema. Ignores members that the schema does not have.
pub fn from_json(json: Json, schema: &Schema) -> Result<Value, Mismatch> {
    Ok(match (schema.kind, json) {
        (_, Json::Null) => Value::Null,
        (Kind::Document, json) => document(json),
        (Kind::Boolean, Json::Bool(b)) => Value::Bool(b),
        (Kind::Integer, Json::Number(n)) => Value::Integer(whole(&n)?),
        (Kind::Float, Json::Number(n)) => Value::Float(n.as_f64().unwrap_or_default()),
        (Kind::String | Kind::Enum(_), Json::String(s)) => Value::String(s),
        (Kind::Blob, Json::String(s)) => {
            Value::Bytes(STANDARD.decode(s).map_err(|_| Mismatch::new("base64 text"))?)
        }
        (Kind::Timestamp, Json::Number(n)) => {
            Value::Time((n.as_f64().unwrap_or_default() * 1000.0).round() as i64)
        }
        (Kind::Timestamp, Json::String(s)) => {
            Value::Time(time::parse_iso(&s).ok_or_else(|| Mismatch::new("Timestamp"))?)
        }
        (Kind::List(item), Json::Array(items)) => {
            Value::List(items.into_iter().map(|i| from_json(i, item)).collect::<Result<_, _>>()?)
        }
        (Kind::Map(_, item), Json::Object(members)) => Value::Map(
            members
                .into_iter()
                .map(|(k, v)| from_json(v, item).map_err(|m| m.inside(&k)).map(|v| (k, v)))
                .collect::<Result<_, _>>()?,
        ),
        (Kind::Structure(members), Json::Object(mut object)) => {
            let mut out = Vec::new();
            for member in members {
                if let Some(json) = object.remove(member.name) {
                    let value =
                        from_json(json, member.schema).map_err(|m| m.inside(member.name))?;
                    out.push((member.name.to_owned(), value));
                }
            }
            Value::Map(out)
        }
        (kind, _) => return Err(Mismatch::new(name(kind))),
    })
}

fn whole(n: &Number) -> Result<i64, Mismatch> {
    n.as_i64()
        .or_else(|| n.as_f64().filter(|f| f.fract() == 0.0).map(|f| f as i64))
        .ok_or_else(|| Mismatch::new("Integer"))
}

fn document(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(b) => Value::Bool(b),
        Json::Number(n) => {
            n.as_i64().map_or_else(|| Value::Float(n.as_f64().unwrap_or_default()), Value::Integer)
        }
        Json::String(s) => Value::String(s),
        Json::Array(items) => Value::List(items.into_iter().map(document).collect()),
        Json::Object(members) => {
            Value::Map(members.into_iter().map(|(k, v)| (k, document(v))).collect())
        }
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "Boolean",
        Kind::Integer => "Integer",
        Kind::Float => "Float",
        Kind::String | Kind::Enum(_) => "String",
        Kind::Blob => "Blob",
        Kind::Timestamp => "Timestamp",
        Kind::Document => "Document",
        Kind::List(_) => "List",
        Kind::Map(..) => "Map",
        Kind::Structure(_) => "Structure",
    }
}

/// Converts a value to JSON: timestamps to epoch seconds, bytes to base64.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(b) => Json::Bool(*b),
        Value::Integer(n) => Json::from(*n),
        Value::Float(f) => Number::from_f64(*f).map_or(Json::Null, Json::Number),
        Value::String(s) => Json::String(s.clone()),
        Value::Bytes(bytes) => Json::String(STANDARD.encode(bytes)),
        Value::Time(ms) if ms % 1000 == 0 => Json::from(ms / 1000),
        Value::Time(ms) => Number::from_f64(*ms as f64 / 1000.0).map_or(Json::Null, Json::Number),
        Value::List(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Map(members) => Json::Object(
            members.iter().map(|(k, v)| (k.clone(), to_json(v))).collect::<Map<_, _>>(),
        ),
    }
}

/// Encodes a value as JSON text.
pub fn encode(value: &Value) -> Vec<u8> {
    to_json(value).to_string().into_bytes()
}
