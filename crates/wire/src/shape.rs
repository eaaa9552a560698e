//! Rust types that convert to and from values; `derive(Shape)` implements them.

use std::collections::BTreeMap;
use std::fmt;

use crate::schema::{Kind, Schema};
use crate::value::Value;

/// A type that converts to and from a value.
pub trait Shape: Sized {
    /// Its schema.
    const SCHEMA: &'static Schema;
    /// Whether a structure requires a member of this type.
    const REQUIRED: bool = true;

    /// Converts from a value that was decoded by its schema.
    fn read(value: Value) -> Result<Self, Mismatch> {
        let mut reader = Reader::default();
        let read = Self::read_with(value, &mut reader);
        reader.finish().map(|()| read)
    }

    /// Converts from a value, with a placeholder if the value is of another type, which the reader
    /// keeps. Reading a structure then needs no error path for each of its members, which would be
    /// most of the code.
    fn read_with(value: Value, reader: &mut Reader) -> Self;

    /// Converts to a value.
    fn write(&self) -> Value;
}

/// A value whose type is not that of its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Names of members from the outermost, joined by dots.
    pub path: String,
    /// The expected type.
    pub expected: &'static str,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a {}", self.path, self.expected)
    }
}

impl Mismatch {
    /// A mismatch of the value itself.
    pub fn new(expected: &'static str) -> Mismatch {
        Mismatch { path: String::new(), expected }
    }

    /// The same mismatch with a path from the parent.
    pub fn inside(mut self, name: &str) -> Mismatch {
        self.path =
            if self.path.is_empty() { name.to_owned() } else { format!("{name}.{}", self.path) };
        self
    }
}

/// Keeps the first mismatch.
#[derive(Debug, Default)]
pub struct Reader {
    mismatch: Option<Mismatch>,
}

impl Reader {
    /// The first mismatch, if there was any.
    pub fn finish(self) -> Result<(), Mismatch> {
        self.mismatch.map_or(Ok(()), Err)
    }

    /// Reads one of these strings as its index; the first one if it is none of them.
    pub fn variant(&mut self, value: Value, names: &[&str], expected: &'static str) -> usize {
        let name = value.str().unwrap_or_default();
        names.iter().position(|one| *one == name).unwrap_or_else(|| {
            self.expect(expected);
            0
        })
    }

    /// Notes that a value is not of the expected type.
    #[inline(never)]
    pub(crate) fn expect(&mut self, expected: &'static str) {
        self.mismatch.get_or_insert_with(|| Mismatch::new(expected));
    }

    /// Reads the value of a member.
    fn member<T: Shape>(&mut self, name: &str, value: Value) -> T {
        let earlier = self.mismatch.is_some();
        let read = T::read_with(value, self);
        self.leave(name, earlier);
        read
    }

    /// Completes the path of a mismatch that was found inside a member.
    #[inline(never)]
    fn leave(&mut self, name: &str, earlier: bool) {
        if !earlier {
            self.mismatch = self.mismatch.take().map(|mismatch| mismatch.inside(name));
        }
    }
}

macro_rules! scalar {
    ($type:ty, $kind:ident, $($variant:pat => $read:expr),+; $self:ident => $write:expr) => {
        impl Shape for $type {
            const SCHEMA: &'static Schema = &Schema::new("", Kind::$kind);
            fn read_with(value: Value, reader: &mut Reader) -> Self {
                match value {
                    $($variant => $read,)+
                    _ => {
                        reader.expect(stringify!($kind));
                        Self::default()
                    }
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
    fn read_with(value: Value, _: &mut Reader) -> Self {
        value
    }
    fn write(&self) -> Value {
        self.clone()
    }
}

/// Bytes, base64 on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blob(pub Vec<u8>);
scalar!(Blob, Blob, Value::Bytes(b) => Blob(b); self => Value::Bytes(self.0.clone()));

/// A timestamp in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);
scalar!(Timestamp, Timestamp, Value::Time(t) => Timestamp(t); self => Value::Time(self.0));

impl<T: Shape> Shape for Option<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;
    const REQUIRED: bool = false;
    fn read_with(value: Value, reader: &mut Reader) -> Self {
        (!value.is_null()).then(|| T::read_with(value, reader))
    }
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Shape::write)
    }
}

impl<T: Shape> Shape for Vec<T> {
    const SCHEMA: &'static Schema = &Schema::list(T::SCHEMA);
    fn read_with(value: Value, reader: &mut Reader) -> Self {
        let Value::List(items) = value else {
            reader.expect("List");
            return Vec::new();
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(T::read_with(item, reader));
        }
        list
    }
    fn write(&self) -> Value {
        let mut items = Vec::with_capacity(self.len());
        for item in self {
            items.push(item.write());
        }
        Value::List(items)
    }
}

impl<K: Shape + Ord, T: Shape> Shape for BTreeMap<K, T> {
    const SCHEMA: &'static Schema = &Schema::new("", Kind::Map(K::SCHEMA, T::SCHEMA));
    fn read_with(value: Value, reader: &mut Reader) -> Self {
        // Inserted one by one: collecting would sort first, with code for each type.
        let mut map = BTreeMap::new();
        let Value::Map(entries) = value else {
            reader.expect("Map");
            return map;
        };
        for (key, value) in entries {
            let value = reader.member(&key, value);
            map.insert(K::read_with(Value::String(key), reader), value);
        }
        map
    }
    fn write(&self) -> Value {
        let mut entries = Vec::with_capacity(self.len());
        for (key, value) in self {
            if let Value::String(key) = key.write() {
                entries.push((key, value.write()));
            }
        }
        Value::Map(entries)
    }
}

/// The empty structure, as the output of operations without any.
impl Shape for () {
    const SCHEMA: &'static Schema = &Schema::structure(&[]);
    fn read_with(_: Value, _: &mut Reader) -> Self {}
    fn write(&self) -> Value {
        Value::Map(Vec::new())
    }
}

/// Takes the members out of a structure; `derive(Shape)` uses it.
#[derive(Debug)]
pub struct Members<'r> {
    members: Vec<(String, Value)>,
    reader: &'r mut Reader,
}

impl<'r> Members<'r> {
    /// Opens a structure.
    pub fn open(value: Value, reader: &'r mut Reader) -> Members<'r> {
        let members = match value {
            Value::Map(members) => members,
            _ => {
                reader.expect("Structure");
                Vec::new()
            }
        };
        Members { members, reader }
    }

    /// Takes the member with this name; absent ones are null.
    // Compiled once per type, not once per member, which keeps hundreds of structures small.
    #[inline(never)]
    pub fn take<T: Shape>(&mut self, name: &str) -> T {
        let value = self.remove(name);
        self.reader.member(name, value)
    }

    #[inline(never)]
    fn remove(&mut self, name: &str) -> Value {
        let found = self.members.iter_mut().find(|(n, _)| n == name);
        found.map(|(_, v)| std::mem::take(v)).unwrap_or_default()
    }
}

/// Adds a member unless it is absent; `derive(Shape)` uses it.
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
