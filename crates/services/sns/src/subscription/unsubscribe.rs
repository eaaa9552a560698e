//! `Unsubscribe`.

use cognitab_kernel::{Cx, Row, Stop, authorize};
use cognitab_macros::{Shape, operation};

use crate::arn::{self, SubscriptionArn};
use crate::error::Error;
use crate::subscription::{Subscription, signature, token};
use crate::topic::Topic;
use crate::{access, delivery};

/// `UnsubscribeInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UnsubscribeInput {
    subscription_arn: Option<SubscriptionArn>,
}

/// Deletes a subscription. The request must be signed only if the subscription was confirmed with
/// `AuthenticateOnUnsubscribe`: by its owner or the topic's. If it was not its owner, the endpoint
/// receives a token that restores it. Succeeds if there is no such subscription.
#[operation(public)]
pub(crate) fn unsubscribe(cx: &mut Cx<'_>, input: UnsubscribeInput) -> Result<(), Stop> {
    let arn = input.subscription_arn.as_ref();
    let topic_owner = arn::subscription(cx, arn)?.account().to_owned();
    cx.call.account.clone_from(&topic_owner);
    let mut requester = None;
    if signature::is_present(cx) {
        signature::authenticate(cx)?;
        requester = Some(cx.call.account.clone());
        let arn = arn.map(|arn| arn.as_str()).unwrap_or_default();
        for access in access::on_subscription(cx, arn, "sns:Unsubscribe") {
            authorize::check(cx, &access)?;
        }
    }
    let subscription = match Subscription::open(cx, arn) {
        Ok(subscription) => subscription,
        Err(Error::NoSubscription) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let confirmation = subscription.confirmation.ok_or(Error::PendingSubscription)?;
    let by_owner = requester.as_ref() == Some(&subscription.owner);
    let by_topic_owner = requester == Some(topic_owner);
    if confirmation.authenticate_on_unsubscribe && !by_owner && !by_topic_owner {
        return Err(Error::ForeignSubscription.into());
    }
    delete(cx, &subscription);
    if !by_owner {
        let token = token::issue(cx, &subscription);
        delivery::cancellation(cx, &subscription, token);
    }
    Ok(())
}

/// Deletes a subscription and counts it as deleted.
fn delete(cx: &mut Cx<'_>, subscription: &Subscription) {
    token::revoke(cx, &subscription.key());
    cx.world.remove::<Subscription>(&subscription.key());
    let topic: Option<Topic> = cx.world.get(&Topic::address(&subscription.topic_arn()));
    if let Some(mut topic) = topic {
        topic.deleted_subscriptions += 1;
        cx.world.put(&topic);
    }
}
