//! Attribute values: read from the tree, compared, measured, written back.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_wire::Value;

use crate::error::Error;
use crate::number::Number;

/// An item, or part of one: attributes by name.
pub(crate) type Attributes = BTreeMap<String, Attribute>;

/// How deep lists and maps may lie in each other.
const DEEPEST: usize = 32;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Attribute {
    S(String),
    N(Number),
    B(Vec<u8>),
    Bool(bool),
    Null,
    M(Attributes),
    L(Vec<Attribute>),
    Ss(Vec<String>),
    Ns(Vec<Number>),
    Bs(Vec<Vec<u8>>),
}

impl Attribute {
    /// Reads `{"S": "…"}` and its kin.
    pub(crate) fn read(value: &Value) -> Result<Attribute, Error> {
        Attribute::read_at(value, 0)
    }

    fn read_at(value: &Value, depth: usize) -> Result<Attribute, Error> {
        if depth > DEEPEST {
            return Err(Error::invalid("Nesting Levels have exceeded supported limits"));
        }
        if !matches!(value, Value::Map(_)) {
            return Err(misplaced(value, false));
        }
        let (kind, inner) = match value.members() {
            [(kind, inner)] => (kind.as_str(), inner),
            [] => {
                return Err(Error::invalid(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                ));
            }
            _ => {
                return Err(Error::invalid(
                    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                ));
            }
        };
        Ok(match (kind, inner) {
            ("S", Value::String(text)) => Attribute::S(text.clone()),
            ("N", Value::String(text)) => Attribute::N(Number::parse(text)?),
            ("B", Value::String(text)) => Attribute::B(bytes(text)?),
            ("BOOL", Value::Bool(flag)) => Attribute::Bool(*flag),
            ("NULL", Value::Bool(true)) => Attribute::Null,
            ("NULL", Value::Bool(false)) => {
                return Err(Error::parameter(
                    "Null attribute value types must have the value of true",
                ));
            }
            ("M", Value::Map(_)) => Attribute::M(map_at(inner, depth + 1)?),
            ("L", Value::List(items)) => Attribute::L(
                items.iter().map(|i| Attribute::read_at(i, depth + 1)).collect::<Result<_, _>>()?,
            ),
            ("SS", Value::List(_)) => Attribute::Ss(set(inner, |t| Ok(t.to_owned()))?),
            ("NS", Value::List(_)) => Attribute::Ns(set(inner, Number::parse)?),
            ("BS", Value::List(_)) => Attribute::Bs(set(inner, bytes)?),
            ("S" | "N" | "B" | "BOOL" | "NULL" | "M" | "L" | "SS" | "NS" | "BS", inner) => {
                return Err(misplaced(inner, !matches!(kind, "M" | "L" | "SS" | "NS" | "BS")));
            }
            _ => {
                return Err(Error::invalid(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                ));
            }
        })
    }

    /// Writes it as it was read.
    pub(crate) fn write(&self) -> Value {
        let list = |items: Vec<Value>| Value::List(items);
        let value = match self {
            Attribute::S(text) => Value::from(text.as_str()),
            Attribute::N(number) => Value::String(number.to_string()),
            Attribute::B(bytes) => Value::String(STANDARD.encode(bytes)),
            Attribute::Bool(flag) => Value::Bool(*flag),
            Attribute::Null => Value::Bool(true),
            Attribute::M(members) => write(members),
            Attribute::L(items) => list(items.iter().map(Attribute::write).collect()),
            Attribute::Ss(items) => list(items.iter().map(|t| Value::from(t.as_str())).collect()),
            Attribute::Ns(items) => {
                list(items.iter().map(|n| Value::String(n.to_string())).collect())
            }
            Attribute::Bs(items) => {
                list(items.iter().map(|b| Value::String(STANDARD.encode(b))).collect())
            }
        };
        Value::Map(vec![(self.kind().to_owned(), value)])
    }

