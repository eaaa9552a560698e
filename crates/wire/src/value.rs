//! The one tree that every protocol writes and reads, and every shape turns into.

/// A value on its way between bytes and a shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Absent.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    String(String),
    /// Bytes (base64 in JSON and XML).
    Bytes(Vec<u8>),
    /// A moment in milliseconds since 1970.
    Time(i64),
    /// A list.
    List(Vec<Value>),
    /// A structure or a map, members in order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The member of this name, or null.
    pub fn get(&self, name: &str) -> &Value {
        match self {
            Value::Map(members) => {
                members.iter().find(|(n, _)| n == name).map_or(&Value::Null, |(_, v)| v)
            }
            _ => &Value::Null,
        }
    }

    /// Its text, or nothing where it is none.
    pub fn str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of the member of this name, or empty text.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).str().unwrap_or_default()
    }

    /// Its items, or none.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Its members, or none.
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
