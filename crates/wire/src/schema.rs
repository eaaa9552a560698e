//! Shapes described as data: protocols walk them, validation reads AWS's constraints from them.

/// A shape of an AWS model.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// Name that the model gives the shape; empty for the built-in ones.
    pub name: &'static str,
    /// What a value looks like.
    pub kind: Kind,
    /// What a value must satisfy, wherever the shape is used.
    pub constraints: &'static Constraints,
    /// Whether messages must not repeat a value.
    pub sensitive: bool,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A boolean.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// Text.
    String,
    /// One of these texts.
    Enum(&'static [&'static str]),
    /// Bytes.
    Blob,
    /// A moment.
    Timestamp,
    /// Any JSON value, kept as it is.
    Document,
    /// A list of one kind of item.
    List(&'static Schema),
    /// A map from one kind of text to one kind of value.
    Map(&'static Schema, &'static Schema),
    /// Named members.
    Structure(&'static [Member]),
}

/// AWS's constraints on a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraints {
    /// Shortest and longest length: characters of text, bytes of a blob, items of a list, entries
    /// of a map.
    pub length: Option<(usize, usize)>,
    /// Smallest and largest number.
    pub range: Option<(i64, i64)>,
    /// Regular expression that text must match as a whole, as AWS writes it.
    pub pattern: Option<&'static str>,
    /// Shortest and longest length of each item of a list or value of a map. Better said by the
    /// type of the items.
    pub item_length: Option<(usize, usize)>,
}

/// A member of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// AWS's name for it.
    pub name: &'static str,
    /// What it holds.
    pub schema: &'static Schema,
    /// Whether it must be there.
    pub required: bool,
    /// Constraints of this member, beside those of its shape.
    pub constraints: &'static Constraints,
    /// Whether messages must not repeat its value.
    pub sensitive: bool,
    /// Where REST protocols put it.
    pub location: Location,
    /// Name of a list's items in XML; `member` unless said otherwise.
    pub item: &'static str,
    /// Whether a list's items stand directly in the parent in XML.
    pub flattened: bool,
}

/// Where REST protocols put a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the body document.
    Body,
    /// In the header of this name.
    Header(&'static str),
    /// In all headers that begin so.
    Headers(&'static str),
    /// In the query parameter of this name.
    Query(&'static str),
    /// In the path.
    Uri,
    /// It is the body: bytes as they are, or a document of its own.
    Payload,
}

impl Constraints {
    /// No constraint at all.
    pub const NONE: Constraints =
        Constraints { length: None, range: None, pattern: None, item_length: None };
}

impl Member {
    /// An optional member without constraints, which is what a derive begins with.
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
    /// A whole number.
    pub const INTEGER: Schema = Schema::new("", Kind::Integer);
    /// A number.
    pub const FLOAT: Schema = Schema::new("", Kind::Float);
    /// Text.
    pub const STRING: Schema = Schema::new("", Kind::String);
    /// Bytes.
    pub const BLOB: Schema = Schema::new("", Kind::Blob);
    /// A moment.
    pub const TIMESTAMP: Schema = Schema::new("", Kind::Timestamp);
    /// Any JSON value.
    pub const DOCUMENT: Schema = Schema::new("", Kind::Document);

    /// A shape without constraints.
    pub const fn new(name: &'static str, kind: Kind) -> Schema {
        Schema { name, kind, constraints: &Constraints::NONE, sensitive: false }
    }

    /// A list without a name.
    pub const fn list(item: &'static Schema) -> Schema {
        Schema::new("", Kind::List(item))
    }

    /// A map without a name, from any text.
    pub const fn map(value: &'static Schema) -> Schema {
        Schema::new("", Kind::Map(&Schema::STRING, value))
    }

    /// A structure without a name.
    pub const fn structure(members: &'static [Member]) -> Schema {
        Schema::new("", Kind::Structure(members))
    }

    /// Members of a structure; none for any other kind.
    pub fn members(&self) -> &'static [Member] {
        match self.kind {
            Kind::Structure(members) => members,
            _ => &[],
        }
    }
}
