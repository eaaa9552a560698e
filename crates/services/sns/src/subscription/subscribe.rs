//! `Subscribe`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::arn;
use cognitab_wire::shape::Timestamp;

use crate::arn::TopicArn;
use crate::error::Error;
use crate::subscription::{Confirmation, Protocol, Subscription, endpoint, token};
use crate::topic::Topic;
use crate::{access, delivery};

/// `SubscribeInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SubscribeInput {
    topic_arn: Option<TopicArn>,
    protocol: String,
    endpoint: Option<String>,
    attributes: Option<BTreeMap<String, String>>,
    /// Whether the response has the ARN of a pending subscription.
    return_subscription_arn: Option<bool>,
}

/// `SubscribeResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SubscribeResponse {
    /// The ARN, or `pending confirmation`.
    subscription_arn: String,
}

/// Subscribes an endpoint to a topic. Its owner must confirm a pending subscription; every request
/// for one sends another token.
#[operation(signed, access = access::subscribe)]
pub(crate) fn subscribe(cx: &mut Cx<'_>, input: SubscribeInput) -> Result<SubscribeResponse, Stop> {
    let topic = Topic::open(cx, input.topic_arn.as_ref())?;
    let protocol = protocol(&topic, input.protocol)?;
    let endpoint = input.endpoint.ok_or(Error::MissingParameter("Endpoint"))?;
    endpoint::check(protocol, &endpoint)?;
    let attributes = input.attributes.unwrap_or_default();
    let requested = requested(cx, &topic, protocol, endpoint, &attributes)?;
    let existing = Subscription::of_topic(&cx.world, &topic, cx.now)
        .find(|one| one.protocol == protocol && one.endpoint == requested.endpoint);
    let mut subscription = match existing {
        Some(existing) => {
            let differs = |name| existing.attributes.get(name) != requested.attributes.get(name);
            if attributes.keys().any(differs) {
                return Err(Error::DifferentSubscriptionAttributes.into());
            }
            existing
        }
        None => {
            requested.check_filter_policies(cx, &topic)?;
            topic.check_large_messages(cx, Some(protocol))?;
            requested
        }
    };
    let arn = subscription.arn();
    let pending = subscription.confirmation.is_none();
    if pending {
        subscription.requested = Timestamp(cx.now);
        let token = token::issue(cx, &subscription);
        delivery::confirmation(cx, &subscription, token);
    }
    cx.world.put(&subscription);
    let hidden = pending && input.return_subscription_arn != Some(true);
    let subscription_arn = if hidden { "pending confirmation".to_owned() } else { arn };
    Ok(SubscribeResponse { subscription_arn })
}

/// The protocol of this name, if the topic supports it.
fn protocol(topic: &Topic, name: String) -> Result<Protocol, Error> {
    match Protocol::parse(&name) {
        None => Err(Error::Protocol(name)),
        Some(protocol) if topic.is_fifo() && protocol != Protocol::Sqs => {
            Err(Error::FifoProtocol(name))
        }
        Some(protocol) => Ok(protocol),
    }
}

/// A new subscription. It is confirmed unless the owner of its endpoint may be somebody else.
fn requested(
    cx: &mut Cx<'_>,
    topic: &Topic,
    protocol: Protocol,
    endpoint: String,
    attributes: &BTreeMap<String, String>,
) -> Result<Subscription, Error> {
    if protocol == Protocol::Sqs && endpoint.ends_with(".fifo") && !topic.is_fifo() {
        return Err(Error::FifoQueue);
    }
    if protocol == Protocol::Firehose && !attributes.contains_key("SubscriptionRoleArn") {
        return Err(Error::MissingParameter("SubscriptionRoleArn"));
    }
    let confirmed = match protocol {
        Protocol::Sms | Protocol::Firehose => true,
        Protocol::Sqs | Protocol::Lambda => arn::account_of(&endpoint) == Some(&cx.call.account),
        _ => false,
    };
    let mut subscription = Subscription {
        account: topic.account.clone(),
        region: topic.region.clone(),
        topic: topic.name.clone(),
        id: cx.random.uuid(),
        owner: cx.call.account.clone(),
        principal: cx.call.caller.key().map(|key| key.arn.clone()).unwrap_or_default(),
        protocol,
        endpoint,
        attributes: BTreeMap::new(),
        requested: Timestamp(cx.now),
        confirmation: confirmed.then_some(Confirmation {
            authenticated: true,
            // Subscriptions of queues can only be deleted by their owners.
            authenticate_on_unsubscribe: protocol == Protocol::Sqs,
        }),
    };
    subscription.set(topic, attributes).map_err(Error::Attributes)?;
    Ok(subscription)
}
