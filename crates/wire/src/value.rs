//! The value that protocols encode and decode, and that shapes convert to and from.

/// A value of any shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Absent.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    String(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A timestamp in milliseconds since 1970.
    Time(i64),
    /// A list.
    List(Vec<Value>),
    /// A structure or a map, in order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The member with this name, or null.
    pub fn get(&self, name: &str) -> &Value {
        match self {
            Value::Map(members) => {
                members.iter().find(|(n, _)| n == name).map_or(&Value::Null, |(_, v)| v)
            }
            _ => &Value::Null,
        }
    }

    /// The string, if it is one.
    pub fn str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The string member with this name, or an empty string.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).str().unwrap_or_default()
    }

    /// The items of a list; empty for others.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The members of a structure or map; empty for others.
    pub fn members(&self) -> &[(String, Value)] {
        match self {
            Value::Map(members) => members,
            _ => &[],
        }
    }

    /// Whether it is absent.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::String(text)
    }
}
