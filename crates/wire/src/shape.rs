//! Rust types that turn into the value tree and back; `derive(Shape)` writes the rest.

use std::collections::BTreeMap;
use std::fmt;

use crate::schema::{Kind, Schema};
use crate::value::Value;

/// A type with a place in the value tree.
pub trait Shape: Sized {
    /// What it looks like.
    const SCHEMA: &'static Schema;
    /// Whether a structure must have a member of this type.
    const REQUIRED: bool = true;
    /// Reads it from a tree that its schema has shaped.
    fn read(value: Value) -> Result<Self, Mismatch>;
    /// Writes it as a tree.
    fn write(&self) -> Value;
}

/// A value that has not the form its shape asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Member names from the outside in, joined by dots.
    pub path: String,
    /// What was asked for.
    pub expected: &'static str,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a {}", self.path, self.expected)
    }
}

impl Mismatch {
    /// A mismatch at the value itself.
    pub fn new(expected: &'static str) -> Mismatch {
        Mismatch { path: String::new(), expected }
    }

    /// The same mismatch, seen from the parent.
    pub fn inside(mut self, name: &str) -> Mismatch {
        self.path =
            if self.path.is_empty() { name.to_owned() } else { format!("{name}.{}", self.path) };
        self
    }
}

macro_rules! scalar {
    ($type:ty, $schema:ident, $($variant:pat => $read:expr),+; $self:ident => $write:expr) => {
        impl Shape for $type {
            const SCHEMA: &'static Schema = &Schema::new("", Kind::$schema);
            fn read(value: Value) -> Result<Self, Mismatch> {
                match value {
                    $($variant => Ok($read),)+
                    _ => Err(Mismatch::new(stringify!($schema))),
                }
            }
            fn write(&$self) -> Value {
                $write
            }
        }
    };
}
scalar!(bool, Boolean, Value::Bool(b) => b; self => Value::Bool(*self));
scalar!(i64, Integer, Value::Integer(n) => n; self => Value::Integer(*self));
scalar!(f64, Float, Value::Float(n) => n, Value::Integer(n) => n as f64; self => Value::Float(*self));
scalar!(String, String, Value::String(s) => s; self => Value::String(self.clone()));

impl Shape for Value {
    const SCHEMA: &'static Schema = &Schema::DOCUMENT;
    fn read(value: Value) -> Result<Self, Mismatch> {
        Ok(value)
    }
    fn write(&self) -> Value {
        self.clone()
    }
}

/// Bytes, base64 on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blob(pub Vec<u8>);
scalar!(Blob, Blob, Value::Bytes(b) => Blob(b); self => Value::Bytes(self.0.clone()));

/// A moment in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);
scalar!(Timestamp, Timestamp, Value::Time(t) => Timestamp(t); self => Value::Time(self.0));

impl<T: Shape> Shape for Option<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;
    const REQUIRED: bool = false;
    fn read(value: Value) -> Result<Self, Mismatch> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Shape::write)
    }
}

impl<T: Shape> Shape for Vec<T> {
    const SCHEMA: &'static Schema = &Schema::list(T::SCHEMA);
    fn read(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::List(items) => items.into_iter().map(T::read).collect(),
            _ => Err(Mismatch::new("List")),
        }
    }
    fn write(&self) -> Value {
        Value::List(self.iter().map(Shape::write).collect())
    }
}

impl<K: Shape + Ord, T: Shape> Shape for BTreeMap<K, T> {
    const SCHEMA: &'static Schema = &Schema::new("", Kind::Map(K::SCHEMA, T::SCHEMA));
    fn read(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Map(members) => {
                // Inserted one by one: collecting would sort first, with a sort for each type.
                let mut map = BTreeMap::new();
                for (key, value) in members {
                    let value = T::read(value).map_err(|m| m.inside(&key))?;
                    map.insert(K::read(Value::String(key))?, value);
                }
                Ok(map)
            }
            _ => Err(Mismatch::new("Map")),
        }
    }
    fn write(&self) -> Value {
        let mut members = Vec::with_capacity(self.len());
        for (key, value) in self {
            if let Value::String(key) = key.write() {
                members.push((key, value.write()));
            }
        }
        Value::Map(members)
    }
}

/// The empty structure: the output of operations that answer nothing.
impl Shape for () {
    const SCHEMA: &'static Schema = &Schema::structure(&[]);
    fn read(_: Value) -> Result<Self, Mismatch> {
        Ok(())
    }
    fn write(&self) -> Value {
        Value::Map(Vec::new())
    }
}

/// Members being taken out of a structure; what `derive(Shape)` calls.
pub struct Members(Vec<(String, Value)>);

impl Members {
    /// Opens a structure.
    pub fn open(value: Value) -> Result<Members, Mismatch> {
        match value {
            Value::Map(members) => Ok(Members(members)),
            _ => Err(Mismatch::new("Structure")),
        }
    }

    /// Takes the member of this name; absent ones read as null.
    // Once per type and not once per member: this is what keeps hundreds of shapes small.
    #[inline(never)]
    pub fn take<T: Shape>(&mut self, name: &str) -> Result<T, Mismatch> {
        T::read(self.remove(name)).map_err(|m| m.inside(name))
    }

    #[inline(never)]
    fn remove(&mut self, name: &str) -> Value {
        let found = self.0.iter_mut().find(|(n, _)| n == name);
        found.map(|(_, v)| std::mem::take(v)).unwrap_or_default()
    }
}

/// Adds a member unless it is absent; what `derive(Shape)` calls.
#[inline(never)]
pub fn put<T: Shape>(members: &mut Vec<(String, Value)>, name: &str, value: &T) {
    push(members, name, value.write());
}

#[inline(never)]
fn push(members: &mut Vec<(String, Value)>, name: &str, value: Value) {
    if !value.is_null() {
        members.push((name.to_owned(), value));
    }
}
