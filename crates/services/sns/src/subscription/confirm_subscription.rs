//! `ConfirmSubscription`.

use cognitab_kernel::{Cx, Row, Stop, authorize};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::{self, SubscriptionArn, TopicArn};
use crate::error::Error;
use crate::subscription::{Confirmation, Protocol, Subscription, signature, token};

/// `ConfirmSubscriptionInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ConfirmSubscriptionInput {
    /// As on AWS, only its region counts.
    topic_arn: Option<TopicArn>,
    token: String,
    /// `true` if only signed requests may delete the subscription.
    authenticate_on_unsubscribe: Option<String>,
}

/// `ConfirmSubscriptionResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ConfirmSubscriptionResponse {
    subscription_arn: SubscriptionArn,
}

/// Confirms a subscription by the token that its endpoint has received. The request must be signed
/// only if it sets `AuthenticateOnUnsubscribe`.
#[operation(public)]
pub(crate) fn confirm_subscription(
    cx: &mut Cx<'_>,
    input: ConfirmSubscriptionInput,
) -> Result<ConfirmSubscriptionResponse, Stop> {
    let topic = input.topic_arn.as_ref().ok_or(Error::MissingParameter("TopicArn"))?;
    let topic =
        arn::topic(cx, "Topic", Some(topic)).map_err(|_| Error::InvalidParameter("Topic"))?;
    cx.call.account = topic.account().to_owned();
    let issued = token::find(cx, &input.token)?.subscription;
    if issued.region != cx.call.region {
        return Err(Error::InvalidParameter("Topic").into());
    }
    let flag = input.authenticate_on_unsubscribe.unwrap_or_default();
    // Subscriptions of queues can only be deleted by their owners.
    let authenticate_on_unsubscribe =
        flag.eq_ignore_ascii_case("true") || issued.protocol == Protocol::Sqs;
    let authenticated = signature::is_present(cx) || flag.eq_ignore_ascii_case("true");
    if authenticated {
        signature::authenticate(cx)?;
        let topic = issued.topic_arn().to_string();
        if let Some(access) = access::on_topic(cx, &topic, "sns:ConfirmSubscription") {
            authorize::check(cx, &access)?;
        }
    }
    let mut subscription: Subscription = cx.world.get(&issued.key()).unwrap_or(issued);
    // Confirming again changes nothing.
    let confirmation = Confirmation { authenticated, authenticate_on_unsubscribe };
    subscription.confirmation.get_or_insert(confirmation);
    cx.world.put(&subscription);
    Ok(ConfirmSubscriptionResponse { subscription_arn: subscription.arn().into() })
}
