//! `ListSubscriptionsByTopic`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::TopicArn;
use crate::pagination::{NextToken, page};
use crate::subscription::{ListedSubscription, Subscription};
use crate::topic::Topic;

/// `ListSubscriptionsByTopicInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListSubscriptionsByTopicInput {
    topic_arn: Option<TopicArn>,
    next_token: Option<NextToken>,
}

/// `ListSubscriptionsByTopicResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListSubscriptionsByTopicResponse {
    subscriptions: Vec<ListedSubscription>,
    next_token: Option<NextToken>,
}

/// Lists the subscriptions to a topic, of any account.
#[operation(signed, access = access::topic)]
pub(crate) fn list_subscriptions_by_topic(
    cx: &mut Cx<'_>,
    input: ListSubscriptionsByTopicInput,
) -> Result<ListSubscriptionsByTopicResponse, Stop> {
    let topic = Topic::open(cx, input.topic_arn.as_ref())?;
    let all = Subscription::of_topic(&cx.world, &topic, cx.now);
    let (page, next_token) = page(cx, all, input.next_token.as_ref())?;
    let subscriptions = page.into_iter().map(ListedSubscription::from).collect();
    Ok(ListSubscriptionsByTopicResponse { subscriptions, next_token })
}
