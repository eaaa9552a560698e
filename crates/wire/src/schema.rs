//! Schemas: shapes of AWS's models as data, for protocols and validation.

/// The schema of a shape.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// AWS's name for the shape; empty for built-in types.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Its constraints, which apply wherever the shape is used.
    pub constraints: &'static Constraints,
    /// Whether values are left out of messages.
    pub sensitive: bool,
    /// Of a map: the names of a key and a value in XML and in requests of the Query protocol.
    pub entry: &'static (&'static str, &'static str),
}

/// The type of a shape.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// A floating-point number.
    Float,
    /// A string.
    String,
    /// One of these strings.
    Enum(&'static [&'static str]),
    /// Bytes.
    Blob,
    /// A timestamp.
    Timestamp,
    /// Any JSON value.
    Document,
    /// A list of items.
    List(&'static Schema),
    /// A map from strings to values: the schemas of keys and values.
    Map(&'static Schema, &'static Schema),
    /// A structure with members.
    Structure(&'static [Member]),
}

/// Constraints on a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraints {
    /// Minimum and maximum length: characters of a string, bytes of a blob, items of a list,
    /// entries of a map.
    pub length: Option<(usize, usize)>,
    /// Minimum and maximum of a number.
    pub range: Option<(i64, i64)>,
    /// Regular expression, in AWS's notation, that must match the whole string.
    pub pattern: Option<&'static str>,
    /// Minimum and maximum length of the items of a list or the values of a map. Prefer a
    /// constraint on their own shape.
    pub item_length: Option<(usize, usize)>,
}

/// A member of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// AWS's name.
    pub name: &'static str,
    /// Schema of its value.
    pub schema: &'static Schema,
    /// Whether it is required.
    pub required: bool,
    /// Constraints in addition to those of its shape.
    pub constraints: &'static Constraints,
    /// Whether its value is left out of messages.
    pub sensitive: bool,
    /// Its location in REST protocols.
    pub location: Location,
    /// Element name of a list's items in XML, by default `member`.
    pub item: &'static str,
    /// Whether the items of a list are direct children of the parent in XML.
    pub flattened: bool,
}

/// The location of a member in REST protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// The document in the body.
    Body,
    /// The header with this name.
    Header(&'static str),
    /// All headers with this prefix.
    Headers(&'static str),
    /// The query parameter with this name.
    Query(&'static str),
    /// A label in the path.
    Uri,
    /// The whole body: bytes, text, or the member's own document.
    Payload,
}

impl Constraints {
    /// No constraints.
    pub const NONE: Constraints =
        Constraints { length: None, range: None, pattern: None, item_length: None };
}

impl Member {
    /// An optional member without constraints.
    pub const fn new(name: &'static str, schema: &'static Schema) -> Member {
        Member {
            name,
            schema,
            required: false,
            constraints: &Constraints::NONE,
            sensitive: false,
            location: Location::Body,
            item: "member",
            flattened: false,
        }
    }
}

impl Schema {
    /// A boolean.
    pub const BOOLEAN: Schema = Schema::new("", Kind::Boolean);
    /// An integer.
    pub const INTEGER: Schema = Schema::new("", Kind::Integer);
    /// A floating-point number.
    pub const FLOAT: Schema = Schema::new("", Kind::Float);
    /// A string.
    pub const STRING: Schema = Schema::new("", Kind::String);
    /// Bytes.
    pub const BLOB: Schema = Schema::new("", Kind::Blob);
    /// A timestamp.
    pub const TIMESTAMP: Schema = Schema::new("", Kind::Timestamp);
    /// Any JSON value.
    pub const DOCUMENT: Schema = Schema::new("", Kind::Document);

    /// A schema without constraints.
    pub const fn new(name: &'static str, kind: Kind) -> Schema {
        let constraints = &Constraints::NONE;
        Schema { name, kind, constraints, sensitive: false, entry: &("key", "value") }
    }

    /// An unnamed list.
    pub const fn list(item: &'static Schema) -> Schema {
        Schema::new("", Kind::List(item))
    }

    /// An unnamed map with unconstrained keys.
    pub const fn map(value: &'static Schema) -> Schema {
        Schema::new("", Kind::Map(&Schema::STRING, value))
    }

    /// An unnamed structure.
    pub const fn structure(members: &'static [Member]) -> Schema {
        Schema::new("", Kind::Structure(members))
    }

    /// The members of a structure; empty for other types.
    pub fn members(&self) -> &'static [Member] {
        match self.kind {
            Kind::Structure(members) => members,
            _ => &[],
        }
    }
}
