//! Requests of the Query protocol: decodes `A.member.1.B=x`. Its responses are XML (`xml`).

use crate::json;
use crate::schema::{Kind, Member, Schema};
use crate::shape::Mismatch;
use crate::time;
use crate::value::Value;

/// Decodes form parameters as a structure.
pub fn decode(form: &[(String, String)], schema: &Schema) -> Result<Value, Mismatch> {
    structure(form, "", schema.members())
}

fn structure(
    form: &[(String, String)],
    prefix: &str,
    members: &[Member],
) -> Result<Value, Mismatch> {
    let mut out = Vec::new();
    for member in members {
        let name = format!("{prefix}{}", member.name);
        let value = value(form, &name, member.schema, member.flattened)
            .map_err(|m| m.inside(member.name))?;
        if !value.is_null() {
            out.push((member.name.to_owned(), value));
        }
    }
    Ok(Value::Map(out))
}

fn value(
    form: &[(String, String)],
    name: &str,
    schema: &Schema,
    flattened: bool,
) -> Result<Value, Mismatch> {
    let below = format!("{name}.");
    let scalar = form.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    match schema.kind {
        Kind::List(item) => {
            let prefix = if flattened { below } else { format!("{below}member.") };
            if !present(form, &prefix) {
                // SDKs send an empty list as `Name=`.
                return Ok(scalar.map_or(Value::Null, |_| Value::List(Vec::new())));
            }
            let items = numbers(form, &prefix).into_iter();
            items
                .map(|n| value(form, &format!("{prefix}{n}"), item, false))
                .collect::<Result<_, _>>()
                .map(Value::List)
        }
        Kind::Map(_, item) => {
            let prefix = if flattened { below } else { format!("{below}entry.") };
            if !present(form, &prefix) {
                return Ok(Value::Null);
            }
            let (key_name, value_name) = schema.entry;
            let mut entries = Vec::new();
            for n in numbers(form, &prefix) {
                let key = format!("{prefix}{n}.{key_name}");
                let key = form.iter().find(|(name, _)| *name == key);
                let key = key.map(|(_, v)| v.clone()).unwrap_or_default();
                let mut value = value(form, &format!("{prefix}{n}.{value_name}"), item, false)?;
                if value.is_null() && matches!(item.kind, Kind::String) {
                    value = Value::String(String::new());
                }
                entries.push((key, value));
            }
            Ok(Value::Map(entries))
        }
        Kind::Structure(members) if present(form, &below) => structure(form, &below, members),
        Kind::Structure(_) => Ok(Value::Null),
        _ => scalar.map_or(Ok(Value::Null), |text| from_text(text, schema)),
    }
}

fn present(form: &[(String, String)], prefix: &str) -> bool {
    form.iter().any(|(name, _)| name.starts_with(prefix))
}

/// The indices after a prefix, in numeric order.
fn numbers(form: &[(String, String)], prefix: &str) -> Vec<u32> {
    let mut found: Vec<u32> = form
        .iter()
        .filter_map(|(name, _)| name.strip_prefix(prefix)?.split('.').next()?.parse().ok())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Parses a scalar from a header, a parameter or XML text.
pub fn from_text(text: &str, schema: &Schema) -> Result<Value, Mismatch> {
    match schema.kind {
        Kind::Boolean => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(Mismatch::new("Boolean")),
        },
        Kind::Integer => {
            text.trim().parse().map(Value::Integer).map_err(|_| Mismatch::new("Integer"))
        }
        Kind::Float => text.trim().parse().map(Value::Float).map_err(|_| Mismatch::new("Float")),
        Kind::Timestamp => time::parse_http(text)
            .or_else(|| time::parse_iso(text))
            .map(Value::Time)
            .ok_or_else(|| Mismatch::new("Timestamp")),
        Kind::Blob => json::from_json(serde_json::Value::String(text.to_owned()), schema),
        _ => Ok(Value::String(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::form;

    #[test]
    fn lists_structures_and_maps() {
        const TAG: Schema = Schema::structure(&[
            Member::new("Key", &Schema::STRING),
            Member::new("Value", &Schema::STRING),
        ]);
        const INPUT: Schema = Schema::structure(&[
            Member::new("Tags", &Schema::list(&TAG)),
            Member::new("PolicyArns", &Schema::list(&Schema::STRING)),
            Member::new("Attributes", &Schema::map(&Schema::STRING)),
            Member::new("DurationSeconds", &Schema::INTEGER),
        ]);
        let params = form(
            b"Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.10.Key=c&Tags.member.2.Key=b&PolicyArns=&Attributes.entry.1.key=k&Attributes.entry.1.value=v&DurationSeconds=900",
        );
        let value = decode(&params, &INPUT).unwrap();
        let keys: Vec<_> = value.get("Tags").items().iter().map(|t| t.text("Key")).collect();
        assert_eq!(keys, ["a", "b", "c"]);
        assert_eq!(value.get("PolicyArns"), &Value::List(vec![]));
        assert_eq!(value.get("Attributes").text("k"), "v");
        assert_eq!(value.get("DurationSeconds"), &Value::Integer(900));
    }
}
