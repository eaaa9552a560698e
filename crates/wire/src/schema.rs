//! Shapes described as data: protocols walk them, validation reads AWS's constraints from them.

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Schema {
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
    /// A map from text to one kind of value.
    Map(&'static Schema),
    /// Named members.
    Structure(&'static [Member]),
}

/// A member of a structure with AWS's constraints on it.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// AWS's name for it.
    pub name: &'static str,
    /// What it holds.
    pub schema: &'static Schema,
    /// Whether it must be there.
    pub required: bool,
    /// Shortest and longest length: characters of text, items of a list, entries of a map.
    pub length: Option<(usize, usize)>,
    /// Smallest and largest number.
    pub range: Option<(i64, i64)>,
    /// Regular expression that text must match as a whole, as AWS writes it.
    pub pattern: Option<&'static str>,
    /// Shortest and longest length of each item of a list or value of a map.
    pub item_length: Option<(usize, usize)>,
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

impl Member {
    /// An optional member without constraints, which is what a derive begins with.
    pub const fn new(name: &'static str, schema: &'static Schema) -> Member {
        Member {
            name,
            schema,
            required: false,
            length: None,
            range: None,
            pattern: None,
            item_length: None,
            sensitive: false,
            location: Location::Body,
            item: "member",
            flattened: false,
        }
    }
}

impl Schema {
    /// Members of a structure; none for any other kind.
    pub fn members(&self) -> &'static [Member] {
        match self {
            Schema::Structure(members) => members,
            _ => &[],
        }
    }
}
