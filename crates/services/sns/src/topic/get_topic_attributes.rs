//! `GetTopicAttributes`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::arn::TopicArn;
use crate::subscription::Subscription;
use crate::topic::Topic;
use crate::{access, delivery_policy};

/// `GetTopicAttributesInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetTopicAttributesInput {
    topic_arn: Option<TopicArn>,
}

/// `GetTopicAttributesResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetTopicAttributesResponse {
    attributes: BTreeMap<String, String>,
}

/// Returns the attributes that have been set, those that always have a value, and the numbers of
/// subscriptions.
#[operation(signed, access = access::topic)]
pub(crate) fn get_topic_attributes(
    cx: &mut Cx<'_>,
    input: GetTopicAttributesInput,
) -> Result<GetTopicAttributesResponse, Stop> {
    let topic = Topic::open(cx, input.topic_arn.as_ref())?;
    let delivery_policy = topic.attributes.get("DeliveryPolicy").map(String::as_str);
    let (confirmed, pending): (Vec<_>, Vec<_>) = Subscription::of_topic(&cx.world, &topic, cx.now)
        .partition(|subscription| subscription.confirmation.is_some());
    let mut attributes = topic.attributes.clone();
    for name in ["DisplayName", "Policy"] {
        attributes.insert(name.to_owned(), topic.attribute(name));
    }
    if topic.is_fifo() {
        let name = "ContentBasedDeduplication";
        attributes.insert(name.to_owned(), topic.attribute(name));
    }
    let computed = [
        ("EffectiveDeliveryPolicy", delivery_policy::effective(delivery_policy)),
        ("Owner", topic.account.clone()),
        ("SubscriptionsConfirmed", confirmed.len().to_string()),
        ("SubscriptionsDeleted", topic.deleted_subscriptions.to_string()),
        ("SubscriptionsPending", pending.len().to_string()),
        ("TopicArn", topic.arn().to_string()),
    ];
    attributes.extend(computed.map(|(name, value)| (name.to_owned(), value)));
    Ok(GetTopicAttributesResponse { attributes })
}
