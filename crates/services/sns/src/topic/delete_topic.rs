//! `DeleteTopic`.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::TopicArn;
use crate::error::Error;
use crate::message::Deduplication;
use crate::subscription::{Subscription, token};
use crate::topic::Topic;

/// `DeleteTopicInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteTopicInput {
    topic_arn: Option<TopicArn>,
}

/// Deletes a topic and its subscriptions. Succeeds if there is no such topic.
#[operation(signed, access = access::topic)]
pub(crate) fn delete_topic(cx: &mut Cx<'_>, input: DeleteTopicInput) -> Result<(), Stop> {
    match Topic::open(cx, input.topic_arn.as_ref()) {
        Ok(topic) => {
            let (key, prefix) = (topic.key(), format!("{}/", topic.key()));
            token::revoke(cx, &prefix);
            cx.world.remove_all::<Subscription>(&prefix);
            cx.world.remove_all::<Deduplication>(&prefix);
            cx.world.remove::<Topic>(&key);
            Ok(())
        }
        Err(Error::NoTopic) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
