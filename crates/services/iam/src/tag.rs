//! Tags of users and roles.

use cognitab_macros::Shape;

/// A tag of an IAM resource.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
pub struct Tag {
    /// Its key; unique regardless of case within the resource.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")]
    pub key: String,
    /// Its value; may be empty.
    #[shape(length = 0..=256, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")]
    pub value: String,
}
