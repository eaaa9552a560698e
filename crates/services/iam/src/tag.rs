//! Tags of users and roles.

use cognitab_macros::Shape;

use crate::shapes::{TagKeyType, TagValueType};

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "tagListType", length = ..=50)]
pub(crate) struct TagListType(Vec<Tag>);

/// A tag of an IAM resource.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
pub struct Tag {
    /// Its key, of up to 128 characters.
    pub key: TagKeyType,
    /// Its value, of up to 256 characters; may be empty.
    pub value: TagValueType,
}
