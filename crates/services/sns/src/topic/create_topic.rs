//! `CreateTopic`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::arn::TopicArn;
use crate::attribute;
use crate::error::Error;
use crate::tag::{self, Tag};
use crate::topic::Topic;

/// Most characters of a topic's name.
const MAX_NAME: usize = 256;

/// `CreateTopicInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateTopicInput {
    name: String,
    attributes: Option<BTreeMap<String, String>>,
    tags: Option<Vec<Tag>>,
    /// Refused: nothing inspects messages.
    data_protection_policy: Option<String>,
}

/// `CreateTopicResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateTopicResponse {
    topic_arn: TopicArn,
}

/// Creates a topic. Returns the ARN of an existing topic, unless the request has attributes or tags
/// that differ from it.
#[operation(signed, access = access::new_topic)]
pub(crate) fn create_topic(
    cx: &mut Cx<'_>,
    input: CreateTopicInput,
) -> Result<CreateTopicResponse, Stop> {
    let attributes = input.attributes.unwrap_or_default();
    let mut topic = Topic {
        account: cx.call.account.clone(),
        region: cx.call.region.clone(),
        name: input.name,
        created: Timestamp(cx.now),
        attributes: BTreeMap::new(),
        tags: Vec::new(),
        deleted_subscriptions: 0,
        sequence: 0,
    };
    // Which other attributes are valid depends on it. A standard topic does not have it.
    if let Some(value) = attributes.get("FifoTopic")
        && attribute::boolean("FifoTopic", value).map_err(Error::Attributes)?
    {
        topic.attributes.insert("FifoTopic".to_owned(), "true".to_owned());
    }
    for (name, value) in attributes.iter().filter(|(name, _)| *name != "FifoTopic") {
        topic.set(&cx.world, name, value).map_err(Error::Attributes)?;
    }
    if !is_name(&topic.name, topic.is_fifo()) {
        return Err(Error::InvalidParameter("Topic Name").into());
    }
    if input.data_protection_policy.is_some() {
        return Err(Error::DataProtectionPolicy.into());
    }
    tag::add(&mut topic.tags, input.tags.unwrap_or_default())?;
    let topic_arn = TopicArn::from(topic.arn().to_string());
    match Topic::open(cx, Some(&topic_arn)) {
        Ok(existing) => check_same(&existing, &topic, attributes.keys())?,
        Err(Error::NoTopic) => cx.world.put(&topic),
        Err(error) => return Err(error.into()),
    }
    Ok(CreateTopicResponse { topic_arn })
}

/// Whether this is a valid name: letters, digits, hyphens and underscores, and for a FIFO topic
/// `.fifo`.
fn is_name(name: &str, fifo: bool) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let stem = if fifo { name.strip_suffix(".fifo") } else { Some(name) };
    name.len() <= MAX_NAME && stem.is_some_and(|stem| !stem.is_empty() && stem.chars().all(plain))
}

/// Checks that an existing topic has the requested attributes and tags. It may have more.
fn check_same<'a>(
    existing: &Topic,
    requested: &Topic,
    mut names: impl Iterator<Item = &'a String>,
) -> Result<(), Error> {
    if names.any(|name| existing.attribute(name) != requested.attribute(name)) {
        return Err(Error::DifferentTopicAttributes);
    }
    match requested.tags.iter().all(|tag| existing.tags.contains(tag)) {
        true => Ok(()),
        false => Err(Error::DifferentTags),
    }
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names() {
        for (name, fifo) in [("a", false), ("News-2_x", false), ("a.fifo", true)] {
            assert!(is_name(name, fifo), "{name}");
        }
        let long = "a".repeat(257);
        for (name, fifo) in [
            ("", false),
            ("a.b", false),
            ("a.fifo", false),
            ("a", true),
            (".fifo", true),
            ("ä", false),
            (long.as_str(), false),
        ] {
            assert!(!is_name(name, fifo), "{name}");
        }
    }
}
