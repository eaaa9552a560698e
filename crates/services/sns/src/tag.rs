//! Tags of topics.

mod list_tags_for_resource;
mod tag_resource;
mod untag_resource;

use std::collections::BTreeSet;

use cognitab_kernel::{Cx, Entry, entry};
use cognitab_macros::Shape;

use crate::arn::AmazonResourceName;
use crate::error::Error;
use crate::topic::Topic;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<list_tags_for_resource::ListTagsForResource>(),
    entry::<tag_resource::TagResource>(),
    entry::<untag_resource::UntagResource>(),
];

/// Most tags of a topic.
const MAX: usize = 50;

/// The key of a tag, which is case-sensitive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128)]
pub(crate) struct TagKey(String);

/// The value of a tag.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 0..=256)]
pub(crate) struct TagValue(String);

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
pub(crate) struct Tag {
    pub(crate) key: TagKey,
    pub(crate) value: TagValue,
}

/// The topic of this ARN.
fn resource(cx: &Cx<'_>, arn: &AmazonResourceName) -> Result<Topic, Error> {
    Topic::find(cx, "ResourceArn", Some(arn)).map_err(|error| match error {
        Error::NoTopic => Error::NoResource,
        error => error,
    })
}

/// Adds tags to those of a topic; replaces those of the same key. Fails for a key that occurs twice
/// or begins with `aws:`, and if there are then more than 50 tags.
pub(crate) fn add(tags: &mut Vec<Tag>, new: Vec<Tag>) -> Result<(), Error> {
    let keys: BTreeSet<&TagKey> = new.iter().map(|tag| &tag.key).collect();
    if keys.len() < new.len() {
        return Err(Error::DuplicateTagKeys);
    }
    if keys.iter().any(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(Error::ReservedTagKey);
    }
    for tag in new {
        match tags.iter_mut().find(|old| old.key == tag.key) {
            Some(old) => *old = tag,
            None => tags.push(tag),
        }
    }
    if tags.len() > MAX { Err(Error::TooManyTags) } else { Ok(()) }
}
