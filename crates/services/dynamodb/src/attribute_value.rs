//! Attribute values: their JSON form, comparison and size.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_wire::Value;

use crate::error::Error;
use crate::number::Number;

/// The attributes of an item, a key or a map by name.
pub(crate) type AttributeMap = BTreeMap<String, AttributeValue>;

/// Deepest nesting of lists and maps.
const MAX_NESTING: usize = 32;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AttributeValue {
    S(String),
    N(Number),
    B(Vec<u8>),
    Bool(bool),
    Null,
    M(AttributeMap),
    L(Vec<AttributeValue>),
    Ss(Vec<String>),
    Ns(Vec<Number>),
    Bs(Vec<Vec<u8>>),
}

impl AttributeValue {
    /// Reads `{"S": "text"}` or a value of another type. Fails with AWS's error if it is not valid.
    pub(crate) fn read(value: &Value) -> Result<AttributeValue, Error> {
        AttributeValue::read_at(value, 0)
    }

    fn read_at(value: &Value, depth: usize) -> Result<AttributeValue, Error> {
        if depth > MAX_NESTING {
            return Err(Error::validation("Nesting Levels have exceeded supported limits"));
        }
        if !matches!(value, Value::Map(_)) {
            return Err(unexpected_json(value, false));
        }
        let (data_type, value) = match value.members() {
            [(data_type, value)] => (data_type.as_str(), value),
            [] => {
                return Err(Error::validation(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                ));
            }
            _ => {
                return Err(Error::validation(
                    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                ));
            }
        };
        Ok(match (data_type, value) {
            ("S", Value::String(text)) => AttributeValue::S(text.clone()),
            ("N", Value::String(text)) => AttributeValue::N(Number::parse(text)?),
            ("B", Value::String(text)) => AttributeValue::B(decode_base64(text)?),
            ("BOOL", Value::Bool(flag)) => AttributeValue::Bool(*flag),
            ("NULL", Value::Bool(true)) => AttributeValue::Null,
            ("NULL", Value::Bool(false)) => {
                return Err(Error::invalid_parameter(
                    "Null attribute value types must have the value of true",
                ));
            }
            ("M", Value::Map(_)) => AttributeValue::M(read_map_at(value, depth + 1)?),
            ("L", Value::List(items)) => AttributeValue::L(
                items
                    .iter()
                    .map(|item| AttributeValue::read_at(item, depth + 1))
                    .collect::<Result<_, _>>()?,
            ),
            ("SS", Value::List(_)) => {
                AttributeValue::Ss(read_set(value, |text| Ok(text.to_owned()))?)
            }
            ("NS", Value::List(_)) => AttributeValue::Ns(read_set(value, Number::parse)?),
            ("BS", Value::List(_)) => AttributeValue::Bs(read_set(value, decode_base64)?),
            ("S" | "N" | "B" | "BOOL" | "NULL", value) => return Err(unexpected_json(value, true)),
            ("M" | "L" | "SS" | "NS" | "BS", value) => return Err(unexpected_json(value, false)),
            _ => {
                return Err(Error::validation(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                ));
            }
        })
    }

    /// Its JSON form.
    pub(crate) fn write(&self) -> Value {
        fn list<T>(members: &[T], write: impl Fn(&T) -> Value) -> Value {
            Value::List(members.iter().map(write).collect())
        }
        let number = |number: &Number| Value::String(number.to_string());
        let bytes = |bytes: &Vec<u8>| Value::String(STANDARD.encode(bytes));
        let value = match self {
            AttributeValue::S(text) => Value::from(text.as_str()),
            AttributeValue::N(n) => number(n),
            AttributeValue::B(b) => bytes(b),
            AttributeValue::Bool(flag) => Value::Bool(*flag),
            AttributeValue::Null => Value::Bool(true),
            AttributeValue::M(members) => write(members),
            AttributeValue::L(items) => list(items, AttributeValue::write),
            AttributeValue::Ss(members) => list(members, |text| Value::from(text.as_str())),
            AttributeValue::Ns(members) => list(members, number),
            AttributeValue::Bs(members) => list(members, bytes),
        };
        Value::Map(vec![(self.data_type().to_owned(), value)])
    }