    /// DynamoDB's name for its type.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Attribute::S(_) => "S",
            Attribute::N(_) => "N",
            Attribute::B(_) => "B",
            Attribute::Bool(_) => "BOOL",
            Attribute::Null => "NULL",
            Attribute::M(_) => "M",
            Attribute::L(_) => "L",
            Attribute::Ss(_) => "SS",
            Attribute::Ns(_) => "NS",
            Attribute::Bs(_) => "BS",
        }
    }

    /// Order of two values of one type that has an order.
    pub(crate) fn order(&self, other: &Attribute) -> Option<Ordering> {
        match (self, other) {
            (Attribute::S(a), Attribute::S(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
            (Attribute::N(a), Attribute::N(b)) => Some(a.cmp(b)),
            (Attribute::B(a), Attribute::B(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// Whether two values are the same; a set has no order.
    pub(crate) fn same(&self, other: &Attribute) -> bool {
        fn sets<T: PartialEq>(a: &[T], b: &[T]) -> bool {
            a.len() == b.len() && a.iter().all(|x| b.contains(x))
        }
        match (self, other) {
            (Attribute::Ss(a), Attribute::Ss(b)) => sets(a, b),
            (Attribute::Ns(a), Attribute::Ns(b)) => sets(a, b),
            (Attribute::Bs(a), Attribute::Bs(b)) => sets(a, b),
            (a, b) => a == b,
        }
    }

    /// What `size()` says: characters, bytes or members; nothing for numbers and flags.
    pub(crate) fn size(&self) -> Option<usize> {
        match self {
            Attribute::S(text) => Some(text.len()),
            Attribute::B(bytes) => Some(bytes.len()),
            Attribute::M(members) => Some(members.len()),
            Attribute::L(items) => Some(items.len()),
            Attribute::Ss(items) => Some(items.len()),
            Attribute::Ns(items) => Some(items.len()),
            Attribute::Bs(items) => Some(items.len()),
            Attribute::N(_) | Attribute::Bool(_) | Attribute::Null => None,
        }
    }

    /// Bytes that it takes up, as DynamoDB counts them.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Attribute::S(text) => text.len(),
            Attribute::N(number) => number.to_string().len() / 2 + 1,
            Attribute::B(bytes) => bytes.len(),
            Attribute::Bool(_) | Attribute::Null => 1,
            Attribute::M(members) => weight(members) + 3,
            Attribute::L(items) => items.iter().map(|i| i.weight() + 1).sum::<usize>() + 3,
            Attribute::Ss(items) => items.iter().map(String::len).sum(),
            Attribute::Ns(items) => items.iter().map(|n| n.to_string().len() / 2 + 1).sum(),
            Attribute::Bs(items) => items.iter().map(Vec::len).sum(),
        }
    }

    /// Type and value as messages show them: `S:abc`.
    pub(crate) fn shown(&self) -> String {
        format!("{}:{}", self.kind(), self.text())
    }

    /// Its text as policies see it in `dynamodb:LeadingKeys`.
    pub(crate) fn text(&self) -> String {
        match self {
            Attribute::S(text) => text.clone(),
            Attribute::N(number) => number.to_string(),
            Attribute::B(bytes) => STANDARD.encode(bytes),
            _ => String::new(),
        }
    }
}

/// The refusal of a value whose kind does not fit; `scalar` where text was wanted.
fn misplaced(value: &Value, scalar: bool) -> Error {
    Error::Misplaced(match value {
        Value::Map(_) => "Start of structure or map found where not expected",
        Value::List(_) if scalar => "Unrecognized collection type class java.lang.String",
        Value::Integer(_) if scalar => "NUMBER_VALUE cannot be converted to String",
        Value::Float(_) if scalar => "DECIMAL_VALUE cannot be converted to String",
        Value::Bool(true) if scalar => "TRUE_VALUE cannot be converted to String",
        Value::Bool(false) if scalar => "FALSE_VALUE cannot be converted to String",
        _ => "Unexpected field type",
    })
}

fn bytes(text: &str) -> Result<Vec<u8>, Error> {
    STANDARD.decode(text).map_err(|_| Error::parameter("Invalid Base64 data"))
}

fn set<T: PartialEq>(
    value: &Value,
    read: impl Fn(&str) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut out = Vec::new();
    for item in value.items() {
        let item = read(item.str().unwrap_or_default())?;
        if out.contains(&item) {
            return Err(Error::parameter("Input collection contains duplicates."));
        }
        out.push(item);
    }
    if out.is_empty() {
        return Err(Error::parameter("An string set  may not be empty"));
    }
    Ok(out)
}

/// Reads attributes by name.
pub(crate) fn read(value: &Value) -> Result<Attributes, Error> {
    map_at(value, 0)
}

fn map_at(value: &Value, depth: usize) -> Result<Attributes, Error> {
    if !matches!(value, Value::Map(_)) {
        return Err(misplaced(value, false));
    }
    let members = value.members().iter();
    members.map(|(name, v)| Ok((name.clone(), Attribute::read_at(v, depth)?))).collect()
}

/// Writes attributes by name.
pub(crate) fn write(attributes: &Attributes) -> Value {
    Value::Map(attributes.iter().map(|(name, a)| (name.clone(), a.write())).collect())
}

/// Bytes that attributes take up with their names.
pub(crate) fn weight(attributes: &Attributes) -> usize {
    attributes.iter().map(|(name, a)| name.len() + a.weight()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(text: &str) -> Result<Attribute, Error> {
        let value = cognitab_wire::json::decode(text.as_bytes(), &cognitab_wire::Schema::DOCUMENT);
        Attribute::read(&value.unwrap())
    }

    #[test]
    fn what_comes_in_goes_out() {
        for text in [
            r#"{"S":"a"}"#,
            r#"{"N":"1.5"}"#,
            r#"{"B":"YQ=="}"#,
            r#"{"BOOL":false}"#,
            r#"{"NULL":true}"#,
            r#"{"M":{"a":{"L":[{"S":"x"}]}}}"#,
            r#"{"SS":["a","b"]}"#,
            r#"{"NS":["1","2"]}"#,
            r#"{"BS":["YQ=="]}"#,
        ] {
            let json = cognitab_wire::json::to_json(&attribute(text).unwrap().write());
            assert_eq!(json.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_attribute_is_refused() {
        for text in [
            "{}",
            "[]",
            r#"{"S":1}"#,
            r#"{"S":"a","N":"1"}"#,
            r#"{"N":"x"}"#,
            r#"{"X":"a"}"#,
            r#"{"SS":[]}"#,
            r#"{"NS":["1","1.0"]}"#,
            r#"{"B":"%"}"#,
            r#"{"NULL":false}"#,
        ] {
            assert!(attribute(text).is_err(), "{text}");
        }
        let deep = format!("{}{{\"S\":\"\"}}{}", "{\"L\":[".repeat(40), "]}".repeat(40));
        assert!(attribute(&deep).is_err());
    }
}
