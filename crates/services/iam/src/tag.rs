//! Tags of users and roles.

use cognitab_macros::Shape;

use crate::shapes::{TagKeyType, TagValueType};

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "tagListType", length = ..=50)]
pub(crate) struct TagListType(Vec<Tag>);

/// A tag of an IAM resource.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
pub struct Tag {
    /// Its key; unique regardless of case within the resource.
    pub key: TagKeyType,
    /// Its value; may be empty.
    pub value: TagValueType,
}