    /// The descriptor of its data type: `S`, `N`, `BOOL` …
    pub(crate) fn data_type(&self) -> &'static str {
        match self {
            AttributeValue::S(_) => "S",
            AttributeValue::N(_) => "N",
            AttributeValue::B(_) => "B",
            AttributeValue::Bool(_) => "BOOL",
            AttributeValue::Null => "NULL",
            AttributeValue::M(_) => "M",
            AttributeValue::L(_) => "L",
            AttributeValue::Ss(_) => "SS",
            AttributeValue::Ns(_) => "NS",
            AttributeValue::Bs(_) => "BS",
        }
    }

    /// Whether it is a set of strings, numbers or binary values.
    pub(crate) fn is_set(&self) -> bool {
        matches!(self, AttributeValue::Ss(_) | AttributeValue::Ns(_) | AttributeValue::Bs(_))
    }

    /// The order of two strings, two numbers or two binary values; `None` for other types.
    pub(crate) fn compare(&self, other: &AttributeValue) -> Option<Ordering> {
        match (self, other) {
            (AttributeValue::S(a), AttributeValue::S(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
            (AttributeValue::N(a), AttributeValue::N(b)) => Some(a.cmp(b)),
            (AttributeValue::B(a), AttributeValue::B(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// Whether two values are equal. The members of a set are in no order.
    pub(crate) fn equals(&self, other: &AttributeValue) -> bool {
        fn sets<T: PartialEq>(a: &[T], b: &[T]) -> bool {
            a.len() == b.len() && a.iter().all(|member| b.contains(member))
        }
        match (self, other) {
            (AttributeValue::Ss(a), AttributeValue::Ss(b)) => sets(a, b),
            (AttributeValue::Ns(a), AttributeValue::Ns(b)) => sets(a, b),
            (AttributeValue::Bs(a), AttributeValue::Bs(b)) => sets(a, b),
            (a, b) => a == b,
        }
    }

    /// The result of the function `size`: bytes of a string or binary value, members of a map, list
    /// or set. `None` for other types.
    pub(crate) fn size(&self) -> Option<usize> {
        match self {
            AttributeValue::S(text) => Some(text.len()),
            AttributeValue::B(bytes) => Some(bytes.len()),
            AttributeValue::M(members) => Some(members.len()),
            AttributeValue::L(items) => Some(items.len()),
            AttributeValue::Ss(members) => Some(members.len()),
            AttributeValue::Ns(members) => Some(members.len()),
            AttributeValue::Bs(members) => Some(members.len()),
            AttributeValue::N(_) | AttributeValue::Bool(_) | AttributeValue::Null => None,
        }
    }

    /// The bytes that it contributes to the size of its item.
    pub(crate) fn stored_bytes(&self) -> usize {
        // A number takes about one byte for two digits, and one more.
        let number = |number: &Number| number.to_string().len() / 2 + 1;
        match self {
            AttributeValue::S(text) => text.len(),
            AttributeValue::N(n) => number(n),
            AttributeValue::B(bytes) => bytes.len(),
            AttributeValue::Bool(_) | AttributeValue::Null => 1,
            AttributeValue::M(members) => stored_bytes(members) + 3,
            AttributeValue::L(items) => {
                items.iter().map(|item| item.stored_bytes() + 1).sum::<usize>() + 3
            }
            AttributeValue::Ss(members) => members.iter().map(String::len).sum(),
            AttributeValue::Ns(members) => members.iter().map(number).sum(),
            AttributeValue::Bs(members) => members.iter().map(Vec::len).sum(),
        }
    }

    /// Data type and value as error messages quote them: `S:text`.
    pub(crate) fn with_type(&self) -> String {
        format!("{}:{}", self.data_type(), self.key_text())
    }

    /// A value of a key as text, as in the condition key `dynamodb:LeadingKeys`. Empty for types
    /// that a key cannot have.
    pub(crate) fn key_text(&self) -> String {
        match self {
            AttributeValue::S(text) => text.clone(),
            AttributeValue::N(number) => number.to_string(),
            AttributeValue::B(bytes) => STANDARD.encode(bytes),
            _ => String::new(),
        }
    }
}

/// The error for JSON of another kind than a data type's; `scalar` if the type is not a map, a
/// list or a set.
fn unexpected_json(value: &Value, scalar: bool) -> Error {
    Error::Serialization(match value {
        Value::Map(_) => "Start of structure or map found where not expected",
        Value::List(_) if scalar => "Unrecognized collection type class java.lang.String",
        Value::Integer(_) if scalar => "NUMBER_VALUE cannot be converted to String",
        Value::Float(_) if scalar => "DECIMAL_VALUE cannot be converted to String",
        Value::Bool(true) if scalar => "TRUE_VALUE cannot be converted to String",
        Value::Bool(false) if scalar => "FALSE_VALUE cannot be converted to String",
        _ => "Unexpected field type",
    })
}

fn decode_base64(text: &str) -> Result<Vec<u8>, Error> {
    STANDARD.decode(text).map_err(|_| Error::invalid_parameter("Invalid Base64 data"))
}

fn read_set<T: PartialEq>(
    value: &Value,
    read: impl Fn(&str) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut members = Vec::new();
    for item in value.items() {
        let member = read(item.str().unwrap_or_default())?;
        if members.contains(&member) {
            return Err(Error::invalid_parameter("Input collection contains duplicates."));
        }
        members.push(member);
    }
    if members.is_empty() {
        return Err(Error::invalid_parameter("An string set  may not be empty"));
    }
    Ok(members)
}

/// Reads attributes by name. Fails with AWS's error if one of them is not valid.
pub(crate) fn read(value: &Value) -> Result<AttributeMap, Error> {
    read_map_at(value, 0)
}

fn read_map_at(value: &Value, depth: usize) -> Result<AttributeMap, Error> {
    if !matches!(value, Value::Map(_)) {
        return Err(unexpected_json(value, false));
    }
    let members = value.members().iter();
    members.map(|(name, v)| Ok((name.clone(), AttributeValue::read_at(v, depth)?))).collect()
}

/// The JSON form of attributes.
pub(crate) fn write(attributes: &AttributeMap) -> Value {
    Value::Map(attributes.iter().map(|(name, value)| (name.clone(), value.write())).collect())
}

/// The size of an item in bytes, names and values together.
pub(crate) fn stored_bytes(attributes: &AttributeMap) -> usize {
    attributes.iter().map(|(name, value)| name.len() + value.stored_bytes()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(text: &str) -> Result<AttributeValue, Error> {
        let value = cognitab_wire::json::decode(text.as_bytes(), &cognitab_wire::Schema::DOCUMENT);
        AttributeValue::read(&value.unwrap())
    }

    #[test]
    fn values_are_written_as_they_are_read() {
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
    fn invalid_values_are_refused() {
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
