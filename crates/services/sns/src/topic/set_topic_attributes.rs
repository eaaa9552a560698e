//! `SetTopicAttributes`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::TopicArn;
use crate::error::Error;
use crate::topic::Topic;

/// `SetTopicAttributesInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SetTopicAttributesInput {
    topic_arn: Option<TopicArn>,
    attribute_name: String,
    /// Without it the attribute is reset.
    attribute_value: Option<String>,
}

/// Sets an attribute of a topic. `FifoTopic` cannot be changed.
#[operation(signed, access = access::topic)]
pub(crate) fn set_topic_attributes(
    cx: &mut Cx<'_>,
    input: SetTopicAttributesInput,
) -> Result<(), Stop> {
    let mut topic = Topic::open(cx, input.topic_arn.as_ref())?;
    let value = input.attribute_value.unwrap_or_default();
    topic.set(&cx.world, &input.attribute_name, &value).map_err(Error::Attribute)?;
    topic.check_large_messages(cx, None)?;
    cx.world.put(&topic);
    Ok(())
}
